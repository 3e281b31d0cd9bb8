import { daysBefore } from '../../flows/command/settled-time.ts';
import type { FlowDeps } from '../../flows/index.ts';

/** As if the clock had been found right on that day already, so that what is old by now may go. */
export async function settleTime({ store, clock, keep }: FlowDeps): Promise<void> {
  const at = daysBefore(clock.now(), keep.undoDays);
  await store.transaction(async (tx) => {
    await tx.clockMarks.dropAfter(daysBefore(at, 1));
    await tx.clockMarks.add(at);
  });
}
