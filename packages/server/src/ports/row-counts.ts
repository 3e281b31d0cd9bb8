/** Totals kept by triggers as rows are added, changed and deleted. */
export interface RowCountRows {
  /** Folds up to `limit` changes of totals into one row each, where there are more than a few; returns how many rows. */
  fold(limit: number): Promise<number>;
}
