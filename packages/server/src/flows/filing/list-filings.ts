import { addDays, type Day, startOfDay } from '@openbeian/model/calendar';
import {
  type AuthorityKind,
  type ClaimFilter,
  type FilingState,
  isWithCustomer,
  openFilingStates,
  type ServiceKind,
} from '@openbeian/model/filing';
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

/** What narrows a list, but no count: totals are kept by state alone. */
interface Narrowing {
  readonly kind?: AuthorityKind | undefined;
  readonly serviceKind?: ServiceKind | undefined;
  readonly provinceCode?: string | undefined;
  readonly search?: string | undefined;
  readonly due?: keyof typeof dueWithinMs | undefined;
  /** First and last day on which they were started, in Shanghai. */
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

const dayMs = 86_400_000;
const dueWithinMs = { overdue: 0, day: dayMs, week: 7 * dayMs } as const;

/** What a reviewer asks is told apart besides. */
const groups = {
  open: { states: openFilingStates, asked: undefined },
  with_customer: { states: openFilingStates.filter(isWithCustomer), asked: true },
  with_others: { states: openFilingStates.filter((state) => !isWithCustomer(state)), asked: false },
} as const;

const orders: Readonly<Record<FilingOrder, ListOrder<FilingListRow>>> = {
  newest: { name: 'filings', columns: ['instant', 'text'], positionOf: ({ startedAt, id }) => [startedAt, id] },
  due: { name: 'filings.due', columns: ['instant', 'text'], positionOf: ({ dueAt, id }) => [dueAt ?? 'infinity', id] },
};

function narrowingOf(at: string, { due, from, to, kind, serviceKind, provinceCode, search }: Narrowing) {
  const before = due === undefined ? undefined : new Date(Date.parse(at) + dueWithinMs[due]).toISOString();
  const startedSince = from === undefined || from < '2000-01-01' ? undefined : startOfDay(from);
  const startedBefore = to === undefined || to >= '9999-01-01' ? undefined : startOfDay(addDays(to, 1));
  return { kind, serviceKind, provinceCode, search, dueBefore: before, startedSince, startedBefore };
}

/** A period is a part of one order, and read by that order's index. */
const orderOf = ({ due, from, to }: Narrowing, asked: FilingOrder): FilingOrder => {
  if (due !== undefined) return 'due';
  return from === undefined && to === undefined ? asked : 'newest';
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

/** A customer's filings, or everybody's for the provider's people: newest first, or by due date, as what is due always is. */
export const listFilings = query(
  { id: 'listFilings', faults: [], mayLag: true },
  async (step, input: FilingsFilter & Narrowing & PageInput & { readonly order?: FilingOrder | undefined }) => {
    const { deps, tx, actor, at } = step;
    const order = orderOf(input, input.order ?? 'newest');
    const filter = { ...filterOf(step, input), ...narrowingOf(at, input), order };
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
