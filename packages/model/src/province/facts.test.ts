import { describe, expect, test } from 'vitest';
import { fictionalPerson } from '../fictional/index.ts';
import {
  holds,
  outcomeOf,
  type PersonPaths,
  peopleOf,
  provinceCondition,
  provinceFactsOf,
  provinceFileSchema,
} from './index.ts';

describe('a condition', () => {
  test.each([
    [{ fact: 'person.age', below: 18 }, { 'person.age': 17 }, true],
    [{ fact: 'person.age', below: 18 }, { 'person.age': 18 }, false],
    [{ fact: 'person.age', atLeast: 16, below: 18 }, { 'person.age': 16 }, true],
    [{ fact: 'person.age', atLeast: 16, below: 18 }, { 'person.age': 15 }, false],
    [{ fact: 'person.age', below: 18 }, {}, null],
    [{ fact: 'domain.holder', oneOf: ['subject'] }, { 'domain.holder': 'subject' }, true],
    [{ fact: 'domain.holder', noneOf: ['subject', 'principal'] }, { 'domain.holder': 'shareholder' }, true],
    [{ fact: 'domain.holder', noneOf: ['subject', 'principal'] }, { 'domain.holder': 'principal' }, false],
    [{ fact: 'record.differences', anyOf: ['name'] }, { 'record.differences': ['address', 'name'] }, true],
    [{ fact: 'record.differences', anyOf: ['name'] }, { 'record.differences': [] }, false],
    [{ fact: 'service.name', contains: ['论坛'] }, { 'service.name': '星河论坛' }, true],
    [{ fact: 'service.name', startsWith: ['中国'] }, { 'service.name': '星河中国' }, false],
    [{ fact: 'service.name', startsWith: ['中国'], contains: ['论坛'] }, { 'service.name': '中国星河' }, true],
    [{ fact: 'person.isLocal', is: false }, { 'person.isLocal': false }, true],
    [{ fact: 'person.isLocal', is: false }, {}, null],
    // Of what it may be, all or none.
    [{ fact: 'subject.form', oneOf: ['hospital'] }, { 'subject.possibleForms': ['sole_trader', 'other_unit'] }, false],
    [
      { fact: 'subject.form', oneOf: ['sole_trader'] },
      { 'subject.possibleForms': ['sole_trader', 'other_unit'] },
      null,
    ],
    [{ fact: 'subject.form', noneOf: ['hospital'] }, { 'subject.possibleForms': ['sole_trader', 'other_unit'] }, true],
    [{ fact: 'subject.form', noneOf: ['hospital'] }, { 'subject.possibleForms': ['sole_trader', 'hospital'] }, null],
  ])('%j of %j: %s', (condition, facts, expected) => {
    expect(holds(provinceCondition.parse(condition), facts)).toBe(expected);
  });

  test.each([
    [{ fact: 'person.height', below: 18 }],
    [{ fact: 'person.age' }],
    [{ fact: 'person.age', is: true }],
    [{ fact: 'domain.holder', oneOf: ['a'], noneOf: ['b'] }],
    [{ fact: 'domain.holder', oneOf: [] }],
    [{ fact: 'service.name' }],
    [{ fact: 'person.isLocal', is: 'yes' }],
  ])('%j is none', (condition) => expect(provinceCondition.safeParse(condition).success).toBe(false));
});

test('a rule is not applied while a fact is missing, unless another one rules it out', () => {
  const [rule] = provinceFileSchema.parse({
    province: '440000',
    rules: [
      {
        id: 'gd.x',
        if: [
          { fact: 'person.age', below: 18 },
          { fact: 'person.mobileIsLocal', is: false },
        ],
        effect: 'reject',
        message: { zh: '一', en: 'one' },
        remedy: { zh: '二', en: 'two' },
        asOf: '2026-01-01',
        source: ['S', 'T'],
      },
    ],
  }).rules;
  if (rule === undefined) throw new Error('the file has the rule');
  expect(rule.source).toEqual(['S', 'T']);
  expect(outcomeOf(rule, { 'person.age': 17 })).toEqual({ applies: null, missing: ['person.mobileIsLocal'] });
  expect(outcomeOf(rule, { 'person.age': 18 })).toEqual({ applies: false });
  expect(outcomeOf(rule, { 'person.age': 17, 'person.mobileIsLocal': false })).toEqual({ applies: true });
});

describe('the facts of a form', () => {
  const [one, two] = [fictionalPerson(7), fictionalPerson(8)];
  const values = {
    'subject.name': '示例市星河网络有限公司',
    'subject.certificateType': 'business_licence',
    'subject.contactAddress': '示例市市辖区星河路 1 号',
    'subject.principal.mobile': one.mobile,
    'subject.principal.emergencyMobile': two.mobile,
    'service.principal.certificateType': 'resident_id',
    'service.principal.certificateNumber': two.residentId,
    'service.principal.mobile': two.mobile,
    'service.principal.emergencyMobile': one.mobile,
    'service.name': '星河 Blog 小站',
    'service.content': 'portal',
    'service.remark': ' 说明文字 ',
  };
  const factsOf = (person: PersonPaths | undefined, given: object = values) =>
    provinceFactsOf({ ...given }, person ?? { identity: '', contact: '' }, {
      at: '2026-11-29',
      provinceCode: '440000',
      domainName: '星河.com.cn',
    });

  test('of the site, its name and the domain', () => {
    expect(factsOf(peopleOf(false)[1])).toMatchObject({
      'person.role': 'service',
      'person.sex': Number(two.residentId[16]) % 2 === 1 ? 'male' : 'female',
      'phones.distinct': 2,
      'subject.contactAddress': '示例市市辖区星河路 1 号',
      'service.nameHan': 4,
      'service.nameHasLatin': true,
      'service.nameIsSubjects': false,
      'service.remarkLength': 4,
      'service.domains': 1,
      'order.services': 1,
      'domain.label': '星河',
      'domain.suffix': 'com.cn',
      'domain.topLevel': 'cn',
    });
  });

  test('a fact that the form does not give is not there', () => {
    const facts = factsOf(peopleOf(true)[0], {});
    expect(facts['person.role']).toBe('both');
    const given = Object.entries(facts).flatMap(([key, fact]) => (fact === undefined ? [] : [key]));
    const always = ['person.role', 'order.services', 'service.domains', 'service.remarkLength'];
    expect(given.toSorted()).toEqual([...always, 'domain.label', 'domain.suffix', 'domain.topLevel'].toSorted());
  });
});
