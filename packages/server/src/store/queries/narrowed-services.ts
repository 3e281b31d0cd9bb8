import type { ServiceNarrowing } from '../../ports/records.ts';
import { gramsOf, type Search } from './found-ids.ts';
import type { Condition, Keyset } from './keyset.ts';

/** As in the indexes service_record_search and service_record_by_sixes, to the letter. */
const looked = `number || ' ' || domain_name || ' ' || service_name`;
const inRow = `strpos(lower(${looked}), lower($?)) > 0`;
const inJoined = `strpos(lower(s.number || ' ' || s.domain_name || ' ' || s.service_name), lower($?)) > 0`;

export const byNumber: Keyset = { columns: [['s.number', 'text']] };

/** What each row must meet; `at` is how the statement names the table, with its dot. */
export function narrowingOf({ state, serviceKind, letter, search }: ServiceNarrowing, at = 's.'): Condition[] {
  return [
    state === undefined ? null : [`${at}state = $?`, state],
    serviceKind === undefined ? null : [`${at}service_kind = $?`, serviceKind],
    letter === undefined ? null : [`left(${at}number, 1) = $?`, letter],
    search === undefined ? null : [at === '' ? inRow : inJoined, search],
  ];
}

/** How services of all accounts are found by a text. */
export function foundOf({ search, ...others }: ServiceNarrowing & { readonly search: string }): Search {
  const byGrams = `(${gramsOf(looked, search)} AND ${inRow})`;
  const keyset = { columns: [['number', 'text']] } as const;
  return {
    table: 'service_record',
    keyset,
    conditions: narrowingOf(others, ''),
    near: 1000,
    search,
    byRow: inRow,
    byGrams,
  };
}
