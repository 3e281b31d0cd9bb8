import { Fault, type FaultCode } from '@openbeian/model/fault';
import { forwardActionOf } from '@openbeian/model/filing';
import { type AuthorityMessage, type FilingRow, type SubmissionMessage, sealingContexts } from '../../ports/index.ts';
import { attemptItem, putOff, type ReportFailure } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { keepUnreadable } from './keep-unreadable.ts';
import { applyApproved } from './messages/approved.ts';
import { applyCancelled } from './messages/cancelled.ts';
import { type ApplyToFiling, keepStale } from './messages/message-step.ts';
import { applyRejected } from './messages/rejected.ts';
import { applySmsConfirmed } from './messages/sms-confirmed.ts';
import { applySmsFailed } from './messages/sms-failed.ts';
import { applySmsProgress } from './messages/sms-progress.ts';
import { applySmsRequested } from './messages/sms-requested.ts';

const retryBatch = 20;

/** What each message does to the filing that waits for it. */
const applyToFiling: { readonly [Kind in SubmissionMessage['kind']]: ApplyToFiling<Kind> } = {
  sms_requested: applySmsRequested,
  sms_progress: applySmsProgress,
  sms_confirmed: applySmsConfirmed,
  sms_failed: applySmsFailed,
  rejected: applyRejected,
  approved: applyApproved,
};

/**
 * Records one message of the authority. Every message takes effect once, however often it is delivered; one that
 * overtakes others moves the filing as far as it says; one for a submission that is no longer the filing's is kept as
 * stale and reported to the operators. A cancellation that overtakes the approval of what it cancels waits for it.
 * One that fails is kept and tried again: either way the message is stored and may be acknowledged.
 * @returns what became of it.
 * @throws Fault `store.unavailable` and the like; then nothing is stored.
 */
export function recordMessage(
  deps: FlowDeps,
  message: AuthorityMessage,
  report: ReportFailure,
): Promise<'applied' | 'stale' | 'repeated' | 'failed'> {
  const item = { kind: 'message', id: message.messageId, payload: message } as const;
  return attemptItem(deps, item, report, (step) => applyMessage(step, message));
}

/** As `recordMessage`, within a transaction that stores nothing where it fails. */
export async function applyMessage(
  step: Step<FaultCode>,
  message: AuthorityMessage,
): Promise<'applied' | 'stale' | 'repeated'> {
  if (!(await step.tx.exchange.insertMessage(withoutWords(message), step.at))) return 'repeated';
  if (message.kind === 'cancelled') return applyCancelled(step, message);
  const filing = (await filingWaitingFor(step, message)) ?? (await filingOvertaking(step, message));
  if (filing === null) return keepStale(step, message, { kind: 'submission', id: message.submissionId });
  // The table has each kind's own handler under its kind, which the type checker cannot follow through a union.
  const apply = applyToFiling[message.kind] as ApplyToFiling<SubmissionMessage['kind']>;
  const outcome = (await apply(step, filing, message)) ?? 'applied';
  await step.tx.exchange.markMessage(message.messageId, outcome);
  return outcome;
}

/** What is kept of one in the clear: its words may name people, and are sealed with the findings that they become. */
function withoutWords(message: AuthorityMessage): AuthorityMessage {
  if (message.kind !== 'rejected') return message;
  return { ...message, reasons: message.reasons.map((reason) => ({ ...reason, text: '' })) };
}

/** Tries the messages again that were kept because they failed. @returns how many were due. */
export async function retryMessages(deps: FlowDeps, report: ReportFailure): Promise<number> {
  const due = await inWorkerTransaction(deps, ({ tx, at }) => tx.workFailures.listDueMessages(at, retryBatch));
  for (const { itemId, message, sealedPayload } of due) {
    if (message instanceof Fault) await putOff(deps, { kind: 'message', id: itemId }, report, message);
    else if (message !== null) await recordMessage(deps, message, report);
    else if (sealedPayload !== null) await readAgain(deps, itemId, sealedPayload, report);
  }
  return due.length;
}

/** An operator retries a message that could not be read. */
async function readAgain(deps: FlowDeps, messageId: string, sealed: string, report: ReportFailure): Promise<void> {
  let raw: string;
  try {
    raw = deps.vault.open(sealed, sealingContexts.messages(messageId));
  } catch (error) {
    return putOff(deps, { kind: 'message', id: messageId }, report, error);
  }
  const message = deps.authority.readMessage(raw);
  if (message === null) await keepUnreadable(deps, { kind: 'unreadable', messageId, raw, places: [] }, report);
  else {
    await recordMessage(deps, message, report);
    // One that had no readable id was kept under another.
    if (message.messageId !== messageId) {
      await inWorkerTransaction(deps, ({ tx }) => tx.workFailures.clear('message', messageId));
    }
  }
}

/** The filing whose current submission the message is about, locked; null when none waits for the authority. */
async function filingWaitingFor(step: Step<FaultCode>, { submissionId }: SubmissionMessage): Promise<FilingRow | null> {
  const { filings } = step.tx;
  const found = await filings.findBySubmission(submissionId);
  const filing = found === null ? null : await filings.findForUpdate(found.id);
  if (filing === null || filing.submissionId !== submissionId) return null;
  // Any message proves that the authority has the submission, even if our own commit of the receipt was slower.
  if (filing.state === 'awaiting_forward')
    return advanceFiling(step, filing, forwardActionOf(filing.kind), { detail: {} });
  return filing.state === 'awaiting_sms' || filing.state === 'awaiting_verdict' ? filing : null;
}

/** What is said of one person's SMS still says who had confirmed, also when something else has moved the filing on since. */
async function filingOvertaking(step: Step<FaultCode>, message: SubmissionMessage): Promise<FilingRow | null> {
  if (message.kind !== 'sms_progress') return null;
  const found = await step.tx.filings.findBySubmission(message.submissionId);
  return found === null ? null : step.tx.filings.findForUpdate(found.id);
}
