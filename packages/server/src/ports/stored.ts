import { Fault } from '@openbeian/model/fault';

/**
 * What a JSON column holds, or the fault `store.unreadable` where it does not have its shape, so that one unreadable row does
 * not hide the others.
 */
export type Stored<T> = T | Fault;

/** What was stored. @throws Fault `store.unreadable`, naming table, row and place. */
export function readableOf<T>(stored: Stored<T>): T {
  if (stored instanceof Fault) throw stored;
  return stored;
}

/** A JSON object whose keys only its reader knows. */
export type JsonObject = Readonly<Record<string, unknown>>;
