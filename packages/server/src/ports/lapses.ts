import type { FilingState } from '@openbeian/model/filing';
import type { PageRequest } from './paging.ts';

/** What a lapse took of a filing, for as long as it can be undone. */
export interface LapseRow {
  readonly filingId: string;
  readonly lapsedAt: string;
  /** The filing's state and deadline before. */
  readonly state: FilingState;
  readonly dueAt: string | null;
  /** Direct spends that were given back. */
  readonly spendIds: readonly string[];
  /** By the clock; otherwise an operator closed the filing. */
  readonly swept: boolean;
  /** A code that is spent once the lapse cannot be undone any more; until then it stays bound. */
  readonly keptCodeId: string | null;
}

export interface LapseFilter {
  readonly from: string;
  readonly to: string;
  /** Left out: both those by the clock and those by operators. */
  readonly swept?: boolean | undefined;
}

export interface LapseRows {
  insert(row: LapseRow): Promise<void>;
  find(filingId: string): Promise<LapseRow | null>;
  /** The lapse was undone. */
  remove(filingId: string): Promise<void>;
  /** By `lapsedAt`, id, the earliest first: those from one instant to another, both included. Position: `lapsedAt`, filing. */
  list(filter: LapseFilter & PageRequest): Promise<LapseRow[]>;
  /** Lapses until that instant that keep a code, the earliest first; work on which failed is left out until it is due again. */
  listUnfinished(until: string, at: string, limit: number): Promise<LapseRow[]>;
  /** Nothing is kept for it any more. */
  finish(filingId: string): Promise<void>;
}

/** Instants at which the clock was found right, one a day. */
export interface ClockMarkRows {
  /** Remembers the instant, unless there is one of the day before it. */
  add(at: string): Promise<void>;
  /** The newest mark until that instant. */
  findLast(until: string): Promise<string | null>;
  /** Drops marks after that instant, made by a clock that was ahead; how many there were. */
  dropAfter(at: string): Promise<number>;
  /** Drops marks before that instant, which nobody needs any more. */
  dropBefore(at: string): Promise<void>;
}
