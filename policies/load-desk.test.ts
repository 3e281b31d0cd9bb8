import { fileURLToPath } from 'node:url';
import {
  type AuthorityKind,
  authorityKinds,
  conflictCodes,
  conflictFactsShape,
  conflictsIn,
  standingOf,
  timeLimitOf,
} from '@openbeian/model/filing';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadDesk } from './load-desk.ts';
import { readTable } from './read-table.ts';

const { sideBySide, subjectLimits, timeLimits } = loadDesk();
const variant = (id: string) => {
  const found = sideBySide.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no variant ${id}`);
  return found;
};

/** May the two be open at once? Asked from both sides. */
function standBeside(id: string, one: AuthorityKind, other: AuthorityKind): boolean {
  const may = !standingOf(variant(id), one).excludes.includes(other);
  expect(standingOf(variant(id), other).excludes.includes(one)).toBe(!may);
  return may;
}

test('with one order per organiser nothing is open beside anything', () => {
  for (const one of authorityKinds) {
    expect(standingOf(variant('one_per_subject'), one).slot).toBe('any_filing');
    for (const other of authorityKinds) expect(standBeside('one_per_subject', one, other)).toBe(false);
  }
});

/** The carrier's table as it is published, by hand: what may be open together. */
const together: readonly (readonly [AuthorityKind, AuthorityKind])[] = [
  ['add_site_here', 'access'],
  ['add_site_here', 'change_site'],
  ['add_site_here', 'cancel_site'],
  ['add_site_here', 'cancel_access'],
  ['access', 'access'],
  ['access', 'change_filing'],
  ['access', 'cancel_site'],
  ['access', 'cancel_access'],
  ['cancel_site', 'cancel_site'],
  ['cancel_site', 'cancel_access'],
];
const apart: readonly (readonly [AuthorityKind, AuthorityKind])[] = [
  ['first', 'access'],
  ['first', 'first'],
  ['cancel_subject', 'cancel_site'],
  ['cancel_subject', 'access'],
  ['add_site_here', 'add_site_here'],
  ['add_site_here', 'first'],
  ['change_filing', 'change_site'],
  ['change_filing', 'cancel_site'],
  ['change_site', 'correction'],
  ['change_site', 'cancel_access'],
];

test.each(together)('a carrier lets %s and %s stand side by side', (one, other) => {
  expect(standBeside('carrier_matrix', one, other)).toBe(true);
});
test.each(apart)('a carrier keeps %s and %s apart', (one, other) => {
  expect(standBeside('carrier_matrix', one, other)).toBe(false);
});

test('what waits for its customer is reminded of on the days that the source names', () => {
  for (const state of ['returned', 'sms_failed', 'rejected'] as const) {
    const limit = timeLimitOf(timeLimits, state, '2026-11-21');
    expect(limit).toMatchObject({ amount: 45, unit: 'days', remindAfter: [7, 15, 30], asOf: '2016-09-22' });
  }
  expect(timeLimitOf(timeLimits, 'awaiting_sms', '2026-11-21')).toMatchObject({ amount: 24, unit: 'hours' });
});

test('the limit of ten accesses per organiser is the source’s', () => {
  expect(subjectLimits.find(({ provider }) => provider === 'tencent')).toMatchObject({ accesses: 10 });
});

const casesFile = fileURLToPath(new URL('./conflicts.cases.yaml', import.meta.url));
const { cases } = readTable(
  casesFile,
  z.strictObject({
    cases: z.array(
      z.strictObject({
        name: z.string(),
        facts: conflictFactsShape,
        found: z.array(z.enum(conflictCodes)),
        blocks: z.boolean(),
        /** Words of the first conflict's way out. */
        remedy: z.string().optional(),
      }),
    ),
  }),
);

describe('conflicts', () => {
  test.each(cases)('$name', ({ facts, found, blocks, remedy }) => {
    const conflicts = conflictsIn(facts);
    expect(conflicts.map(({ code }) => code)).toEqual(found);
    expect(conflicts.some((one) => one.blocks)).toBe(blocks);
    expect(remedy === undefined).toBe(found.length === 0);
    if (remedy !== undefined) expect(conflicts[0]?.remedy.zh).toContain(remedy);
  });

  test('each has a case', () => {
    const seen = new Set(cases.flatMap(({ found }) => found));
    expect([...seen].sort()).toEqual([...conflictCodes].sort());
  });
});
