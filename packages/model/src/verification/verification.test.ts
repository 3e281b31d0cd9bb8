import { loadVerificationRules } from '@openbeian/policies/verification';
import { describe, expect, test } from 'vitest';
import {
  findVerification,
  personsToVerify,
  standOf,
  type VerificationTry,
  verificationNameAt,
  verificationReasonIds,
  verificationReasons,
  verificationRulesOn,
  verifiedText,
} from './index.ts';

const rules = verificationRulesOn(loadVerificationRules(), '2026-11-21');
const [li, wang] = ['44010619900101001X', '440106198502020026'];
const company = {
  'subject.certificateType': 'business_licence',
  'subject.principal.name': '李四',
  'subject.principal.certificateType': 'resident_id',
  'subject.principal.certificateNumber': li,
  'service.principal.isSubjects': 'no',
  'service.principal.name': '王五',
  'service.principal.certificateType': 'resident_id',
  'service.principal.certificateNumber': wang,
};
const ask = (values: object, kind = 'first', subjectKind = 'enterprise', onRecord: object | null = null) =>
  personsToVerify(
    { ...company, ...values },
    // Of the table of cases.
    { kind, subjectKind } as Parameters<typeof personsToVerify>[1],
    { rules, onRecord: onRecord as Parameters<typeof personsToVerify>[2]['onRecord'] },
  );

describe('who is verified', () => {
  test.each([
    ['the person in charge of the service', {}, 'first', [['service_principal', '王五']]],
    [
      'who is the organiser’s too',
      { 'service.principal.isSubjects': 'yes' },
      'access',
      [['service_principal', '李四']],
    ],
    ['nobody to cancel', {}, 'cancel_site', []],
    ['nobody whom the form does not name yet', { 'service.principal.name': ' ' }, 'first', []],
    [
      'of a change, who is new: both here',
      {},
      'correction',
      [
        ['service_principal', '王五'],
        ['subject_principal', '李四'],
      ],
    ],
    ['of a change of the organiser, its own', {}, 'change_filing', [['subject_principal', '李四']]],
  ])('%s', (_, values, kind, expected) => {
    expect(ask(values, kind).map(({ role, name }) => [role, name])).toEqual(expected);
  });

  test('of a change only who is in charge of nothing yet, by the certificate', () => {
    expect(ask({}, 'correction', 'enterprise', company)).toEqual([]);
    const before = { ...company, 'service.principal.certificateNumber': '440106197703030031' };
    expect(ask({}, 'change_site', 'enterprise', before).map(({ role }) => role)).toEqual(['service_principal']);
    // Whoever is in charge of the organiser already may take over the service.
    const swapped = { 'service.principal.isSubjects': 'yes' };
    expect(ask(swapped, 'change_site', 'enterprise', before)).toEqual([]);
  });

  test('with another name or telephone and the same certificate is nobody new; without a number, name and mobile say who it is', () => {
    const renamed = { 'service.principal.name': '王五五', 'service.principal.mobile': '13900000001' };
    expect(ask(renamed, 'change_site', 'enterprise', company)).toEqual([]);
    const mobile = { 'service.principal.mobile': '13900000001' };
    const { 'service.principal.certificateNumber': _, ...unnumbered } = { ...company, ...mobile };
    expect(ask(mobile, 'change_site', 'enterprise', unnumbered)).toEqual([]);
    const other = { 'service.principal.mobile': '13900000002' };
    expect(ask(other, 'change_site', 'enterprise', unnumbered).map(({ name }) => name)).toEqual(['王五']);
    expect(ask({ ...mobile, 'service.principal.name': '王六' }, 'change_site', 'enterprise', unnumbered)).toHaveLength(
      1,
    );
    // Nothing is concluded from what neither says.
    const { 'service.principal.mobile': __, ...nameless } = unnumbered;
    expect(ask({}, 'change_site', 'enterprise', nameless)).toHaveLength(1);
  });

  test('an individual once, by their own certificate', () => {
    const values = {
      'subject.name': '李四',
      'subject.certificateType': 'resident_id',
      'subject.certificateNumber': li,
    };
    expect(ask(values, 'first', 'individual')).toMatchObject([{ name: '李四', way: 'electronic', fallback: 'sheet' }]);
  });
});

