import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { commandAgainst } from '../testing/command-against.ts';

const at = '2026-11-21T01:30:00.000Z';
const shown = '2026-11-21 09:30';
const line = {
  provinceCode: '440000',
  state: 'stopped',
  closedUntil: null,
  stoppedAt: at,
  because: { code: '5003', zh: '密钥有误', en: 'A key is wrong' },
  downloadsWait: { until: at, because: { code: '902', zh: '管局系统维护', en: 'Maintenance' } },
  lastOperation: 'isp_upload',
  lastCode: 0,
  lastAt: at,
  acceptedSequence: 12,
  waiting: 3,
  oldestWaitingAt: at,
  withOperator: 1,
  openCases: 2,
  sendingSince: null,
};
const ofFiling = { filingId: 'fil_1', domainName: 'example.cn' };
const openCase = {
  id: 'cas_1',
  provinceCode: '440000',
  kind: 'unclear_result',
  openedAt: at,
  about: '张＊＊＊',
  answers: [],
  downloadId: null,
  waits: false,
  ...ofFiling,
};
const sent = {
  id: 'pkg_1',
  sequence: 12,
  state: 'accepted',
  bytes: 9,
  madeAt: at,
  tries: 1,
  answeredAt: at,
  ...ofFiling,
};
const file = { id: 'dwn_1', fileName: 'a1', fetchedAt: at, acknowledgedAt: null, trouble: 'zip' };
const run1 = {
  id: 'rec_1',
  provinceCode: '440000',
  startedAt: at,
  endedAt: null,
  ending: null,
  compared: 9,
  asked: 3,
  skipped: 1,
  waiting: 1,
  uncarried: 2,
  unsaid: 0,
  found: 2,
  waitsUntil: at,
  because: { code: '20', zh: '不在上报时间', en: 'Outside reporting hours' },
};
const difference = {
  id: 'dif_1',
  provinceCode: '440000',
  kind: 'service_name_differs',
  state: 'open',
  serviceNumber: '粤ICP备2026000001号-1',
  domainName: 'example.cn',
  ours: '甲',
  theirs: '乙',
  foundAt: at,
  confirmedAt: at,
};
const answers: Readonly<Record<string, unknown>> = {
  'GET /authority-lines': { lines: [line] },
  'GET /authority-cases': { cases: [openCase], next: 'next-page' },
  'GET /authority-lines/440000/packages': { packages: [{ ...sent, answerCode: 0 }], next: null },
  'GET /authority-lines/440000/files': { files: [file] },
  'GET /authority-documents/case/cas_1': { content: { Dwmc: '张＊＊＊' } },
  'POST /authority-documents/case/cas_1/reveal': { content: { Dwmc: '张三丰' } },
  'POST /authority-cases/cas_1/settle': {},
  'POST /authority-cases/settle': { settled: 2, left: 1 },
  'POST /authority-lines/440000/resume': { resumed: true },
  'POST /authority-lines/440000/reconciliations': { started: true, reconciliationId: 'rec_1' },
  'POST /reconciliations/rec_1/call-off': {},
  'GET /reconciliations': { reconciliations: [run1], next: null },
  'GET /differences': { differences: [difference], next: 'next-page' },
  'POST /differences/dif_1/repair': { state: 'sent' },
};
const asked: { readonly path: string; readonly body: unknown; readonly key: unknown }[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method, url = '', headers } = request;
    const path = `${method} ${url.replace('/api/v1', '')}`;
    const body: unknown = chunks.length === 0 ? null : JSON.parse(Buffer.concat(chunks).toString());
    asked.push({ path, body, key: headers['idempotency-key'] });
    const answer = answers[path.replace(/\?.*/, '')];
    response.writeHead(answer === undefined ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
});
const run = commandAgainst(server, 'authority');

test('lines say their state and why, the last exchange and the sequence; in both languages and as JSON', async () => {
  const zh = await run('lines');
  expect(zh).toMatchObject({ status: 0, stderr: '' });
  expect(zh.stdout.split('\n')).toEqual([
    `440000  广东  已于 ${shown} 停止  序号 12  等待管局 3 件  待处理 2 项`,
    '  密钥有误  [5003]',
    `  下载暂停至 ${shown}，报送不受影响  管局系统维护  [902]`,
    `  最近交互 ${shown}  isp_upload  0`,
    '',
  ]);
  expect((await run('lines', '--lang', 'en')).stdout).toContain(`440000  Guangdong  stopped at ${shown}  sequence 12`);
  expect(JSON.parse((await run('lines', '--json')).stdout)).toEqual({ lines: [line] });
});

test('cases, packages and files are listed with the filing that they are about', async () => {
  const { stdout } = await run('cases', '--province', '440000', '--kind', 'unclear_result', '--limit', '1');
  expect(stdout).toBe(`cas_1  广东  含义不明的结果  ${shown}  张＊＊＊  fil_1\n--after next-page\n`);
  const query = new URLSearchParams(asked.at(-1)?.path.split('?')[1]);
  expect(Object.fromEntries(query)).toEqual({ limit: '1', provinceCode: '440000', kind: 'unclear_result' });
  expect((await run('cases', '--kind', 'none')).status).not.toBe(0);
  expect((await run('packages', '440000')).stdout).toBe(`pkg_1  12  管局已收到  ${shown}  0  fil_1  example.cn\n`);
  expect((await run('files', '440000')).stdout).toBe(`dwn_1  a1  ${shown}  未确认  zip\n`);
});

