import { expect, test } from 'vitest';
import { usageTally } from './tally.ts';

const server = (id: string, facts: { account?: string; environment?: { id: string } } = {}) => ({
  id,
  provider: 'p',
  product: 'q',
  used: { codes: 1, sites: 2 },
  ...facts,
});

test('adds up by account, package and environment, each product by itself; one sum where rules changed their scope', () => {
  const tally = usageTally();
  const first = server('1', { account: 'a', environment: { id: 'e' } });
  const second = server('2', { account: 'a', environment: { id: 'f' } });
  const other = { ...server('3', { account: 'a' }), product: 'r' };
  for (const it of [first, second, other]) tally.add(it, ['account', 'ip', 'package']);
  expect(tally.usageOf('account', first)).toEqual({ codes: 2, sites: 4 });
  expect(tally.usageOf('package', second)).toEqual({ codes: 2, sites: 4 });
  expect(tally.usageOf('ip', second)).toEqual({ codes: 1, sites: 2 });
  expect(tally.usageOf('account', other)).toEqual({ codes: 1, sites: 2 });
});

test('what belongs to the resource alone is its own; sums of several tallies become one', () => {
  const [one, two, all] = [usageTally(), usageTally(), usageTally()];
  const mine = server('1', { account: 'a' });
  one.add(mine, ['account', 'instance']);
  two.add(server('2', { account: 'a' }), ['account']);
  two.add(server('3'), ['account', 'instance']);
  all.replace([...one.entries(), ...two.entries()]);
  expect(all.usageOf('account', mine)).toEqual({ codes: 2, sites: 4 });
  expect(all.usageOf('instance', mine)).toBe(mine.used);
  expect(all.entries()).toHaveLength(1);
});
