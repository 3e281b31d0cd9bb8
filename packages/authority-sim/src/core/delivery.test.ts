import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Delivery } from './delivery.ts';
import { emptyState, type SimState } from './sim-state.ts';

function stateWith(count: number): SimState {
  const state = emptyState();
  for (let n = 1; n <= count; n += 1) {
    const messageId = `msg-${String(n).padStart(6, '0')}`;
    const message = {
      kind: 'sms_confirmed',
      messageId,
      submissionId: `sub-${n}`,
      sentAt: '2026-11-21T01:00:00.000Z',
    } as const;
    state.messages.set(messageId, { message, acknowledgedAt: null });
    state.unacknowledged.add(messageId);
  }
  return state;
}

interface Run {
  readonly seed: number;
  /** Messages that wait. */
  readonly count: number;
  readonly limit: number;
  readonly calm?: boolean;
  readonly fetches: number;
}

/** Fetches and acknowledges as a provider does; the ids in the order of their delivery. */
function run({ seed, count, limit, calm = false, fetches }: Run) {
  const state = stateWith(count);
  const delivery = new Delivery(state, seed, calm);
  const batches: string[][] = [];
  for (let i = 0; i < fetches; i += 1) {
    const batch = delivery.fetch(limit).map((message) => message.messageId);
    batches.push(batch);
    for (const id of batch) {
      state.unacknowledged.delete(id);
      delivery.noteAcknowledged(id);
    }
  }
  return batches;
}

describe('in adversarial mode', () => {
  test('every message comes within a bounded number of fetches, none without end, and no batch exceeds its limit', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 15 }), (seed, count, limit) => {
        // Each message takes at most two places once acknowledged, and at most three fetches of lateness.
        const batches = run({ seed, count, limit, fetches: 3 * count + 8 });
        expect(new Set(batches.flat()).size).toBe(count);
        expect(batches.every((batch) => batch.length <= limit)).toBe(true);
        expect(batches.slice(-2).flat()).toEqual([]);
      }),
    );
  });

  test('the seed alone decides', () => {
    expect(run({ seed: 3, count: 10, limit: 4, fetches: 20 })).toEqual(
      run({ seed: 3, count: 10, limit: 4, fetches: 20 }),
    );
    expect(run({ seed: 3, count: 10, limit: 4, fetches: 20 })).not.toEqual(
      run({ seed: 4, count: 10, limit: 4, fetches: 20 }),
    );
  });

  test('a call never fails more than twice in a row, and does fail in both ways', () => {
    const delivery = new Delivery(emptyState(), 5, false);
    const draws = Array.from({ length: 2000 }, () => delivery.drawOutage('messages'));
    expect(new Set(draws)).toEqual(new Set(['before', 'after', null]));
    for (let i = 2; i < draws.length; i += 1) {
      expect(draws.slice(i - 2, i + 1).every((draw) => draw !== null)).toBe(false);
    }
  });
});

describe('calm', () => {
  test('everything comes once, in order', () => {
    expect(run({ seed: 3, count: 5, limit: 2, calm: true, fetches: 4 })).toEqual([
      ['msg-000001', 'msg-000002'],
      ['msg-000003', 'msg-000004'],
      ['msg-000005'],
      [],
    ]);
    expect(new Delivery(emptyState(), 5, true).drawOutage('messages')).toBeNull();
  });

  test('a message that is ordered again comes again once', () => {
    const state = stateWith(2);
    const delivery = new Delivery(state, 1, true);
    state.unacknowledged.clear();
    delivery.redeliver('msg-000001');
    expect(delivery.fetch(5).map((message) => message.messageId)).toEqual(['msg-000001']);
    expect(delivery.fetch(5)).toEqual([]);
  });
});
