import { byteOrderMark, csvLine } from '@openbeian/model/csv';
import type { Column } from './column.ts';

/** The rows as a file that spreadsheets read: a column for each that has a text. */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const texts = columns.flatMap(({ label, text }) => (text === undefined ? [] : [{ label, text }]));
  const lines = rows.map((row) => csvLine(texts.map(({ text }) => text(row))));
  return `${byteOrderMark}${csvLine(texts.map(({ label }) => label))}${lines.join('')}`;
}
