import type { PersonMailRow } from '../../ports/index.ts';
import { sealingContexts } from '../../ports/index.ts';
import { EachByItself } from '../command/attempt-item.ts';
import { recordAudit } from '../command/audit.ts';
import type { FlowDeps } from '../command/deps.ts';
import { failedMail, mailErrorOf } from '../command/failed-mail.ts';
import { inWorkerTransaction } from '../command/step.ts';
import { makeLink } from './links.ts';
import { wallAfter } from './one-time.ts';

const batch = 10;
const leaseMs = 120_000;
/** Attempts until a mail is parked, a minute between them: a link that comes hours later helps nobody. */
const mostAttempts = 10;

const words = {
  invitation: {
    subject: '邀请您使用备案系统 / Invitation to the filing system',
    text: (link: string) =>
      `您被邀请使用备案系统。请在 72 小时内打开以下链接并设置密码（仅可使用一次）：\n${link}\n\n` +
      `You have been invited to the filing system. Open this link within 72 hours and set a password; it can be used once:\n${link}\n`,
  },
  unlock: {
    subject: '解除登录限制 / Unlock sign-in',
    text: (link: string) =>
      `运营人员已为您解除登录限制。请在 1 小时内用您登录的浏览器打开以下链接（仅可使用一次），然后用原密码登录：\n${link}\n\n` +
      `An operator unlocked sign-in for you. Open this link within an hour in the browser you use, then sign in with your password; it can be used once:\n${link}\n`,
  },
  reset: {
    subject: '重置密码 / Reset your password',
    text: (link: string) =>
      `有人申请重置您在备案系统的密码。如是您本人，请在 1 小时内打开以下链接（仅可使用一次）；如不是，请忽略本邮件：\n${link}\n\n` +
      `Someone asked to reset your password. If it was you, open this link within an hour; it can be used once. Otherwise ignore this email:\n${link}\n`,
  },
};

/**
 * Mails one-time links. The link is made when the mail is sent and its secret kept nowhere; a mail that is sent again has a
 * new link, and the earlier one no longer works. After the last attempt a mail is parked until an operator retries it.
 * @returns how many were due
 * @throws what kept a result from being written, once the others are mailed
 */
export async function mailPeople(deps: FlowDeps): Promise<number> {
  if (!deps.notifier.enabled) return 0;
  const now = deps.people.wall.now();
  const due = await inWorkerTransaction(deps, ({ tx }) => tx.people.leaseMail(now, wallAfter(deps, leaseMs), batch));
  const each = new EachByItself(deps);
  for (const mail of due) await each.run({ kind: 'link', id: mail.userId }, () => mailOne(deps, mail));
  each.end();
  return due.length;
}

async function mailOne(deps: FlowDeps, mail: PersonMailRow): Promise<void> {
  const lastError = await send(deps, mail).then(() => null, mailErrorOf);
  const retryAt = lastError === null || mail.attempts >= mostAttempts ? null : wallAfter(deps, 60_000);
  await inWorkerTransaction(deps, async ({ tx, at: failedAt }) => {
    await tx.people.endMail(mail.userId, retryAt);
    if (lastError === null) await tx.workFailures.clear('link', mail.userId);
    else await tx.workFailures.put(failedMail('link', mail.userId, { failedAt, retryAt, lastError }));
  });
}

async function send(deps: FlowDeps, { userId, purpose, sealedMail, attempts }: PersonMailRow): Promise<void> {
  const to = deps.vault.open(sealedMail, sealingContexts.people(userId));
  const link = await inWorkerTransaction(deps, async (step) => {
    await recordAudit(step, 'PersonLinkMade', { kind: 'person', id: userId }, { purpose, by: 'mail' });
    return makeLink(step, userId, purpose);
  });
  const { subject, text } = words[purpose];
  await deps.notifier.send({
    id: `${userId}.${purpose}.${Date.parse(deps.people.wall.now())}.${attempts}`,
    to,
    subject,
    text: text(link),
  });
}
