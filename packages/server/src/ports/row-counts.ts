/** Totals that are kept as rows are added, changed and deleted. */
export interface RowCountRows {
  /** Adds up to `limit` changes of totals up, where there are more than a few; how many rows went. */
  fold(limit: number): Promise<number>;
}
