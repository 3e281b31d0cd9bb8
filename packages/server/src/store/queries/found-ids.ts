import type { PageRequest } from '../../ports/paging.ts';
import { type Condition, clausesOf, type Keyset } from './keyset.ts';

/** So many rows are collected and sorted for a page. */
const mostCollected = 2000;
/** So many rows of a list are looked at, where more than `mostCollected` are found somewhere. */
const far = 50_000;

export interface Search {
  /** With a unique column `id`. */
  readonly table: string;
  readonly keyset: Keyset;
  /** What else the rows must meet. */
  readonly conditions: readonly Condition[];
  readonly search: string | readonly string[];
  /** So many rows of the list are looked at before anything else: more where looking at one costs little. */
  readonly near: number;
  /** Meets each row that is found. `$?` is the search. */
  readonly byRow: string;
  /** The same, with what an index of grams answers. */
  readonly byGrams: string;
}

/**
 * The ids of a page of what a search finds: a subquery, and its values, of which the first is the search and the last how many.
 *
 * A word that many rows have is found soonest by walking the list in its order, one that few have by the index of grams, which gives
 * all that are found in no order. Which it is the planner knows least of, since it takes the grams of a word to be independent of
 * each other. So the first rows of the list are looked at; where they are not enough, what is found is collected; where that is too
 * much, more of the list is looked at, and all is collected only for what many rows have that are far from the page. Each part is
 * run when the one before was not enough.
 */
export function foundIds(search: Search, page: PageRequest): { readonly sql: string; readonly values: unknown[] } {
  const { table, keyset, conditions, near, byRow, byGrams } = search;
  const type = Array.isArray(search.search) ? 'text[]' : 'text';
  const { where, order, values } = clausesOf(
    keyset,
    [[`$?::${type} IS NOT NULL`, search.search], ...conditions],
    page.after,
  );
  values.push(page.limit);
  const limit = `LIMIT $${values.length}`;
  const [rows, grams] = [byRow, byGrams].map((condition) => condition.replaceAll('$?', '$1'));
  const key = keyset.columns.map(([column], index) => `${column} AS k${index}`).join(', ');
  const byKey = keyset.columns.map((_, index) => `k${index}${keyset.descending ? ' DESC' : ''}`).join(', ');
  const sql = `WITH near AS MATERIALIZED (SELECT id, ${key}, ${rows} AS hit FROM ${table} ${where} ${order} LIMIT ${near}),
    nearby AS MATERIALIZED (SELECT count(*) < ${near} OR count(*) FILTER (WHERE hit) >= $${values.length} AS enough FROM near),
    few AS MATERIALIZED (SELECT id, ${key} FROM ${table} ${where} AND ${grams} LIMIT ${mostCollected + 1}),
    far AS MATERIALIZED (SELECT id FROM (SELECT * FROM ${table} ${where} ${order} LIMIT ${far}) AS walked WHERE ${rows} ${limit}),
    every AS MATERIALIZED (SELECT id, ${key} FROM ${table} ${where} AND ${grams})
    (SELECT id FROM near WHERE hit AND (SELECT enough FROM nearby) ORDER BY ${byKey} ${limit})
    UNION ALL (SELECT id FROM few WHERE NOT (SELECT enough FROM nearby)
      AND (SELECT count(*) FROM few) <= ${mostCollected} ORDER BY ${byKey} ${limit})
    UNION ALL (SELECT id FROM far WHERE NOT (SELECT enough FROM nearby)
      AND (SELECT count(*) FROM few) > ${mostCollected} AND (SELECT count(*) FROM far) = $${values.length})
    UNION ALL (SELECT id FROM every WHERE NOT (SELECT enough FROM nearby)
      AND (SELECT count(*) FROM few) > ${mostCollected} AND (SELECT count(*) FROM far) < $${values.length} ORDER BY ${byKey} ${limit})`;
  return { sql, values };
}

/** From so many characters on there is an index of six at a time. */
const sixes = 6;

/**
 * What finds the search in an expression by an index: of characters and pairs; for longer ones of six at a time, since ids have their
 * pairs, of digits most of all, in common. `$?` stands for what is looked for.
 */
export function gramsOf(expression: string, search: string, term = '$?'): string {
  const [of, asked] = [...search].length < sixes ? ['search_grams', 'asked_grams'] : ['six_grams', 'six_grams'];
  return `${of}(${expression}) @> ${asked}(${term})`;
}
