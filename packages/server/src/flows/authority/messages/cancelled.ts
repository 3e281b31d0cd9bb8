import type { CancellationMessage, SubmissionMessage } from '../../../ports/index.ts';
import type { Step } from '../../command/step.ts';
import { applyCancellation } from '../../record/apply-cancellation.ts';
import { keepStale } from './message-step.ts';

/** A record was cancelled, on whosever request. One that overtakes the approval of its number waits for it, as stale. */
export async function applyCancelled(step: Step, message: CancellationMessage): Promise<'applied' | 'stale'> {
  const { tx } = step;
  const { messageId, number } = message;
  // Held first, so that an approval of the same number is wholly before it or after it.
  await tx.records.hold();
  const approvedAt = await tx.exchange.findApprovedAt(number);
  // Sent before the present record was approved: it is about an earlier record with this number.
  const isOvertaken = approvedAt !== null && Date.parse(message.sentAt) < Date.parse(approvedAt);
  const done = isOvertaken ? null : await applyCancellation(step, message, { messageId });
  if (done === null) return keepStale(step, message, { kind: 'record', id: number });
  await tx.exchange.markMessage(messageId, 'applied');
  return 'applied';
}

/** Applies what cancelled the numbers of this approval after it was given, but came before it. */
export async function applyWaitingCancellations(
  step: Step,
  { subjectNumber, serviceNumber, sentAt }: Extract<SubmissionMessage, { readonly kind: 'approved' }>,
): Promise<void> {
  const { exchange } = step.tx;
  for (const message of await exchange.listWaitingCancellations([subjectNumber, serviceNumber])) {
    if (Date.parse(message.sentAt) < Date.parse(sentAt)) continue;
    const { messageId } = message;
    const done = await applyCancellation(step, message, { messageId });
    if (done !== null) await exchange.markMessage(messageId, 'applied');
  }
}
