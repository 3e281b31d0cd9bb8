interface IdempotentAnswer {
  readonly requestHash: string;
  readonly response: unknown;
}
export interface IdempotencyRows {
  /** Clears away at most `limit` keys that were claimed before that instant; the number gone. */
  deleteClaimedBefore(instant: string, limit: number): Promise<number>;
  /** What is stored under the key, without claiming it; `issueCodes` claims by itself, so ask here before deciding. */
  find(actorId: string, operation: string, key: string): Promise<IdempotentAnswer | null>;
  /**
   * Claims the key, or gives what is stored under it. Concurrent claims of one key wait for each other.
   * `requestHash` is the hash of the whole request; another hash under the same key is the caller's fault to raise.
   */
  claim(row: {
    readonly actorId: string;
    readonly operation: string;
    readonly key: string;
    readonly requestHash: string;
    readonly at: string;
  }): Promise<{ readonly claimed: true } | ({ readonly claimed: false } & IdempotentAnswer)>;
  /** Stores the answer (never a clear code, never personal data). */
  complete(actorId: string, operation: string, key: string, response: unknown): Promise<void>;
}
