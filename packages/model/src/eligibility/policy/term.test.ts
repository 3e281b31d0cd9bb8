import { addDays } from '@openbeian/model/calendar';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateNumberOf, earliestEnd, enoughLater, fits } from './term.ts';

const day = fc
  .date({ min: new Date('1999-12-01T00:00:00Z'), max: new Date('2030-03-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const term = fc.record({
  period: fc.record({ months: fc.nat(40), days: fc.constantFrom(0, 0, 1, 27, 28, 29, 30, 31, 90, 365) }),
  strict: fc.boolean(),
});

test('a term fits by the numbers of the dates exactly where it fits on the calendar', () => {
  fc.assert(
    fc.property(day, term, fc.constantFrom(-400, -31, -2, -1, 0, 1, 2, 31, 400), (start, asked, distance) => {
      const due = earliestEnd(start, asked);
      const end = addDays(due, distance);
      expect(fits(start, end, asked)).toBe(end >= due);
    }),
    { numRuns: 3000 },
  );
});

test('dates that are said to lie far enough apart do fit the term, on whatever day it starts', () => {
  fc.assert(
    fc.property(day, term, fc.constantFrom(0, 1, 2, 31), (start, asked, later) => {
      const whole = enoughLater(asked) / 10_000;
      const end = addDays(earliestEnd(start, { period: { months: whole * 12, days: 0 }, strict: false }), later);
      fc.pre(dateNumberOf(end) - dateNumberOf(start) >= enoughLater(asked));
      expect(fits(start, end, asked)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
