import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Customer, type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { relayEvents } from '../webhook/relay-events.ts';
import { keepCodeClock } from './code-clock.ts';

describe('keepCodeClock', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  const rest = async () => {
    while ((await relayEvents(world.deps, failTest)) + (await keepCodeClock(world.deps, failTest)) > 0);
  };
  const noticesOf = async ({ client }: Customer) =>
    (await client.listNotices({ query: { limit: 200 } })).notices.map(({ type, daysLeft }) => [type, daysLeft]);

  test('tells issuer and grantee that a code stops, that it is suspended, and that it works again', async () => {
    const [owner, grantee] = [await world.customer(), await world.customer()];
    const resourceId = await world.eligible(owner, { expiresAt: '2027-02-10' });
    await world.issue(owner.accountId, resourceId, grantee.accountId);
    await rest();
    expect(await noticesOf(owner)).toEqual([]);
    const { codes } = await owner.client.listStoppingCodes({ query: { days: 60 } });
    const left = codes[0]?.daysLeft ?? 0;
    world.clock.nowMs += (left - 7) * 86_400_000;
    await rest();
    await rest();
    expect(await noticesOf(grantee)).toEqual([['CodeStopping', 7]]);
    world.clock.nowMs = Date.parse('2027-01-20T00:00:00Z');
    const { facts } = await world.flows.getResource(world.people.operator, { resourceId });
    const put = (expiresAt: string) =>
      world.people.operator.client.putInventory({ body: { accounts: [], resources: [{ ...facts, expiresAt }] } });
    await put('2027-02-11');
    await rest();
    expect((await noticesOf(owner))[0]).toEqual(['CodeSuspended', null]);
    await put('2028-12-31');
    await rest();
    expect((await noticesOf(owner)).map(([type]) => type)).toEqual(['CodeRevived', 'CodeSuspended', 'CodeStopping']);
    expect(await noticesOf(grantee)).toEqual(await noticesOf(owner));
  });
});
