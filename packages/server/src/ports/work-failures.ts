import type { WorkKind } from '@openbeian/model/work';
import type { AuthorityMessage } from './authority.ts';
import type { PageRequest } from './paging.ts';
import type { Stored } from './stored.ts';

export { type WorkKind, workKinds } from '@openbeian/model/work';

export interface ListedFailure extends WorkFailureRow {
  /** The filing that it is about; null where it is about none, or nobody knows. */
  readonly filingId: string | null;
}

/** A fault of the closed catalogue, with words for people; never personal data. */
export interface KnownFault {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** Why something failed, as it is kept. */
export interface FailureCause {
  /** For operators; never personal data. */
  readonly lastError: string;
  /** Null: it is no fault of ours, and `lastError` has its name. */
  readonly lastFault: KnownFault | null;
}

export interface WorkFailureRow extends FailureCause {
  readonly kind: WorkKind;
  readonly itemId: string;
  readonly failures: number;
  readonly failedAt: string;
  /** When it is tried again; null while it is parked. */
  readonly retryAt: string | null;
}

/** A failure as it is noted; without `lastFault` it is no fault of ours. */
export type FailureToPut = Omit<WorkFailureRow, 'failures' | 'lastFault'> &
  WorkPayload & { readonly lastFault?: KnownFault | null };

/** What is worked on, where no other table has it. */
export interface WorkPayload {
  readonly payload: string | null;
  /** Instead of `payload` where it may hold personal data. */
  readonly sealedPayload: string | null;
}

/** A message that was kept: as it was read, or sealed as it came where it could not be read. */
export interface DueMessage {
  readonly itemId: string;
  readonly message: Stored<AuthorityMessage> | null;
  readonly sealedPayload: string | null;
}

/** Items of background work that failed. Work that is due leaves out those that are parked or whose time has not come. */
export interface WorkFailureRows {
  /** How often the item has failed; 0 for one that has not. */
  count(kind: WorkKind, itemId: string): Promise<number>;
  /** Is it parked, or has its time not come? */
  isPutOff(kind: WorkKind, itemId: string, at: string): Promise<boolean>;
  /** Adds one failure; a payload is kept where it is given, and stays from before where it is null. */
  put(row: FailureToPut): Promise<void>;
  /** As `put`, unless the item is known to have failed. */
  add(row: FailureToPut): Promise<void>;
  /** The item was done, or is gone. */
  clear(kind: WorkKind, itemId: string): Promise<void>;
  clearAll(kind: WorkKind, itemIds: readonly string[]): Promise<void>;
  /** Items of the kind to try again now, the longest waiting first. */
  listDue(kind: WorkKind, at: string, limit: number): Promise<{ readonly itemId: string }[]>;
  /** Messages of the authority to try again now, the longest waiting first. */
  listDueMessages(at: string, limit: number): Promise<DueMessage[]>;
  /** Parked ones first, then by when they are tried again. Position: `retryAt` (or `-infinity`), kind, item. */
  list(
    filter: { readonly kind?: WorkKind | undefined; readonly parked?: boolean } & PageRequest,
  ): Promise<ListedFailure[]>;
  countAll(): Promise<{ readonly total: number; readonly parked: number }>;
  /**
   * Sets when it is tried again (its job runs then, its mail is due), null to park it. Mail that nothing is left of, or that has no
   * address any more, is no failure from then on. @returns false when there is no such failure
   */
  reschedule(kind: WorkKind, itemId: string, retryAt: string | null): Promise<boolean>;
  /** As `reschedule`, of so many that are parked, the longest first. @returns how many */
  retryParked(kind: WorkKind, at: string, limit: number): Promise<number>;
  countParked(kind: WorkKind): Promise<number>;
}
