/** Seals personal fields and codes. Keys rotate: what is sealed names its key; new things use the newest. */
export interface Vault {
  /** Authenticated encryption. `context` is bound in (e.g. `filing:fil_1:subject.name`): a value cannot be moved elsewhere. */
  seal(clear: string, context: string): string;
  /** @throws Fault `secret.unknown_key` when its key is not configured. */
  open(sealed: string, context: string): string;
  /** Keyed hash for look-ups: the same text gives the same hash under the same purpose. */
  hash(text: string, purpose: 'code' | 'subject' | 'request' | 'api_key'): string;
}
