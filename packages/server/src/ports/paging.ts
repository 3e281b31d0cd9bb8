/**
 * Where a page begins: the sort key of the last row of the page before, one text per column of the key. Instants are
 * ISO 8601 UTC, days `YYYY-MM-DD`.
 */
export type Position = readonly string[];

/** One page of a list in keyset order: the rows behind a position, at most `limit` of them. */
export interface PageRequest {
  readonly limit: number;
  /** Left out: from the start of the list. */
  readonly after?: Position | undefined;
}
