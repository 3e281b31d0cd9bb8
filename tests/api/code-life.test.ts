import { isFault } from '@openbeian/model/fault';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger, type Deployment, openDeployment, parseConfig } from '../../packages/server/src/main/index.ts';

let at = '2026-11-21T01:30:00.000Z';
let deployment: Deployment;
beforeAll(async () => {
  const config = parseConfig({
    provider: 'tencent',
    name: { zh: '测试', en: 'Test' },
    database: { directory: '/nonexistent' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'no authority is asked in these tests' },
  });
  const logger = createLogger('silent');
  deployment = await openDeployment(config, { clock: { now: () => at }, inMemory: true, logger });
}, 60_000);
afterAll(() => deployment?.close());

let made = 0;
const fresh = (prefix: string): string => `${prefix}-${(made += 1)}`;
const operator = { userId: 'usr_op', role: 'operator' as const, accountId: null };
const calls = (accountId: string) => ({
  actor: { userId: `usr_${accountId}`, role: 'customer' as const, accountId },
  idempotencyKey: fresh('key'),
});
type Product = readonly [provider: string, product: string, more?: object];
const server = (id: string, account: string, [provider, product, more = {}]: Product) => ({
  id,
  account,
  provider,
  product,
  region: 'cn-mainland',
  billing: 'prepaid',
  boughtAt: '2026-06-01',
  expiresAt: '2027-12-31',
  publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
  bandwidthMbps: 5,
  ...more,
});
async function accountWith(...products: readonly Product[]) {
  const account = fresh('acct');
  const resources = products.map((product) => server(fresh('ins'), account, product));
  await deployment.flows.putInventory(
    { actor: operator, idempotencyKey: fresh('key') },
    { body: { accounts: [{ id: account, realName: 'enterprise' }], resources } },
  );
  return { account, ids: resources.map((resource) => resource.id) as [string, string], resources };
}
const issue = async (account: string, resourceId: string, count = 1) => {
  const { codes } = await deployment.flows.issueCodes(calls(account), {
    resourceId,
    count,
    granteeAccountId: null,
    note: '',
  });
  return codes.map(({ code }) => code);
};
const repoint = (account: string, codeId: string, resourceId: string) =>
  deployment.flows.repointCode(calls(account), { codeId, resourceId });
const used = async (resourceId: string) =>
  (await deployment.flows.getResource({ actor: operator }, { resourceId })).check.issue.quota?.used;
const faultOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isFault(error)) throw error ?? new Error('nothing was refused');
  const reasons = (error.extras.reasons ?? []) as { code: string }[];
  return [error.code, ...reasons.map((reason) => reason.code)].join(' ');
};

test('an answer told from memory is the one that is read again later', async () => {
  const { account, ids } = await accountWith(['tencent', 'cvm']);
  const call = calls(account);
  const input = { resourceId: ids[0], count: 2, granteeAccountId: account, note: '备注' };
  const first = await deployment.flows.issueCodes(call, input);
  expect(await deployment.flows.issueCodes(call, input)).toEqual(first);
  expect(first.codes.map(({ code }) => code.state)).toEqual(['unused', 'unused']);
  const { codes } = await deployment.flows.listCodes(call, { side: 'issued', limit: 9 });
  expect(codes).toEqual(first.codes.map(({ code }) => code).reverse());
});

test('an exhausted ledger, an unknown grantee and a stranger are told as before, with all reasons', async () => {
  const { account, ids } = await accountWith(['tencent', 'cvm']);
  await issue(account, ids[0], 5);
  expect(await faultOf(issue(account, ids[0]))).toBe('resource.not_eligible code.limit_reached');
  const unknown = { resourceId: ids[0], count: 1, granteeAccountId: 'acct-nobody', note: '' };
  expect(await faultOf(deployment.flows.issueCodes(calls(account), unknown))).toBe('input.invalid');
  const other = await accountWith(['tencent', 'cvm']);
  expect(await faultOf(issue(other.account, ids[0]))).toBe('object.not_found');
});

