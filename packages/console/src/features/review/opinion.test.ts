import type { SubjectKind } from '@openbeian/model/filing';
import { expect, test } from 'vitest';
import { type ReturnReason, reasonsFor, withObjection, withoutObjection } from './opinion.ts';

function reason(id: string, ...fields: string[]): ReturnReason {
  return { id, fields, subjectKinds: [], message: { zh: id, en: id }, remedy: { zh: id, en: id }, source: 'test' };
}

const catalogue = [
  reason('general'),
  reason('phone.unreachable', 'subject.principal', 'service.principal'),
  reason('mobile.not_own', 'subject.principal.mobile'),
  reason('site.name', 'service.name'),
];

const offered = (field: string | null, subjectKind: SubjectKind = 'government', more: ReturnReason[] = []) =>
  reasonsFor([...catalogue, ...more], { field, subjectKind });

test('a field is offered its own reasons first, then its group’s, then the general ones, and no other field’s', () => {
  expect(offered('subject.principal.mobile').map((one) => one.id)).toEqual([
    'mobile.not_own',
    'phone.unreachable',
    'general',
  ]);
  expect(offered('service.name').map((one) => one.id)).toEqual(['site.name', 'general']);
});

test('the filing as a whole may be returned for any reason, general ones first', () => {
  expect(offered(null)[0]?.id).toBe('general');
  expect(offered(null)).toHaveLength(4);
});

test.each([
  ['service.name', 'government', false],
  [null, 'government', false],
  ['service.name', 'individual', true],
  [null, 'individual', true],
] as const)('what concerns individuals is offered for theirs alone: %s, %s', (field, subjectKind, isOffered) => {
  const own: ReturnReason = { ...reason('of_individuals', 'service.name'), subjectKinds: ['individual'] };
  expect(offered(field, subjectKind, [own]).includes(own)).toBe(isOffered);
});

test('the same reason for a field is listed once; its newest comment counts', () => {
  const first = { field: 'service.name', reasonId: 'site.name', comment: 'too short' };
  const second = { ...first, comment: 'three characters at least' };
  const elsewhere = { ...first, field: 'service.remark' };
  const both = withObjection(withObjection(withObjection([], first), elsewhere), second);
  expect(both).toEqual([elsewhere, second]);
  expect(withoutObjection(both, second)).toEqual([elsewhere]);
});
