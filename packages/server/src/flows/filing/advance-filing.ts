import { eventOfAction, type FilingAction, type FilingEventDetails, stateAfter } from '@openbeian/model/filing';
import type { FilingChange, FilingRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { recordFilingEvent } from '../command/events.ts';
import type { Step } from '../command/step.ts';
import { closeContests } from '../contest/close-contests.ts';
import { tellOfStep } from '../notice/tell-of-filing.ts';
import { dueWithDemand } from './demand-of.ts';
import { dueOf, setReminder } from './due-at.ts';
import { freeParkedJob } from './free-parked-job.ts';
import { countStay } from './review-counts.ts';

/** Further details of the event of an action; never personal data. */
type DetailOf<Action extends FilingAction> = FilingEventDetails[(typeof eventOfAction)[Action]];

/** What is over when a filing is in another state. */
const leftBehind = {
  claim: null,
  firstPassedBy: null,
  askedAt: null,
  callsMissed: 0,
  lastCall: null,
  callAgainAt: null,
} as const;

/**
 * Takes one step of the filing's table: guarded write, event, audit row, and what is told of it.
 * @throws Fault `filing.wrong_state` when the table has no such step, `object.changed` when another write was faster.
 */
export async function advanceFiling<Action extends FilingAction>(
  step: Step<'filing.wrong_state' | 'object.changed'>,
  filing: FilingRow,
  action: Action,
  { change = {}, detail }: { readonly change?: FilingChange; readonly detail: DetailOf<Action> },
): Promise<FilingRow> {
  const { deps, tx, at } = step;
  const state = stateAfter(filing.state, action);
  if (state === null) throw step.fault('filing.wrong_state');
  const dueAt = await dueWithDemand(step, filing, { state, dueAt: dueOf(state, at, deps).dueAt });
  const written: FilingChange = { dueAt, ...change };
  if (!(await tx.filings.update(filing, state, written, at))) throw step.fault('object.changed');
  if (state !== filing.state) await countStay(step, filing);
  await setReminder(step, { id: filing.id, state, dueAt: written.dueAt ?? null });
  const type = eventOfAction[action];
  await recordFilingEvent(step, filing.id, type, detail);
  await recordAudit(step, type, { kind: 'filing', id: filing.id }, detail);
  if (filing.state === 'awaiting_forward' && (state === 'returned' || state === 'abandoned'))
    await freeParkedJob(step, filing);
  if (state === 'filed' || state === 'abandoned') await closeContests(step, filing, state);
  const kept = state === filing.state ? filing : { ...filing, ...leftBehind, stateSince: at };
  const after = { ...kept, ...written, state, version: filing.version + 1, updatedAt: at };
  await tellOfStep(step, after, type, detail);
  return after;
}
