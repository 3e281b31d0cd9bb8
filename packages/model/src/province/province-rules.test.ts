import { loadCodeTables } from '@openbeian/policies/code-tables';
import { describe, expect, test } from 'vitest';
import { fictionalPerson } from '../fictional/index.ts';
import { checkForm, isSubmittable } from '../forms/index.ts';
import { type ProvinceFile, peopleOf, provinceFactsOf, provinceFileSchema, provinceRulesFor } from './index.ts';

const row = { message: { zh: '一', en: 'one' }, remedy: { zh: '二', en: 'two' }, asOf: '2026-01-01', source: 'S' };
const fileOf = (province: string | null, ...rules: object[]): ProvinceFile =>
  provinceFileSchema.parse({ province, rules: rules.map((rule) => ({ ...row, ...rule })) });
const formTables = { tables: loadCodeTables(), divisions: new Map() };
const underAge = (years: number) => [{ fact: 'person.age', below: years }];

const files = [
  fileOf(null, { id: 'base.age', if: underAge(200), effect: 'reject' }),
  fileOf('440000', { id: 'gd.remark', effect: 'require_field', field: 'service.remark' }),
  fileOf('360000', {
    id: 'jx.age',
    subjects: ['individual'],
    if: underAge(1),
    effect: 'reject',
    supersedes: ['base.age'],
  }),
  fileOf('120000', { id: 'tj.mobile', if: underAge(200), effect: 'advise', field: 'subject.principal.mobile' }),
];

const [person, other] = [fictionalPerson(7), fictionalPerson(8)];
const identity = (at: string, one = person) => ({
  [`${at}.certificateType`]: 'resident_id',
  [`${at}.certificateNumber`]: one.residentId,
});

describe('the form check', () => {
  const find = (provinceCode: string, subjectKind: 'individual' | 'enterprise', more: object = {}) => {
    const context = { kind: 'first', serviceKind: 'website', domainName: 'example.cn', at: '2026-11-21' } as const;
    const values = {
      ...identity('subject'),
      ...identity('subject.principal'),
      ...identity('service.principal', other),
      ...more,
    };
    const found = checkForm(values, {
      ...context,
      provinceCode,
      subjectKind,
      ...formTables,
      limits: null,
      provinceRules: files,
    });
    return found.filter(({ rule }) => /^(base|gd|jx|tj)\./.test(rule));
  };
  const shown = (findings: ReturnType<typeof find>) =>
    findings.map(({ field, rule, from }) => `${field} ${rule} ${from}`);

  test('holds everybody to what holds everywhere, at the field of the fact, with source and day', () => {
    expect(find('510000', 'individual')).toEqual([
      {
        field: 'subject.certificateNumber',
        rule: 'base.age',
        message: row.message,
        remedy: row.remedy,
        source: 'S',
        asOf: '2026-01-01',
        from: 'pre_check',
      },
    ]);
    expect(shown(find('510000', 'enterprise'))).toEqual([
      'subject.principal.certificateNumber base.age pre_check',
      'service.principal.certificateNumber base.age pre_check',
    ]);
  });

  test('a province’s own rules come with it; a field that is required is asked for while it is empty', () => {
    expect(shown(find('440000', 'individual'))).toContain('service.remark gd.remark pre_check');
    expect(shown(find('440000', 'individual', { 'service.remark': '说明' })).join()).not.toContain('gd.remark');
    expect(shown(find('510000', 'individual')).join()).not.toContain('gd.');
  });

  test('what a rule supersedes does not hold for its subjects, and holds for the others', () => {
    expect(find('360000', 'individual')).toEqual([]);
    expect(shown(find('360000', 'enterprise'))[0]).toContain('base.age');
  });

  test('a remark that is asked for is missing while it is empty; what it says is for people', () => {
    const remark = { id: 'sd.remark', effect: 'require_remark' };
    const local = { fact: 'person.mobileIsLocal', is: false };
    const more = [
      fileOf(
        '370000',
        remark,
        { id: 'sd.other', if: [{ fact: 'service.content', oneOf: ['other'] }], effect: 'require_remark' },
        { id: 'sd.mobile', if: [local], effect: 'reject', field: 'subject.principal.mobile' },
        { id: 'sd.elsewhere', if: [local], effect: 'reject' },
        { id: 'sd.look', effect: 'human', field: 'service.name' },
        { id: 'sd.paper', effect: 'require_material' },
      ),
    ];
    const context = { kind: 'first', serviceKind: 'website', domainName: 'example.cn', at: '2026-11-21' } as const;
    const check = (values: object) =>
      shown(
        checkForm(
          { ...identity('subject'), ...values },
          {
            ...context,
            provinceCode: '370000',
            subjectKind: 'individual',
            ...formTables,
            limits: null,
            provinceRules: more,
          },
        ).filter(({ rule }) => rule.startsWith('sd.')),
      );
    // Where the form cannot say, a rule that names its field is shown there as advice; others are for the check list.
    expect(check({})).toEqual(['subject.principal.mobile sd.mobile advice', 'service.remark sd.remark pre_check']);
    expect(check({ 'service.content': 'other' })).toContain('service.remark sd.other pre_check');
    expect(check({ 'service.remark': '说明' })).toEqual(['subject.principal.mobile sd.mobile advice']);
  });

  test('a rule about words says which it found', () => {
    const words = { fact: 'service.name', contains: ['购', '购物', '论坛'] };
    const rules = [fileOf('440000', { id: 'gd.words', if: [words], effect: 'reject' })];
    const context = { kind: 'first', serviceKind: 'website', domainName: 'example.cn', at: '2026-11-21' } as const;
    const messagesOf = (name: string) =>
      checkForm(
        { 'service.name': name },
        {
          ...context,
          provinceCode: '440000',
          subjectKind: 'enterprise',
          ...formTables,
          limits: null,
          provinceRules: rules,
        },
      ).flatMap(({ rule, field, message }) => (rule === 'gd.words' ? [`${field} ${message.zh} ${message.en}`] : []));
    expect(messagesOf('星河购物论坛')).toEqual(['service.name 一：“购物”、“论坛” one: “购物”, “论坛”']);
    expect(messagesOf('星河小记')).toEqual([]);
  });

  test('advice keeps nobody from submitting', () => {
    const advice = find('120000', 'individual').filter(({ from }) => from === 'advice');
    expect(shown(advice)).toEqual(['subject.principal.mobile tj.mobile advice']);
    expect(isSubmittable(advice)).toBe(true);
    expect(isSubmittable(find('120000', 'individual'))).toBe(false);
  });
});

