import { expect, test } from 'vitest';
import { siteMeanwhileOf, siteMeanwhileShape } from './site-meanwhile.ts';

const row = { services: ['website', 'app'], source: 'somewhere', asOf: null } as const;
const whole = [
  { ...row, site: 'closed', answer: 'closed' },
  { ...row, site: 'open_after_review', answer: 'open_after_review' },
  { ...row, site: 'open', answer: 'open' },
] as const;
const isTaken = (rows: readonly object[]) => siteMeanwhileShape.safeParse(rows).success;

test('there is one answer for each type, service and province', () => {
  expect(isTaken(whole)).toBe(true);
  expect(isTaken(whole.slice(1))).toBe(false);
  const henan = { ...row, site: 'closed', provinces: ['410000'], answer: 'unresolved' } as const;
  expect(isTaken([...whole, henan])).toBe(true);
  expect(isTaken([...whole, henan, henan])).toBe(false);
  expect(isTaken([...whole, whole[0]])).toBe(false);
  const rows = siteMeanwhileShape.parse([...whole, { ...henan, services: ['website'] }]);
  const answerOf = (kind: 'first' | 'change_site' | 'access', provinceCode: string, serviceKind: 'website' | 'app') =>
    siteMeanwhileOf(rows, { kind, provinceCode, serviceKind })?.answer;
  expect(answerOf('first', '410000', 'website')).toBe('unresolved');
  expect(answerOf('first', '410000', 'app')).toBe('closed');
  expect(answerOf('first', '440000', 'website')).toBe('closed');
  expect(answerOf('access', '410000', 'website')).toBe('open_after_review');
  expect(answerOf('change_site', '410000', 'website')).toBe('open');
  expect(siteMeanwhileOf(rows, { kind: 'first', provinceCode: '410000', serviceKind: 'mini_program' })).toBeNull();
});
