import { describe, expect, test } from 'vitest';
import { packageOf, readAnswer } from './answers.ts';
import { readDownload } from './downloads.ts';
import { defaultLimits } from './limits.ts';
import { type DownloadToPack, packDownload, readUpload, writeAnswer } from './other-side.ts';
import { encodeGbk } from './package/characters.ts';
import { pack } from './package/pack.ts';
import { sampleUploads } from './testing/samples.ts';
import { packUpload } from './uploads.ts';

const cipher = { key: '0123456789abcdef', iv: '0102030405060708' };
const at = new Date('2026-11-21T01:30:00Z');
const options = { cipher, limits: defaultLimits };
const results: DownloadToPack = {
  ICP: { BAJG: { Jg_xx: [{ Jgxx: [{ Jgdm: 1001 }], Czlx: 1, Bs: '11' }] } },
};

test('a download goes from one side to the other inside an answer', async () => {
  const packed = await packDownload(results, { cipher, at, fileName: 'down0001' });
  const text = writeAnswer('isp_download', {
    msg_code: 3,
    msg: '还有数据',
    fileInfos: { ...packed, return_FileName: 'down0001' },
  });
  const { answer, notes } = readAnswer('isp_download', text, defaultLimits);
  expect({ code: answer.msg_code, notes }).toEqual({ code: 3, notes: [] });
  const { value, entryName } = await readDownload(packageOf(answer) ?? expect.unreachable('no package'), options);
  expect(JSON.parse(JSON.stringify(value))).toEqual(results);
  expect(entryName).toBe('down0001.xml');
});

describe('an upload', () => {
  test.each(Object.entries(sampleUploads))('%s is taken as it was sent', async (_name, upload) => {
    const { data, places } = await readUpload(await packUpload(upload, { cipher, at }), options);
    expect(JSON.parse(JSON.stringify(data))).toEqual(upload);
    expect(places).toEqual([]);
  });

  const sent = async (xml: string) =>
    readUpload(await pack(encodeGbk(xml), { cipher, at, fileName: 'u.xml' }), options);
  const cancel = (inside: string) =>
    `<?xml version="1.0" encoding="GBK"?><UploadData version="V.3.0"><ICP><ZXBA><Zx_xx>${inside}</Zx_xx></ZXBA><Qqdwid>1</Qqdwid></ICP></UploadData>`;
  const at0 = (name: string) => `UploadData.ICP.ZXBA.Zx_xx[0].${name}`;

  test.each([
    ['out of range', '<Zxlb>3</Zxlb><Jlid>1</Jlid><Zxly>1</Zxly>', [at0('Zxlb')]],
    ['with an element missing', '<Zxlb>1</Zxlb><Zxly>1</Zxly>', [at0('Jlid')]],
    ['with an element that there is not', '<Zxlb>1</Zxlb><Jlid>1</Jlid><Zxly>1</Zxly><Neu/>', [at0('Neu')]],
    ['with one twice', '<Zxlb>1</Zxlb><Jlid>1</Jlid><Jlid>2</Jlid><Zxly>1</Zxly>', [at0('Jlid')]],
  ])('%s is refused at its places', async (_what, inside, places) => {
    expect(await sent(cancel(inside))).toMatchObject({ data: null, places });
  });

  test('without anything is refused', async () => {
    expect(await sent('<UploadData version="V.3.0"/>')).toMatchObject({ data: null, places: ['UploadData'] });
  });
});

test('what the authority’s side would get wrong is refused here, too', () => {
  expect(() => writeAnswer('isp_upload', { msg_code: 1000 })).toThrow(/return\.msg_code/);
  expect(() =>
    packDownload({ ICP: { XGTZ: { Tzxx: [{ Tzlb: 2, Tznr: '' }] } } }, { cipher: null, at, fileName: 'd' }),
  ).toThrow(/DownloadData\.ICP\.XGTZ\.Tzxx\[0\]\.Tzlb/);
});
