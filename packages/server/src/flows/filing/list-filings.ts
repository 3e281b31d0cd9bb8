import { type ClaimFilter, type FilingState, filingStates, openFilingStates } from '@openbeian/model/filing';
import type { FilingFilter, FilingListRow, FilingOrder } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { type ListOrder, type PageInput, pageOf } from '../command/page.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { filingViewOf } from './filing-view.ts';

export interface FilingsFilter {
  readonly state?: FilingState | undefined;
  readonly group?: keyof typeof groups | undefined;
  /** For the provider's people; customers do not learn who works on their filings. */
  readonly claim?: ClaimFilter | undefined;
}

/** The customer types the code of the SMS in, though the authority owns the state. What a reviewer asks is told apart besides. */
const isWithCustomer = (state: FilingState): boolean =>
  filingStates[state].owner === 'customer' || state === 'awaiting_sms';
const groups = {
  open: { states: openFilingStates, asked: undefined },
  with_customer: { states: openFilingStates.filter(isWithCustomer), asked: true },
  with_others: { states: openFilingStates.filter((state) => !isWithCustomer(state)), asked: false },
} as const;

const orders: Readonly<Record<FilingOrder, ListOrder<FilingListRow>>> = {
  newest: { name: 'filings', columns: ['instant', 'text'], positionOf: ({ startedAt, id }) => [startedAt, id] },
  due: { name: 'filings.due', columns: ['instant', 'text'], positionOf: ({ dueAt, id }) => [dueAt ?? 'infinity', id] },
};

function filterOf(
  { actor, at }: Pick<Step, 'actor' | 'at'>,
  { state, group, claim = 'all' }: FilingsFilter,
): FilingFilter {
  const isCustomer = actor.role === 'customer';
  const inGroup = group === undefined ? undefined : groups[group];
  const whose = {
    accountId: isCustomer ? ownAccount(actor) : undefined,
    claimed: isCustomer || claim === 'all' ? undefined : { holderId: claim === 'mine' ? actor.userId : null, at },
  };
  if (inGroup === undefined) return { ...whose, states: state === undefined ? undefined : [state] };
  const states: readonly FilingState[] = inGroup.states;
  if (state === undefined) return { ...whose, ...inGroup };
  // Only of a review can a customer be asked something.
  const asked = state === 'awaiting_review' ? inGroup.asked : undefined;
  return { ...whose, states: states.includes(state) ? [state] : [], asked };
}

/** A customer's filings, or everybody's for the provider's people: newest first, or by due date. */
export const listFilings = query(
  { id: 'listFilings', faults: [], mayLag: true },
  async (step, input: FilingsFilter & PageInput & { readonly order?: FilingOrder | undefined }) => {
    const { deps, tx, actor } = step;
    const { order = 'newest' } = input;
    const filter = { ...filterOf(step, input), order };
    const { rows, next } = await pageOf(orders[order], input, (page) => tx.filings.listPage({ ...filter, ...page }));
    return { filings: rows.map((filing) => filingViewOf(deps, filing, actor)), next };
  },
);

/** How many there are in each state; for badges and totals, which a page does not contain. */
export const countFilings = query(
  { id: 'countFilings', faults: [], mayLag: true },
  async (step, input: FilingsFilter) => {
    const states = await step.tx.filings.countByState(filterOf(step, input));
    return { total: [...states.values()].reduce((sum, count) => sum + count, 0), states: Object.fromEntries(states) };
  },
);
