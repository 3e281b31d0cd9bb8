import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Caller, type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { urlOf, webhook } from '../../main/testing/webhooks.ts';
import { relayEvents } from './relay-events.ts';

describe('relayEvents', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  const relay = async () => {
    while ((await relayEvents(world.deps, failTest)) > 0);
  };
  const delivered = async ({ client }: Caller, webhookId: string) => {
    const { deliveries } = await client.listDeliveries({ params: { webhookId } });
    return deliveries.map(({ type, body }) => ({ type, body: JSON.parse(body) })).reverse();
  };

  test('every receiver whom a code concerns gets each event once, in order; nobody else gets any', async () => {
    const [owner, grantee, stranger] = [await world.customer(), await world.customer(), await world.customer()];
    const [mine, theirs, foreign] = [
      await webhook(world, owner),
      await webhook(world, grantee),
      await webhook(world, stranger),
    ];
    const { id: codeId, clear } = await world.issue(owner.accountId, await world.eligible(owner), grantee.accountId);
    await owner.client.revokeCode({ params: { codeId } });
    await relay();
    await relay();
    for (const [caller, { id }] of [
      [owner, mine],
      [grantee, theirs],
    ] as const) {
      const events = await delivered(caller, id);
      expect(events.map(({ type }) => type)).toEqual(['CodeIssued', 'CodeRevoked']);
      expect(events[0]?.body.data.code).toMatchObject({ id: codeId, tail: clear.slice(-4) });
      expect(JSON.stringify(events)).not.toContain(clear);
    }
    expect(await delivered(stranger, foreign.id)).toEqual([]);
  });

  test('only the types that a receiver asked for', async () => {
    const owner = await world.customer();
    const { webhook: made } = await owner.client.createWebhook({ body: { url: urlOf(world), types: ['CodeRevoked'] } });
    const { id: codeId } = await world.issue(owner.accountId, await world.eligible(owner));
    await owner.client.revokeCode({ params: { codeId } });
    await relay();
    expect((await delivered(owner, made.id)).map(({ type }) => type)).toEqual(['CodeRevoked']);
  });
});
