import { type FilingState, filingStates } from '@openbeian/model/filing';
import type { FilingFilter } from '../../ports/filings.ts';
import { gramsOf, type Search } from './found-ids.ts';
import type { Condition, Keyset } from './keyset.ts';

type Narrowing = Pick<
  FilingFilter,
  'kind' | 'serviceKind' | 'provinceCode' | 'search' | 'dueBefore' | 'startedSince' | 'startedBefore'
>;

/** As in the indexes filing_search and filing_by_sixes, to the letter. */
const looked = `domain_name || ' ' || coalesce(service_number, subject_number, '') || ' ' || coalesce(form ->> 'service.name', '')`;
const inRow = `strpos(lower(${looked}), lower($?)) > 0`;

/** What each row must meet; of what there are few kinds of, an index of each begins the order. */
export function narrowingOf(filter: Narrowing): Condition[] {
  const { kind, serviceKind, provinceCode, search, dueBefore, startedSince, startedBefore } = filter;
  return [
    kind === undefined ? null : ['kind = $?', kind],
    serviceKind === undefined ? null : ['service_kind = $?', serviceKind],
    provinceCode === undefined ? null : ['province_code = $?', provinceCode],
    search === undefined ? null : [inRow, search],
    dueBefore === undefined ? null : [`coalesce(due_at, 'infinity') < $?`, dueBefore],
    startedSince === undefined ? null : ['started_at >= $?', startedSince],
    startedBefore === undefined ? null : ['started_at < $?', startedBefore],
  ];
}

/**
 * How filings of all accounts are found by a text; null where none is asked for. One state is a condition, since an index begins
 * with it; several are looked for in each row, since they are in no order together.
 * @param claimed whose claims they must have
 */
export function foundOf(filter: FilingFilter, keyset: Keyset, claimed: readonly Condition[]): Search | null {
  const { search, states, asked, ...others } = filter;
  if (search === undefined) return null;
  const isOne = states?.length === 1 && asked === undefined;
  const inState = states === undefined || isOne ? '' : ` AND ${stateIn(states, asked)}`;
  const conditions: Condition[] = [isOne ? ['state = $?', states[0]] : null, ...claimed, ...narrowingOf(others)];
  const byRow = `(${inRow}${inState})`;
  const byGrams = `(${gramsOf(looked, search)} AND ${inRow}${inState})`;
  return { table: 'filing', keyset, conditions, near: 1000, search, byRow, byGrams };
}

/** The states are in the text, where a search has no room for values. */
function stateIn(states: readonly FilingState[], asked: boolean | undefined): string {
  const unknown = states.find((state) => !Object.hasOwn(filingStates, state));
  if (unknown !== undefined) throw new Error(`no state of filings is called ${unknown}`);
  const isIn = states.length === 0 ? 'false' : `state IN (${states.map((state) => `'${state}'`).join(', ')})`;
  if (asked === true) return `(${isIn} OR asked_at IS NOT NULL)`;
  return asked === false ? `(${isIn} AND asked_at IS NULL)` : isIn;
}

export const conditionsOf = ({ accountId, states, asked, claimed, ...narrowed }: FilingFilter): Condition[] => [
  accountId === undefined ? null : ['account_id = $?', accountId],
  ...(states === undefined ? [] : stateConditions(states, asked)),
  ...(claimed === undefined ? [] : claimConditions(claimed)),
  ...narrowingOf(narrowed),
];

export function claimConditions({ holderId, at }: NonNullable<FilingFilter['claimed']>): Condition[] {
  if (holderId === null) return [['(claim_until IS NULL OR claim_until <= $?)', at]];
  return [
    ['claim_holder_id = $?', holderId],
    ['claim_until > $?', at],
  ];
}

function stateConditions(states: readonly FilingState[], asked: boolean | undefined): Condition[] {
  if (asked === true) return [['(state = ANY ($?::text[]) OR asked_at IS NOT NULL)', [...states]]];
  return [conditionOf(states), asked === false ? ['asked_at IS NULL', null] : null];
}

/** One state is told apart from several: an index that begins with the state then gives its rows in order. */
export const conditionOf = (states: readonly FilingState[]): Condition =>
  states.length === 1 ? ['state = $?', states[0]] : ['state = ANY ($?::text[])', [...states]];
