import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { tellOfClosing, untellOfClosing } from './tell-of-contest.ts';

/**
 * The filing is over: what was contested of it, or by it, is no longer to be decided. Whoever is on the other side learns
 * that, and a contestant whether it can submit now.
 */
export async function closeContests(step: Step, filing: FilingRow, state: 'filed' | 'abandoned'): Promise<void> {
  for (const contest of await step.tx.contests.closeOf(filing.id, step.at)) {
    await tellOfClosing(step, contest, { side: contest.filingId === filing.id ? 'holder' : 'contestant', state });
  }
}

/** The filing is open again: what was closed by its end is to be decided again, where the other filing is open, too. */
export async function reopenContests(step: Step, filing: FilingRow): Promise<void> {
  for (const contest of await step.tx.contests.reopenOf(filing.id)) await untellOfClosing(step, contest);
}
