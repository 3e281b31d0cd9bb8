import type { FaultCode } from '@openbeian/model/fault';
import type { AuthorityMessage, FilingRow, SubmissionMessage } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { applyApproved } from './messages/approved.ts';
import { applyCancelled } from './messages/cancelled.ts';
import { type ApplyToFiling, keepStale } from './messages/message-step.ts';
import { applyRejected } from './messages/rejected.ts';
import { applySmsConfirmed } from './messages/sms-confirmed.ts';
import { applySmsFailed } from './messages/sms-failed.ts';
import { applySmsRequested } from './messages/sms-requested.ts';

/** What each message does to the filing that waits for it. */
const applyToFiling: { readonly [Kind in SubmissionMessage['kind']]: ApplyToFiling<Kind> } = {
  sms_requested: applySmsRequested,
  sms_confirmed: applySmsConfirmed,
  sms_failed: applySmsFailed,
  rejected: applyRejected,
  approved: applyApproved,
};

/**
 * Records one message of the authority. Every message takes effect once, however often it is delivered; one that
 * overtakes others moves the filing as far as it says; one for a submission that is no longer the filing's is kept as
 * stale and reported to the operators. A cancellation that overtakes the approval of what it cancels waits for it.
 * @returns what became of it.
 */
export function recordMessage(deps: FlowDeps, message: AuthorityMessage): Promise<'applied' | 'stale' | 'repeated'> {
  return inWorkerTransaction(deps, async (step) => {
    if (!(await step.tx.exchange.insertMessage(message, step.at))) return 'repeated';
    if (message.kind === 'cancelled') return applyCancelled(step, message);
    const filing = await filingWaitingFor(step, message);
    if (filing === null) return keepStale(step, message, { kind: 'submission', id: message.submissionId });
    // The table has each kind's own handler under its kind, which the type checker cannot follow through a union.
    await (applyToFiling[message.kind] as ApplyToFiling<SubmissionMessage['kind']>)(step, filing, message);
    await step.tx.exchange.markMessage(message.messageId, 'applied');
    return 'applied';
  });
}

/** The filing whose present submission the message speaks of, locked; null when none waits for the authority. */
async function filingWaitingFor(step: Step<FaultCode>, { submissionId }: SubmissionMessage): Promise<FilingRow | null> {
  const { filings } = step.tx;
  const found = await filings.findBySubmission(submissionId);
  const filing = found === null ? null : await filings.findForUpdate(found.id);
  if (filing === null || filing.submissionId !== submissionId) return null;
  // Any message proves that the authority has the submission, even if our own commit of the receipt was slower.
  if (filing.state === 'awaiting_forward') return advanceFiling(step, filing, 'forward', { detail: {} });
  return filing.state === 'awaiting_sms' || filing.state === 'awaiting_verdict' ? filing : null;
}
