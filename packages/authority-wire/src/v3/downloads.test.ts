import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { readDownload } from './downloads.ts';
import { defaultLimits, type ReadLimits } from './limits.ts';
import { encodeGbk } from './package/characters.ts';
import { type PackedDocument, pack } from './package/pack.ts';

const at = new Date('2026-11-21T01:30:00Z');
const packText = (text: string, encode: (text: string) => Buffer = encodeGbk): Promise<PackedDocument> =>
  pack(encode(text), { cipher: null, at, fileName: 'down0001.xml' });

async function read(text: string, limits: Partial<ReadLimits> = {}, encode?: (text: string) => Buffer) {
  const packed = await packText(text, encode);
  return readDownload(packed, { cipher: null, limits: { ...defaultLimits, ...limits } });
}

const golden = new Map<string, string>();
beforeAll(() => {
  const text = readFileSync(new URL('testing/golden/downloads.txt', import.meta.url), 'utf8');
  for (const section of text.split(/^## /m).slice(1)) {
    const end = section.indexOf('\n');
    golden.set(section.slice(0, end), section.slice(end + 1).trim());
  }
});

describe('every part of a download', () => {
  test.each([
    ['results', 'ICP.BAJG.Jg_xx', 2],
    ['blacklists', 'ICP.HMDLB.Zthmdxxs', 1],
    ['blacklists', 'ICP.HMDLB.Wzhmdxxs', 1],
    ['blacklists', 'ICP.FFJRHMD.Ffjrxx', 1],
    ['unfiled list', 'ICP.WBAWZLB.Wbawz_xx', 1],
    ['verification tasks', 'ICP.HSRW.Baxx', 1],
    ['check results', 'ICP.HCJG.Jgxx.Jrhc', 1],
    ['correction notices', 'ICP.XGTZ.Tzxx', 1],
    ['correction notices', 'ICP.ZXSJ.Zxxx', 1],
    ['code tables', 'JCDM.Bbdwlb.Bbdw', 1],
    ['full synchronisation', 'SJTB.ICP.Baxx', 1],
  ])('%s: %s', async (name, path, count) => {
    const { value, notes, version } = await read(golden.get(name) ?? '');
    const found = path.split('.').reduce<unknown>((inside, key) => (inside as Record<string, unknown>)[key], value);
    expect(found).toHaveLength(count);
    expect({ notes, version }).toEqual({ notes: [], version: 'V.3.0' });
  });

  test('unknown result codes and operations are kept as they are', async () => {
    const { value } = await read(golden.get('results') ?? '');
    expect(JSON.parse(JSON.stringify(value.ICP?.BAJG?.Jg_xx?.[1]))).toEqual({
      Jgxx: [{ Jgdm: 4711, Dmms: '以后的代码 & 说明' }],
      Czlx: 35,
    });
  });

  test('what the text of the interface calls otherwise than its schemas is understood', async () => {
    const tasks = await read(golden.get('verification tasks') ?? '');
    expect(tasks.value.ICP?.HSRW?.Baxx?.[0]?.Zt_xx?.Fzr?.Fzr_sjhm).toBe('13800000000');
    // `DJTB` for `SJTB`.
    const sync = await read(golden.get('full synchronisation') ?? '');
    expect(sync.value.SJTB?.ICP?.Baxx?.[0]?.Wz_xx?.[0]?.Jr_xx?.[0]?.Ispid).toBe(9001);
  });
});

const notice = (inside: string) =>
  `<?xml version="1.0" encoding="GBK"?><DownloadData version="V.3.0"><ICP><XGTZ>${inside}</XGTZ></ICP></DownloadData>`;

describe('what is read leniently, and noted', () => {
  const path = (rest: string) => `DownloadData.ICP.XGTZ.${rest}`;
  test.each([
    [
      'an unknown element is passed over',
      '<Tzxx><Tzlb>0</Tzlb><Neu><a>1</a></Neu><Tznr>x</Tznr></Tzxx>',
      'unknown',
      'Tzxx[0].Neu',
    ],
    ['one that is missing', '<Tzxx><Tzlb>0</Tzlb></Tzxx>', 'missing', 'Tzxx[0].Tznr'],
    ['the first of two is kept', '<Tzxx><Tzlb>0</Tzlb><Tznr>x</Tznr><Tznr>y</Tznr></Tzxx>', 'repeated', 'Tzxx[0].Tznr'],
    [
      'what is no number is left out',
      '<Tzxx><Tzlb>0</Tzlb><Tznr>x</Tznr><Jlid>1e3</Jlid></Tzxx>',
      'not_a_number',
      'Tzxx[0].Jlid',
    ],
    [
      'a number beyond counting is left out',
      '<Tzxx><Tzlb>0</Tzlb><Tznr>x</Tznr><Jlid>9223372036854775807</Jlid></Tzxx>',
      'not_a_number',
      'Tzxx[0].Jlid',
    ],
    ['text between elements is passed over', '<Tzxx>?<Tzlb>0</Tzlb><Tznr>x</Tznr></Tzxx>', 'stray_text', 'Tzxx[0]'],
    [
      'a prototype is an unknown element',
      '<Tzxx><__proto__>1</__proto__><Tzlb>0</Tzlb><Tznr>x</Tznr></Tzxx>',
      'unknown',
      'Tzxx[0].__proto__',
    ],
  ])('%s', async (_what, inside, kind, where) => {
    const { notes, value } = await read(notice(inside));
    expect(notes).toEqual([{ kind, path: path(where) }]);
    expect(value.ICP?.XGTZ?.Tzxx?.[0]?.Tzlb).toBe(0);
  });

  test('lengths and ranges are not held against it, nor white space around a number, nor order', async () => {
    const { notes, value } = await read(notice(`<Tzxx><Tznr>${'长'.repeat(900)}</Tznr><Tzlb> 7 </Tzlb></Tzxx>`));
    expect(notes).toEqual([]);
    expect(value.ICP?.XGTZ?.Tzxx?.[0]).toMatchObject({ Tzlb: 7 });
  });

  test('a hundred notes are kept, the others are counted', async () => {
    const { notes, moreNotes } = await read(notice('<Tzxx/>'.repeat(70)));
    expect([notes.length, moreNotes]).toEqual([100, 40]);
  });

  test('what is read has no prototype, and only the names of the interface', async () => {
    const { value } = await read(notice('<Tzxx><Tzlb>0</Tzlb><Tznr>x</Tznr></Tzxx>'));
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object.getPrototypeOf(value.ICP?.XGTZ?.Tzxx?.[0])).toBeNull();
  });

  test.each([
    ['UTF-8', 'UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with a mark, whatever it declares', 'GBK', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['GB2312', 'gb2312', encodeGbk],
  ])('a document in %s is read', async (_what, declared, encode) => {
    const text = notice('<Tzxx><Tzlb>0</Tzlb><Tznr>请修改</Tznr></Tzxx>').replace('GBK', declared);
    expect((await read(text, {}, encode)).value.ICP?.XGTZ?.Tzxx?.[0]?.Tznr).toBe('请修改');
  });

  test('without a declaration it is GBK', async () => {
    const text = notice('<Tzxx><Tzlb>0</Tzlb><Tznr>请修改</Tznr></Tzxx>').replace(/^<\?.*?\?>/, '');
    expect((await read(text)).value.ICP?.XGTZ?.Tzxx?.[0]?.Tznr).toBe('请修改');
  });
});

describe('what goes beyond a bound is a named fault', () => {
  const refused = (trouble: string) => ({ code: 'authority.unreadable', extras: { reasons: [{ code: trouble }] } });
  const deep = '<a>'.repeat(30) + '</a>'.repeat(30);
  test.each([
    ['nesting', { depth: 30 }, deep, 'xml_too_deep'],
    ['elements', { elements: 20 }, '<a/>'.repeat(30), 'xml_too_many_elements'],
    ['a text', { textLength: 100 }, `<Tzxx><Tznr>${'x'.repeat(200)}</Tznr></Tzxx>`, 'xml_text_too_long'],
    ['a comment', { textLength: 10_000 }, `<!--${'x'.repeat(60_000)}-->`, 'xml_text_too_long'],
    ['an attribute', { textLength: 10_000 }, `<a b="${'x'.repeat(60_000)}"/>`, 'xml_text_too_long'],
    ['the package', { packedBytes: 100 }, '<a/>', 'packed_too_large'],
    ['the document', { expandedBytes: 1000 }, '<a/>'.repeat(1000), 'expanded_too_large'],
  ])('%s', async (_what, limits, inside, trouble) => {
    await expect(read(notice(inside), limits)).rejects.toMatchObject(refused(trouble));
  });

  test('a bomb: what expands two hundred times and more', async () => {
    const bomb = notice(`<!--${' '.repeat(3_000_000)}-->`);
    await expect(read(bomb)).rejects.toMatchObject(refused('expanded_too_large'));
  });

  test('the time, by the clock that is given', async () => {
    let now = 0;
    const packed = await packText(notice('<Tzxx/>'.repeat(3000)));
    const reading = readDownload(packed, { cipher: null, limits: defaultLimits, nowMs: () => (now += 50_000) });
    await expect(reading).rejects.toMatchObject(refused('took_too_long'));
  });

  test.each([
    ['entities of its own', '<!DOCTYPE a [<!ENTITY b "c">]>', 'xml_doctype'],
    ['a document type elsewhere', '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd">', 'xml_doctype'],
  ])('%s', async (_what, type, trouble) => {
    await expect(read(notice('').replace('?>', `?>${type}`))).rejects.toMatchObject(refused(trouble));
  });

  test('bytes that are no GBK are never other characters', async () => {
    const broken = (text: string) =>
      Buffer.concat([encodeGbk(text.slice(0, 100)), Buffer.from([0xff, 0xff]), encodeGbk(text.slice(100))]);
    await expect(read(notice('<Tzxx><Tznr>xxxxxxxx</Tznr></Tzxx>'), {}, broken)).rejects.toMatchObject(
      refused('text_malformed'),
    );
  });
});

test('what is wrong with a package is said without what is in it', async () => {
  const packed = await packText(notice('<Tzxx><Tznr>张三 13800000000</Tznr>'));
  const error = await readDownload(packed, { cipher: null, limits: defaultLimits }).catch((caught: unknown) => caught);
  expect(String(error)).toBe('Fault: authority.unreadable: the content is not well-formed XML');
  expect(JSON.stringify(error)).not.toMatch(/张三|13800000000/);
  expect((error as Error).cause).toBeUndefined();
});
