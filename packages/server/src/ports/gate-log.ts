import type { GateRecord } from '@openbeian/model/gate';

/** One change of what gates know; sequences have no gaps. */
export interface GateChangeRow {
  readonly sequence: number;
  readonly name: string;
  /** An APP's record, for exactly this name. */
  readonly exact: boolean;
  /** Null: nothing of this kind is on record under the name any more. */
  readonly record: GateRecord | null;
  /** Of the history up to here. */
  readonly mark: string;
}

/** The change that all that gates know is as of. */
export interface GateEntriesHead {
  readonly sequence: number;
  readonly mark: string;
}

/** Takes all that gates know. One call at a time. */
export interface GateEntriesTaker {
  /** Records as lines of JSON; each name and kind once. */
  page(lines: string): Promise<void>;
  /** What changed while pages were read, in its order: it replaces what they said. */
  changes(changes: readonly GateChangeRow[]): Promise<void>;
}

/** A name whose record cannot be read, and where that is. */
export interface UnreadableEntry {
  readonly name: string;
  readonly cause: string;
}

/** What gates know of the records, and every change of it in one order. Written by the database itself. */
export interface GateLogRows {
  /** The gate's view: everything that names a record, and the version of the last change. */
  snapshot(): Promise<{
    readonly version: number;
    readonly changedAt: string;
    readonly records: readonly GateRecord[];
    /** Names whose record cannot be read; `records` close them. */
    readonly unreadable: readonly UnreadableEntry[];
  }>;
  /** What gates know of exactly these names, in their normal form. */
  find(names: readonly string[]): Promise<readonly GateRecord[]>;
  /** The sequence of the last change that gates must know. */
  version(): Promise<number>;
  /** The changes behind `after`, about `limit` of them; what one transaction changed comes in one piece. */
  changesAfter(
    after: number,
    limit: number,
  ): Promise<{
    readonly version: number;
    /** Mark of the history up to `after`; null where that is forgotten or was never reached. */
    readonly markAtAfter: string | null;
    readonly changes: readonly GateChangeRow[];
    /** Of changes that nothing later replaces; `changes` close their names. */
    readonly unreadable: readonly UnreadableEntry[];
  }>;
  /** Makes what gates know of the name again, out of its records, as a change for all of them. */
  renew(name: string, at: string): Promise<void>;
}
