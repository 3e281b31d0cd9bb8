import { type Cloud, cloudsAnswering } from '@openbeian/model/cloud-import';
import { CsvError, guessColumns, readCsv, type TableRow } from '@openbeian/model/inventory-table';
import { type ReadDocument, readDocument, type TextPlace } from './read-document.ts';
import { jsonPlaceOf, placeAt, plainJsonLength } from './read-json.ts';
import { readXlsx } from './read-xlsx.ts';
import { XlsxError, type XlsxFlaw } from './xlsx-error.ts';

/** What somebody chose or pasted. */
export interface Given {
  /** Of a file; null: pasted. */
  readonly name: string | null;
  readonly content: Blob | string;
}

type Facts = Readonly<Record<string, unknown>>;

/** What that is, by what is in it and not by its name. */
export type Source =
  | {
      readonly kind: 'document';
      readonly format: 'yaml' | 'json' | 'lines';
      readonly value: Facts;
      readonly placeOf: (path: string) => TextPlace | null;
    }
  | {
      readonly kind: 'table';
      readonly format: 'csv' | 'xlsx';
      /** Of a workbook. */
      readonly sheet: string | null;
      readonly headers: readonly string[];
      readonly rows: readonly TableRow[];
    }
  /** A response of one of these clouds' own interfaces; several where they answer alike. */
  | { readonly kind: 'cloud'; readonly clouds: readonly Cloud[]; readonly documents: readonly unknown[] }
  | Flaw;

export type Flaw =
  | Exclude<ReadDocument, { readonly kind: 'read' }>
  | { readonly kind: 'workbook'; readonly flaw: XlsxFlaw; readonly where: string }
  /** A quoted cell of a table that does not end. */
  | { readonly kind: 'open_quote'; readonly line: number; readonly column: number }
  /** A line among lines of JSON. */
  | { readonly kind: 'bad_line'; readonly line: number }
  | { readonly kind: 'no_rows' }
  /** The browser cannot read the file, such as one that was changed since it was chosen. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'too_large_yaml' }
  | { readonly kind: 'too_large' };

/** A resource as JSON has some 400 bytes. */
const mostBytes = 200_000_000;
/** The reader of YAML takes some three seconds for each million characters, in which the page stands still. */
const mostYaml = 2_000_000;

export const isFlaw = (source: Source): source is Flaw => !['document', 'table', 'cloud'].includes(source.kind);

/** Reads what was given, whatever it is. */
export async function readSource({ name, content }: Given): Promise<Source> {
  if (typeof content === 'string') return content.length > mostBytes ? { kind: 'too_large' } : readText(content);
  if (content.size > mostBytes) return { kind: 'too_large' };
  try {
    return await readFile(name ?? '', content);
  } catch {
    return { kind: 'unreadable' };
  }
}

async function readFile(name: string, file: Blob): Promise<Source> {
  // ZIP, or what workbooks with a password are in.
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if ((first === 0x50 && second === 0x4b) || (first === 0xd0 && second === 0xcf)) return readWorkbook(file);
  const text = decoded(new Uint8Array(await file.arrayBuffer()));
  // Such a file is a table whatever its first line says: its columns can be chosen.
  return /\.(csv|tsv)$/i.test(name) ? readTableText(text) : readText(text);
}

