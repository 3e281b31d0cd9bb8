import { type FilingState, filingStates } from '@openbeian/model/filing';
import { expect, test } from 'vitest';
import { progressOf } from './progress.ts';

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
