import { afterEach, beforeAll, expect, test } from 'vitest';
import { type OperationWorld, openOperations } from '../../../main/testing/operation-world.ts';
import { listed, region, syncWorld } from '../../../main/testing/sync-world.ts';
import type { CloudReading } from '../../../ports/index.ts';

let world: OperationWorld;
beforeAll(async () => {
  world = await openOperations();
});
afterEach(() => world.reset());

const configured = async (more: Parameters<typeof syncWorld>[2] = {}) => {
  const owner = await world.customer();
  return { owner, ...syncWorld(world, owner, more) };
};
const factsOf = async (id: string) => (await world.deps.store.transaction((tx) => tx.resources.find(id)))?.facts;
const listed1 = async () => (await world.people.operator.client.listInventorySyncs()).syncs[0];

test('what is new or different is taken over; what no list of a cloud says and was told here stays', async () => {
  const { owner, id, lists, run, states } = await configured();
  const told = { firstTerm: 'P1Y', orderAmountCny: 1200, used: { codes: 2, sites: 1 }, trial: true };
  const before = { ...listed(id('a'), told), account: owner.accountId };
  await world.people.operator.client.putInventory({ body: { accounts: [], resources: [before] } });
  lists(['a', { expiresAt: '2029-12-31', bandwidthMbps: 10 }], 'b');
  await run();
  expect(await factsOf(id('a'))).toMatchObject({ ...told, expiresAt: '2029-12-31', bandwidthMbps: 10 });
  expect(await states()).toEqual({ a: 'running', b: 'running' });
  const [loaded] = (await world.audit()).filter(({ action }) => action === 'InventorySynced').slice(-1);
  expect(loaded).toMatchObject({ actorRole: 'system', detail: { changed: [id('a'), id('b')], released: [] } });
  lists(['a', { billing: 'pay_as_you_go', boughtAt: undefined, expiresAt: undefined }], 'b');
  await run();
  expect(await factsOf(id('a'))).toMatchObject({ billing: 'pay_as_you_go' });
  expect((await factsOf(id('a')))?.expiresAt).toBeUndefined();
  expect(await listed1()).toMatchObject({ state: 'done', counts: { read: 2, new: 0, changed: 1 } });
});

test('half an answer releases nothing: it waits, and says what for', async () => {
  const { lists, run, states } = await configured();
  lists('a', 'b', 'c', 'd');
  await run();
  lists('a');
  await run();
  expect(await states()).toEqual({ a: 'running', b: 'running', c: 'running', d: 'running' });
  const held = await listed1();
  expect(held).toMatchObject({ state: 'held', counts: { gone: 3 }, isConfirmed: false });
  expect(held?.trouble?.zh).toContain('4 台云资源中有 3 台');
  lists('a', 'b', 'c');
  await run();
  expect(await states()).toMatchObject({ c: 'running', d: 'released' });
  expect(await listed1()).toMatchObject({ state: 'done', trouble: null });
});

test('an empty answer waits even where nothing would be released; what is no longer listed stays unless configured', async () => {
  const { lists, run, states } = await configured({ releaseGone: false });
  lists('a', 'b');
  await run();
  lists();
  await run();
  expect(await listed1()).toMatchObject({ state: 'held' });
  lists('a');
  await run();
  expect(await listed1()).toMatchObject({ state: 'done', counts: { gone: 1 } });
  expect(await states()).toEqual({ a: 'running', b: 'running' });
});

test('only regions and products that were read whole can miss anything', async () => {
  const { lists, run, states, id, answers } = await configured();
  lists('a', 'b', 'c', ['far', { region: 'cn-south-1' }], ['other', { product: 'host', billing: 'prepaid' }]);
  await run();
  answers(async () => ({ resources: [listed(id('a')), listed(id('b'))], covered: [], unread: [] }));
  await run();
  expect(await listed1()).toMatchObject({ state: 'done', counts: { gone: 0 } });
  answers(async () => ({
    resources: [listed(id('a')), listed(id('b'))],
    covered: [{ product: 'server', region }],
    unread: [{ zh: '广州未读', en: 'not read' }],
  }));
  await run();
  expect(await states()).toMatchObject({ c: 'released', far: 'running', other: 'running' });
  expect(await listed1()).toMatchObject({ unread: [{ zh: '广州未读', en: 'not read' }] });
});

test('what would break a code waits, however few would go; a confirmation covers that code and no other', async () => {
  const { sync, owner, id, lists, run, states, heldDigest } = await configured({ mostGonePercent: 100 });
  lists('a', 'b', 'c');
  await run();
  const issue = (name: string) => owner.client.issueCodes({ params: { resourceId: id(name) }, body: { count: 1 } });
  await issue('a');
  lists('b', 'c');
  await run();
  expect(await listed1()).toMatchObject({ state: 'held', counts: { gone: 1, breaking: 1 } });
  const { client } = world.people.operator;
  await client.confirmInventorySync({ params: { name: sync.name }, body: { digest: await heldDigest() } });
  await issue('b');
  lists('c');
  await run();
  expect(await states()).toEqual({ a: 'running', b: 'running', c: 'running' });
  await client.confirmInventorySync({ params: { name: sync.name }, body: { digest: await heldDigest() } });
  await run();
  expect(await states()).toEqual({ a: 'released', b: 'released', c: 'running' });
});

test('a failure says why, changes nothing, and is tried again later and later, at last as often as configured', async () => {
  const { lists, run, answers } = await configured({ everyHours: 1 });
  lists('a');
  await run();
  answers(async () => ({ trouble: { zh: '凭证被拒绝', en: 'refused' } }));
  const waits: number[] = [];
  for (let failure = 0; failure < 5; failure++) {
    await run();
    const found = await listed1();
    waits.push((Date.parse(found?.dueAt ?? '') - Date.parse(world.deps.clock.now())) / 60_000);
  }
  expect(waits).toEqual([5, 10, 20, 40, 60]);
  expect(await listed1()).toMatchObject({ state: 'failed', failures: 5, trouble: { zh: '凭证被拒绝' } });
  lists(['a', { expiresAt: '2001-01-01' }]);
  await run();
  expect((await listed1())?.trouble?.en).toContain('expiresAt');
});

test('a run that was taken over by another worker writes nothing', async () => {
  const { sync, answers, run, states, id, lists } = await configured();
  const reading: CloudReading = { resources: [listed(id('a'))], covered: [], unread: [] };
  answers(async () => {
    await world.deps.store.transaction((tx) => tx.inventorySyncs.release(sync.name, 'w1'));
    lists('b');
    await run('w2');
    return reading;
  });
  await expect(run('w1')).rejects.toMatchObject({ code: 'object.changed' });
  expect(await states()).toEqual({ b: 'running' });
});
