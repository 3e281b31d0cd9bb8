import type { SealingContext } from './sealing-contexts.ts';

/** What is hashed. */
export type HashPurpose = 'code' | 'subject' | 'request' | 'api_key';

/** Identifies a key without revealing it: the same key under the same id always gives the same value. */
export interface KeyCheck {
  readonly use: 'sealing' | 'hashing';
  readonly keyId: string;
  readonly value: string;
}

/** Seals personal fields and codes. Keys rotate: what is sealed or hashed names its key; new things use the newest. */
export interface Vault {
  /** Authenticated encryption. `context` is bound in: a value cannot be moved elsewhere. */
  seal(clear: string, context: SealingContext): string;
  /** @throws Fault `secret.unknown_key` when its key is not configured. */
  open(sealed: string, context: SealingContext): string;
  /** Keyed hash for look-ups: the same text gives the same hash under the same purpose and key. */
  hash(text: string, purpose: HashPurpose): string;
  /** The hash under every key that is configured, the newest first: what was stored before a rotation is found, too. */
  hashes(text: string, purpose: HashPurpose): readonly string[];
  /** Ids of the keys that new things use. */
  readonly newest: { readonly sealing: string; readonly hashing: string };
  /** Of every key that is configured. */
  readonly checks: readonly KeyCheck[];
}
