import { expect, test } from 'vitest';
import { type ReturnReason, reasonsFor, withObjection, withoutObjection } from './opinion.ts';

function reason(id: string, ...fields: string[]): ReturnReason {
  return { id, fields, message: { zh: id, en: id }, remedy: { zh: id, en: id }, source: 'test' };
}

const catalogue = [
  reason('general'),
  reason('phone.unreachable', 'subject.principal', 'service.principal'),
  reason('mobile.not_own', 'subject.principal.mobile'),
  reason('site.name', 'service.name'),
];

test('a field is offered its own reasons first, then its group’s, then the general ones, and no other field’s', () => {
  expect(reasonsFor(catalogue, 'subject.principal.mobile').map((one) => one.id)).toEqual([
    'mobile.not_own',
    'phone.unreachable',
    'general',
  ]);
  expect(reasonsFor(catalogue, 'service.name').map((one) => one.id)).toEqual(['site.name', 'general']);
});

test('the filing as a whole may be returned for any reason, general ones first', () => {
  expect(reasonsFor(catalogue, null)[0]?.id).toBe('general');
  expect(reasonsFor(catalogue, null)).toHaveLength(4);
});

test('the same reason for a field is listed once; its newest comment counts', () => {
  const first = { field: 'service.name', reasonId: 'site.name', comment: 'too short' };
  const second = { ...first, comment: 'three characters at least' };
  const elsewhere = { ...first, field: 'service.remark' };
  const both = withObjection(withObjection(withObjection([], first), elsewhere), second);
  expect(both).toEqual([elsewhere, second]);
  expect(withoutObjection(both, second)).toEqual([elsewhere]);
});