/** Excel on Chinese Windows writes CSV in GB 18030. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

async function readWorkbook(file: Blob): Promise<Source> {
  try {
    const { name, rows } = await readXlsx(file);
    return tableOf('xlsx', name, rows);
  } catch (error) {
    if (error instanceof XlsxError) return { kind: 'workbook', flaw: error.flaw, where: error.where };
    throw error;
  }
}

function readText(text: string): Source {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (start === '') return { kind: 'empty' };
  if (/^[[{]/.test(start)) return readJson(text);
  return readCsvText(text) ?? readYaml(text);
}

function readYaml(text: string): Source {
  if (text.length > mostYaml) return { kind: 'too_large_yaml' };
  const document = readDocument(text);
  if (document.kind !== 'read') return document;
  return { kind: 'document', format: 'yaml', value: document.value, placeOf: document.placeOf };
}

function readJson(text: string): Source {
  const value = parsed(text);
  if (value === undefined) return readLines(text) ?? readFlaw(text);
  const cloud = cloudSource([value]);
  if (cloud !== null) return cloud;
  // The reader of YAML sees what that of JSON passes over: a key that is there twice.
  if (text.length <= plainJsonLength) {
    const document = readDocument(text);
    if (document.kind !== 'read') return document;
    return { kind: 'document', format: 'json', value: document.value, placeOf: document.placeOf };
  }
  if (!isFacts(value)) return { kind: 'not_mapping' };
  return { kind: 'document', format: 'json', value, placeOf: (path) => jsonPlaceOf(text, path) };
}

const isFacts = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong in a text that begins as JSON does; flow style YAML does, too. */
function readFlaw(text: string): Source {
  if (text.length <= plainJsonLength) return readYaml(text);
  try {
    JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
    return { kind: 'syntax', ...placeAt(text, offset), message };
  }
  return { kind: 'not_mapping' };
}

function cloudSource(documents: readonly unknown[]): Source | null {
  const [first] = documents;
  if (!isFacts(first) || 'resources' in first) return null;
  const clouds = cloudsAnswering(first);
  return clouds.length === 0 ? null : { kind: 'cloud', clouds, documents };
}

/** A JSON value a line: resources, or parts of an inventory as `openbeian check` takes them. Null: no such lines. */
function readLines(text: string): Source | null {
  const accounts: unknown[] = [];
  const resources: unknown[] = [];
  const lineOf: Record<'accounts' | 'resources', number[]> = { accounts: [], resources: [] };
  let line = 0;
  for (const one of text.split('\n')) {
    line += 1;
    if (one.trim() === '') continue;
    const value = parsed(one);
    // The first line decides what the text is; a later one that is wrong is named.
    if (!isFacts(value)) return resources.length + accounts.length === 0 ? null : lineFlaw(line);
    const part = value as { readonly accounts?: unknown; readonly resources?: unknown };
    const isPart = Array.isArray(part.resources) || Array.isArray(part.accounts);
    const [own, others] = [isPart ? (part.resources ?? []) : [value], part.accounts ?? []];
    for (const each of own as unknown[]) lineOf.resources[resources.push(each) - 1] = line;
    for (const each of isPart ? (others as unknown[]) : []) lineOf.accounts[accounts.push(each) - 1] = line;
  }
  const placeOf = (path: string) => {
    const [, list, index] = /^(accounts|resources)\[(\d+)\]/.exec(path) ?? [];
    const found = list === undefined ? undefined : lineOf[list as 'accounts'][Number(index)];
    return found === undefined ? null : { line: found, column: 1 };
  };
  return { kind: 'document', format: 'lines', value: { accounts, resources }, placeOf };
}

const lineFlaw = (line: number): Flaw => ({ kind: 'bad_line', line });

/** Null: no CSV, since nothing of its first line is a header that we know. */
function readCsvText(text: string): Source | null {
  const lineEnd = text.search(/\r?\n/);
  if (!/[,;\t]/.test(lineEnd < 0 ? text : text.slice(0, lineEnd))) return null;
  const header = headerOf(text);
  return header !== null && Object.keys(guessColumns(header)).length === 0 ? null : readTableText(text);
}

/** Null: a quoted cell of it does not end. */
function headerOf(text: string): readonly string[] | null {
  try {
    return readCsv(text).next().value?.cells ?? [];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return null;
  }
}

function readTableText(text: string): Source {
  try {
    return tableOf('csv', null, [...readCsv(text)]);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { kind: 'open_quote', line: error.line, column: error.column };
  }
}

function tableOf(format: 'csv' | 'xlsx', sheet: string | null, [header, ...rows]: readonly TableRow[]): Source {
  if (header === undefined || rows.length === 0) return { kind: 'no_rows' };
  return { kind: 'table', format, sheet, headers: header.cells, rows };
}
