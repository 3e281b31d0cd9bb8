import {
  findingsOfResult,
  readNotices,
  readResults,
  recordOf,
  type SubmissionToMap,
  tablesOfDownload,
  toUpload,
} from '@openbeian/model/authority-v3';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { expect, test } from 'vitest';
import { sampleContext, sampleToMap } from '../../../../tests/support/sample-hand-over.ts';
import type { PlainSubmission } from '../plain/index.ts';
import { readDownload } from './downloads.ts';
import { defaultLimits } from './limits.ts';
import { downloadData } from './messages/download.ts';
import { encodeGbk } from './package/characters.ts';
import { pack } from './package/pack.ts';
import { writeXml } from './schema/write-xml.ts';
import { packUpload, type UploadData } from './uploads.ts';

const at = new Date('2026-11-21T01:30:00Z');
const options = { cipher: null, at } as const;

// The compiler compares: what is handed over is what is mapped, and what comes of it is what can be sent.
const mapped = (submission: SubmissionToMap): UploadData | null => toUpload(submission, sampleContext).upload;
export const isMapped = (submission: PlainSubmission & Pick<SubmissionToMap, 'operation'>): SubmissionToMap =>
  submission;

test.each([
  [{ act: 'add', of: ['subject', 'service', 'access'] }],
  [{ act: 'add', of: ['service', 'access'] }],
  [{ act: 'add', of: ['access'] }],
  [{ act: 'change', of: ['service', 'access'] }],
  [{ act: 'cancel', of: ['subject', 'service', 'access'] }],
  [{ act: 'cancel', of: ['access'] }],
] as const)('a hand-over of %j is let pass by the codec as it was mapped', async (operation) => {
  const upload = mapped(sampleToMap(operation));
  const { records } = await packUpload(upload ?? expect.unreachable('it was not mapped'), options);
  expect(records).toBe(1);
});

async function download(value: unknown) {
  const packed = await pack(encodeGbk(writeXml('DownloadData', downloadData, value)), {
    ...options,
    fileName: 'd.xml',
  });
  return (await readDownload(packed, { cipher: null, limits: defaultLimits })).value;
}

const recorded = {
  Wzid: 501,
  Wzmc: '示例门户',
  Nrlx: { Nrlx_xx: [{ Nrlx_id: 3, Qzsph: '1', Spwj: ['eA=='] }] },
  Fwnr: { Fwnr_id: [8] },
  Yylb: { Yylb_id: [1] },
  Ym_xx: [{ Ymid: 502, Ym: 'example1.cn' }],
  Jr_xx: [
    { Jrid: 503, Ispid: 9001, Wzfb: { Fbdd: [5] }, Wzjrfs: { Jrfs: [3] }, Ip_xx: [{ Ipid: 504, Qsip: 1, Zzip: 2 }] },
  ],
  Wz_Fzr: { Fzr_xm: '张三', Fzr_sjhm: '13800000000', Fzr_dzyj: 'zhangsan@example.cn' },
  Scbbsj: '2026-11-20',
  Baxh: '粤ICP备2026000001号-1',
};

test('services that were downloaded are stated again by a change of their subject', async () => {
  const { ICP } = await download({ ICP: { BASJ: { Baxx: [{ Wz_xx: [recorded] }] } } });
  const services = ICP?.BASJ?.Baxx?.[0]?.Wz_xx ?? [];
  const change = toUpload(sampleToMap({ act: 'change', of: ['subject'] }), { ...sampleContext, recorded: services });
  expect(change.notCarried).toEqual([]);
  await expect(packUpload(change.upload ?? expect.unreachable('it was not mapped'), options)).resolves.toMatchObject({
    records: 1,
  });
});

test('one that was downloaded without its principal is refused by the codec at that element', async () => {
  const { ICP } = await download({ ICP: { BASJ: { Baxx: [{ Wz_xx: [{ ...recorded, Wz_Fzr: undefined }] }] } } });
  const services = ICP?.BASJ?.Baxx?.[0]?.Wz_xx ?? [];
  const { upload } = toUpload(sampleToMap({ act: 'change', of: ['subject'] }), {
    ...sampleContext,
    recorded: services,
  });
  const error = await packUpload(upload ?? expect.unreachable('it was not mapped'), options).catch(
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({
    code: 'authority.not_sendable',
    extras: {
      places: expect.arrayContaining([
        expect.objectContaining({ path: 'UploadData.ICP.BGBA.Bgxx[0].Wz_xx[0].Wz_Fzr.Fzr_xm' }),
      ]),
    },
  });
});

test('results of a download become findings', async () => {
  const { ICP } = await download({ ICP: { BAJG: { Jg_xx: [{ Jgxx: [{ Jgdm: 1020 }], Czlx: 1, Bs: '1' }] } } });
  const [result] = readResults(ICP?.BAJG ?? {});
  expect(result).toMatchObject({ outcome: 'rejected', mark: { by: 'own_subject', id: 1 } });
  expect(findingsOfResult(result ?? expect.unreachable('no result'))).toMatchObject([{ field: 'service.name' }]);
});

test('notices, records and code tables are read out of what the codec gives', async () => {
  const { ICP } = await download({
    ICP: {
      XGTZ: { Tzxx: [{ Tzlb: 0, Jlid: 500, Tznr: '请修改' }] },
      WBAWZLB: { Wbawz_xx: [{ Wzym_mc: 'x.example.cn', IP: 1, Yys: 1 }] },
    },
  });
  expect(readNotices(ICP ?? {})).toMatchObject({
    notices: [{ kind: 'correction_demanded', id: 500 }],
    incomplete: ['ICP.WBAWZLB.Wbawz_xx[0]'],
  });
  const { SJTB } = await download({ SJTB: { ICP: { Baxx: [{ Zt_xx: { Ztid: 500 }, Wz_xx: [recorded] }] } } });
  expect(recordOf(SJTB?.ICP?.Baxx?.[0] ?? {})).toMatchObject({
    subject: { id: 500 },
    services: [{ id: 501, number: '粤ICP备2026000001号-1', accesses: [{ provider: 9001 }] }],
  });
  const { JCDM } = await download({ JCDM: { Jcdm_xx: { Yylb_dms: { Yylb: [{ Id: 18, Mc: '德语', Sfyx: 1 }] } } } });
  const { tables } = tablesOfDownload(JCDM ?? {}, loadCodeTables(), '2026-12-01');
  expect(tables.languages.items.at(-1)).toEqual({ id: 18, zh: '德语', en: '德语', validFrom: '2026-12-01' });
});
