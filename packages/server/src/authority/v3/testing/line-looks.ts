import type { LineWorld } from './line-world.ts';

/** A hand-over with our own ids, as files name it. */
export const ownOf = async (here: LineWorld, submissionId: string) => {
  const row = await here.ledger((ledger) => ledger.findHandover(submissionId));
  if (row === null) throw new Error('no such hand-over');
  return { ...row, subject: row.ownSubject, service: row.ownService };
};
/** Open cases of the line. */
export const casesOf = async (here: LineWorld) =>
  (await here.ledger((ledger) => ledger.listCases({ limit: 999 })))
    .filter(({ provider }) => provider === here.line.provider)
    .map(({ kind, submissionId }) => ({ kind, submissionId }));
/** Time for the next look. */
export const nextLook = (here: LineWorld) => {
  here.clock.nowMs += 60_000;
};
