import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { commandAgainst } from '../testing/command-against.ts';

const failure = {
  kind: 'message',
  itemId: 'msg/1',
  failures: 8,
  failedAt: '2026-11-21T01:30:00.000Z',
  retryAt: null as string | null,
  lastError: 'TypeError',
  lastFault: null as object | null,
  filingId: null as string | null,
};
const asked: string[] = [];
const lastFault = { code: 'authority.refused', zh: '管局拒收', en: 'refused' };
const handOver = {
  ...failure,
  kind: 'forward',
  itemId: 'out_1',
  filingId: 'fil_1',
  lastFault,
  retryAt: failure.failedAt,
};
/** How often the server still says that some are left. */
let left = 3;
const problem = {
  type: 'about:blank',
  code: 'object.not_found',
  status: 404,
  title: 'x',
  detail: 'x',
  message: { zh: '没有', en: 'not found' },
};
const sync = {
  name: 'gz',
  cloud: 'tencent',
  regions: ['ap-guangzhou'],
  account: 'acct-a',
  everyHours: 24,
  releaseGone: true,
  state: 'held',
  dueAt: null,
  beganAt: failure.failedAt,
  endedAt: failure.failedAt,
  succeededAt: null,
  failures: 0,
  counts: { read: 1, new: 0, changed: 0, gone: 2, breaking: 1 },
  unread: [{ zh: '另一地域', en: 'another region' }],
  trouble: { zh: '请核对', en: 'review it' },
  isConfirmed: false,
};
const difference = {
  counts: {
    accounts: { new: 0, changed: 0, same: 0 },
    resources: { new: 0, changed: 0, same: 1, gone: 2, breaking: 1 },
  },
  accounts: [],
  new: [],
  changed: [],
  gone: [{ id: 'ins-2', accountId: 'acct-a', facts: {} }],
  breaking: [
    {
      id: 'ins-2',
      accountId: 'acct-a',
      isGone: true,
      codes: [{ id: 'cod_1', tail: 'ABCD' }],
      filings: [],
      services: [],
      reasons: [],
    },
  ],
  leftOut: 1,
};
/** A server that knows one failure, and refuses every other item. */
const server = createServer((request, response) => {
  const { method, url = '' } = request;
  asked.push(`${method} ${url}`);
  const send = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (/\/work-failures\?limit=\d+$/.test(url)) return send(200, { failures: [failure, handOver], next: null });
  if (url.endsWith('/inventory-syncs'))
    return send(200, { syncs: [sync, { ...sync, name: 'sh', dueAt: '2026-11-21T17:05:00.000Z' }] });
  if (url.endsWith('/inventory-syncs/gz/held')) return send(200, { digest: 'd1', difference });
  if (/\/inventory-syncs\/gz\/(run|confirm)$/.test(url)) return send(200, {});
  if (url.endsWith('/work-failures/notice/retry'))
    return send(200, { retried: (left -= 1) < 0 ? 2 : 5, left: Math.max(left, 0) });
  if (url.includes('msg%2F1/')) return send(200, { retryAt: url.endsWith('/park') ? null : failure.failedAt });
  if (url.includes('/work-failures/')) return send(404, problem);
  return send(500, {});
});
const run = commandAgainst(server, 'work');

describe('openbeian work', () => {
  test('list names what is parked, with its cause, in both languages and as JSON', async () => {
    const zh = await run('list');
    expect(zh).toMatchObject({ status: 0, stderr: '' });
    expect(zh.stdout).toMatch(/message {2}msg\/1 {2}失败 8 次 {2}已搁置\n {2}TypeError/);
    expect(zh.stdout).toContain('forward  out_1  fil_1  失败 8 次  下次重试 2026-11-21 09:30\n');
    expect((await run('list', '--lang', 'en')).stdout).toContain('failed 8 times  parked');
    expect(JSON.parse((await run('list', '--json')).stdout)).toEqual({ failures: [failure, handOver] });
  });

  test('retry and park act on the item that is named, whatever its id is made of', async () => {
    expect(await run('retry', 'message', 'msg/1')).toMatchObject({ status: 0, stdout: '将立即重试\n' });
    expect(await run('park', 'message', 'msg/1', '--lang', 'en')).toMatchObject({ status: 0 });
    expect(asked.filter((one) => one.startsWith('POST') && one.includes('work-failures'))).toEqual([
      'POST /api/v1/work-failures/message/msg%2F1/retry',
      'POST /api/v1/work-failures/message/msg%2F1/park',
    ]);
  });

  test('retry-all goes on while some are left, and says how many', async () => {
    expect(await run('retry-all', 'notice')).toMatchObject({ status: 0, stdout: '将立即重试 15 项\n' });
    expect(asked.filter((one) => one.endsWith('/work-failures/notice/retry'))).toHaveLength(3);
  });

  test('syncs are listed with their last results; one runs now, and what it waits for is shown and confirmed', async () => {
    const { stdout } = await run('syncs');
    expect(stdout).toContain(
      'gz  tencent  ap-guangzhou  待确认  即将运行\n  读取 1，新增 0，变更 0，不再列出 2，受影响 1',
    );
    expect(stdout).toContain('请核对\n  未读取 另一地域');
    expect(stdout).toContain('sh  tencent  ap-guangzhou  待确认  下次 2026-11-22 01:05\n');
    expect(await run('sync', 'gz')).toMatchObject({ status: 0, stdout: '将立即同步\n' });
    const held = await run('sync', 'gz', '--held', '--lang', 'en');
    expect(held.stdout).toBe(
      'affected  ins-2  …ABCD\nno longer listed  ins-2\nand 1 more\nTo confirm: openbeian work sync gz --confirm d1\n',
    );
    expect(await run('sync', 'gz', '--confirm', 'd1')).toMatchObject({ status: 0 });
    expect(asked.filter((one) => one.startsWith('POST') && one.includes('-syncs'))).toEqual([
      'POST /api/v1/inventory-syncs/gz/run',
      'POST /api/v1/inventory-syncs/gz/confirm',
    ]);
  });

  test('an item that has not failed is said to be missing', async () => {
    expect((await run('park', 'message', 'other')).status).not.toBe(0);
  });
});
