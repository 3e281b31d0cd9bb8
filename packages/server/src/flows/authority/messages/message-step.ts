import type { FaultCode } from '@openbeian/model/fault';
import type { AuthorityMessage, FilingRow, SubmissionMessage } from '../../../ports/index.ts';
import { type AuditObject, recordAudit } from '../../command/audit.ts';
import type { Step } from '../../command/step.ts';

/**
 * Applies one kind of message to the filing that waits for it; the filing is locked.
 * @returns `stale`: it is kept without an effect on the filing; nothing where it has taken effect
 */
export type ApplyToFiling<Kind extends SubmissionMessage['kind']> = (
  step: Step<FaultCode>,
  filing: FilingRow,
  message: Extract<SubmissionMessage, { readonly kind: Kind }>,
) => Promise<'applied' | 'stale' | void>;

/** Stores a message that no longer applies to anything, and notifies the operators. */
export async function keepStale(
  step: Step,
  { kind, messageId }: AuthorityMessage,
  object: AuditObject,
): Promise<'stale'> {
  await step.tx.exchange.markMessage(messageId, 'stale');
  await recordAudit(step, 'StaleMessageKept', object, { kind, messageId });
  return 'stale';
}
