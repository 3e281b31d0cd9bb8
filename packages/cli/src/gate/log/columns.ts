import { columnWords } from '../words.ts';
import { columnExpression, type Token } from './column-expression.ts';
import { csvCells } from './header-lines.ts';
import type { LineReader, LineReading, LogEntry } from './line.ts';
import { capturedHost } from './pattern-reader.ts';
import { timeOf } from './times.ts';
import { bytesOf, hostOfRequest, hostOfUrl, isBlank, likenessOf } from './values.ts';

const token = /"((?:[^"\\]|\\.)*)"|\[([^\]]*)\]|\{([^}]*)\}|([^\s"]+)/g;
const mostTokens = 60;

/** How a line is cut: at blanks, with quotes, brackets and braces kept whole, or at a separator. */
const cuts: readonly { readonly name: string; readonly cut: (line: string) => readonly Token[] }[] = [
  ...['\t', '\x01', '|', '^'].map((separator) => ({
    name: separator === '\t' ? 'TSV' : separator === '\x01' ? '^A' : separator,
    cut: (line: string) => (line.includes(separator) ? line.split(separator).map(bareCell) : []),
  })),
  { name: 'CSV', cut: (line) => (isCsv.test(line) ? csvCells(line, ',').map(bareCell) : []) },
  { name: ' ', cut: tokensOf },
];

/** Cells in quotes, or at least five without a blank: a user agent has commas, too. */
const isCsv = /","|^[^ ]*(?:,[^ ]*){4,}$/;

