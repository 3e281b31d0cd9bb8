import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestsOf, firstDifference, SealBuilder } from './seal-chain.ts';

const row = (id: string, some: object = {}) => ({
  id,
  at: '2026-11-21T01:30:00.000000Z',
  action: 'CodesIssued',
  ...some,
});
const facts = {
  sequence: 2,
  day: '2026-11-21',
  through: { at: '2026-11-21T01:30:00.000000Z', id: 'b' },
  sealedAt: '2026-11-21T01:40:00.000Z',
};
function seal(
  rows: readonly ReturnType<typeof row>[],
  some: Partial<typeof facts> = {},
  previous: string | null = 'before',
) {
  const builder = new SealBuilder();
  for (const one of rows) builder.add(one);
  return builder.finish({ ...facts, ...some }, previous);
}

describe('a seal', () => {
  test('is the same for the same rows, in whatever order their columns come', () => {
    const turned = { action: 'CodesIssued', at: row('a').at, id: 'a' };
    expect(seal([turned, row('b')])).toEqual(seal([row('a'), row('b')]));
    expect(digestsOf(seal([row('a'), row('b')]))).toHaveLength(2);
  });

  test.each([
    ['a column of a row', seal([row('a', { action: 'CodeRevoked' }), row('b')])],
    ['a column more', seal([row('a', { address: '203.0.113.7' }), row('b')])],
    ['the order', seal([row('b'), row('a')])],
    ['a row less', seal([row('a')])],
    ['the seal before', seal([row('a'), row('b')], {}, 'another')],
    ['its day', seal([row('a'), row('b')], { day: '2026-11-22' })],
    ['its sequence', seal([row('a'), row('b')], { sequence: 3 })],
    ['when it was made', seal([row('a'), row('b')], { sealedAt: '2026-11-21T01:41:00.000Z' })],
  ])('is another with another %s', (_what, other) => {
    expect(other.digest).not.toBe(seal([row('a'), row('b')]).digest);
  });
});

describe('the first difference', () => {
  const digests = ['a', 'b', 'c', 'd'];
  test.each([
    [digests, null],
    [['a', 'x', 'c', 'd'], { index: 1, what: 'changed' }],
    [['a', 'c', 'd'], { index: 1, what: 'missing' }],
    [['a', 'b', 'c'], { index: 3, what: 'missing' }],
    [['a', 'b', 'x', 'c', 'd'], { index: 2, what: 'added' }],
    [['x', ...digests], { index: 0, what: 'added' }],
    [[...digests, 'x'], { index: 4, what: 'added' }],
    [[], { index: 0, what: 'missing' }],
  ])('of a to d to %j', (found, difference) => {
    expect(firstDifference(digests, found)).toEqual(difference);
  });

  test('is found for whatever single row is changed, removed or added', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), fc.nat(), fc.string(), (list, place, other) => {
        fc.pre(!list.includes(other));
        const index = place % list.length;
        expect(firstDifference(list, list.with(index, other))).toEqual({ index, what: 'changed' });
        expect(firstDifference(list, list.toSpliced(index, 1))).toEqual({ index, what: 'missing' });
        expect(firstDifference(list, list.toSpliced(index, 0, other))).toEqual({ index, what: 'added' });
      }),
    );
  });
});
