/** Put before the first line, it makes Excel on Chinese Windows read UTF-8 instead of GBK. */
export const byteOrderMark = '\uFEFF';

/** What a spreadsheet would take for a formula: it gets an apostrophe before it, which spreadsheets do not show. */
const formulaStart = /^[\s\u0000]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r]/u;

/**
 * One line of CSV (RFC 4180) with its line end. Safe to open in a spreadsheet: no cell is taken for a formula.
 * Null is an empty cell.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = formulaStart.test(value) ? `'${value}` : value;
  return /["\r\n,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
