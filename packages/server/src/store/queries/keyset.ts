import type { PageRequest } from '../../ports/paging.ts';
import { where } from '../engine/session.ts';

/** A total order of a list: its columns end in one that is unique, so that no two rows share a position. */
export interface Keyset {
  /** SQL of each column, and the type that its value in a position is cast to. */
  readonly columns: readonly (readonly [sql: string, type: 'text' | 'timestamptz' | 'date'])[];
  readonly descending?: boolean;
}

export type Condition = readonly [condition: string, value: unknown] | null;

/**
 * `WHERE … ORDER BY … LIMIT …` of one page. The position is compared as a row, which an index over the same columns
 * answers by one look-up however far the page is from the start; rows that are inserted or go in the meantime move no
 * other row to another page.
 */
export function pageClause(
  keyset: Keyset,
  conditions: readonly Condition[],
  { after, limit }: PageRequest,
): { readonly sql: string; readonly values: unknown[] } {
  const { where, order, values } = clausesOf(keyset, conditions, after);
  values.push(limit);
  return { sql: `${where} ${order} LIMIT $${values.length}`, values };
}

/** The `WHERE …` (empty where there is nothing to meet) and `ORDER BY …` of the rows behind a position. */
export function clausesOf(
  keyset: Keyset,
  conditions: readonly Condition[],
  after: PageRequest['after'],
): { readonly where: string; readonly order: string; readonly values: unknown[] } {
  const { sql, values } = where(conditions);
  const columns = keyset.columns.map(([column]) => column);
  const order = `ORDER BY ${orderOf(keyset)}`;
  if (after === undefined) return { where: sql, order, values };
  if (after.length !== columns.length) throw new Error(`a position of ${columns.length} values is needed`);
  const places = keyset.columns.map(([, type], index) => `$${values.length + index + 1}::${type}`);
  const behind = `(${columns.join(', ')}) ${keyset.descending ? '<' : '>'} (${places.join(', ')})`;
  values.push(...after);
  return { where: `${sql === '' ? 'WHERE' : `${sql} AND`} ${behind}`, order, values };
}

/** What follows `ORDER BY`. */
export const orderOf = ({ columns, descending }: Keyset): string =>
  columns.map(([column]) => (descending ? `${column} DESC` : column)).join(', ');

/** An account's rows, or the provider's (null). `IS NOT DISTINCT FROM` would find no index. */
export const ownedBy = (accountId: string | null): NonNullable<Condition> =>
  accountId === null ? ['account_id IS NULL', null] : ['account_id = $?', accountId];
