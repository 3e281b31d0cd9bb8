import { createHash } from 'node:crypto';
import { type DueMail, type StoreTransaction, sealingContexts } from '../../ports/index.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { CommandCall, QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { ownAccount } from '../command/permission.ts';
import { runReferring } from '../command/run-command.ts';
import { noticeText } from './notices.ts';

const batch = 20;
/** Longer than one hand-over to the mail server with its time-outs, for every address of an account. */
const leaseMs = 120_000;
/** Waits after the first, second … failure; after the last one the mail is given up. */
const waitsMs = [60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000, 6 * 3_600_000, 12 * 3_600_000];

/** Where the account's notices are mailed to. */
export async function getNoticeMail(
  deps: FlowDeps,
  call: QueryCall,
): Promise<{ enabled: boolean; addresses: string[] }> {
  const account = ownAccount(call.actor);
  return deps.store.transaction((tx) => noticeMailOf(deps, tx, account));
}

/** Sets the addresses; none ends the mails. */
export function putNoticeMail(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly addresses: readonly string[] },
): Promise<{ enabled: boolean; addresses: string[] }> {
  const account = ownAccount(call.actor);
  return runReferring(
    deps,
    call,
    'putNoticeMail',
    input,
    async (tx, at) => {
      const addresses = [...new Set(input.addresses)];
      const sealed =
        addresses.length === 0 ? null : deps.vault.seal(JSON.stringify(addresses), sealingContexts.addresses(account));
      await tx.notices.putMail(account, sealed, at);
      const fact = { kind: 'account', id: account };
      await tx.audit.append(auditFact(deps, call.actor, at, 'NoticeMailSet', fact, { addresses: addresses.length }));
      return {};
    },
    (tx) => noticeMailOf(deps, tx, account),
  );
}

async function noticeMailOf(deps: FlowDeps, tx: StoreTransaction, account: string) {
  const sealed = await tx.notices.findMail(account);
  return { enabled: deps.notifier.enabled, addresses: sealed === null ? [] : addressesIn(deps, account, sealed) };
}

function addressesIn(deps: FlowDeps, account: string, sealed: string): string[] {
  return JSON.parse(deps.vault.open(sealed, sealingContexts.addresses(account))) as string[];
}

/**
 * Mails what is due. Each notice is leased first, so that several workers share the work; a mail server that fails is
 * asked again, later and later. A worker that was killed between hand-over and commit sends the same mail again, under
 * the same Message-ID.
 * @returns how many were due.
 */
export async function mailNotices(deps: FlowDeps): Promise<number> {
  if (!deps.notifier.enabled) return 0;
  const at = deps.clock.now();
  const due = await deps.store.transaction((tx) => tx.notices.leaseMail(at, leaseMs, batch));
  for (const mail of due) {
    const error = await sendTo(deps, mail);
    const next = error === null ? null : waitsMs[mail.attempts];
    const nextAt = next == null ? null : new Date(Date.parse(deps.clock.now()) + next).toISOString();
    await deps.store.transaction((tx) => tx.notices.endMail(mail.notice.id, nextAt, error, deps.clock.now()));
  }
  return due.length;
}

/** Null when every address took it. What is told of a failure names no address. */
async function sendTo(deps: FlowDeps, { notice, accountId, sealed }: DueMail): Promise<string | null> {
  const { zh, en } = noticeText(notice);
  const link = deps.publicUrl === null ? '' : `\n\n${deps.publicUrl}`;
  const mail = {
    subject: `${subjects[notice.type].zh} / ${subjects[notice.type].en}`,
    text: `${zh}\n\n${en}${link}\n`,
  };
  for (const to of addressesIn(deps, accountId, sealed)) {
    const which = createHash('sha256').update(to).digest('hex').slice(0, 12);
    try {
      await deps.notifier.send({ id: `${notice.id}.${which}`, to, ...mail });
    } catch (error) {
      return codeOf(error);
    }
  }
  return null;
}

/** The library's closed word, or the server's number; its text may repeat an address. */
function codeOf(error: unknown): string {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
  const word = typeof code === 'string' ? code : 'failed';
  return typeof responseCode === 'number' ? `${word} ${responseCode}` : word;
}

const subjects = {
  CodeStopping: { zh: '备案授权码即将停用', en: 'Filing codes stop soon' },
  CodeSuspended: { zh: '备案授权码暂停使用', en: 'Filing codes are suspended' },
  CodeRevived: { zh: '备案授权码恢复可用', en: 'Filing codes work again' },
  WebhookPaused: { zh: '事件通知地址已暂停', en: 'A webhook endpoint is paused' },
} as const;
