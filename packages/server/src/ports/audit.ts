import type { PageRequest } from './paging.ts';
import type { JsonObject } from './stored.ts';

export interface AuditRow {
  readonly id: string;
  readonly at: string;
  readonly actorId: string;
  readonly actorRole: string;
  readonly accountId: string | null;
  /** Fact in past tense, e.g. `CodeIssued`. */
  readonly action: string;
  readonly objectKind: string;
  readonly objectId: string;
  /** Never personal data, never a clear code. Of a row that cannot be read: `{ unreadable }`, which says where. */
  readonly detail: JsonObject | null;
  /** The network address that the actor asked from; null for background work. */
  readonly address: string | null;
  /** The id of the actor's session; null for API keys and background work. */
  readonly sessionId: string | null;
}

/** Which rows: those for which everything that is given holds. */
export interface AuditFilter {
  readonly objectId?: string | undefined;
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  /** From this instant on. */
  readonly since?: string | undefined;
  /** Before this instant. */
  readonly before?: string | undefined;
}

/** Append only: the database refuses updates and deletes. */
export interface AuditRows {
  append(row: AuditRow): Promise<void>;
  /** Newest first. */
  list(filter: AuditFilter & PageRequest): Promise<AuditRow[]>;
  /** What people call those of the ids that are persons, API keys, accounts and filings; deleted ones have no name. */
  listNames(ids: readonly string[]): Promise<{ readonly id: string; readonly name: string }[]>;
}

/** A place in the audit's order of (at, id). `at` has microseconds, so that no row lies between two texts. */
export interface AuditPosition {
  readonly at: string;
  readonly id: string;
}

/** A seal of the chain over the audit. */
export interface AuditSeal {
  /** From 1, without a gap. */
  readonly sequence: number;
  /** In Asia/Shanghai; all rows of a seal are of this day. */
  readonly day: string;
  /** The last row that it covers. */
  readonly through: AuditPosition;
  readonly rowCount: number;
  /** The first 12 hexadecimal digits of each row's SHA-256, in their order. */
  readonly rowDigests: string;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  readonly sealedDigest: string;
  readonly sealedAt: string;
}

/** What a seal covers: every column of a row that has a value, `at` with microseconds. */
export type SealedAuditRow = Readonly<Record<string, unknown>> & AuditPosition;

/** The chain over the audit; append only as the audit itself, but for keys being rotated. */
export interface AuditSealRows {
  /** One sealer at a time, until the transaction ends; false where another is at it. */
  lock(): Promise<boolean>;
  /** The age in milliseconds of the oldest other transaction that has written; 0 without one. */
  oldestWriterMs(): Promise<number>;
  findLast(): Promise<AuditSeal | null>;
  /** The last seal before that day. */
  findLastBefore(day: string): Promise<AuditSeal | null>;
  find(sequence: number): Promise<AuditSeal | null>;
  /** How many rows those seals cover, both included. */
  countRows(first: number, last: number): Promise<number>;
  /** Seals after that sequence, in their order. */
  listAfter(sequence: number, limit: number): Promise<AuditSeal[]>;
  insert(seal: AuditSeal): Promise<void>;
  /** Audit rows after a position (null: from the first one) and before an instant, in their order. */
  rowsBefore(after: AuditPosition | null, before: string, limit: number): Promise<SealedAuditRow[]>;
  /** Audit rows after a position up to and including another. */
  rowsThrough(after: AuditPosition | null, through: AuditPosition, limit: number): Promise<SealedAuditRow[]>;
  /** Deletes the rows after a position up to and including another. @returns how many */
  deleteThrough(after: AuditPosition | null, through: AuditPosition): Promise<number>;
  /** How many rows lie after a position, and the first of them. */
  countAfter(
    after: AuditPosition | null,
    atMost?: number,
  ): Promise<{ readonly rows: number; readonly oldestAt: string | null }>;
}

/** A day of the audit that was cleared away by policy; its seals stay. */
export interface AuditClearing {
  /** In Asia/Shanghai. */
  readonly day: string;
  readonly firstSeal: number;
  readonly lastSeal: number;
  readonly rows: number;
  /** SHA-256, hexadecimal: over the day's seals and what is said here. */
  readonly digest: string;
  readonly sealedDigest: string;
  /** The audit row that says so. */
  readonly auditId: string;
  /** For how long rows were kept by the policy of that time. */
  readonly keepDays: number;
  readonly decidedAt: string;
  /** The seal up to which the rows are gone; null: none yet. */
  readonly clearedTo: number | null;
}

/** What was cleared from the audit, oldest day first; append only but for how far it has come. */
export interface AuditClearingRows {
  /** The newest day. */
  findLast(): Promise<AuditClearing | null>;
  /** The oldest day of which some rows are still there. */
  findUnfinished(): Promise<AuditClearing | null>;
  find(day: string): Promise<AuditClearing | null>;
  insert(clearing: Omit<AuditClearing, 'clearedTo'>): Promise<void>;
  putClearedTo(day: string, seal: number): Promise<void>;
  /** The detail of an audit row that says that this day was cleared; null where there is none of that id. */
  findSaid(auditId: string, day: string): Promise<JsonObject | null>;
  /** Was an export of that day written once it was over? */
  isExported(day: string): Promise<boolean>;
}
