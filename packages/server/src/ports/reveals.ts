/** Counts of personal data seen unmasked, by person and shift. */
export interface RevealRows {
  /** Counts one more, unless there are `limit` already: false then. */
  count(actorId: string, shiftAt: string, limit: number): Promise<boolean>;
  /** True for the first who tells that the quota of this person and shift is spent. */
  alert(actorId: string, shiftAt: string, at: string): Promise<boolean>;
  /** Clears away at most `limit` shifts from before that instant; the number gone. */
  deleteBefore(instant: string, limit: number): Promise<number>;
}
