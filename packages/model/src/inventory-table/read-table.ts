import { type TableColumn, tableColumns } from './columns.ts';
import type { CellSource, TableMapping } from './guess-columns.ts';

/** A row of a table: its cells as text, and the number of its line, as whoever sees the file counts. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** An inventory that was read from a table; nothing of it is checked but its form. */
export interface TableInventory {
  readonly accounts: readonly Readonly<Record<string, unknown>>[];
  readonly resources: readonly Readonly<Record<string, unknown>>[];
  /** The line of each resource. */
  readonly lines: readonly number[];
}

/**
 * Rows as an inventory. What cannot be read stays as it is written: whoever checks the inventory says what was expected, at its
 * place. Empty cells are facts that are not there, empty rows are left out.
 */
export function readTable(rows: Iterable<TableRow>, mapping: TableMapping): TableInventory {
  const columns = tableColumns.flatMap((column) => {
    const source = mapping[column.key];
    return source === undefined ? [] : [{ column, source, read: readerOf(column) }];
  });
  const accounts = new Map<string, string | undefined>();
  const [resources, lines]: [Record<string, unknown>[], number[]] = [[], []];
  for (const { cells, line } of rows) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const resource: Record<string, unknown> = {};
    let realName: string | undefined;
    for (const { column, source, read } of columns) {
      const text = textOf(source, cells);
      if (text === '') continue;
      const value = read(text);
      if (column.key === 'realName') realName = String(value);
      else put(resource, column.key, value);
    }
    resources.push(resource);
    lines.push(line);
    const { account } = resource;
    // An account whose real name the table does not say stays as it is.
    if (typeof account === 'string' && realName !== undefined) accounts.set(account, accounts.get(account) ?? realName);
  }
  return { accounts: [...accounts].map(([id, realName]) => ({ id, realName })), resources, lines };
}

const textOf = (source: CellSource, cells: readonly string[]): string =>
  ('value' in source ? source.value : (cells[source.column] ?? '')).trim();

function put(resource: Record<string, unknown>, key: string, value: unknown): void {
  const [outer = key, inner] = key.split('.');
  if (inner === undefined) resource[key] = value;
  else resource[outer] = { ...(resource[outer] as object | undefined), [inner]: value };
}

type Read = (text: string) => unknown;

function readerOf({ kind, words }: TableColumn): Read {
  switch (kind) {
    case 'text':
      return (text) => text;
    case 'number':
      return numberIn;
    case 'day':
      return dayIn;
    case 'yes_no':
      return yesOrNo;
    case 'addresses':
      return addressesIn;
    case 'word':
      return wordReader(words ?? {});
  }
}

const same = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');

function wordReader(words: NonNullable<TableColumn['words']>): Read {
  const known = new Map(
    Object.entries(words).flatMap(([word, others]) => [word, ...others].map((other) => [same(other), word] as const)),
  );
  return (text) => known.get(same(text)) ?? text;
}

/** `1,200.50 元` and `5 Mbps` are numbers. */
function numberIn(text: string): unknown {
  const found = /^(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?:[a-z/]+|元|次)?$/i.exec(text.normalize('NFKC'));
  return found === null ? text : Number(found[1]?.replaceAll(',', ''));
}

const yes = new Set(['是', 'true', 'yes', 'y', '1', '√', '✓']);
const no = new Set(['否', 'false', 'no', 'n', '0', '×']);

function yesOrNo(text: string): unknown {
  const word = same(text);
  return yes.has(word) ? true : no.has(word) ? false : text;
}

/** Days as people and spreadsheets write them; a time without a zone is Shanghai's. */
function dayIn(text: string): string {
  const found =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(
      text.normalize('NFKC'),
    ) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (found === null) return text;
  const [, year, month = '', date = '', hour, minute, second = '00'] = found;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return hour === undefined ? day : `${day}T${hour.padStart(2, '0')}:${minute}:${second}+08:00`;
}

const noAddress = new Set(['无', '-', 'none', '没有', 'n/a']);

function addressesIn(text: string): unknown {
  if (noAddress.has(text.toLowerCase())) return [];
  return text
    .split(/[\s;,；，、|]+/)
    .filter((part) => part !== '')
    .map((part) => {
      const [, kind = 'instance', address = part] = /^(instance|elastic|load_balancer):(.+)$/.exec(part) ?? [];
      return { address, kind };
    });
}
