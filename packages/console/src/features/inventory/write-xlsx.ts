import { strToU8, zipSync } from 'fflate';
import { escapedMarkup } from '../../parts/escaped-markup.ts';
import { lettersOf } from './letters-of.ts';

/** A sheet with texts alone. */
export interface TextSheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

/** A workbook of sheets with texts alone: a template of some rows. */
export function writeXlsx(sheets: readonly TextSheet[]): Uint8Array<ArrayBuffer> {
  const relations = (all: readonly string[]) =>
    `${head}<Relationships xmlns="${packages}/relationships">${all.join('')}</Relationships>`;
  const relation = (id: number, kind: string, target: string) =>
    `<Relationship Id="r${id}" Type="${office}/${kind}" Target="${target}"/>`;
  const override = (part: string, kind: string) =>
    `<Override PartName="/xl/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  const parts = sheets.map((sheet, index) => ({ ...sheet, id: index + 1, part: `worksheets/sheet${index + 1}.xml` }));
  const overrides = [override('workbook.xml', 'sheet.main'), ...parts.map(({ part }) => override(part, 'worksheet'))];
  const rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>';
  const listed = parts.map(({ name, id }) => `<sheet name="${escapedMarkup(name)}" sheetId="${id}" r:id="r${id}"/>`);
  const files = [
    ['[Content_Types].xml', `${head}<Types xmlns="${packages}/content-types">${rels}${overrides.join('')}</Types>`],
    ['_rels/.rels', relations([relation(1, 'officeDocument', 'xl/workbook.xml')])],
    [
      'xl/workbook.xml',
      `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${listed.join('')}</sheets></workbook>`,
    ],
    ['xl/_rels/workbook.xml.rels', relations(parts.map(({ id, part }) => relation(id, 'worksheet', part)))],
    ...parts.map(({ part, rows }) => [
      `xl/${part}`,
      `${head}<worksheet xmlns="${main}"><sheetData>${rows.map(rowOf).join('')}</sheetData></worksheet>`,
    ]),
  ] as const;
  // Whenever it is made, it is the same.
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries(files.map(([name, text]) => [name, strToU8(text ?? '')])), { mtime });
}

function rowOf(cells: readonly string[], index: number): string {
  const written = cells.map((text, column) =>
    text === ''
      ? ''
      : `<c r="${lettersOf(column)}${index + 1}" t="inlineStr"><is><t xml:space="preserve">${escapedMarkup(text)}</t></is></c>`,
  );
  return `<row r="${index + 1}">${written.join('')}</row>`;
}
