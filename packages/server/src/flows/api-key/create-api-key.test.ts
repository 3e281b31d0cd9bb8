import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'createApiKey',
  {
    may: ['customer'],
    sample: (world, owner) => ({
      body: { accountId: owner.accountId, name: world.fresh('程序'), scopes: ['codes:read'] },
    }),
    leaves: ['ApiKeyCreated'],
    foreign: 'auth.forbidden',
    repeated: { without: 'secret' },
  },
  (get) => {
    test('opens what its scopes say until it expires; the secret is in the answer alone', async () => {
      const world = get();
      const owner = await world.customer();
      const body = { name: '分销系统', scopes: ['codes:read' as const, 'codes:read' as const], lifetimeDays: 30 };
      const { apiKey, secret } = await owner.client.createApiKey({ body });
      expect(apiKey).toMatchObject({ accountId: owner.accountId, scopes: ['codes:read'], state: 'active' });
      expect(apiKey.expiresAt).toBe('2026-12-21T01:30:00.000Z');
      const [, keyId = '', word = ''] = (secret ?? '').split('.');
      const find = () => world.flows.findApiKey({ actor: owner.actor }, { keyId, secret: word });
      expect((await find())?.actor.accountId).toBe(owner.accountId);
      expect(JSON.stringify([await world.audit(), await owner.client.listApiKeys({})])).not.toContain(word);
      world.clock.nowMs = Date.parse('2026-12-21T01:30:00.000Z');
      expect(await find()).toBeNull();
    });

    test('nobody has more than fifty that open anything', async () => {
      const world = get();
      const owner = await world.customer();
      const body = { name: 'a', scopes: ['codes:read' as const] };
      for (let made = 0; made < 50; made += 1) await owner.client.createApiKey({ body });
      const before = await world.books();
      expect(await refusal(owner.client.createApiKey({ body }))).toEqual(['input.invalid']);
      expect(await world.books()).toEqual(before);
    });
  },
);
