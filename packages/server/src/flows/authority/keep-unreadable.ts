import { Fault } from '@openbeian/model/fault';
import { sealingContexts, type UnreadableMessage } from '../../ports/index.ts';
import { failureCauseOf, type ReportFailure } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';

/**
 * As `keepUnreadable`, for a message that comes again with every batch since no id can be read in it: kept the first time.
 * @returns whether it was kept now
 */
export async function keepWithoutId(
  deps: FlowDeps,
  message: UnreadableMessage,
  report: ReportFailure,
): Promise<boolean> {
  const known = await inWorkerTransaction(deps, ({ tx }) => tx.workFailures.count('message', message.messageId));
  if (known > 0) return false;
  await keepUnreadable(deps, message, report);
  return true;
}

/**
 * Keeps a message that this release cannot read, sealed, and parks it: only an operator's retry with a newer release, or
 * a corrected message, changes anything. It may be acknowledged then.
 */
export async function keepUnreadable(
  deps: FlowDeps,
  { messageId, raw, places }: UnreadableMessage,
  report: ReportFailure,
): Promise<void> {
  const where = places.map(({ path }) => path.replace(/^messages\[\d+\]\.?/, '')).join(', ');
  const fault = new Fault('authority.refused', {
    detail: { zh: `管局消息无法读取：${where}`, en: `the authority’s message cannot be read: ${where}` },
    places,
  });
  report(fault, { kind: 'message', id: messageId });
  await inWorkerTransaction(deps, ({ tx, at }) =>
    tx.workFailures.put({
      kind: 'message',
      itemId: messageId,
      payload: null,
      sealedPayload: deps.vault.seal(raw, sealingContexts.messages(messageId)),
      failedAt: at,
      retryAt: null,
      ...failureCauseOf(fault),
    }),
  );
}
