import type { PageRequest } from './paging.ts';

/** One row of the index of stop days. */
export interface CodeClockRow {
  readonly codeId: string;
  readonly resourceId: string;
  readonly stopsOn: string | null;
  readonly warnOn: string | null;
  readonly suspensionNotified: boolean | null;
}

export interface StoppingFilter {
  /** First and last stop day, both counted. */
  readonly from: string;
  readonly to: string;
  readonly issuerAccountId: string | null;
}

/** Which codes are worked on: not those that failed; `codeId`: this one only, failed or not. */
export interface ClockFilter {
  readonly limit: number;
  readonly codeId?: string;
}

/** Index of the days on which codes stop being usable, for lists and notices; no decision relies on it. */
export interface CodeClockRows {
  /** New codes, or codes moved to another resource: their stop day is to be computed. */
  add(
    codes: readonly { readonly codeId: string; readonly resourceId: string; readonly issuerAccountId: string }[],
  ): Promise<void>;
  /** Codes that are over. */
  remove(codeIds: readonly string[]): Promise<void>;
  /** Marks the codes of at most `limit` resources whose facts changed, or were evaluated by other rules; returns how many. */
  markChanged(fingerprint: string, limit: number): Promise<number>;
  /** Codes whose stop day is to be computed; locked with SKIP LOCKED. */
  takeStale(filter: ClockFilter): Promise<CodeClockRow[]>;
  /** Codes whose next notice is due on or before that day; locked with SKIP LOCKED. */
  takeDue(day: string, filter: ClockFilter): Promise<CodeClockRow[]>;
  put(rows: readonly Omit<CodeClockRow, 'resourceId'>[]): Promise<void>;
  /** True the first time. */
  claimWarning(warning: {
    readonly codeId: string;
    readonly stopsOn: string;
    readonly thresholdDays: number;
    readonly at: string;
  }): Promise<boolean>;
  /**
   * Forgets warnings that went out after that instant, by a clock that was ahead, with their notices: they go out again when
   * they are due. @returns how many
   */
  takeBackWarnings(after: string): Promise<number>;
  /** Deletes at most `limit` notes of warnings for stop days before that day; returns how many. */
  deleteWarningsBefore(day: string, limit: number): Promise<number>;
  countStopping(filter: StoppingFilter): Promise<number>;
  /** In the order of stop day and code. */
  listStopping(filter: StoppingFilter & PageRequest): Promise<{ readonly codeId: string; readonly stopsOn: string }[]>;
  /** How many codes and resources still have to be computed, counted up to 1,000 each. */
  countPending(fingerprint: string): Promise<number>;
}
