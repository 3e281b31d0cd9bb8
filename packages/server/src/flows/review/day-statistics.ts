import { filingStates } from '@openbeian/model/filing';
import type { DayCount, DayTallyFilter, DayTopic } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { refuseLongSpan } from './long-span.ts';

/**
 * What happened day by day: filings that came into each state, what happened to codes, how gates decided. Read off tallies that are kept
 * while it happens, so that it costs the same however much there is. Of a province or a type, filings only: the rest has neither.
 */
export const getDayStatistics = query(
  { id: 'getDayStatistics', faults: [], mayLag: true },
  async (step, input: DayTallyFilter) => {
    refuseLongSpan(step, input);
    const counted = await step.tx.dayTallies.list(input);
    const of = (topic: DayTopic) => counted.filter((one) => one.topic === topic);
    return {
      filings: of('filing').flatMap(({ day, name, count }) => (isState(name) ? [{ day, state: name, count }] : [])),
      codes: of('code').map(({ day, name, count }) => ({ day, type: name, count })),
      gates: of('gate').map(decisionsOf),
    };
  },
);

const isState = (name: string): name is keyof typeof filingStates => Object.hasOwn(filingStates, name);

function decisionsOf({ day, name, count }: DayCount) {
  const [outcome = '', reason = ''] = name.split(' ');
  return { day, outcome, reason, count };
}
