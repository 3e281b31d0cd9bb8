import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { commandAgainst } from '../testing/command-against.ts';

const asked: { readonly url: string; readonly body: unknown }[] = [];
const refused = {
  filingId: 'fil_2',
  domainName: 'b.cn',
  code: 'filing.already_open',
  message: { zh: '已有订单', en: 'There is one' },
};
const filing = {
  id: 'fil_1',
  accountId: 'acct',
  provider: 'xingyun',
  kind: 'first',
  kindText: { zh: '首次备案', en: 'First filing' },
  state: 'draft',
  stateText: { zh: '草稿', en: 'Draft' },
  owner: 'customer',
  actions: [],
  version: 3,
  domainName: 'a.cn',
  serviceKind: 'website',
  subjectKind: 'enterprise',
  provinceCode: '440000',
  subjectNumber: null,
  serviceNumber: null,
  resourceId: null,
  codeId: null,
  review: null,
  claim: null,
  findings: [],
  startedAt: '2026-11-01T00:00:00.000Z',
  updatedAt: '2026-11-01T00:00:00.000Z',
  dueAt: null,
  dueProvisional: false,
  reopenUntil: null,
};
const lapse = {
  filing,
  lapsedAt: '2026-11-21T01:00:00.000Z',
  state: 'draft',
  swept: true,
  until: '2026-12-21T01:00:00.000Z',
};
const fallsOver = '第二批时数据库不可用';
/** Two batches; the second one has something to refuse. */
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => (text += String(chunk)));
  request.on('end', () => {
    const body = text === '' ? null : JSON.parse(text);
    const { url = '' } = request;
    asked.push({ url, body });
    const isFirst = body?.after === undefined;
    if (!isFirst && body?.comment === fallsOver) {
      const problem = { type: '/problems/store.unavailable', status: 503, code: 'store.unavailable', title: 'away' };
      return response.writeHead(503, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
    }
    const answer = url.includes('?from=')
      ? { lapses: [lapse], next: null }
      : url.endsWith('/lapsed-filings/reopen')
        ? { reopened: isFirst ? 20 : 2, refused: isFirst ? [] : [refused], next: isFirst ? 'cursor' : null }
        : url.endsWith('/reopen')
          ? filing
          : { filing, events: [], nameProof: null, handOver: null, smsPageUrl: null };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
});
const command = commandAgainst(server, 'filings');
const run = (...args: string[]) => {
  asked.length = 0;
  return command(...args);
};

test('a whole day is reopened batch after batch; what stays closed is said, and ends with 1', async () => {
  const done = await run('reopen-lapsed', '--from', '2026-11-21', '--to', '2026-11-21', '--comment', '时钟有误');
  expect(done).toMatchObject({ status: 1, stderr: '' });
  expect(done.stdout).toBe('已恢复 22 项\nfil_2  b.cn\n  已有订单\n');
  const body = { from: '2026-11-20T16:00:00.000Z', to: '2026-11-21T15:59:59.999Z', comment: '时钟有误' };
  expect(asked.map((one) => one.body)).toEqual([body, { ...body, after: 'cursor' }]);
});

test('what was reopened is told also when a later batch fails', async () => {
  const done = await run('reopen-lapsed', '--from', '2026-11-21', '--to', '2026-11-21', '--comment', fallsOver);
  expect(done).toMatchObject({ status: 1, stdout: '已恢复 20 项\n' });
  expect(done.stderr).not.toBe('');
});

test('those that lapsed are listed; one is reopened as it is now', async () => {
  const listed = await run('lapsed', '--from', '2026-11-21T08:00:00+08:00', '--to', '2026-11-21', '--lang', 'en');
  expect(listed.stdout).toBe(
    '2026-11-21T01:00:00.000Z  fil_1  a.cn  draft  closed by the system\n  can no longer be reopened\n',
  );
  expect(asked[0]?.url).toContain('from=2026-11-21T00%3A00%3A00.000Z');
  expect(await run('reopen', 'fil_1', '--comment', '时钟有误')).toMatchObject({ status: 0, stdout: '已恢复：草稿\n' });
  expect(asked.at(-1)?.body).toEqual({ version: 3, comment: '时钟有误' });
});

test('a time without its zone is refused with what was expected', async () => {
  const { status, stderr } = await run('lapsed', '--from', '2026-11-21T08:00', '--to', '2026-11-21');
  expect([status, asked]).toEqual([1, []]);
  expect(stderr).toContain('--from');
});
