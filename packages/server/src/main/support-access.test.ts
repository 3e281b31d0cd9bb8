import { afterAll, expect, test, vi } from 'vitest';
import { openPeopleWorld } from './testing/people-world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const world = await openPeopleWorld();
afterAll(() => world.close());

test('an operator’s session is the customer’s view, read-only and masked, until it is ended or its time is over', async () => {
  const login = await world.person('customer');
  const customer = await world.signedIn(login);
  const accountId = (await customer.client.getSession()).accountId ?? '';
  await customer.client.putNoticeMail({ body: { addresses: ['chen@customer.example'] } });
  await customer.client.createWebhook({ body: { url: 'https://hooks.example.com/secret-path' } });
  const operatorLogin = await world.person('operator');
  const operator = await world.signedIn(operatorLogin);
  const elsewhere = await world.signedIn(operatorLogin);
  const before = await operator.client.getSession();
  const begin = () => operator.client.beginSupportAccess({ body: { accountId, reason: '协助核对材料', minutes: 5 } });
  const { id } = await begin();
  expect(await operator.client.getSession()).toMatchObject({
    userId: before.userId,
    role: 'customer',
    accountId,
    support: { accessId: id, accountId },
  });
  expect(await elsewhere.client.getSession()).toEqual(await elsewhere.client.getSession());
  expect((await elsewhere.client.getSession()).role).toBe('operator');
  expect((await operator.client.getNoticeMail({})).addresses).toEqual(['c***@customer.example']);
  expect((await operator.client.listWebhooks({})).webhooks).toMatchObject([{ url: 'https://hooks.example.com' }]);
  const create = operator.client.createWebhook({ body: { url: 'https://hooks.example.com/other' } });
  expect(await world.refusal(create)).toBe('auth.support_read_only');
  expect(await world.refusal(operator.client.listPeople({}))).toBe('auth.forbidden');
  expect((await customer.client.listSupportAccesses({})).accesses).toMatchObject([
    { id, active: true, operatorName: '陈' },
  ]);
  await operator.client.getNoticeMail({});
  const seen = (await customer.client.listSupportViews({ params: { accessId: id } })).views;
  expect(seen).toMatchObject([
    { operation: 'getNoticeMail', objectId: null, count: 2 },
    { operation: 'listWebhooks', objectId: null, count: 1 },
  ]);
  await customer.client.endSupportAccess({ params: { accessId: id }, body: {} });
  expect(await operator.client.getSession()).toEqual(before);
  await begin();
  world.wall.nowMs += 5 * 60_000 + 1;
  expect(await operator.client.getSession()).toEqual(before);
  const [last] = (await customer.client.listSupportAccesses({})).accesses;
  expect(last).toMatchObject({ active: false, endedAt: null });
  const rows = await world.audit(accountId);
  const actions = rows.map(({ action }) => action).filter((action) => action.startsWith('Support'));
  expect(actions).toEqual(['SupportAccessBegun', 'SupportAccessEnded', 'SupportAccessBegun']);
  const viewed = (await world.audit('listWebhooks')).filter(({ action }) => action === 'SupportViewed');
  expect(viewed).toMatchObject([{ action: 'SupportViewed', address: '127.0.0.1' }]);
});
