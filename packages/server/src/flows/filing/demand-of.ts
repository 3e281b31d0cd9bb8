import { courseOf, type FilingState, filingStates } from '@openbeian/model/filing';
import type { DemandRow, FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { endOf } from './due-at.ts';

type Answering = Pick<FilingRow, 'kind' | 'serviceNumber' | 'startedAt'>;

/** The open demand that a correction answers: not one that was made since, whose fields it never had open. */
export async function demandOf({ tx }: Pick<Step, 'tx'>, filing: Answering): Promise<DemandRow | null> {
  if (courseOf(filing.kind).limits.correction !== 'demand') return null;
  const demand = await tx.demands.findOpen(filing.serviceNumber ?? '');
  return demand !== null && Date.parse(demand.madeAt) <= Date.parse(filing.startedAt) ? demand : null;
}

/**
 * When its customer must have acted: by the limit of the state, and by the end of the day that the demand sets if that is sooner.
 * A day that is over bounds nothing, so that what is overdue can still be put right.
 */
export async function dueWithDemand(
  step: Pick<Step, 'tx' | 'at'>,
  filing: Answering,
  { state, dueAt }: { readonly state: FilingState; readonly dueAt: string | null },
): Promise<string | null> {
  if (dueAt === null || filingStates[state].owner !== 'customer') return dueAt;
  const dueOn = (await demandOf(step, filing))?.dueOn ?? null;
  if (dueOn === null) return dueAt;
  const last = endOf(dueOn);
  return Date.parse(step.at) < Date.parse(last) && Date.parse(last) < Date.parse(dueAt) ? last : dueAt;
}
