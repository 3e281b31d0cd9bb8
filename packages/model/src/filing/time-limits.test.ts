import { describe, expect, test } from 'vitest';
import { openFilingStates } from './lifecycle/states.ts';
import { nextOf, remindersBefore, remindersOf, timeLimitOf, timeLimitsShape } from './time-limits.ts';

const row = { amount: 45, unit: 'days', source: 'somewhere', asOf: '2016-09-22' } as const;
const others = { ...row, states: openFilingStates.filter((state) => state !== 'returned') };
const problems = (limits: readonly object[]) =>
  timeLimitsShape
    .safeParse(limits)
    .error?.issues.map((issue) => ('params' in issue ? issue.params?.['en'] : issue.code));

describe('time limits', () => {
  test('each waiting state has exactly one on every day', () => {
    expect(problems([{ ...row, states: openFilingStates }])).toBeUndefined();
    expect(problems([others])).toEqual(['expected exactly one limit of returned on 1970-01-01']);
    const first = { ...row, states: ['returned'], validTo: '2026-12-31' };
    const second = { ...row, states: ['returned'], amount: 30, validFrom: '2027-01-01' };
    expect(problems([others, first, second])).toBeUndefined();
    const gap = [others, first, { ...second, validFrom: '2027-01-02' }];
    expect(problems(gap)).toEqual(['expected exactly one limit of returned on 2027-01-01']);
    const overlap = [others, first, { ...second, validFrom: '2026-12-31' }];
    expect(problems(overlap)).toEqual(['expected exactly one limit of returned on 2026-12-31']);
    expect(problems([{ ...row, states: [...openFilingStates, 'filed'] }])).toEqual(['invalid_value']);
  });

  test('a state takes the limit of the day on which it begins', () => {
    const limits = timeLimitsShape.parse([
      others,
      { ...row, states: ['returned'], validTo: '2026-12-31' },
      { ...row, states: ['returned'], amount: 30, validFrom: '2027-01-01' },
    ]);
    expect(timeLimitOf(limits, 'returned', '2026-12-31')?.amount).toBe(45);
    expect(timeLimitOf(limits, 'returned', '2027-01-01')?.amount).toBe(30);
    expect(timeLimitOf(limits, 'filed', '2027-01-01')).toBeNull();
  });

  test.each([
    ['falling', 'days', [15, 7]],
    ['as long as the limit', 'days', [45]],
    ['of working days', 'working_days', [1]],
  ])('reminders that are %s are refused', (_, unit, remindAfter) => {
    const wrong = problems([{ ...row, unit, remindAfter, states: openFilingStates }]);
    expect(wrong).toEqual(['expected rising numbers below 45, and none for working days']);
  });

  test('reminders of days go out in the morning, in Shanghai; of hours to the minute', () => {
    const limit = { ...row, states: ['returned' as const], remindAfter: [7, 30] };
    // Due at the end of 2027-01-05; it began on 2026-11-21.
    expect(remindersOf(limit, '2027-01-05T16:00:00.000Z')).toEqual([
      '2026-11-28T01:00:00.000Z',
      '2026-12-21T01:00:00.000Z',
    ]);
    const sms = { ...limit, amount: 24, unit: 'hours' as const, remindAfter: [12] };
    expect(remindersOf(sms, '2026-11-22T02:34:56.000Z')).toEqual(['2026-11-21T14:34:56.000Z']);
    const before = remindersBefore('2026-12-05', [1, 7]);
    expect(before).toEqual(['2026-11-28T01:00:00.000Z', '2026-12-04T01:00:00.000Z']);
    expect(nextOf(before, '2026-11-28T01:00:00.000Z')).toBe('2026-12-04T01:00:00.000Z');
    expect(nextOf(before, '2026-12-04T01:00:00.000Z')).toBeNull();
  });
});
