/** Something in the tree that a rule forbids. */
export interface Violation {
  /**
   * What violates, in words that survive a move of the file and an edit above the line: `holding.ts imports verify-code.ts`.
   * `scripts/not-yet.ts` lists these.
   */
  readonly what: string;
  /** `file:line: what is wrong and what to do`, for people. */
  readonly message: string;
}
