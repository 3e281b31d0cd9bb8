import { Fault } from '@openbeian/model/fault';

/**
 * What a JSON column holds, or the fault `store.unreadable` where it does not have its shape: one row that cannot be read
 * keeps nobody from the others.
 */
export type Stored<T> = T | Fault;

/** What was stored. @throws Fault `store.unreadable`, naming table, row and place. */
export function readableOf<T>(stored: Stored<T>): T {
  if (stored instanceof Fault) throw stored;
  return stored;
}

/** A JSON object whose keys are nobody's business but the reader's. */
export type JsonObject = Readonly<Record<string, unknown>>;
