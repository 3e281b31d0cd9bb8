import { type FilingState, filingStates } from '@openbeian/model/filing';
import { expect, test } from 'vitest';
import { isSmsToCome, progressOf } from './progress.ts';

const states = Object.keys(filingStates) as FilingState[];

test('every state belongs to exactly one stage, with what is before it done and what is after it waiting', () => {
  for (const state of states.filter((one) => one !== 'abandoned')) {
    const shape = progressOf(state)
      .map(({ status }) => ({ done: 'd', current: 'c', problem: 'p', waiting: 'w', ended: 'e' })[status])
      .join('');
    expect(shape, state).toMatch(state === 'filed' ? /^d{6}$/ : /^d*[cp]w*$/);
  }
  expect(progressOf('abandoned').every(({ status }) => status === 'ended')).toBe(true);
});

test('what came back is shown as a problem, and only that', () => {
  const troubled = states.filter((state) => progressOf(state).some(({ status }) => status === 'problem'));
  expect(troubled).toEqual(['returned', 'sms_failed', 'rejected']);
});

test('an SMS is said to be sent when somebody was sent one, not as soon as the filing was handed over', () => {
  const nobody = { people: [{ state: null }, { state: null }] };
  expect(isSmsToCome('awaiting_sms', nobody)).toBe(true);
  expect(isSmsToCome('awaiting_sms', { people: [{ state: 'sent' }, { state: null }] })).toBe(false);
  expect(isSmsToCome('sms_failed', nobody)).toBe(false);
  expect(isSmsToCome('awaiting_sms', null)).toBe(false);
});
