/** What people wrote in their own words; sealed. */
export interface SaidTextRows {
  /** @param ofAudit named by one audit row and nothing else: it goes with that row */
  insert(text: {
    readonly id: string;
    readonly sealed: string;
    readonly at: string;
    readonly ofAudit: boolean;
  }): Promise<void>;
  /** Those that there are. */
  list(ids: readonly string[]): Promise<{ readonly id: string; readonly sealed: string }[]>;
}
