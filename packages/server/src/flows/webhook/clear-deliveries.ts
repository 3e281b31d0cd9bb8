import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';

/** Rows of one kind that go at once: few enough that nobody waits for the transaction. */
const batch = 500;

/**
 * Expires what waited too long for paused receivers, and clears away old deliveries and old events.
 * @returns how many rows; 0: nothing is left to do.
 */
export function clearDeliveries(deps: FlowDeps): Promise<number> {
  return inWorkerTransaction(deps, async ({ tx, at }) => {
    const before = (ageMs: number): string => new Date(Date.parse(at) - ageMs).toISOString();
    const expired = await tx.deliveries.expireDeliveriesOfPaused(before(deps.webhooks.giveUpAfterMs), at, batch);
    const deleted = await tx.deliveries.deleteEndedBefore(before(deps.webhooks.keepMs), batch);
    const forgotten = await tx.codeEvents.deleteRelayedBefore(before(deps.webhooks.keepMs), batch);
    return expired + deleted + forgotten;
  });
}
