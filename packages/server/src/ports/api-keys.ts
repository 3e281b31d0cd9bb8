import type { PageRequest } from './paging.ts';

/** A key by which an account's own programs call the API. Instants are ISO 8601 UTC. */
export interface ApiKeyRow {
  /** Public; the first half of what the caller sends. */
  readonly id: string;
  readonly accountId: string;
  /** For people: which program has it. */
  readonly name: string;
  readonly scopes: readonly string[];
  /** Keyed hash of the secret; the secret itself is nowhere. */
  readonly secretHash: string;
  /** The secret before the last rotation, and until when it is still good. */
  readonly earlierHash: string | null;
  readonly earlierUntil: string | null;
  readonly createdAt: string;
  /** Who made it: a user's id. */
  readonly createdBy: string;
  readonly rotatedAt: string | null;
  /** When it expires; null: never. */
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  /** To the hour, so that using a key does not write each time. */
  readonly lastUsedAt: string | null;
}

export interface KeyRotation {
  readonly secretHash: string;
  readonly earlierUntil: string;
  readonly at: string;
  /** Id of the person. */
  readonly by: string;
}

/** Guarded writes answer false where the key is revoked or unknown. */
export interface ApiKeyRows {
  /**
   * Counted while it is written, however many write at once: false, and nothing written, where the account has `most` keys
   * that are neither revoked nor expired at `createdAt`.
   */
  insert(
    row: Pick<
      ApiKeyRow,
      'id' | 'accountId' | 'name' | 'scopes' | 'secretHash' | 'expiresAt' | 'createdAt' | 'createdBy'
    >,
    most: number,
  ): Promise<boolean>;
  find(id: string): Promise<ApiKeyRow | null>;
  /** Newest first; of one account, or all. */
  list(
    filter: {
      readonly accountId: string | null;
      readonly state?: { readonly is: 'active' | 'expired' | 'revoked'; readonly at: string } | undefined;
    } & PageRequest,
  ): Promise<ApiKeyRow[]>;
  /** A new secret, which the person `by` receives; the one before stays good until `earlierUntil`. */
  rotate(id: string, rotation: KeyRotation): Promise<boolean>;
  /** The same secret, hashed under another key. */
  rehash(id: string, fromHash: string, toHash: string): Promise<void>;
  revoke(id: string, at: string): Promise<boolean>;
  touch(id: string, at: string): Promise<void>;
}
