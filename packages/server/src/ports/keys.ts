import type { StoredForm } from './filings.ts';
import type { SealedKind } from './sealed-things.ts';
import type { KeyCheck } from './vault.ts';

/** How much one key holds. */
export interface KeyUse {
  readonly kind: SealedKind | 'api_keys';
  readonly how: 'sealed' | 'hashed';
  /** `''`: the first hash key, which its hashes do not name. */
  readonly keyId: string;
  readonly count: number;
}

/** How far a kind has come: up to which id everything is under `target`. */
export interface ResealProgress {
  readonly target: string;
  readonly doneTo: string;
}

/** Rows in the order of their ids, or the one of that id. */
export type SealedRange = { readonly after: string; readonly limit: number } | { readonly id: string };

/** What sealing and hashing again reads and writes; every range is in the order of ids, locked until it is written. */
export interface KeyRows {
  /** By key, over everything there is (of API keys, what opens at that instant): reads it all. */
  count(at: string): Promise<KeyUse[]>;
  findProgress(kind: SealedKind): Promise<ResealProgress | null>;
  putProgress(kind: SealedKind, progress: ResealProgress, at: string): Promise<void>;
  codesIn(range: SealedRange): Promise<{ readonly id: string; readonly sealed: string; readonly lookupHash: string }[]>;
  putCodes(
    rows: readonly { readonly id: string; readonly sealed: string; readonly lookupHash: string }[],
  ): Promise<void>;
  filingsIn(
    range: SealedRange,
  ): Promise<{ readonly id: string; readonly form: StoredForm; readonly subjectHash: string }[]>;
  putForm(filingId: string, form: StoredForm): Promise<void>;
  /** Everything that names a subject by one hash names it by another. */
  moveSubject(fromHash: string, toHash: string): Promise<void>;
  subjectsIn(
    range: SealedRange,
  ): Promise<{ readonly id: string; readonly number: string; readonly sealedName: string }[]>;
  putSubject(id: string, sealedName: string): Promise<void>;
  webhooksIn(
    range: SealedRange,
  ): Promise<{ readonly id: string; readonly sealedSecret: string; readonly previousSealedSecret: string | null }[]>;
  addressesIn(range: SealedRange): Promise<{ readonly id: string; readonly sealed: string }[]>;
  putAddresses(accountId: string, sealed: string): Promise<void>;
  /** One starter at a time looks at the check values until the transaction ends. */
  lockChecks(): Promise<void>;
  /** The check values of every key that this database was used with, in the order of their ids. */
  listChecks(): Promise<KeyCheck[]>;
  putChecks(checks: readonly KeyCheck[], at: string): Promise<void>;
  /** A key that was retired; its id is free again. */
  deleteChecks(keyId: string): Promise<void>;
  messagesIn(range: SealedRange): Promise<{ readonly id: string; readonly sealed: string }[]>;
  putMessage(messageId: string, sealed: string): Promise<void>;
  /** Of the chain over the audit; ids are sequences. */
  sealsIn(range: SealedRange): Promise<{ readonly id: string; readonly sealed: string }[]>;
  putSeal(sequence: string, sealedDigest: string): Promise<void>;
  peopleIn(range: SealedRange): Promise<{ readonly id: string; readonly sealed: string }[]>;
  putPerson(userId: string, sealed: string): Promise<void>;
  totpIn(range: SealedRange): Promise<{ readonly id: string; readonly sealed: string }[]>;
  putTotp(userId: string, sealed: string): Promise<void>;
  contestsIn(range: SealedRange): Promise<{ readonly id: string; readonly sealed: string }[]>;
  putContest(contestId: string, sealed: string): Promise<void>;
  /** Of days of the audit; ids are days. */
  clearingsIn(range: SealedRange): Promise<{ readonly id: string; readonly sealed: string }[]>;
  putClearing(day: string, sealed: string): Promise<void>;
  textsIn(range: SealedRange): Promise<{ readonly id: string; readonly sealed: string }[]>;
  putText(textId: string, sealed: string): Promise<void>;
  /** Of contents of materials; `contentHash` is a keyed hash of what `sealed` says. */
  blobsIn(
    range: SealedRange,
  ): Promise<{ readonly id: string; readonly sealed: string; readonly contentHash: string }[]>;
  putBlob(id: string, sealed: string, contentHash: string): Promise<void>;
  uploadsIn(range: SealedRange): Promise<{ readonly id: string; readonly sealed: string }[]>;
  putUpload(id: string, sealed: string): Promise<void>;
  papersIn(range: SealedRange): Promise<{ readonly id: string; readonly sealed: string }[]>;
  putPaper(id: string, sealed: string): Promise<void>;
  putWebhook(id: string, sealedSecret: string, previousSealedSecret: string | null): Promise<void>;
}
