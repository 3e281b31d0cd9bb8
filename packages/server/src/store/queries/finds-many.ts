import { type Session, where } from '../engine/session.ts';
import type { Condition } from './keyset.ts';

/** So many rows are collected and sorted for a page at most. */
const mostCollected = 2000;

/**
 * Do so many rows meet these conditions that a page of them comes sooner by walking the list in its order and looking at each row?
 * The index of grams gives all that are found, in no order; how many that are is what the planner knows least of, since it takes the
 * grams of a word to be independent of each other. Reads no more than `mostCollected` of them.
 */
export async function findsMany(session: Session, table: string, conditions: readonly Condition[]): Promise<boolean> {
  const { sql, values } = where(conditions);
  const row = await session.row<{ count: number }>(
    `SELECT count(*)::int AS count FROM (SELECT FROM ${table} ${sql} LIMIT ${mostCollected + 1}) AS one`,
    values,
  );
  return (row?.count ?? 0) > mostCollected;
}
