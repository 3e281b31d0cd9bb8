/** A line of CSV: its cells, and the number of the line of the text on which it begins. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A text that is no CSV. */
export class CsvError extends Error {
  readonly line: number;
  readonly column: number;
  constructor(line: number, column: number) {
    super(`line ${line}, column ${column}: a quoted cell that does not end`);
    this.line = line;
    this.column = column;
  }
}

/** What separates the cells of the first line outside of quotes, most of all: spreadsheets write what their country does. */
function delimiterOf(text: string): ',' | ';' | '\t' {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (const character of text.slice(0, 20_000)) {
    if (character === '"') quoted = !quoted;
    else if (character === '\n' && !quoted) break;
    else if (!quoted && Object.hasOwn(counts, character)) counts[character as ','] += 1;
  }
  const [first] = (['\t', ';'] as const).filter((other) => counts[other] > counts[',']);
  return first ?? ',';
}

/**
 * The lines of a CSV text (RFC 4180; any line end; a byte-order mark is passed over). Lines without any cell are left out.
 * @throws CsvError where a quoted cell does not end
 */
export function* readCsv(text: string, delimiter: string = delimiterOf(text)): Generator<CsvRow> {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const begun = line;
    const cells: string[] = [];
    for (;;) {
      const cell = text[at] === '"' ? quotedCell(text, at, { delimiter, line }) : plainCell(text, at, delimiter);
      cells.push(cell.value);
      line += cell.lineEnds;
      at = cell.end;
      if (text[at] !== delimiter) break;
      at += 1;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    line += 1;
    if (cells.length > 1 || cells[0] !== '') yield { line: begun, cells };
  }
}

interface Cell {
  readonly value: string;
  readonly end: number;
  /** Line ends inside of it. */
  readonly lineEnds: number;
}

function plainCell(text: string, from: number, delimiter: string): Cell {
  let end = from;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(from, end), end, lineEnds: 0 };
}

/** What follows the closing quote belongs to the cell: some programs quote a part of it. */
function quotedCell(text: string, from: number, at: { readonly delimiter: string; readonly line: number }): Cell {
  let value = '';
  let part = from + 1;
  for (;;) {
    const quote = text.indexOf('"', part);
    if (quote < 0) throw new CsvError(at.line, from - text.lastIndexOf('\n', from - 1));
    value += text.slice(part, quote);
    if (text[quote + 1] !== '"') {
      const rest = plainCell(text, quote + 1, at.delimiter);
      const whole = value + rest.value;
      return { value: whole, end: rest.end, lineEnds: whole.split('\n').length - 1 };
    }
    value += '"';
    part = quote + 2;
  }
}
