import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filingStates } from './lifecycle/states.ts';
import { stateAfter } from './lifecycle/transitions.ts';
import { countedMinutes, medianOf, needsSecondLook, openAsk } from './review.ts';

test('what is asked during a review waits for the customer, ends by itself, and an operator has a way out of it', () => {
  expect(openAsk.owner).toBe('customer');
  expect(stateAfter('awaiting_review', openAsk.overdue)).toBe('returned');
  expect(stateAfter('awaiting_review', openAsk.operatorCommand)).toBe('returned');
  for (const action of ['ask', 'answer', 'pass_first'] as const) {
    expect(stateAfter('awaiting_review', action)).toBe('awaiting_review');
    for (const state of Object.keys(filingStates).filter((one) => one !== 'awaiting_review')) {
      // Object.keys forgets which keys there are.
      expect(stateAfter(state as keyof typeof filingStates, action)).toBeNull();
    }
  }
});

test('a second look: a share by lot, some kinds and provinces always, otherwise none', () => {
  const filing = { kind: 'first', provinceCode: '440000' };
  const none = { share: 0, kinds: [], provinces: [] };
  expect(needsSecondLook(none, filing, 0)).toBe(false);
  expect(needsSecondLook({ ...none, share: 1 }, filing, 0.999)).toBe(true);
  expect(needsSecondLook({ ...none, share: 0.3 }, filing, 0.29)).toBe(true);
  expect(needsSecondLook({ ...none, share: 0.3 }, filing, 0.3)).toBe(false);
  expect(needsSecondLook({ ...none, kinds: ['first'] }, filing, 0.9)).toBe(true);
  expect(needsSecondLook({ ...none, provinces: ['440000'] }, filing, 0.9)).toBe(true);
  expect(needsSecondLook({ ...none, provinces: ['110000'] }, filing, 0.9)).toBe(false);
});

test('stays are counted to two significant digits, at most a twentieth off', () => {
  expect([0, 29_000, 60_000, 99 * 60_000].map(countedMinutes)).toEqual([0, 0, 1, 99]);
  expect(countedMinutes(1449 * 60_000)).toBe(1400);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (minutes) => {
      const counted = countedMinutes(minutes * 60_000);
      expect(Math.abs(counted - minutes)).toBeLessThanOrEqual(minutes * 0.05);
    }),
  );
});

test('the median is the middle one, of an even number the lower', () => {
  const of = (...minutes: number[]) => medianOf(minutes.map((one) => ({ minutes: one, count: 1 })));
  expect(of()).toBeNull();
  expect(of(7)).toBe(7);
  expect(of(9, 1, 5)).toBe(5);
  expect(of(1, 9)).toBe(1);
  expect(
    medianOf([
      { minutes: 1, count: 3 },
      { minutes: 100, count: 4 },
    ]),
  ).toBe(100);
});
