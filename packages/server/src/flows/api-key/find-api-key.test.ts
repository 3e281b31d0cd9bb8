import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';

describe('findApiKey', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  const made = async () => {
    const owner = await world.customer();
    const { apiKey, secret } = await owner.client.createApiKey({ body: { name: 'a', scopes: ['codes:read'] } });
    return { owner, keyId: apiKey.id, secret: (secret ?? '').split('.')[2] ?? '' };
  };

  test('acts for its account under its own id, with its scopes', async () => {
    const { owner, keyId, secret } = await made();
    const actor = { userId: keyId, role: 'customer', accountId: owner.accountId };
    expect(await world.flows.findApiKey(world.people.visitor, { keyId, secret })).toEqual({
      actor,
      scopes: ['codes:read'],
    });
  });

  test('null alike for a wrong secret, an unknown key, and the secret of another key', async () => {
    const [one, two] = [await made(), await made()];
    const find = (keyId: string, secret: string) => world.flows.findApiKey(world.people.visitor, { keyId, secret });
    expect(await find(one.keyId, `${one.secret.slice(0, -1)}_`)).toBeNull();
    expect(await find('key_none', one.secret)).toBeNull();
    expect(await find(one.keyId, two.secret)).toBeNull();
  });

  test('notes its use to the hour, so that not every request writes', async () => {
    const { owner, keyId, secret } = await made();
    const lastUsed = async () => {
      await world.flows.findApiKey(world.people.visitor, { keyId, secret });
      return (await owner.client.listApiKeys({})).apiKeys[0]?.lastUsedAt;
    };
    const first = await lastUsed();
    world.clock.nowMs += 59 * 60_000;
    expect(await lastUsed()).toBe(first);
    world.clock.nowMs += 60_000;
    expect(await lastUsed()).toBe('2026-11-21T02:30:00.000Z');
  });
});