test('re-pointing moves the place from one ledger to the other, and only while the code is free', async () => {
  const { account, ids } = await accountWith(['tencent', 'cvm'], ['tencent', 'cvm']);
  const [code, second] = await issue(account, ids[0], 2);
  const call = calls(account);
  const input = { codeId: code?.id ?? '', resourceId: ids[1] };
  const moved = await deployment.flows.repointCode(call, input);
  expect(moved).toMatchObject({ resourceId: ids[1], state: 'unused' });
  expect(await deployment.flows.repointCode(call, input)).toEqual(moved);
  expect([await used(ids[0]), await used(ids[1])]).toEqual([1, 1]);
  await issue(account, ids[1], 4);
  expect(await faultOf(repoint(account, second?.id ?? '', ids[1]))).toBe('resource.not_eligible code.limit_reached');
  await deployment.flows.revokeCode(calls(account), { codeId: second?.id ?? '' });
  expect(await faultOf(repoint(account, second?.id ?? '', ids[1]))).toBe('code.wrong_state');
  expect(await used(ids[0])).toBe(0);
  const events = await deployment.deps.store.transaction((tx) => tx.codeEvents.takeUnrelayed({ limit: 1000 }));
  expect(events.filter((event) => event.codeId === code?.id).map((event) => event.type)).toEqual([
    'CodeIssued',
    'CodeRepointed',
  ]);
});

test('re-pointing is evaluated by the new resource, its owner and the policy', async () => {
  const { account, ids } = await accountWith(
    ['tencent', 'cvm'],
    ['tencent', 'cvm', { boughtAt: '2026-11-01', expiresAt: '2026-12-05' }],
  );
  const [code] = await issue(account, ids[0]);
  const codeId = code?.id ?? '';
  expect(await faultOf(repoint(account, codeId, ids[1]))).toBe(
    'resource.not_eligible resource.purchased_term_too_short resource.remaining_term_too_short',
  );
  const other = await accountWith(['tencent', 'cvm']);
  expect(await faultOf(repoint(account, codeId, other.ids[0]))).toBe('object.not_found');
  expect(await faultOf(repoint(other.account, codeId, other.ids[0]))).toBe('object.not_found');
  const alibaba = await accountWith(['alibaba', 'ecs'], ['alibaba', 'ecs']);
  const [fixed] = await issue(alibaba.account, alibaba.ids[0]);
  expect(await faultOf(repoint(alibaba.account, fixed?.id ?? '', alibaba.ids[1]))).toBe('code.not_repointable');
  expect(await used(ids[0])).toBe(1);
});

test('a ledger of the whole account is one for all its resources', async () => {
  const hosting = ['alibaba', 'elastic_web_hosting', { boughtAt: '2026-01-01' }] as const;
  const { account, ids } = await accountWith(hosting, hosting);
  expect(await issue(account, ids[0], 5)).toHaveLength(5);
  expect(await faultOf(issue(account, ids[1]))).toBe('resource.not_eligible code.limit_reached');
});

test('revoking gives the place back at Tencent, and never at Alibaba', async () => {
  for (const [provider, product, left] of [
    ['tencent', 'cvm', 0],
    ['alibaba', 'ecs', 1],
  ] as const) {
    const { account, ids } = await accountWith([provider, product]);
    const [code] = await issue(account, ids[0]);
    await deployment.flows.revokeCode(calls(account), { codeId: code?.id ?? '' });
    expect(await used(ids[0]), provider).toBe(left);
  }
});

test('a list comes in pages, newest first, each code once', async () => {
  const { account, ids } = await accountWith(['tencent', 'cvm']);
  const issued = (await issue(account, ids[0], 5)).map((code) => code.id);
  const seen: string[] = [];
  let after: string | undefined;
  for (let page = 0; page < 9; page += 1) {
    const answer = await deployment.flows.listCodes(calls(account), { side: 'issued', limit: 2, after });
    seen.push(...answer.codes.map((code) => code.id));
    if (answer.next === null) break;
    after = answer.next;
  }
  expect(seen).toEqual(issued.toReversed());
});

test('a code of its own lifetime stops when that is over, whatever its server’s term', async () => {
  const { account, ids } = await accountWith(['jd', 'vm', { expiresAt: '2029-12-31' }]);
  const { codes } = await deployment.flows.issueCodes(calls(account), {
    resourceId: ids[0],
    count: 1,
    granteeAccountId: null,
    note: '',
  });
  const code = codes[0]?.clear ?? '';
  const verify = () => deployment.flows.verifyCode(calls(account), { code, accountId: account });
  expect(await verify()).toEqual({ usable: true, reasons: [] });
  at = '2027-11-22T01:30:00.000Z';
  try {
    expect((await verify()).reasons.map((reason) => reason.code)).toEqual(['code.lifetime_over']);
  } finally {
    at = '2026-11-21T01:30:00.000Z';
  }
});
