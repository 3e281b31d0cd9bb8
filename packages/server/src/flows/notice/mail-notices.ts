import { createHash } from 'node:crypto';
import type { DueMail } from '../../ports/index.ts';
import { EachByItself } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import { failedMail, mailErrorOf } from '../command/failed-mail.ts';
import { withWords } from '../command/said.ts';
import { inWorkerTransaction } from '../command/step.ts';
import { addressesIn } from './notice-mail.ts';
import { noticeText } from './notice-text.ts';

const batch = 10;
/** Longer than one hand-over to the mail server with its time-outs, for every address of an account. */
const leaseMs = 120_000;
/** Waits after the first, second … failure; after the last one the mail is parked. */
const waitsMs = [60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000, 6 * 3_600_000, 12 * 3_600_000];

/**
 * Mails what is due. Each notice is leased first, so that several workers share the work; a mail server that fails is
 * asked again, later and later; after the last time the mail is parked until an operator retries it. A worker that was killed between hand-over and commit sends the same mail again, under
 * the same Message-ID.
 * @returns how many were due.
 * @throws what kept a result from being written, once the others are mailed
 */
export async function mailNotices(deps: FlowDeps): Promise<number> {
  if (!deps.notifier.enabled) return 0;
  const due = await inWorkerTransaction(deps, ({ tx, at }) => tx.notices.leaseMail(at, leaseMs, batch));
  const each = new EachByItself(deps);
  for (const mail of due) await each.run({ kind: 'notice', id: mail.notice.id }, () => mailOne(deps, mail));
  each.end();
  return due.length;
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
async function sendTo(deps: FlowDeps, { notice, accountId, sealed }: DueMail): Promise<string | null> {
  try {
    await sendToAll(deps, notice, addressesIn(deps, accountId, sealed));
    return null;
  } catch (error) {
    return mailErrorOf(error);
  }
}

async function sendToAll(deps: FlowDeps, notice: DueMail['notice'], addresses: readonly string[]): Promise<void> {
  const { zh, en } = noticeText(await withWords(deps, notice));
  const link = deps.publicUrl === null ? '' : `\n\n${deps.publicUrl}`;
  const mail = {
    subject: `${subjects[notice.type].zh} / ${subjects[notice.type].en}`,
    text: `${zh}\n\n${en}${link}\n`,
  };
  for (const to of addresses) {
    const which = createHash('sha256').update(to).digest('hex').slice(0, 12);
    await deps.notifier.send({ id: `${notice.id}.${which}`, to, ...mail });
  }
}

const subjects = {
  CodeStopping: { zh: '备案授权码即将失效', en: 'Filing codes are about to expire' },
  CodeSuspended: { zh: '备案授权码暂停使用', en: 'Filing codes are suspended' },
  CodeRevived: { zh: '备案授权码恢复可用', en: 'Filing codes work again' },
  FilingContested: { zh: '域名或证件被提出申诉', en: 'A domain or certificate is contested' },
  ContestDecided: { zh: '申诉处理结果', en: 'A contest is decided' },
  SupportAccessBegun: { zh: '服务商开始客服访问您的账号', en: 'Support access to your account has begun' },
  RevealQuotaSpent: { zh: '查看个人信息的次数已用完', en: 'Quota of revealed personal information spent' },
  WebhookPaused: { zh: 'Webhook 地址已暂停', en: 'A webhook endpoint is paused' },
  MoveBegun: { zh: '备案迁移待确认', en: 'A move of records waits for you' },
  MoveConfirmed: { zh: '备案迁移已完成', en: 'Records were moved' },
  MoveRefused: { zh: '备案迁移被拒绝', en: 'A move of records was refused' },
  MoveWithdrawn: { zh: '备案迁移已撤回', en: 'A move of records was withdrawn' },
  MoveLapsed: { zh: '备案迁移已失效', en: 'A move of records has lapsed' },
  CorrectionDemanded: { zh: '备案信息须整改', en: 'Corrections of a record are demanded' },
  CorrectionDueSoon: { zh: '核查整改即将到期', en: 'Corrections are due soon' },
  FilingAsked: { zh: '审核员请您补充备案信息', en: 'The reviewer asks you for something' },
  AskDueSoon: { zh: '审核补充即将到期', en: 'An answer to the reviewer is due soon' },
  AskExpired: { zh: '订单因未按时补充被退回', en: 'A filing was returned: not answered in time' },
  FilingLapsed: { zh: '备案订单已超期关闭', en: 'A filing was closed: not acted on in time' },
  FilingDueSoon: { zh: '备案订单等待您处理', en: 'A filing waits for you' },
  VerificationEnded: { zh: '身份核验已有结果', en: 'The result of a verification of identity' },
  VerificationDueSoon: { zh: '身份核验即将过期', en: 'A verification of identity runs out soon' },
  SmsDueSoon: { zh: '请尽快完成短信核验', en: 'Confirm the SMS soon' },
  CorrectionOverdue: { zh: '核查整改已逾期', en: 'Corrections are overdue' },
  CorrectionEnded: { zh: '核查要求已结束', en: 'A demand for corrections has ended' },
  RecordCancelled: { zh: '备案已注销', en: 'A record was cancelled' },
  AccessEnded: { zh: '接入已取消', en: 'An access has ended' },
  FilingSubmitted: { zh: '备案订单已提交', en: 'A filing was submitted' },
  FilingWithdrawn: { zh: '备案订单已撤回修改', en: 'A filing was withdrawn' },
  FilingAnswered: { zh: '审核补充已提交', en: 'The reviewer was answered' },
  FilingReturned: { zh: '备案订单初审驳回，请修改', en: 'A filing was returned to be corrected' },
  FilingPassed: { zh: '备案订单初审通过', en: 'A filing passed the review' },
  FilingHeld: { zh: '备案订单提交管局前被退回', en: 'A filing came back before it was passed on' },
  FilingRecalled: { zh: '备案订单被运营人员撤回', en: 'A filing was recalled' },
  FilingSetAside: { zh: '备案订单因申诉退回', en: 'A filing was set aside' },
  NameProofReplaced: { zh: '域名所有权验证已失效', en: 'A proof of a domain no longer counts' },
  FilingForwarded: { zh: '备案订单已提交管局', en: 'A filing is with the authority' },
  SmsRequested: { zh: '请在期限内完成短信核验', en: 'Confirm the authority’s SMS' },
  SmsConfirmed: { zh: '短信核验已完成', en: 'The SMS is confirmed' },
  SmsFailed: { zh: '短信核验未完成，订单已退回', en: 'The SMS was not confirmed; the filing came back' },
  FilingApproved: { zh: '备案已通过，备案号已下发', en: 'A filing was approved' },
  FilingRejected: { zh: '管局驳回了备案订单', en: 'The authority rejected a filing' },
  FilingAbandoned: { zh: '备案订单已放弃', en: 'A filing was discarded' },
  FilingVoided: { zh: '备案订单已关闭，无需办理', en: 'A filing was closed: nothing is left to do' },
  FilingReopened: { zh: '备案订单已恢复', en: 'A filing was reopened' },
  FilingOverdue: { zh: '备案订单超过办理时限', en: 'A filing has waited too long' },
} as const;
