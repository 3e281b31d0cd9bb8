import { expect, test } from 'vitest';
import type { Resource } from '../../api/shapes.ts';
import { passesUntil } from './passes-until.ts';

type Outcome = Resource['check']['file']['outcome'];

function checked(file: Outcome, issue: Outcome, goodUntil: string | null): Pick<Resource, 'check'> {
  const decision = (outcome: Outcome) => ({ outcome, reasons: [], quota: null });
  const head = { resource: 'ins-1', provider: 'tencent', product: 'cvm', policy: null, goodUntil };
  return { check: { ...head, file: decision(file), issue: decision(issue) } };
}

test('a resource passes until its day while it qualifies for something; what does not qualify now has no such day', () => {
  expect(passesUntil(checked('eligible', 'ineligible', '2026-12-21'))).toBe('2026-12-21');
  expect(passesUntil(checked('ineligible', 'eligible', '2026-12-21'))).toBe('2026-12-21');
  expect(passesUntil(checked('eligible', 'eligible', null))).toBeNull();
  expect(passesUntil(checked('ineligible', 'not_applicable', '2026-12-01'))).toBeNull();
});
