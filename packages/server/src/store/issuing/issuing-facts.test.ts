import { expect, test } from 'vitest';
import type { IssuingFacts } from '../../ports/resources.ts';
import { factsOf } from '../testing/world.ts';
import { IssuingFactsCache } from './issuing-facts.ts';

function cacheOf(options: { maxEntries?: number; known?: readonly string[] } = {}) {
  const reads: string[] = [];
  const clock = { nowMs: 0 };
  let version = 1;
  const cache = new IssuingFactsCache({
    ...options,
    nowMs: () => clock.nowMs,
    read: async (questions) =>
      questions.map(({ resourceId, granteeAccountId }): IssuingFacts | null => {
        reads.push(resourceId);
        if (resourceId === 'nowhere') return null;
        return {
          resource: { id: resourceId, accountId: 'acct', provider: 'p', product: 'vm', facts: factsOf({}), version },
          account: { id: 'acct', realName: 'enterprise', displayName: '' },
          granteeKnown: granteeAccountId === null || (options.known ?? []).includes(granteeAccountId),
        };
      }),
  });
  const find = async (resourceId: string, granteeAccountId: string | null = null) => {
    const facts = await cache.find({ resourceId, granteeAccountId });
    return facts && { version: facts.resource.version, granteeKnown: facts.granteeKnown };
  };
  return { cache, reads, clock, find, change: () => (version += 1) };
}

test('facts are read once in 10 minutes, and at once after they are forgotten', async () => {
  const { cache, reads, clock, find, change } = cacheOf();
  await find('ins');
  change();
  expect(await find('ins')).toEqual({ version: 1, granteeKnown: true });
  clock.nowMs = 600_000;
  expect(await find('ins')).toEqual({ version: 1, granteeKnown: true });
  clock.nowMs = 600_001;
  expect(await find('ins')).toEqual({ version: 2, granteeKnown: true });
  change();
  cache.forget('ins');
  expect(await find('ins')).toEqual({ version: 3, granteeKnown: true });
  expect(reads).toHaveLength(3);
});

test('what is missing is asked for every time: a resource, or a grantee, may be there a moment later', async () => {
  const { reads, find } = cacheOf({ known: ['acct-b'] });
  expect([await find('nowhere'), await find('nowhere')]).toEqual([null, null]);
  expect(await find('ins', 'acct-c')).toEqual({ version: 1, granteeKnown: false });
  expect(await find('ins', 'acct-c')).toEqual({ version: 1, granteeKnown: false });
  expect(await find('ins', 'acct-b')).toEqual({ version: 1, granteeKnown: true });
  expect(reads).toHaveLength(5);
  // An account that exists is remembered for other resources as well; accounts are never deleted.
  await find('other');
  expect(await find('other', 'acct-b')).toEqual({ version: 1, granteeKnown: true });
  expect(reads).toHaveLength(6);
});

test('the oldest entry makes room for a new one', async () => {
  const { reads, find } = cacheOf({ maxEntries: 2 });
  for (const id of ['a', 'b', 'c', 'b', 'c', 'a']) await find(id);
  expect(reads).toEqual(['a', 'b', 'c', 'a']);
});
