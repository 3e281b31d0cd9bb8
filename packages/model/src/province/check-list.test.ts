import { describe, expect, test } from 'vitest';
import {
  checkListFor,
  type ProvinceFile,
  type ProvinceQuestion,
  preparationsFor,
  provinceFileSchema,
} from './index.ts';

const row = { message: { zh: '一', en: 'one' }, remedy: { zh: '二', en: 'two' }, asOf: '2026-01-01', source: 'S' };
const fileOf = (province: string | null, ...rules: object[]): ProvinceFile =>
  provinceFileSchema.parse({ province, rules: rules.map((rule) => ({ ...row, ...rule })) });

const files = [
  fileOf(
    null,
    { id: 'base.age', topic: 'age', if: [{ fact: 'person.age', below: 18 }], effect: 'reject' },
    { id: 'base.paper', topic: 'material', effect: 'require_material' },
  ),
  fileOf(
    '440000',
    { id: 'gd.waiting', topic: 'waiting', effect: 'advise' },
    { id: 'gd.seal', topic: 'subject', effect: 'human', if: [{ fact: 'subject.form', oneOf: ['sole_trader'] }] },
    {
      id: 'gd.head',
      topic: 'principal',
      subjects: ['organisations'],
      if: [{ fact: 'subject.principalIsLegalRepresentative', is: false }],
      effect: 'reject',
    },
    { id: 'gd.remark', topic: 'remark', subjects: ['individual'], effect: 'require_remark' },
    { id: 'gd.moved', topic: 'change', kinds: ['change_filing'], effect: 'conditional' },
    { id: 'gd.plan', topic: 'count', if: [{ fact: 'subject.services', atLeast: 6 }], effect: 'require_material' },
    { id: 'gd.app', topic: 'content', services: ['app'], effect: 'human' },
    { id: 'gd.old_paper', topic: 'material', effect: 'require_material' },
    { id: 'gd.paper', topic: 'material', effect: 'require_material', supersedes: ['base.paper', 'gd.old_paper'] },
  ),
  fileOf('110000', { id: 'bj.seal', effect: 'human' }),
];

const question: ProvinceQuestion = {
  provinceCode: '440000',
  subjectKind: 'enterprise',
  kind: 'first',
  serviceKind: 'website',
  at: '2026-11-29',
};
const listed = (of: object, ...people: object[]) =>
  checkListFor(files, { ...question, ...of }, people).map(({ rule, because, missing }) =>
    [rule.id, because, ...missing].join(' '),
  );

describe('the check list of a filing', () => {
  test('what people must look at, what the form does not say, and what is on paper, by topic', () => {
    expect(listed({}, { 'person.age': 30 })).toEqual([
      'gd.seal human subject.form',
      'gd.head fact_missing subject.principalIsLegalRepresentative',
      'gd.paper to_be_seen',
      'gd.plan fact_missing subject.services',
    ]);
  });

  test('a rule is listed while any person may be meant, and once', () => {
    const grown = { 'person.age': 30, 'subject.form': 'other', 'subject.services': 1 };
    const head = { 'subject.principalIsLegalRepresentative': true };
    expect(listed({}, { ...grown, ...head }, { ...grown, ...head })).toEqual(['gd.paper to_be_seen']);
    expect(listed({}, grown, { ...head, ...grown, 'person.age': undefined })).toEqual([
      'gd.head fact_missing subject.principalIsLegalRepresentative',
      'base.age fact_missing person.age',
      'gd.paper to_be_seen',
    ]);
  });

  test('what the pre-check refuses is a finding, not something to look at', () => {
    const known = { 'person.age': 17, 'subject.form': 'other', 'subject.services': 1 };
    expect(listed({}, { ...known, 'subject.principalIsLegalRepresentative': false })).toEqual(['gd.paper to_be_seen']);
  });

  test('organisers, kinds of filing and services have their own', () => {
    const known = { 'person.age': 30, 'subject.form': 'other', 'subject.services': 1 };
    expect(listed({ subjectKind: 'individual' }, known)).toEqual(['gd.paper to_be_seen', 'gd.remark to_be_seen']);
    expect(listed({ serviceKind: 'app', kind: 'change_filing', subjectKind: 'individual' }, known)).toEqual([
      'gd.app human',
      'gd.paper to_be_seen',
      'gd.remark to_be_seen',
      'gd.moved to_be_seen',
    ]);
    expect(listed({ kind: 'cancel_site' }, known)).toEqual([]);
  });
});

describe('what a customer will need', () => {
  const needed = (of: object) =>
    preparationsFor(files, {
      subjectKind: 'enterprise',
      province: '440000',
      kind: 'first',
      at: '2026-11-29',
      ...of,
    }).map(({ rule, always }) => `${rule.id}${always ? '' : ' ?'}`);

  test('every rule but those for reviewers, by topic, with those that hold on a condition marked', () => {
    expect(needed({})).toEqual(['gd.head ?', 'base.age ?', 'gd.paper', 'gd.plan ?', 'gd.waiting']);
    expect(needed({ subjectKind: 'individual' })).toEqual([
      'base.age ?',
      'gd.paper',
      'gd.remark',
      'gd.plan ?',
      'gd.waiting',
    ]);
  });

  test('of another kind and another province', () => {
    expect(needed({ kind: 'change_filing' })).toContain('gd.moved');
    expect(needed({ kind: 'cancel_site' })).toEqual([]);
    expect(needed({ province: '110000' })).toEqual(['base.age ?', 'base.paper']);
  });
});
