import { createHash } from 'node:crypto';
import type { DueMail, NoticeChoice } from '../../ports/index.ts';
import { EachByItself } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import { failedMail, mailErrorOf } from '../command/failed-mail.ts';
import { withWords } from '../command/said.ts';
import { inWorkerTransaction } from '../command/step.ts';
import { recipientsOf } from './mail-recipients.ts';
import { mailSubjects } from './mail-subjects.ts';
import { placeOf } from './notice-place.ts';
import { noticeText } from './notice-text.ts';

const batch = 10;
/** Longer than one hand-over to the mail server with its time-outs; it begins again with each address. */
const leaseMs = 120_000;
/** Waits after the first, second … failure; after the last one the mail is parked. */
const waitsMs = [60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000, 6 * 3_600_000, 12 * 3_600_000];

/**
 * Mails what is due. Each notice is leased when its turn comes, so that several workers share the work however slow the mail server
 * is, and what an address has taken is noted at once: a repetition goes to the others only. A server that fails is
 * asked again, later and later; after the last time the mail is parked until an operator retries it. A worker that was killed
 * between hand-over and that note sends one mail again, under the same Message-ID.
 * @returns how many were due.
 * @throws what kept a result from being written, once the others are mailed
 */
export async function mailNotices(deps: FlowDeps): Promise<number> {
  if (!deps.notifier.enabled) return 0;
  const each = new EachByItself(deps);
  let done = 0;
  for (; done < batch; done += 1) {
    const [mail] = await inWorkerTransaction(deps, ({ tx, at }) => tx.notices.leaseMail(at, leaseMs, 1));
    if (mail === undefined) break;
    await each.run({ kind: 'notice', id: mail.notice.id }, () => mailOne(deps, mail));
  }
  each.end();
  return done;
}

async function mailOne(deps: FlowDeps, mail: DueMail): Promise<void> {
  const error = await sendTo(deps, mail);
  const waitMs = error === null ? undefined : waitsMs[mail.attempts];
  await inWorkerTransaction(deps, async ({ tx, at }) => {
    const { id } = mail.notice;
    const nextAt = waitMs === undefined ? null : new Date(Date.parse(at) + waitMs).toISOString();
    await tx.notices.endMail(id, nextAt, error, at);
    if (error === null) await tx.workFailures.clear('notice', id);
    else await tx.workFailures.put(failedMail('notice', id, { failedAt: at, retryAt: nextAt, lastError: error }));
  });
}

/**
 * Null when every address took it; a notice whose text or addresses cannot be read fails like one that is refused. The
 * text of a failure names no address.
 */
async function sendTo(deps: FlowDeps, mail: DueMail): Promise<string | null> {
  try {
    const refused = await sendToAll(deps, mail);
    return refused === null ? null : mailErrorOf(refused);
  } catch (error) {
    return mailErrorOf(error);
  }
}

/** @returns why one address was refused; null: none was. @throws what the server itself failed by: it is no use to go on */
async function sendToAll(deps: FlowDeps, { notice, sealed, sent }: DueMail): Promise<unknown> {
  const text = noticeText(await withWords(deps, notice));
  let refused: unknown = null;
  for (const [to, language] of await recipientsOf(deps, notice, sealed)) {
    const which = createHash('sha256').update(to).digest('hex').slice(0, 12);
    const digest = createHash('sha256').update(`${notice.id} ${to}`).digest('hex').slice(0, 24);
    if (sent.includes(digest)) continue;
    try {
      await deps.notifier.send({ id: `${notice.id}.${which}`, to, ...mailOf(deps, notice, { text, language }) });
    } catch (error) {
      if (!isOfAddress(error)) throw error;
      refused ??= error;
      continue;
    }
    await inWorkerTransaction(deps, ({ tx, at }) =>
      tx.notices.markMailSent(notice.id, digest, new Date(Date.parse(at) + leaseMs).toISOString()),
    );
  }
  return refused;
}

/** The server took our greeting, and not this address. */
const isOfAddress = (error: unknown): boolean => (error as { readonly code?: unknown } | null)?.code === 'EENVELOPE';

const languagesOf = { zh: ['zh'], en: ['en'], both: ['zh', 'en'] } as const;

function mailOf(
  { publicUrl }: FlowDeps,
  notice: DueMail['notice'],
  of: { readonly text: { readonly zh: string; readonly en: string }; readonly language: NoticeChoice['language'] },
): { readonly subject: string; readonly text: string } {
  const languages = languagesOf[of.language];
  const link = publicUrl === null ? '' : `\n\n${publicUrl}${placeOf(notice)}`;
  return {
    subject: languages.map((language) => mailSubjects[notice.type][language]).join(' / '),
    text: `${languages.map((language) => of.text[language]).join('\n\n')}${link}\n`,
  };
}
