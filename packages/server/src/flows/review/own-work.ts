import type { FilingListRow } from '../../ports/index.ts';
import type { FlowRequest } from '../command/step.ts';

type Faults = 'review.own_work' | 'review.second_person';

/**
 * Nobody reviews a filing that they submitted, and whoever passed it first is not its second pair of eyes.
 * @throws Fault `review.own_work`, `review.second_person`
 */
export function refuseOwnWork(
  { actor, fault }: Pick<FlowRequest<Faults>, 'actor' | 'fault'>,
  { submittedBy, firstPassedBy }: FilingListRow,
): void {
  if (submittedBy === actor.userId) throw fault('review.own_work');
  if (firstPassedBy === actor.userId) throw fault('review.second_person');
}