test('a content is shown masked, and in the clear when that is asked for', async () => {
  expect(JSON.parse((await run('show', 'case', 'cas_1')).stdout)).toEqual({ Dwmc: '张＊＊＊' });
  expect(JSON.parse((await run('show', 'case', 'cas_1', '--reveal')).stdout)).toEqual({ Dwmc: '张三丰' });
});

test('cases are settled and sent again, lines resumed; what an act needs is asked for', async () => {
  expect(await run('resend', 'cas_1', '--corrected', '--key', 'k1')).toMatchObject({ status: 0, stdout: '已处理\n' });
  expect(asked.at(-1)).toMatchObject({ body: { act: { act: 'send_again', corrected: true } }, key: 'k1' });
  const numbers = ['--subject-number', '粤ICP备2026000001号', '--service-number', '粤ICP备2026000001号-1'];
  await run('settle', 'cas_1', '--act', 'approved_under', ...numbers);
  const [, subjectNumber, , serviceNumber] = numbers;
  expect(asked.at(-1)?.body).toEqual({ act: { act: 'approved_under', subjectNumber, serviceNumber } });
  await run('settle', 'cas_1', '--act', 'is_about', '--filing', 'fil_1');
  expect(asked.at(-1)?.body).toEqual({ act: { act: 'is_about', filingId: 'fil_1' } });
  const found = ['--verifier', '核实员', '--opinion', '信息不实', '--errors', '电话无法接通'];
  await run('settle', 'cas_1', '--act', 'answer_task', '--untrue', ...found);
  const untrue = { isTrue: false, verifier: '核实员', opinion: '信息不实', errors: '电话无法接通' };
  expect(asked.at(-1)?.body).toEqual({ act: { act: 'answer_task', ...untrue } });
  const done = ['--result', '3', '--handling', '已停止接入', '--done-on', '2026-11-25'];
  await run('settle', 'cas_1', '--act', 'report_unfiled', ...done);
  const reported = { result: 3, handling: '已停止接入', doneOn: '2026-11-25' };
  expect(asked.at(-1)?.body).toEqual({ act: { act: 'report_unfiled', ...reported } });
  const without = await run('settle', 'cas_1', '--act', 'is_about');
  expect(without).toMatchObject({ status: 1, stdout: '' });
  expect(without.stderr).toContain('--filing');
  expect(await run('resume', '440000')).toMatchObject({ status: 0, stdout: '线路已恢复\n' });
});

test('many cases are settled with one reason', async () => {
  const done = await run('seen', 'cas_1', 'cas_2', 'cas_3', '--reason', '已通知客户', '--key', 'k3');
  expect(done.stdout).toBe('已处理 2 项；1 项未处理：已由他人处理，或属于订单，须逐个处理\n');
  const body = { caseIds: ['cas_1', 'cas_2', 'cas_3'], reason: '已通知客户' };
  expect(asked.at(-1)).toMatchObject({ body, key: 'k3' });
  expect((await run('seen', '--reason', '已通知客户')).stderr).toContain('--kind');
});

test('both books are compared from the command line, and differences listed and repaired', async () => {
  expect(await run('reconcile', 'start', '440000')).toMatchObject({ status: 0, stdout: '已开始对账  rec_1\n' });
  const runs = await run('reconcile', 'runs', '--province', '440000');
  expect(runs.stdout).toBe(
    `rec_1  广东  ${shown}  -  进行中  比对 9 条，查询管局 3 次，未比对 1 条，差异 2 处\n  尚未判断：正在管局办理 1 条；接口不含的 APP、小程序等 2 个\n  等待至 ${shown}  不在上报时间\n`,
  );
  const list = await run('reconcile', 'list', '--kind', 'service_name_differs', '--state', 'open');
  expect(asked.at(-1)?.path).toContain('kind=service_name_differs');
  expect(list.stdout.split('\n').slice(0, 2)).toEqual([
    'dif_1  广东  粤ICP备2026000001号-1  example.cn  待处理',
    '  网站名称不一致  本系统：甲；管局：乙',
  ]);
  expect(list.stdout).toContain('--after next-page');
  expect(await run('reconcile', 'stop', 'rec_1')).toMatchObject({ status: 0, stdout: '对账已中止\n' });
});

test('each way to repair a difference says what it needs', async () => {
  const repair = (...how: string[]) => run('reconcile', 'repair', 'dif_1', ...how);
  expect((await repair('--by', 'send_again', '--key', 'k2')).stdout).toBe('重新报送  已重新报送\n');
  expect(asked.at(-1)).toMatchObject({ body: { act: { repair: 'send_again' } }, key: 'k2' });
  await repair('--by', 'take_over', '--account', 'acc_1');
  expect(asked.at(-1)?.body).toEqual({ act: { repair: 'take_over', accountId: 'acc_1' } });
  await repair('--by', 'open_case');
  expect(asked.at(-1)?.body).toEqual({ act: { repair: 'open_case' } });
  await repair('--by', 'seen', '--reason', '已核对');
  expect(asked.at(-1)?.body).toEqual({ act: { repair: 'seen', reason: '已核对' } });
  const without = await repair('--by', 'seen');
  expect(without).toMatchObject({ status: 1, stdout: '' });
  expect(without.stderr).toContain('--reason');
  expect((await repair('--by', 'nothing')).status).not.toBe(0);
});
