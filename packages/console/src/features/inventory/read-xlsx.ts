import type { TableRow } from '@openbeian/model/inventory-table';
import { ZipError, ZipFile } from '../../parts/zip-file.ts';
import { lettersOf } from './letters-of.ts';
import { cellTextOf, type DateFormats, readFormats } from './xlsx-cells.ts';
import { XlsxError } from './xlsx-error.ts';
import { type XmlEvent, xmlEvents } from './xml-events.ts';

/** What a workbook may hold; a sheet of 200,000 resources with all columns unpacks to some 150 MB. */
const bounds = { unpackedBytes: 400_000_000, entries: 5000, rows: 300_000, columns: 256, texts: 2_000_000 } as const;

/** One sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly TableRow[];
}

/**
 * The first visible sheet of an XLSX workbook: what its cells show, days as days. Of formulas the value that was last computed is
 * read, and nothing is computed.
 * @throws XlsxError
 */
export async function readXlsx(file: Blob): Promise<Sheet> {
  try {
    return await readSheet(file);
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    throw new XlsxError(error.flaw === 'not_zip' ? 'not_xlsx' : error.flaw, error.where);
  }
}

/** What Office writes where a workbook has a password, and what older programs write: a compound file. */
const compoundMark = [0xd0, 0xcf, 0x11, 0xe0];

async function readSheet(file: Blob): Promise<Sheet> {
  const mark = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (compoundMark.every((byte, index) => mark[index] === byte)) throw new XlsxError('encrypted');
  const zip = await ZipFile.open(file, bounds);
  if (!zip.has('xl/workbook.xml')) throw new XlsxError('not_xlsx');
  const { name, part, startsIn1904 } = await firstSheet(zip);
  const formats = zip.has('xl/styles.xml') ? await readFormats(zip.text('xl/styles.xml')) : [];
  const texts = zip.has('xl/sharedStrings.xml') ? await readTexts(zip) : [];
  return { name, rows: await readRows(zip, part, { texts, formats, startsIn1904 }) };
}

async function firstSheet(zip: ZipFile) {
  const sheets: { readonly name: string; readonly id: string }[] = [];
  let startsIn1904 = false;
  for await (const events of xmlEvents(zip.text('xl/workbook.xml'))) {
    for (const event of events) {
      if (event.kind !== 'open') continue;
      if (event.name === 'workbookPr') startsIn1904 = /^(1|true)$/.test(event.attribute('date1904') ?? '');
      if (event.name !== 'sheet' || /hidden/i.test(event.attribute('state') ?? '')) continue;
      sheets.push({ name: event.attribute('name') ?? '', id: event.attribute('r:id') ?? event.attribute('id') ?? '' });
    }
  }
  const [sheet] = sheets;
  if (sheet === undefined) throw new XlsxError('damaged', 'xl/workbook.xml');
  for await (const events of xmlEvents(zip.text('xl/_rels/workbook.xml.rels'))) {
    for (const event of events) {
      if (event.kind !== 'open' || event.name !== 'Relationship' || event.attribute('Id') !== sheet.id) continue;
      const target = event.attribute('Target') ?? '';
      const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
      return { name: sheet.name, part, startsIn1904 };
    }
  }
  throw new XlsxError('damaged', 'xl/_rels/workbook.xml.rels');
}

/** Texts that cells share. How a text is read aloud (`rPh`) is no part of it. */
async function readTexts(zip: ZipFile): Promise<string[]> {
  const texts: string[] = [];
  let [text, isText, aloud] = ['', false, 0];
  for await (const events of xmlEvents(zip.text('xl/sharedStrings.xml'))) {
    for (const event of events) {
      if (event.kind === 'text') {
        if (isText && aloud === 0) text += event.text;
        continue;
      }
      const isOpened = event.kind === 'open';
      if (event.name === 'rPh') aloud += isOpened ? 1 : -1;
      if (event.name === 't') isText = isOpened;
      if (event.name !== 'si') continue;
      if (isOpened) text = '';
      else if (texts.push(text) > bounds.texts) throw new XlsxError('too_large', 'xl/sharedStrings.xml');
    }
  }
  return texts;
}

interface Workbook {
  readonly texts: readonly string[];
  readonly formats: DateFormats;
  readonly startsIn1904: boolean;
}

async function readRows(zip: ZipFile, part: string, workbook: Workbook): Promise<TableRow[]> {
  const reader = new RowReader(workbook);
  for await (const events of xmlEvents(zip.text(part))) for (const event of events) reader.take(event);
  return reader.rows;
}

/** Builds rows from the events of a sheet. */
class RowReader {
  readonly rows: TableRow[] = [];
  readonly #workbook: Workbook;
  #line = 0;
  #cells: string[] = [];
  #cell = { at: '', type: 'n', style: 0, value: null as string | null, hasFormula: false };
  /** Inside of `v` or `t`, whose text is the cell's. */
  #isValue = false;

  constructor(workbook: Workbook) {
    this.#workbook = workbook;
  }

  take(event: XmlEvent): void {
    if (event.kind === 'text') {
      if (this.#isValue) this.#cell.value = (this.#cell.value ?? '') + event.text;
    } else if (event.kind === 'open') this.#open(event);
    else this.#close(event.name);
  }

  #open({ name, attribute }: Extract<XmlEvent, { kind: 'open' }>): void {
    if (name === 'row') {
      this.#line = Number(attribute('r') ?? this.#line + 1);
      this.#cells = [];
    } else if (name === 'c') {
      const at = attribute('r') ?? `${lettersOf(this.#cells.length)}${this.#line}`;
      const style = Number(attribute('s') ?? 0);
      this.#cell = { at, type: attribute('t') ?? 'n', style, value: null, hasFormula: false };
    } else if (name === 'f') this.#cell.hasFormula = true;
    else if (name === 'v' || name === 't') this.#isValue = true;
  }

  #close(name: string): void {
    if (name === 'v' || name === 't') this.#isValue = false;
    if (name === 'c') this.#putCell();
    if (name !== 'row' || !this.#cells.some((cell) => cell !== '')) return;
    // A row may be long; what is not there is an empty cell.
    if (this.rows.push({ line: this.#line, cells: Array.from(this.#cells, (cell) => cell ?? '') }) > bounds.rows) {
      throw new XlsxError('too_large', `${this.#line}`);
    }
  }

  #putCell(): void {
    const { at, value, hasFormula, type, style } = this.#cell;
    if (value === null) {
      if (hasFormula) throw new XlsxError('no_value', at);
      return;
    }
    const column = columnOf(at);
    if (column < 0 || column >= bounds.columns) throw new XlsxError(column < 0 ? 'damaged' : 'too_large', at);
    const { texts, formats, startsIn1904 } = this.#workbook;
    const isDate = formats[style] === true;
    this.#cells[column] = cellTextOf({ type, value, isDate, startsIn1904 }, texts);
  }
}

/** `C5` is in column 2. */
function columnOf(at: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(at)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
