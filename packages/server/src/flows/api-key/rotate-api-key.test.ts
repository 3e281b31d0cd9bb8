import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'rotateApiKey',
  {
    may: ['customer'],
    sample: async (world, owner) => ({
      params: { keyId: (await world.program(owner, ['codes:read'])).actor.userId },
      body: {},
    }),
    leaves: ['ApiKeyRotated'],
    foreign: 'object.not_found',
    repeated: { without: 'secret' },
  },
  (get) => {
    test('the secret before stays valid for the overlap, and not longer', async () => {
      const world = get();
      const owner = await world.customer();
      const made = await owner.client.createApiKey({ body: { name: 'a', scopes: ['codes:read'] } });
      const keyId = made.apiKey.id;
      const rotated = await owner.client.rotateApiKey({ params: { keyId }, body: { overlapHours: 2 } });
      const opens = async (secret: string | null) => {
        const found = await world.flows.findApiKey(owner, { keyId, secret: (secret ?? '').split('.')[2] ?? '' });
        return found !== null;
      };
      expect([await opens(made.secret), await opens(rotated.secret)]).toEqual([true, true]);
      expect(rotated.apiKey.earlierUntil).toBe('2026-11-21T03:30:00.000Z');
      world.clock.nowMs += 2 * 3_600_000;
      expect([await opens(made.secret), await opens(rotated.secret)]).toEqual([false, true]);
      await owner.client.revokeApiKey({ params: { keyId } });
      expect(await refusal(owner.client.rotateApiKey({ params: { keyId }, body: {} }))).toEqual(['object.changed']);
    });
  },
);
