import type { SealingContext } from './sealing-contexts.ts';

/** What is hashed. */
export type HashPurpose =
  | 'code'
  | 'subject'
  | 'request'
  | 'api_key'
  | 'material'
  | 'form_value'
  | 'second_look'
  | 'verified_person';

/** Identifies a key without revealing it: the same key under the same id always gives the same value. */
export interface KeyCheck {
  readonly use: 'sealing' | 'hashing';
  readonly keyId: string;
  readonly value: string;
}

/** A key of one thing's own, under which its bytes are sealed: when keys rotate, only this key is sealed again. */
export interface DataKey {
  /** As text, to be sealed by the vault. */
  readonly text: string;
  /** Authenticated encryption; `what` is bound in. */
  seal(clear: Uint8Array, what: string): Uint8Array;
  /** @throws Fault `store.unreadable` where the bytes are not what `seal` made for the same `what` */
  open(sealed: Uint8Array, what: string): Uint8Array;
}

/** Seals personal fields and codes. Keys rotate: what is sealed or hashed names its key; new things use the newest. */
export interface Vault {
  /** Authenticated encryption. `context` is bound in: a value cannot be moved elsewhere. */
  seal(clear: string, context: SealingContext): string;
  /** @throws Fault `secret.unknown_key` when its key is not configured. */
  open(sealed: string, context: SealingContext): string;
  /** A fresh key, of the same algorithms as the newest key for sealing. */
  makeDataKey(): DataKey;
  /** The key that `text` of a `DataKey` says. @throws Fault `store.unreadable` */
  dataKeyOf(text: string): DataKey;
  /** Keyed hash for look-ups: the same text gives the same hash under the same purpose and key. */
  hash(text: string, purpose: HashPurpose): string;
  /** The hash under every key that is configured, the newest first: what was stored before a rotation is found, too. */
  hashes(text: string, purpose: HashPurpose): readonly string[];
  /** Ids of the keys that new things use. */
  readonly newest: { readonly sealing: string; readonly hashing: string };
  /** Of every key that is configured. */
  readonly checks: readonly KeyCheck[];
}
