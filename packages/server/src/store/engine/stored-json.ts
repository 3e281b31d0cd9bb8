import { Fault, parseSafely, placesOf } from '@openbeian/model/fault';
import { z } from 'zod';
import type { JsonObject, Stored } from '../../ports/stored.ts';

/** Where a JSON value is stored. */
export interface StoredAt {
  readonly table: string;
  /** The row's key. */
  readonly row: string;
  readonly column: string;
}

/** Objects whose keys differ from row to row. */
export const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), z.unknown());

/** What a JSON column holds, by its shape; the fault `store.unreadable` otherwise, which names the place, never what is there. */
export function parseStored<T>(shape: z.ZodType<T>, value: unknown, { table, row, column }: StoredAt): Stored<T> {
  const parsed = parseSafely(shape, value);
  if (parsed.success) return parsed.data;
  const places = placesOf(parsed.error, [column]);
  const where = places.map(({ path }) => path).join(', ');
  return new Fault('store.unreadable', {
    detail: {
      zh: `数据表 ${table} 中 ${row} 一行的 ${where} 无法读取`,
      en: `${where} of row ${row} in table ${table} cannot be read`,
    },
    places,
  });
}

/** As `parseStored`, for text that should be JSON. */
export function parseStoredText<T>(shape: z.ZodType<T>, text: string, at: StoredAt): Stored<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The shape refuses undefined. The parser's own error quotes the text, which may hold personal data.
  }
  return parseStored(shape, value, at);
}

/** What lists show: the object, or where it cannot be read. */
export function shownObject(value: unknown, at: StoredAt): JsonObject | null {
  const stored = parseStored(jsonObject.nullable(), value, at);
  return stored instanceof Fault ? { unreadable: stored.message } : stored;
}
