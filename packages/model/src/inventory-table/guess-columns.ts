import { tableColumns } from './columns.ts';

/** Where the value of a column comes from: a column of the table, counted from 0, or the same value for every row. */
export type CellSource = { readonly column: number } | { readonly value: string };

/** By the key of our column; what is not there is not in the table. */
export type TableMapping = Readonly<Record<string, CellSource>>;

/** Letters and digits alone, small: `公网 IP (Mbps)` is `公网ipmbps`. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** A header as a whole, what is before its brackets, and what is in them. */
function readingsOf(header: string): string[] {
  const text = header.normalize('NFKC');
  const inBrackets = [...text.matchAll(/[([](.*?)[)\]]/g)].map(([, inside]) => inside ?? '');
  return [text, text.replace(/[([].*?[)\]]/g, ''), ...inBrackets].map(plain).filter((reading) => reading !== '');
}

/**
 * Which column of a table is which of ours, by what its header says in Chinese, English or a cloud's own words. What is not
 * recognised is left out; a header that two of ours would take is the first one's.
 */
export function guessColumns(headers: readonly string[]): TableMapping {
  const mapping: Record<string, CellSource> = {};
  const taken = new Set<number>();
  const names = tableColumns.map(({ key, name, headers: others }) => ({
    key,
    names: new Set([key, name.zh, name.en, ...others].map(plain)),
  }));
  const readings = headers.map(readingsOf);
  // The whole header first: `到期日 (时间)` is no `时间`.
  const most = Math.max(0, ...readings.map(({ length }) => length));
  for (let depth = 0; depth < most; depth += 1) {
    for (const { key, names: known } of names) {
      if (mapping[key] !== undefined) continue;
      const column = readings.findIndex((of, index) => !taken.has(index) && known.has(of[depth] ?? ''));
      if (column < 0) continue;
      mapping[key] = { column };
      taken.add(column);
    }
  }
  return mapping;
}

/** Under which the mapping of tables with these headers is kept. */
export const headersKey = (headers: readonly string[]): string => headers.map(plain).join('|');
