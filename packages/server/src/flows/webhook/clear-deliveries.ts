import { clearEach, type ReportFailure } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import { bySettledTime } from '../command/settled-time.ts';

/** Rows of one kind that go at once: few enough that nobody waits for the transaction. */
const batch = 500;

/**
 * Expires what waited too long for paused receivers, which can be delivered again, and clears away old deliveries and old
 * events, by a time that is settled.
 * @returns how many rows; 0: nothing is left to do.
 */
export function clearDeliveries(deps: FlowDeps, report: ReportFailure): Promise<number> {
  const { giveUpAfterMs, keepMs } = deps.webhooks;
  const before = (at: string, ageMs: number): string => new Date(Date.parse(at) - ageMs).toISOString();
  return clearEach(
    deps,
    [
      {
        id: 'paused-deliveries',
        clear: ({ tx, at }) => tx.deliveries.expireDeliveriesOfPaused(before(at, giveUpAfterMs), at, batch),
      },
      {
        id: 'deliveries',
        clear: bySettledTime(({ tx }, at) => tx.deliveries.deleteEndedBefore(before(at, keepMs), batch)),
      },
      {
        id: 'events',
        clear: bySettledTime(({ tx }, at) => tx.codeEvents.deleteRelayedBefore(before(at, keepMs), batch)),
      },
    ],
    report,
  );
}
