import { expect, test } from 'vitest';
import { describeOperation, outcomeOf } from '../../main/testing/operation-tests.ts';

describeOperation(
  'revokeApiKey',
  {
    may: ['customer', 'operator'],
    sample: async (world, owner) => ({ params: { keyId: (await world.program(owner, ['codes:read'])).actor.userId } }),
    leaves: ['ApiKeyRevoked'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('ends the key at once; again changes nothing', async () => {
      const world = get();
      const owner = await world.customer();
      const program = await world.program(owner, ['codes:read']);
      const params = { keyId: program.actor.userId };
      expect(await outcomeOf(program.client.listCodes({}))).toBe('done');
      const first = await owner.client.revokeApiKey({ params });
      expect(first.state).toBe('revoked');
      expect(await outcomeOf(program.client.listCodes({}))).toBe('auth.key_refused');
      world.clock.nowMs += 60_000;
      expect(await owner.client.revokeApiKey({ params })).toEqual(first);
      const rows = (await world.audit()).filter(({ objectId }) => objectId === params.keyId);
      expect(rows.map(({ action }) => action)).toEqual(['ApiKeyCreated', 'ApiKeyRevoked']);
    });
  },
);