describe('a rule of some days', () => {
  const dated = (id: string, more: object) => ({ id, if: underAge(200), effect: 'reject', ...more });
  const some = [
    fileOf(null, dated('base.age', {}), dated('base.later', { validFrom: '2026-03-01' })),
    fileOf(
      '440000',
      dated('gd.age', { validTo: '2025-12-31' }),
      dated('gd.age', { validFrom: '2026-01-01', validTo: '2026-06-30', supersedes: ['base.age'] }),
    ),
  ];
  test.each([
    ['2025-12-31', ['base.age', 'gd.age']],
    ['2026-01-01', ['gd.age']],
    ['2026-03-01', ['base.later', 'gd.age']],
    ['2026-06-30', ['base.later', 'gd.age']],
    ['2026-07-01', ['base.age', 'base.later']],
  ])('on %s these are in force: %j; one that is not supersedes nothing', (at, ids) => {
    const question = { provinceCode: '440000', subjectKind: 'individual', at } as const;
    expect(provinceRulesFor(some, question).map(({ id }) => id)).toEqual(ids);
    const context = { ...question, kind: 'first', serviceKind: 'website', domainName: 'example.cn' } as const;
    const found = checkForm(identity('subject'), { ...context, ...formTables, limits: null, provinceRules: some });
    expect(found.flatMap(({ rule }) => (/^(base|gd)\./.test(rule) ? [rule] : []))).toEqual(ids);
  });

  test('ends no earlier than it begins', () => {
    const shape = (validFrom: string, validTo: string) =>
      provinceFileSchema.safeParse({
        province: null,
        rules: [{ ...row, ...dated('base.age', { validFrom, validTo }) }],
      });
    expect(shape('2026-01-01', '2026-01-01').success).toBe(true);
    expect(shape('2026-01-01', '2025-12-31').error?.issues[0]?.path).toEqual(['rules', 0, 'validTo']);
    expect(shape('2026-02-30', '2026-12-31').success).toBe(false);
  });
});

describe('the facts of a form', () => {
  const [who] = peopleOf(true);
  const factsOf = (values: object, provinceCode = person.residentId.slice(0, 2).padEnd(6, '0')) =>
    provinceFactsOf({ ...values }, who ?? { identity: '', contact: '' }, { at: '2026-11-21', provinceCode });

  test.each([
    ['a card of the province', identity('subject'), { 'person.isLocal': true, 'person.certificate': 'resident_id' }],
    [
      'a passport has no age',
      { 'subject.certificateType': 'passport', 'subject.certificateNumber': 'G12345678' },
      { 'person.age': undefined, 'person.isLocal': undefined },
    ],
    [
      'nothing is concluded from a wrong number',
      { ...identity('subject'), 'subject.certificateNumber': '123' },
      { 'person.age': undefined },
    ],
    ['an empty form', {}, { 'person.certificate': undefined, 'principals.areOne': undefined }],
    [
      'one number for both',
      { 'subject.principal.mobile': '13800000000', 'subject.principal.emergencyMobile': ' 13800000000' },
      { 'person.emergencyIsMobile': true },
    ],
  ])('%s', (_name, values, facts) => expect(factsOf(values)).toMatchObject(facts));

  test('whether two people in charge are one, and share a number', () => {
    const mobiles = { 'subject.principal.mobile': '13800000000', 'service.principal.mobile': '13800000000' };
    const two = { ...identity('subject.principal'), ...identity('service.principal', other), ...mobiles };
    expect(factsOf(two)).toMatchObject({ 'principals.areOne': false, 'principals.shareMobile': true });
    const one = { ...two, ...identity('service.principal') };
    expect(factsOf(one)).toMatchObject({ 'principals.areOne': true, 'principals.shareMobile': false });
    // An individual has one person in charge.
    const alone = { 'subject.principal.mobile': '13800000000' };
    expect(factsOf(alone)).toMatchObject({ 'principals.areOne': undefined, 'principals.shareMobile': false });
  });

  test('a card of another province is not local', () => {
    const elsewhere = person.residentId.startsWith('11') ? '120000' : '110000';
    expect(factsOf(identity('subject'), elsewhere)).toMatchObject({ 'person.isLocal': false });
  });
});
