import { readFileSync } from 'node:fs';
import { isFault } from '@openbeian/model/fault';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from './limits.ts';
import { uploadData } from './messages/upload.ts';
import { readPackage } from './package/pack.ts';
import { has, run } from './testing/programs.ts';
import { sampleUploads } from './testing/samples.ts';
import { xsdOf } from './testing/xsd-of.ts';
import { packUpload, type UploadData, uploadLimits } from './uploads.ts';

const options = { cipher: null, at: new Date('2026-11-21T01:30:00Z') } as const;
const samples = Object.entries(sampleUploads);

/** Sections `## name`, each a document with a line for each tag, so that a person can read them. */
const golden = new Map(
  readFileSync(new URL('testing/golden/uploads.txt', import.meta.url), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n') + 1).trimEnd()]),
);

/** The places of the fault with which an upload is refused. */
async function refusal(
  data: unknown,
  more = {},
): Promise<readonly (readonly [path: string, zh: string | undefined])[]> {
  const error = await packUpload(data as UploadData, { ...options, ...more }).catch((caught: unknown) => caught);
  if (!isFault(error, 'authority.not_sendable')) throw new Error(`not refused: ${String(error)}`);
  return (error.extras.places ?? []).map(({ path, expectedZh }) => [path, expectedZh] as const);
}

describe.each(samples)('%s', (name, data) => {
  test('is written as the golden document has it, in GBK', async () => {
    const { xml, records } = await packUpload(data, options);
    const text = new TextDecoder('gbk', { fatal: true }).decode(xml);
    expect(text.replaceAll('><', '>\n<')).toBe(golden.get(name));
    expect(records).toBe(name === 'cancel' ? 2 : 1);
  });

  test('is valid to libxml2, and to xmllint where there is one', async () => {
    const { xml } = await packUpload(data, options);
    using schema = XmlDocument.fromString(xsdOf('UploadData', uploadData));
    using validator = XsdValidator.fromDoc(schema);
    using document = XmlDocument.fromBuffer(xml);
    validator.validate(document);
    if (has('xmllint')) run('xmllint', ['--noout', '-'], xml);
  });

  test('is read again as it was', async () => {
    const packed = await packUpload(data, options);
    const { value, notes } = await readPackage(packed, 'UploadData', uploadData, {
      cipher: null,
      limits: defaultLimits,
    });
    expect(JSON.parse(JSON.stringify(value))).toEqual(data);
    expect(notes).toEqual([]);
  });
});

describe('what cannot be sent is refused at its element', () => {
  const filing = sampleUploads['new filing'].ICP;
  const [record] = filing.XZBA.Baxx;
  const withSubject = (change: object) => ({
    ICP: { ...filing, XZBA: { Baxx: [{ ...record, Zt_xx: { ...record.Zt_xx, ...change } }] } },
  });
  const at = (path: string) => `UploadData.ICP.XZBA.Baxx[0].Zt_xx.${path}`;

  test.each([
    [
      'a name that GBK lacks',
      { Dwmc: '𠮷祥㐂有限公司' },
      'Dwmc',
      '管局接口使用 GBK 编码，无法报送以下字符：𠮷（U+20BB7）、㐂（U+3402）',
    ],
    ['a control character', { Dwmc: '远山\u0007' }, 'Dwmc', '不能含有控制字符'],
    ['a name that is too long', { Dwmc: '长'.repeat(256) }, 'Dwmc', '不能超过 255 个字符'],
    ['no name', { Dwmc: undefined }, 'Dwmc', '应为文本'],
    ['an element that there is not', { Ipv6: '::1' }, 'Ipv6', '不支持的字段，请删除'],
    ['a division of too few digits', { Txdz: { ...record.Zt_xx.Txdz, Shiid: 4401 } }, 'Txdz.Shiid', '应不小于 100000'],
    ['a number as text', { IspZtid: '1' }, 'IspZtid', '应为数字'],
    ['half a number', { IspZtid: 1.5 }, 'IspZtid', '应为整数'],
    ['a number beyond counting', { IspZtid: 2 ** 60 }, 'IspZtid', '应不大于 9007199254740991'],
    [
      'a telephone number with letters',
      { Fzr: { ...record.Zt_xx.Fzr, Fzr_sjhm: '+8613800000' } },
      'Fzr.Fzr_sjhm',
      '应为电话号码，仅含数字和“-”，多个号码用“;”分隔',
    ],
    [
      'an address without @',
      { Fzr: { ...record.Zt_xx.Fzr, Fzr_dzyj: 'zhangsan' } },
      'Fzr.Fzr_dzyj',
      '应为邮箱地址，多个地址用“;”分隔',
    ],
  ])('%s', async (_what, change, path, said) => {
    expect(await refusal(withSubject(change))).toContainEqual([at(path), said]);
  });

  test.each([
    ['the prototype', JSON.parse('{"__proto__": {"Dwmc": "x"}}') as object, 'UploadData'],
    ['neither of a choice', {}, 'UploadData'],
    ['two of a choice', { ICP: filing, JCDM: {} }, 'UploadData'],
  ])('%s', async (_what, data, path) => {
    const places = await refusal(data);
    expect(places.length).toBeGreaterThan(0);
    expect(places.every(([each]) => each.startsWith(path))).toBe(true);
  });

  test('a picture that is no base64, or larger than the authority takes', async () => {
    const put = (Fjnr: string) =>
      refusal({ ICP: { XZHYD: { Fjxx: [{ ...sampleUploads.attachments.ICP.XZHYD.Fjxx[0], Fjnr }] }, Qqdwid: 1 } });
    const expected = [['UploadData.ICP.XZHYD.Fjxx[0].Fjnr', '应为 Base64 编码的图片，解码后不超过 150 KB']];
    expect(await put('not base64')).toEqual(expected);
    expect(await put(Buffer.alloc(150 * 1024 + 1).toString('base64'))).toEqual(expected);
    expect(
      await put(Buffer.alloc(150 * 1024, 'x').toString('base64')).catch((error: Error) => error.message),
    ).toContain('not refused');
  });

  test('more records than one call takes, a document that is too large, a name or a key that will not do', {
    timeout: 60_000,
  }, async () => {
    const one = { Zxlb: 1, Jlid: 1, Zxly: 1, Zxlybz: '长'.repeat(1000) };
    const cancel = (count: number, each: object = one) => ({
      ICP: { ZXBA: { Zx_xx: Array.from({ length: count }, () => each) }, Qqdwid: 1 },
    });
    expect(await refusal(cancel(uploadLimits.records + 1))).toEqual([
      ['UploadData', '每次最多报送 1000 条记录，请分次报送'],
    ]);
    const picture = Buffer.alloc(100 * 1024, 'x').toString('base64');
    const file = { ...sampleUploads.attachments.ICP.XZHYD.Fjxx[0], Fjnr: picture };
    expect(await refusal({ ICP: { XZHYD: { Fjxx: Array.from({ length: 400 }, () => file) }, Qqdwid: 1 } })).toEqual([
      ['UploadData', '每次报送的文件不能超过 50 MB，请分次报送'],
    ]);
    expect(await refusal(cancel(1), { fileName: '../x.xml' })).toEqual([
      ['fileName', '应为英文字母或数字，以 .xml 结尾'],
    ]);
    expect(await refusal(cancel(1), { cipher: { key: 'short', iv: '0102030405060708' } })).toEqual([
      ['cipher', '密钥和向量应各为 16 个 ASCII 字符'],
    ]);
  });
});
