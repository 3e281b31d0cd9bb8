import type { Fault } from '@openbeian/model/fault';
import type { SubmissionMessage } from '../../../ports/index.ts';
import type { Step } from '../../command/step.ts';

/**
 * Keeps an approval whose numbers cannot be recorded as a case of the line that brought it, and the hand-over with it: an operator says
 * under which numbers it was approved, or returns it.
 * @throws what it is given, where no line brought it: the message is parked then
 */
export async function holdApproval(
  { deps, tx }: Step,
  { messageId, submissionId, subjectNumber, serviceNumber }: Extract<SubmissionMessage, { readonly kind: 'approved' }>,
  because: Fault,
): Promise<void> {
  const handover = await tx.authorityLedger.findHandoverForUpdate(submissionId);
  if (deps.authorityDesk === null || handover === null) throw because;
  const { provider, provinceCode } = handover;
  await tx.authorityLedger.updateHandover(submissionId, {
    state: 'with_operator',
    outcome: null,
    endedAt: null,
    dueAt: null,
  });
  const { zh, en } = because.extras.detail ?? { zh: '', en: '' };
  const content = { subjectNumber, serviceNumber, because: { zh, en } };
  const toOpen = { provider, provinceCode, kind: 'numbers_unfit', about: messageId, submissionId, content } as const;
  await deps.authorityDesk.openCase(toOpen, tx.authorityLedger);
}
