import type { Step } from './step.ts';

export const msPerDay = 86_400_000;

/** That many days before an instant. */
export const daysBefore = (at: string, days: number): string =>
  new Date(Date.parse(at) - days * msPerDay).toISOString();

/**
 * The newest time that the clock was found right at and that has been known for the term in which things can be undone. What is
 * deleted by its age is old by this time: a clock that is months ahead deletes nothing before somebody could set it right. Null:
 * nothing has been known for so long, and nothing is old.
 */
export const findSettledTime = ({ tx, at, deps }: Step): Promise<string | null> =>
  tx.clockMarks.findLast(daysBefore(at, deps.keep.undoDays));

/** Deletes by age: `clear` is given the settled time; nothing is deleted without one. */
export const bySettledTime =
  <One extends Step>(clear: (step: One, settledAt: string) => Promise<number>) =>
  async (step: One): Promise<number> => {
    const settledAt = await findSettledTime(step);
    return settledAt === null ? 0 : clear(step, settledAt);
  };
