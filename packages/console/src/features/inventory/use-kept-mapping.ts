import { headersKey, type TableMapping } from '@openbeian/model/inventory-table';
import { useContext, useMemo } from 'react';
import { ListOwner } from '../../parts/list-settings.ts';

/** So many mappings are kept, those that were used last. */
const mostKept = 20;

/** What may be the same in all tables with the same headers; another table may be another customer's. */
const keptValues: readonly string[] = ['provider', 'product'];

/** Mappings that the person chose before in this browser, for tables with the same headers. */
export function useKeptMappings() {
  const key = `openbeian.inventory-columns.${useContext(ListOwner)}`;
  return useMemo(
    () => ({
      find: (headers: readonly string[]): TableMapping | null =>
        keptIn(key).find(([of]) => of === headersKey(headers))?.[1] ?? null,
      keep: (headers: readonly string[], mapping: TableMapping): void => keep(key, headersKey(headers), mapping),
    }),
    [key],
  );
}

function keep(key: string, of: string, mapping: TableMapping): void {
  const others = keptIn(key).filter(([other]) => other !== of);
  try {
    localStorage.setItem(key, JSON.stringify([[of, toKeep(mapping)], ...others].slice(0, mostKept)));
  } catch {
    // A browser that keeps nothing: it is guessed the next time.
  }
}

function keptIn(key: string): (readonly [headers: string, mapping: TableMapping])[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    if (!Array.isArray(found)) return [];
    return found.flatMap((entry: unknown) => {
      const [of, mapping] = Array.isArray(entry) ? entry : [];
      return typeof of === 'string' && isMapping(mapping) ? [[of, toKeep(mapping)] as const] : [];
    });
  } catch {
    return [];
  }
}

const toKeep = (mapping: TableMapping): TableMapping =>
  Object.fromEntries(Object.entries(mapping).filter(([key, from]) => 'column' in from || keptValues.includes(key)));

const isMapping = (value: unknown): value is TableMapping =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every(
    (source: unknown) =>
      typeof source === 'object' &&
      source !== null &&
      (('column' in source && Number.isInteger(source.column)) ||
        ('value' in source && typeof source.value === 'string')),
  );
