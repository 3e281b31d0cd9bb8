import { type Day, dayOf } from '@openbeian/model/calendar';
import { type Decision, type Reason, rulesOfDay } from '@openbeian/model/eligibility';
import type { PageRequest, ResourceRow } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { type ListOrder, type PageInput, pageOf } from '../command/page.ts';
import type { Step } from '../command/step.ts';
import { type AccountEvaluator, canBeEvaluated, openEvaluators } from './account-evaluator.ts';

const byAccount: ListOrder<ResourceRow> = {
  name: 'fleet',
  columns: ['text', 'text'],
  positionOf: ({ accountId, id }) => [accountId, id],
};

interface Days {
  /** Whose rules are compared, both applied to the resources as they are today. */
  readonly from: Day;
  readonly to: Day;
}

/**
 * Which resources the rules of one day answer otherwise than those of another, both asked today: what a version does before it is in
 * force. A slice of the resources at a time, by account and id, however few of them change; `looked` says how many it had.
 */
export const compareFleet = query(
  { id: 'compareFleet', faults: [], mayLag: true },
  async (step, input: Days & PageInput) => {
    const { rows, next } = await pageOf(byAccount, input, (page: PageRequest) => step.tx.resources.listPage(page));
    const changed = await changedOf(step, rows, input);
    return { at: dayOf(step.at), looked: rows.length, changed, next };
  },
);

/** One that cannot be evaluated is left out; only where there is one is each looked at by itself. */
async function changedOf(step: Step, rows: readonly ResourceRow[], { from, to }: Days) {
  const among = async (some: readonly ResourceRow[]) => {
    const before = await evaluatorsOf(step, some, from);
    const after = await evaluatorsOf(step, some, to);
    return some.flatMap((row) => {
      const sides = [before.get(row.accountId), after.get(row.accountId)] as const;
      return sides[0] && sides[1] ? changeOf(row, sides[0], sides[1]) : [];
    });
  };
  try {
    return await among(rows);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    return among(rows.filter((row) => canBeEvaluated(step, row)));
  }
}

const evaluatorsOf = (step: Step, rows: readonly ResourceRow[], day: Day) =>
  openEvaluators({ ...step, deps: { ...step.deps, policies: rulesOfDay(step.deps.policies, day) } }, rows);

/** Words are made for what changes only. */
function changeOf(row: ResourceRow, before: AccountEvaluator, after: AccountEvaluator) {
  const [was, is] = [before.reasonSets(row), after.reasonSets(row)];
  if (was.file === is.file && was.issue === is.issue) return [];
  const { id, accountId, provider, product } = row;
  const decisions = [before.check(row, accountId), after.check(row, accountId)] as const;
  return [
    {
      id,
      accountId,
      product: `${provider}/${product}`,
      file: useOf('file', decisions),
      issue: useOf('issue', decisions),
    },
  ];
}

function useOf(use: 'file' | 'issue', [before, after]: readonly [Decision, Decision]) {
  return {
    before: before[use].outcome,
    after: after[use].outcome,
    gained: beyond(after[use].reasons, before[use].reasons),
    lost: beyond(before[use].reasons, after[use].reasons),
  };
}

function beyond(reasons: readonly Reason[], others: readonly Reason[]) {
  const known = new Set(others.map(({ code }) => code));
  return reasons.filter(({ code }) => !known.has(code)).map(({ code, message, source }) => ({ code, message, source }));
}
