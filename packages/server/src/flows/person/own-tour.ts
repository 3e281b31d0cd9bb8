import { command, query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';

/** Whether the caller has taken or skipped the tour through the console, which it offers until then. */
export const getOwnTour = query({ id: 'getOwnTour', faults: [] }, async ({ tx, actor }: Step) => ({
  endedAt: await tx.people.findTourEnd(actor.userId),
}));

/** The tour is not offered again. Taking it a second time changes nothing: when it ended first is kept. */
export const endOwnTour = command({ id: 'endOwnTour', faults: [] }, async ({ tx, actor, at }: Step) => {
  await tx.people.endTour(actor.userId, at);
  return { endedAt: await tx.people.findTourEnd(actor.userId) };
});
