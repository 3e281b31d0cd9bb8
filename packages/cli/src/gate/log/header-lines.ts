import { type ChosenKeys, chooseKeys, keysNamed } from './choose-keys.ts';
import { type LineReader, sameInBoth } from './line.ts';
import { namedByProduct } from './products.ts';
import { reading } from './row-readers.ts';

/** Lines whose fields a line before them names: IIS and CloudFront (W3C extended), and CSV with a heading. */
interface Heading {
  readonly format: string;
  readonly fields: readonly string[];
  readonly cells: (line: string) => readonly string[];
}

const w3cLine = /^#Fields:[ \t]*(.+)$/;

/** The heading that a line is, or null. */
export function w3cHeading(line: string): Heading | null {
  const fields = w3cLine
    .exec(line)?.[1]
    ?.trim()
    .split(/[ \t]+/);
  if (fields === undefined) return null;
  return { format: 'W3C', fields, cells: (text) => (text.includes('\t') ? text.split('\t') : text.split(' ')) };
}

/** A first line of names of columns, of which one can hold a host. */
export function csvHeading(line: string): Heading | null {
  for (const separator of ['\t', ',', ';', '|']) {
    const fields = csvCells(line, separator);
    if (fields.length < 2 || !fields.every((cell) => /^[\p{L}_@#$][\p{L}\p{N} _.()-]{0,60}$/u.test(cell))) continue;
    return { format: 'CSV', fields, cells: (text) => csvCells(text, separator) };
  }
  return null;
}

/** The cells of a line; a quoted one may hold the separator. */
export function csvCells(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let [cell, isQuoted] = ['', false];
  for (const char of line) {
    if (char === '"') isQuoted = !isQuoted;
    else if (char === separator && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  cells.push(cell.trim());
  return cells;
}

/** A reader of lines under a heading. A W3C log may name its fields again at any line. */
export function headedReader(heading: Heading, lines: readonly string[], field: string | null): LineReader | null {
  const rowsUnder = ({ cells, fields }: Heading) =>
    lines
      .map((line) => cells(line))
      .filter((row) => row.length === fields.length)
      .map((row) => rowOf(fields, row));
  const rows = rowsUnder(heading);
  const keys = field === null ? chooseKeys(rows) : keysNamed(rows, field);
  if (keys === null) return null;
  return {
    format: namedByProduct(heading.format, heading.fields),
    host: sameInBoth(keys.hosts.map(({ key }) => key).join(', ')),
    others: keys.others.map(sameInBoth),
    read: readUnder(heading, keys),
  };
}

function rowOf(fields: readonly string[], cells: readonly string[]): Map<string, unknown> {
  const row = new Map<string, unknown>(fields.map((name, index) => [name, cells[index]]));
  const [date, time] = [row.get('date'), row.get('time')];
  // W3C's times are UTC.
  if (typeof date === 'string' && typeof time === 'string') row.set('time', `${date}T${time}Z`);
  return row;
}

function readUnder(first: Heading, keys: ChosenKeys): LineReader['read'] {
  let heading = first;
  return (line) => {
    const next = first.format === 'W3C' && line.startsWith('#') ? w3cHeading(line) : null;
    if (next !== null) {
      heading = next;
      return 'heading';
    }
    const cells = heading.cells(line);
    if (first.format !== 'W3C' && cells.join() === heading.fields.join()) return 'heading';
    return cells.length === heading.fields.length ? reading(rowOf(heading.fields, cells), keys) : undefined;
  };
}
