import { crc32, deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readXlsx } from './read-xlsx.ts';
import { writeXlsx } from './write-xlsx.ts';
import { XlsxError } from './xlsx-error.ts';

/** A ZIP file as other programs write it: compressed, with wrong sizes where `claimed` says so. */
function zip(files: Readonly<Record<string, string | Uint8Array>>, { flags = 0 } = {}): Uint8Array<ArrayBuffer> {
  const [entries, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(flags, 2);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(crc32(content), 10);
    about.writeUInt32LE(packed.length, 14);
    // What unpacks to more than it says must not be believed.
    about.writeUInt32LE(10, 18);
    about.writeUInt16LE(Buffer.byteLength(name), 22);
    const entry = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), about, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), about, rest, Buffer.from(name)]),
    );
    entries.push(entry);
    at += entry.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...entries, ...directory, end]));
}

interface Parts {
  readonly sheet: string;
  readonly texts?: string;
  readonly styles?: string;
  readonly properties?: string;
}

const workbook = ({ sheet, texts = '', styles = '', properties = '' }: Parts) =>
  zip({
    'xl/workbook.xml': `<x:workbook xmlns:x="m" xmlns:r="o">${properties}<x:sheets><x:sheet name="旧" state="hidden" r:id="r1"/><x:sheet name="资源 &amp; IP" r:id="r2"/></x:sheets></x:workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Target="worksheets/none.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
    'xl/sharedStrings.xml': `<sst>${texts}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    'xl/worksheets/sheet2.xml': `<?xml version="1.0"?><worksheet><sheetData>${sheet}</sheetData></worksheet>`,
  });

const readBytes = (bytes: Uint8Array<ArrayBuffer>) => readXlsx(new Blob([bytes]));

const flawOf = async (bytes: Uint8Array<ArrayBuffer>) => {
  const error = await readBytes(bytes).catch((thrown: unknown) => thrown);
  return error instanceof XlsxError ? [error.flaw, error.where] : error;
};

test('what is written is read again, from the first row on', async () => {
  const rows = [
    ['资源编号 (id)', 'a < b & "c"'],
    ['', ' x '],
  ];
  const { name, rows: read } = await readBytes(
    writeXlsx([
      { name: '资源', rows },
      { name: '说明', rows: [['b']] },
    ]),
  );
  expect(name).toBe('资源');
  expect(read).toEqual([
    { line: 1, cells: rows[0] },
    { line: 2, cells: ['', 'x'] },
  ]);
});

test('the first visible sheet: shared and rich texts, numbers, yes and no, formulas by their last value, empty rows left out', async () => {
  const { name, rows } = await readBytes(
    workbook({
      texts:
        '<si><t>甲</t></si><si><r><t xml:space="preserve">乙 </t></r><r><t>丙</t></r><rPh sb="0" eb="1"><t>yi</t></rPh></si>',
      sheet: `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row><row r="2"><c r="A2" s="1"/></row>
        <row r="5"><c r="A5"><v>0.30000000000000004</v></c><c r="B5" t="b"><v>1</v></c>
        <c r="C5" t="str"><f>A1&amp;"x"</f><v>甲x</v></c><c r="AA5" t="e"><v>#N/A</v></c></row>`,
    }),
  );
  expect(name).toBe('资源 & IP');
  const last = [0.3, 'TRUE', '甲x', ...Array(23).fill(''), '#N/A'].map(String);
  expect(rows).toEqual([
    { line: 1, cells: ['甲', '', '乙 丙'] },
    { line: 5, cells: last },
  ]);
});

test('days are days, by the built-in formats and those of one’s own, counted from 1900 or 1904', async () => {
  const styles = `<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m月"/><numFmt numFmtId="171" formatCode="0.00&quot;d&quot;"/></numFmts>
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs>`;
  const sheet =
    '<row r="1"><c r="A1" s="1"><v>46174</v></c><c r="B1" s="2"><v>46174.75</v></c><c r="C1" s="3"><v>46174</v></c><c r="D1"><v>46174</v></c><c r="E1" t="d"><v>2026-06-01T00:00:00</v></c></row>';
  const days = async (properties: string) => (await readBytes(workbook({ sheet, styles, properties }))).rows[0]?.cells;
  expect(await days('')).toEqual(['2026-06-01', '2026-06-01 18:00:00', '46174', '46174', '2026-06-01']);
  expect((await days('<x:workbookPr date1904="1"/>'))?.[0]).toBe('2030-06-02');
});

test('a formula without a value is named by its cell', async () => {
  const sheet = '<row r="3"><c r="B3"><f>1+1</f></c></row>';
  expect(await flawOf(workbook({ sheet }))).toEqual(['no_value', 'B3']);
});

test('a text of megabytes between two tags, and an entity on the border of two parts, are read as they come', async () => {
  const text = '&amp;甲'.repeat(400_000);
  const { rows } = await readBytes(
    workbook({ sheet: `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>` }),
  );
  // Not shown whole where it differs.
  expect(rows[0]?.cells[0] === '&甲'.repeat(400_000)).toBe(true);
});

test.each([
  ['a text', new TextEncoder().encode('资源编号,账号'), 'not_xlsx'],
  ['nothing', new Uint8Array(), 'not_xlsx'],
  ['another ZIP file', zip({ 'word/document.xml': '<w/>' }), 'not_xlsx'],
  [
    'a workbook with a password, or of an old program',
    Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, ...Array(600).fill(0)),
    'encrypted',
  ],
  ['an encrypted entry', zip({ 'xl/workbook.xml': '<a/>' }, { flags: 1 }), 'encrypted'],
  ['a document type', zip({ 'xl/workbook.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }), 'damaged'],
  ['an unknown entity', zip({ 'xl/workbook.xml': '<a>&b;</a>' }), 'damaged'],
  ['half an XML text', zip({ 'xl/workbook.xml': '<workbook><sheets><sheet name="a' }), 'damaged'],
  ['half a file', writeXlsx([{ name: 'a', rows: [['b']] }]).slice(200), 'damaged'],
  ['a cell far to the right', workbook({ sheet: '<row r="1"><c r="ZZZ1"><v>1</v></c></row>' }), 'too_large'],
])('%s is refused', async (_, bytes, flaw) => {
  expect((await flawOf(new Uint8Array(bytes)))?.[0 as never]).toBe(flaw);
});
