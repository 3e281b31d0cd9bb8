/** Counts of personal data seen unmasked, by person and shift. */
export interface RevealRows {
  /** Counts one more; false when there are `limit` already. */
  count(actorId: string, shiftAt: string, limit: number): Promise<boolean>;
  /** True for the first caller that reports this person's quota of this shift as spent. */
  alert(actorId: string, shiftAt: string, at: string): Promise<boolean>;
  /** Deletes at most `limit` shifts from before that instant; returns how many. */
  deleteBefore(instant: string, limit: number): Promise<number>;
}
