import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { advanceFiling } from './advance-filing.ts';
import { releaseHolding } from './holding/release-holding.ts';
import { filingKindFlows } from './kinds.ts';
import { recordLapse } from './lapse/record-lapse.ts';

/** The one way in which an open filing ends without a number: what it holds is returned. A lapse can be undone for a while. */
export async function endFiling(
  step: Step<'filing.wrong_state' | 'object.changed' | 'object.not_found' | 'code.wrong_state'>,
  filing: FilingRow,
  action: 'abandon' | 'lapse' | 'void',
): Promise<FilingRow> {
  const ended = await advanceFiling(step, filing, action, { detail: {} });
  if (action === 'lapse') await recordLapse(step, filing);
  else await releaseHolding(step, filing, 'ended');
  await filingKindFlows[filing.kind].onEnded(step, filing);
  return action === 'lapse' ? { ...ended, lapsedAt: step.at } : ended;
}
