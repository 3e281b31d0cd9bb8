import { describe, expect, test } from 'vitest';
import { packageOf, readAnswer } from './answers.ts';
import { readDownload } from './downloads.ts';
import { defaultLimits } from './limits.ts';
import { pack } from './package/pack.ts';

const head = '<?xml version="1.0" encoding="GBK"?>\n';

test('the interface’s own example is read, though it breaks its schema', () => {
  expect(
    readAnswer('isp_upload', '<return>\n<msg_code>0</msg_code>\n<msg>操作成功</msg>\n</return>', defaultLimits).answer,
  ).toMatchObject({
    msg_code: 0,
    msg: '操作成功',
  });
});

test('an answer about missing uploads names their numbers', () => {
  const text = `${head}<return version="V.3.0"><msg_code>14</msg_code><msg>请先上载漏报的数据</msg><dataSequences><dataSequence>501</dataSequence><dataSequence>502</dataSequence></dataSequences></return>`;
  const { answer, notes } = readAnswer('isp_upload', text, defaultLimits);
  expect(answer.dataSequences?.dataSequence).toEqual([501, 502]);
  expect(notes).toEqual([]);
});

test('a download brings a package, and the name to acknowledge it by', async () => {
  const document =
    '<DownloadData version="V.3.0"><ICP><XGTZ><Tzxx><Tzlb>0</Tzlb><Tznr>x</Tznr></Tzxx></XGTZ></ICP></DownloadData>';
  const packed = await pack(Buffer.from(document), { cipher: null, at: new Date(0), fileName: 'down0001.xml' });
  const text = `${head}<return version="V.3.0"><msg_code>3</msg_code><msg/><fileInfos><hashAlgorithm>0</hashAlgorithm><compressionFormat>0</compressionFormat><encryptAlgorithm>0</encryptAlgorithm><return_FileName>down0001</return_FileName><beianInfo>${packed.beianInfo}</beianInfo><beianInfoHash>${packed.beianInfoHash}</beianInfoHash></fileInfos></return>`;
  const { answer } = readAnswer('isp_download', text, defaultLimits);
  const file = packageOf(answer);
  expect(file).toEqual({ ...packed, fileName: 'down0001' });
  const { value } = await readDownload(file ?? expect.unreachable('no package'), {
    cipher: null,
    limits: defaultLimits,
  });
  expect(value.ICP?.XGTZ?.Tzxx?.[0]?.Tzlb).toBe(0);
});

test('a status and a password are answered by numbers', () => {
  const status =
    '<return version="V.3.0"><msg_code>0</msg_code><msg>操作成功</msg><StatusInfo><Cxtjlx>0</Cxtjlx><Cxtj>a.example.cn</Cxtj><Ztbah>粤ICP备2026000001号</Ztbah><Bazt>0</Bazt></StatusInfo></return>';
  expect(readAnswer('isp_querybeianstatus', status, defaultLimits).answer.StatusInfo?.Bazt).toBe(0);
  const verified = '<return><msg_code>0</msg_code><msg>操作成功</msg><VerifyRes>\n1\n</VerifyRes></return>';
  expect(readAnswer('isp_verifybamm', verified, defaultLimits).answer.VerifyRes).toBe(1);
});

test('the last upload has a number; 0 and no file where there was none', () => {
  const none =
    '<return version="V.3.0"><msg_code>0</msg_code><msg/><fileInfos><dataSequence>0</dataSequence><beianInfo/></fileInfos></return>';
  const { answer } = readAnswer('isp_querypreviousupload', none, defaultLimits);
  expect(answer.fileInfos?.dataSequence).toBe(0);
  expect(packageOf(answer)).toBeNull();
});

describe('what is no answer', () => {
  test.each([
    ['nothing', '', 'xml_malformed'],
    ['a page of some proxy', '<html><body>502</body></html>', 'xml_root'],
    ['no code', '<return><msg>x</msg></return>', 'answer_without_code'],
    ['a code of more than 32 bits', '<return><msg_code>2147483648</msg_code></return>', 'answer_without_code'],
    ['a code that is no number', '<return><msg_code>OK</msg_code></return>', 'answer_without_code'],
    ['cut off', '<return><msg_code>0</msg_code>', 'xml_malformed'],
  ])('%s', (_what, text, trouble) => {
    expect(() => readAnswer('isp_upload', text, defaultLimits)).toThrow(
      expect.objectContaining({
        code: 'authority.unreadable',
        extras: expect.objectContaining({ reasons: [expect.objectContaining({ code: trouble })] }),
      }),
    );
  });

  test('more than is read of an answer', () => {
    const text = `<return><msg_code>0</msg_code><msg>${'x'.repeat(200_000)}</msg></return>`;
    expect(() => readAnswer('isp_upload', text, { ...defaultLimits, packedBytes: 1000 })).toThrow(
      /larger than is read/,
    );
  });
});