function bareCell(cell: string): Token {
  const text = cell.trim().replace(/^(["'[])([\s\S]*)["'\]]$/, '$2');
  return { text, form: 'bare' };
}

function tokensOf(line: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const [, quoted, bracket, brace, bare] of line.matchAll(token)) {
    if (quoted !== undefined) tokens.push({ text: quoted, form: 'quoted' });
    else if (bracket !== undefined) tokens.push({ text: bracket, form: 'bracket' });
    else if (brace !== undefined) tokens.push({ text: brace, form: 'brace' });
    else tokens.push({ text: bare ?? '', form: 'bare' });
    if (tokens.length >= mostTokens) break;
  }
  return tokens;
}

const method = /^(?:GET|POST|HEAD|PUT|DELETE|OPTIONS|PATCH|CONNECT|TRACE|PROPFIND|PURGE|PRI)$/;

/** The host that a column says, and whether by a request in it. */
function hostIn(
  tokens: readonly Token[],
  index: number,
): { readonly host: string; readonly isRequest: boolean } | null {
  const it = tokens[index];
  if (it === undefined) return null;
  if (it.form === 'brace') {
    const captured = capturedHost(it.text);
    return captured === null ? null : { host: captured, isRequest: false };
  }
  const asked = hostOfRequest(it.text);
  if (asked !== null) return { host: asked, isRequest: true };
  const url = hostOfUrl(it.text);
  // A URL alone may be the referrer's: it is the request's behind a method.
  if (url !== null) return method.test(tokens[index - 1]?.text ?? '') ? { host: url, isRequest: true } : null;
  return isBlank(it.text) ? null : { host: it.text, isRequest: false };
}

interface Column {
  /** From the start (0, 1, …), or from the end (-1, -2, …), where a field in the middle has blanks of its own. */
  readonly at: number;
  readonly isRequest: boolean;
  names: number;
  addresses: number;
  others: number;
  readonly distinct: Set<string>;
}

/** What shows that a line is of a log: prose has none of these. */
const evidence: readonly RegExp[] = [
  /\b\d\d?\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d|\b\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|\b1[0-9]{9}\b|\b20\d{12}\b/,
  /\b(?:GET|POST|HEAD|PUT|DELETE|OPTIONS|PATCH|CONNECT)\b/,
  /(?:^|[\s",|[\t])[1-5]\d\d(?:[\s",|\]\t]|$)/,
  /(?:^|[^\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?:[^\d.]|$)|[0-9a-f]*:[0-9a-f:]*::[0-9a-f]+/i,
  /(?:^|[\s"|,\t])\/[^\s"]*|HTTP\/[\d.]+/,
];

const isLogLine = (line: string): boolean =>
  !line.startsWith('{"') && evidence.reduce((sum, each) => sum + (each.test(line.slice(0, 2000)) ? 1 : 0), 0) >= 2;

/**
 * A reader of lines whose format nobody named: the column is taken that holds names people can register. Null where none does.
 * @param field a column's number instead, from 1, or from the end, from -1
 */
export function columnReader(lines: readonly string[], field: string | null): LineReader | null {
  const logs = lines.filter(isLogLine);
  if (logs.length === 0) return null;
  const found = cuts.flatMap(({ name, cut }) => {
    const rows = logs.map(cut).filter((row) => row.length >= 3);
    const columns = field === null ? ranked(rows) : fixed(field);
    return columns[0] === undefined || rows.length === 0 ? [] : [{ name, cut, rows, columns }];
  });
  const best = found.toSorted((a, b) => (b.columns[0]?.names ?? 0) - (a.columns[0]?.names ?? 0))[0];
  const column = best?.columns[0];
  if (best === undefined || column === undefined) return null;
  // Lines of another format that this column is wrong for are left to a reader of their own.
  const lengths = new Set(best.rows.filter((row) => field !== null || holdsHost(row, column)).map((row) => row.length));
  const amounts = amountColumns(best.rows);
  const quick = best.name === ' ' && column.at >= 0 ? quickReader(best.rows, column, amounts) : null;
  return {
    format: best.name === ' ' ? 'columns' : `columns (${best.name})`,
    host: columnWords.column(column.at, column.isRequest),
    others: best.columns.slice(1).map(({ at, isRequest }) => columnWords.column(at, isRequest)),
    read: (line) => quick?.(line) ?? readColumn(best.cut(line), column, { line, lengths, amounts }),
  };
}

function fixed(field: string): Column[] {
  const number = /^-?\d{1,2}$/.test(field) ? Number(field) : 0;
  if (number === 0) return [];
  return [
    { at: number > 0 ? number - 1 : number, isRequest: false, names: 0, addresses: 0, others: 0, distinct: new Set() },
  ];
}

/** Columns in which at least every second value is a name, the best first. */
function ranked(rows: readonly (readonly Token[])[]): Column[] {
  const columns = new Map<string, Column>();
  const count = (at: number, { host, isRequest }: NonNullable<ReturnType<typeof hostIn>>): void => {
    const key = `${at} ${isRequest}`;
    const column = columns.get(key) ?? {
      at,
      isRequest,
      names: 0,
      addresses: 0,
      others: 0,
      distinct: new Set<string>(),
    };
    columns.set(key, column);
    const likeness = likenessOf(host);
    if (likeness === 'name') {
      column.names++;
      if (column.distinct.size < 1000) column.distinct.add(host);
    } else if (likeness === 'address') column.addresses++;
    else if (likeness !== 'blank') column.others++;
  };
  for (const row of rows) {
    row.forEach((_, index) => {
      const found = hostIn(row, index);
      if (found === null) return;
      count(index, found);
      count(index - row.length, found);
    });
  }
  const fit = [...columns.values()].filter(({ names, others }) => names > 0 && names >= others);
  // A machine's own name is on every line, and the asked host may be an address on some: how many differ says more.
  const most = Math.max(...fit.map(covered));
  const sorted = fit.toSorted(
    (a, b) =>
      Number(covered(b) >= most * 0.8) - Number(covered(a) >= most * 0.8) ||
      Number(b.isRequest) - Number(a.isRequest) ||
      Number(onePort(a)) - Number(onePort(b)) ||
      b.distinct.size - a.distinct.size ||
      b.names - a.names ||
      covered(b) - covered(a) ||
      Number(a.at < 0) - Number(b.at < 0) ||
      a.at - b.at,
  );
  return distinctColumns(sorted, rows);
}

const covered = ({ names, addresses }: Column): number => names + addresses;

/** All with one port that is not the web's: rather the server behind the proxy. */
function onePort({ distinct }: Column): boolean {
  const ports = new Set([...distinct].map((host) => /:(\d+)$/.exec(host)?.[1] ?? ''));
  const [port = ''] = ports;
  return ports.size === 1 && port !== '' && !['80', '443'].includes(port);
}

/** The same column counted from both ends is one, and one that says the same as the best says nothing more. */
function distinctColumns(sorted: readonly Column[], rows: readonly (readonly Token[])[]): Column[] {
  const [best] = sorted;
  if (best === undefined) return [];
  const hostAt = (row: readonly Token[], { at }: Column) => hostIn(row, at < 0 ? row.length + at : at)?.host;
  const others = sorted.filter(
    (it) =>
      it !== best &&
      it.names >= best.names * 0.5 &&
      rows.some((row) => {
        const [one, two] = [hostAt(row, best), hostAt(row, it)];
        return one !== undefined && two !== undefined && likenessOf(two) === 'name' && one !== two;
      }),
  );
  const seen = new Set<string>();
  const once = others.filter((it) => {
    const values = [...it.distinct].sort().join(' ');
    return seen.has(values) ? false : seen.add(values) !== undefined;
  });
  return [best, ...once.slice(0, 3)];
}

function readColumn(
  tokens: readonly Token[],
  { at }: Column,
  {
    line,
    lengths,
    amounts,
  }: { readonly line: string; readonly lengths: ReadonlySet<number>; readonly amounts: AmountColumns },
): LineReading {
  const index = at < 0 ? tokens.length + at : at;
  const it = tokens[index];
  if (it === undefined || (!lengths.has(tokens.length) && !isLogLine(line))) return undefined;
  const found = hostIn(tokens, index);
  if (found === null) return isBlank(it.text) || lengths.has(tokens.length) ? null : undefined;
  // A status or a size is no address that was asked for, whatever browsers make of a plain number; another reader may know
  // what else such a line is.
  const isAsked = lengths.has(tokens.length) && /^[^\s/\\"]{1,253}$/.test(found.host) && !/^[\d.:-]*$/.test(found.host);
  if (likenessOf(found.host) === 'other' && !isAsked) return undefined;
  return { host: found.host, ...amountsIn(tokens, amounts) };
}

/** Reads most lines of a log without cutting them whole; undefined for those that have to be. */
function quickReader(
  rows: readonly (readonly Token[])[],
  { at, isRequest }: Column,
  { time, isSplit, bytes }: AmountColumns,
): ((line: string) => LogEntry | undefined) | null {
  const wanted = [...new Set([at, time, bytes].filter((index) => index >= 0))].sort((a, b) => a - b);
  const expression = isSplit && time >= 0 ? null : columnExpression(rows, wanted);
  if (expression === null) return null;
  const groupOf = (index: number) => wanted.indexOf(index) + 1;
  const [host, when, size] = [groupOf(at), groupOf(time), groupOf(bytes)];
  return (line) => {
    const found = expression.exec(line);
    const text = found?.[host] ?? '';
    const asked = isRequest ? (hostOfRequest(text) ?? '') : text;
    const likeness = likenessOf(asked);
    if (found === null || likeness === 'blank' || likeness === 'other') return undefined;
    return { host: asked, bytes: size === 0 ? 0 : bytesOf(found[size]), atMs: when === 0 ? null : timeOf(found[when]) };
  };
}

/** Whether the column holds a host on this line, or says that there was none. */
function holdsHost(row: readonly Token[], { at }: Column): boolean {
  const index = at < 0 ? row.length + at : at;
  const found = hostIn(row, index);
  return found === null ? isBlank(row[index]?.text ?? '') : likenessOf(found.host) !== 'other';
}

interface AmountColumns {
  readonly time: number;
  /** Day and time are two columns. */
  readonly isSplit: boolean;
  readonly bytes: number;
}

/** The time is the first column that is one; the size is what follows the status. -1 where there is none. */
function amountColumns(rows: readonly (readonly Token[])[]): AmountColumns {
  for (const row of rows.slice(0, 50)) {
    const texts = row.map(({ text }) => text);
    const whole = texts.findIndex((text) => text.length >= 10 && timeOf(text) !== null);
    const split = texts.findIndex(
      (text, index) => /^\d{4}-\d\d-\d\d$/.test(text) && timeOf(`${text}T${texts[index + 1]}`) !== null,
    );
    // Some write the upstream's status behind their own.
    const bytes = texts.findIndex((text, index) => {
      const next = texts[index + 1] ?? '';
      return index > 1 && /^[1-5]\d\d$/.test(text) && /^\d+$/.test(next) && next !== text;
    });
    const time = whole < 0 ? split : whole;
    if (time >= 0 || bytes >= 0) return { time, isSplit: whole < 0, bytes: bytes < 0 ? -1 : bytes + 1 };
  }
  return { time: -1, isSplit: false, bytes: -1 };
}

function amountsIn(tokens: readonly Token[], { time, isSplit, bytes }: AmountColumns): Omit<LogEntry, 'host'> {
  const day = tokens[time]?.text;
  return { bytes: bytesOf(tokens[bytes]?.text ?? 0), atMs: timeOf(isSplit ? `${day}T${tokens[time + 1]?.text}` : day) };
}
