import { expect, test } from 'vitest';
import { isCarriedAlong } from './carried-along.ts';
import { neededMaterials } from './needed-materials.ts';

const company = {
  'subject.name': '示例科技有限公司',
  'subject.certificateType': 'business_licence',
  'subject.certificateNumber': '91440300MA5EXAMPLE',
  'subject.certificateValidFrom': '2020-01-01',
  'subject.certificateValidTo': 'long_term',
  'subject.principal.name': '张三',
  'subject.principal.certificateType': 'resident_id',
  'subject.principal.certificateNumber': '11010519491231002X',
  'subject.principal.certificateValidTo': '2027-01-31',
};
const carried = (to: object, { from = company, at = '2026-11-21', minDaysLeft = 30 } = {}) => {
  const values = { ...company, ...to };
  const places = neededMaterials(values, { kind: 'first', subjectKind: 'enterprise', serviceKind: 'website' });
  return places
    .filter((place) => isCarriedAlong(place, { from, to: values, at, minDaysLeft }))
    .map(({ field }) => field);
};
const principal = ['materials.subject_principal_id.front', 'materials.subject_principal_id.back'];

test('what shows the same organiser and people goes along; letters, pledges and what is of the name does not', () => {
  expect(carried({})).toEqual(['materials.subject_certificate.whole', ...principal]);
});

test.each([
  ['another number', { 'subject.certificateNumber': '91440300MA5ANOTHER' }, principal],
  ['another name', { 'subject.name': '更名科技有限公司' }, principal],
  ['another certificate', { 'subject.principal.certificateType': 'passport' }, ['materials.subject_certificate.whole']],
  ['a renewed one', { 'subject.principal.certificateValidTo': '2037-01-31' }, ['materials.subject_certificate.whole']],
  ['nothing filled in', { 'subject.certificateNumber': '' }, principal],
])('not by %s', (_what, to, left) => {
  expect(carried(to)).toEqual(left);
});

test('a certificate that is not valid long enough any more does not go along', () => {
  expect(carried({}, { at: '2027-01-01' })).toEqual(['materials.subject_certificate.whole', ...principal]);
  expect(carried({}, { at: '2027-01-02' })).toEqual(['materials.subject_certificate.whole']);
});

test('an individual is the principal; a proof of residence goes along where the certificate does', () => {
  const values = {
    'subject.name': '张三',
    'subject.certificateType': 'resident_id',
    'subject.certificateNumber': '11010519491231002X',
    'subject.residenceProof': 'permit',
  };
  const places = neededMaterials(values, { kind: 'first', subjectKind: 'individual', serviceKind: 'website' });
  const fields = (from: object) =>
    places
      .filter((place) =>
        isCarriedAlong(place, { from: { ...values, ...from }, to: values, at: '2026-11-21', minDaysLeft: 0 }),
      )
      .map(({ field }) => field);
  expect(fields({})).toEqual([...principal, 'materials.residence_proof.whole']);
  expect(fields({ 'subject.residenceProof': 'property' })).toEqual(principal);
});