test.each([
  ['business_licence', 'resident_id', 'electronic', 'sheet'],
  ['institution_legal_person', 'resident_id', 'electronic', 'sheet'],
  ['law_firm_licence', 'resident_id', 'electronic', 'sheet'],
  ['foreign_office', 'resident_id', 'sheet', 'sheet'],
  ['business_licence', 'hk_macau_residence', 'sheet', 'sheet'],
  ['business_licence', 'passport', 'in_person', 'in_person'],
  ['medical_licence', 'foreigner_permanent_residence', 'in_person', 'in_person'],
])('an organiser with %s and a person with %s: %s, or else %s', (subject, person, way, fallback) => {
  const values = { 'subject.certificateType': subject, 'service.principal.certificateType': person };
  expect(ask(values)).toMatchObject([{ way, fallback, source: 'WX-VERIFICATION', asOf: '2025-01-24' }]);
});

test('it is bound to filing, name and certificate', () => {
  const person = { name: '王五', certificateType: 'resident_id', certificateNumber: wang };
  const texts = [
    verifiedText('fil_1', person),
    verifiedText('fil_2', person),
    verifiedText('fil_1', { ...person, name: '王六' }),
    verifiedText('fil_1', { ...person, certificateType: 'passport' }),
    verifiedText('fil_1', { ...person, certificateNumber: li }),
  ];
  expect(new Set(texts).size).toBe(texts.length);
});

describe('the standing of somebody', () => {
  const at = '2026-11-21T10:00:00.000Z';
  const one = (more: Partial<VerificationTry>): VerificationTry => ({
    way: 'electronic',
    state: 'waiting',
    startedAt: '2026-11-21T08:00:00.000Z',
    linkUntil: '2026-11-21T12:00:00.000Z',
    resultAt: null,
    validUntil: null,
    reason: null,
    ...more,
  });
  const passed = {
    state: 'passed',
    resultAt: '2026-11-21T08:10:00.000Z',
    validUntil: '2026-11-24T08:10:00.000Z',
  } as const;
  const failed = { state: 'failed', resultAt: '2026-11-21T09:00:00.000Z', reason: 'no_face' } as const;
  test.each([
    ['nothing was tried', [], 'not_started'],
    ['a link that is good', [{}], 'waiting'],
    ['one that is over', [{ linkUntil: at }], 'link_expired'],
    ['a pass', [passed], 'passed'],
    ['a pass until now', [{ ...passed, validUntil: at }], 'expired'],
    ['a newer failure', [passed, failed], 'failed'],
    ['an older failure, told later', [{ ...failed, resultAt: '2026-11-21T08:00:00.000Z' }, passed], 'passed'],
    ['a failure and a new link', [failed, {}], 'waiting'],
    ['a pass that counts and a new link', [passed, {}], 'passed'],
    ['a failure and a link that is over', [failed, { linkUntil: at }], 'failed'],
  ] as const)('%s', (_, tries, state) => {
    expect(standOf(tries.map(one), { wasOther: false, at }).state).toBe(state);
  });

  test('somebody else was verified before: it must be done again', () => {
    expect(standOf([], { wasOther: true, at })).toEqual({ state: 'changed', by: null });
    expect(standOf([one(passed)], { wasOther: true, at }).state).toBe('passed');
  });

  test('a finding for everything but a pass, with its field, remedy, source and day', () => {
    const [person] = ask({});
    if (person === undefined) throw new Error('there is one');
    expect(findVerification(person, { state: 'passed', by: one(passed) })).toBeNull();
    expect(findVerification(person, { state: 'failed', by: one(failed) })).toMatchObject({
      field: 'verification.service_principal',
      rule: 'verification.failed',
      message: { zh: '核验未通过：未检测到完整人脸' },
      remedy: verificationReasons.no_face.remedy,
      source: 'WX-VERIFICATION',
      asOf: '2025-01-24',
      from: 'pre_check',
    });
    for (const state of ['not_started', 'waiting', 'link_expired', 'expired', 'changed'] as const) {
      const found = findVerification(person, { state, by: null });
      expect(found).toMatchObject({ rule: `verification.${state}`, remedy: { zh: expect.any(String) } });
    }
  });

  test('every reason says what to do, and every place has a name', () => {
    for (const reason of verificationReasonIds) expect(verificationReasons[reason].remedy.zh).toMatch(/。$/);
    expect(verificationNameAt('verification.legal_representative')?.zh).toBe('核验：法定代表人');
    expect(verificationNameAt('service.name')).toBeNull();
  });
});

test('rules are dated: the last that began is in force, and before the first that one', () => {
  const next = { ...rules, validFrom: '2027-01-01' };
  expect(verificationRulesOn([next, rules], '2026-12-31')).toBe(rules);
  expect(verificationRulesOn([next, rules], '2027-01-01')).toBe(next);
  expect(verificationRulesOn([next, rules], '2001-01-01')).toBe(rules);
  expect(() => verificationRulesOn([], '2026-12-31')).toThrow(RangeError);
});
