import type { z } from 'zod';
import type { Stored } from './stored.ts';

interface IdempotentAnswer<Response> {
  readonly requestHash: string;
  readonly response: Stored<Response>;
}
export interface IdempotencyRows {
  /** Deletes at most `limit` keys that were claimed before that instant; returns how many. */
  deleteClaimedBefore(instant: string, limit: number): Promise<number>;
  /** What is stored under the key, without claiming it; `issueCodes` claims by itself, so ask here before deciding. */
  find<Response>(key: IdempotencyKey, shape: z.ZodType<Response>): Promise<IdempotentAnswer<Response> | null>;
  /**
   * Claims the key, or gives what is stored under it. Concurrent claims of one key wait for each other.
   * `requestHash` is the hash of the whole request; another hash under the same key is the caller's fault to raise.
   */
  claim<Response>(
    row: IdempotencyKey & { readonly requestHash: string; readonly at: string },
    shape: z.ZodType<Response>,
  ): Promise<{ readonly claimed: true } | ({ readonly claimed: false } & IdempotentAnswer<Response>)>;
  /**
   * Of a key that was claimed and has no answer yet: the claim, made again at `at`, if it is older than `before`. False:
   * somebody else is still at it.
   */
  reclaim(key: IdempotencyKey, at: string, before: string): Promise<boolean>;
  /** Holds a claim that was made at `at` and has no answer until the transaction ends; false when it is no longer ours. */
  hold(key: IdempotencyKey, at: string): Promise<boolean>;
  /** Gives up a claim that was made at `at` and led to no answer. */
  release(key: IdempotencyKey, at: string): Promise<void>;
  /** Stores the answer (never a clear code, never personal data). */
  complete(actorId: string, operation: string, key: string, response: unknown): Promise<void>;
}

/** An actor's own key of one operation. */
export interface IdempotencyKey {
  readonly actorId: string;
  readonly operation: string;
  readonly key: string;
}
