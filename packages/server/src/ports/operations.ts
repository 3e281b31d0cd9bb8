import type { KnownFault, WorkKind } from './work-failures.ts';

/** How long the oldest of what waits has waited. */
export interface QueueAge {
  /** `job`, `code_event`, `webhook`, `notice_mail`, `link_mail`, `message` (one that failed), or `filing`. */
  readonly queue: string;
  /** A job's topic, a filing's state; otherwise empty. */
  readonly of: string;
  /** By the database's clock; 0 where nothing waits. */
  readonly seconds: number;
}

/** What this process knows besides what every flow needs, for the page of operations. */
export interface SystemFacts {
  readonly version: string;
  /** The newest migration of this release, e.g. `0026-said-texts`. */
  readonly migration: string;
  readonly database: 'embedded' | 'postgres';
  /** Some gate has a token. */
  readonly hasGates: boolean;
  /** Of every queue, without filings. */
  queueAges(): Promise<readonly QueueAge[]>;
}

/** Where the database is. */
export interface OperationsHead {
  /** The newest migration that was applied, as its file is called, and how long ago. */
  readonly migration: string;
  readonly migratedSecondsAgo: number;
  /** The last change that gates must know, and how long ago it was. */
  readonly gateVersion: number;
  readonly gateChangedSecondsAgo: number;
  /** Differences to the authority's records that nobody has dealt with; counted up to a bound. */
  readonly openDifferences: number;
  /** Since both books were last compared to the end; null: never. */
  readonly comparedSecondsAgo: number | null;
}

/** Failed work of one kind, counted up to a bound, with the cause of one of them. */
export interface FailedKind {
  readonly kind: WorkKind;
  readonly count: number;
  /** For operators; never personal data. */
  readonly lastError: string;
  /** Null: it is no fault of ours, and `lastError` has its name. */
  readonly lastFault: KnownFault | null;
}

export interface TroubledWebhook {
  readonly id: string;
  /** Null: the provider's own. */
  readonly accountId: string | null;
  readonly url: string;
  /** Null: it is not paused, but its deliveries fail. */
  readonly pausedBecause: 'failures' | 'gone' | null;
  readonly secondsAgo: number;
}

export interface KnownKey {
  readonly id: string;
  readonly madeSecondsAgo: number;
}

/** Figures of operations: each is read from the beginning of an index, or counted up to a bound. */
export interface OperationsRows {
  head(mostDifferences: number): Promise<OperationsHead>;
  /** Kinds of work of which something is parked. */
  listParked(most: number): Promise<readonly FailedKind[]>;
  /** Of these kinds, those of which something failed and is tried again. */
  listRetried(kinds: readonly WorkKind[], most: number): Promise<readonly FailedKind[]>;
  listTroubledWebhooks(limit: number): Promise<readonly TroubledWebhook[]>;
  /** Keys for sealing that this database was used with and that were not retired, the newest first. */
  listSealingKeys(): Promise<readonly KnownKey[]>;
}
