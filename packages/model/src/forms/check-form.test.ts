import { loadCodeTables } from '@openbeian/policies/code-tables';
import { loadDivisions } from '@openbeian/policies/divisions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fictionalCompany, fictionalPerson } from '../fictional/index.ts';
import { openingKinds, subjectKinds } from '../filing/kinds.ts';
import { provinceFileSchema } from '../province/index.ts';
import { checkForm, reachedSection, refusedFields } from './check-form.ts';
import { type Finding, type FormValues, fieldAt, fieldsOf, isAsked, unknownFields } from './engine/definition.ts';
import { formFor } from './kinds/form-for.ts';
import type { CheckContext } from './rules/check-context.ts';
import { formRules } from './rules/rules.ts';

const person = fictionalPerson(7);
const other = fictionalPerson(8);
const company = fictionalCompany(3);
const tables = loadCodeTables();
const divisions = loadDivisions();

const individual: CheckContext = {
  kind: 'first',
  subjectKind: 'individual',
  serviceKind: 'website',
  provinceCode: '440000',
  domainName: 'example.cn',
  at: '2026-11-21',
  tables,
  divisions,
  limits: {
    validFrom: null,
    validTo: null,
    serviceNames: {
      stateOnly: { words: ['中国', '国家'], source: 'ALI19-SITE-NAMES' },
      notForIndividuals: { words: ['公司', '论坛'], source: 'ALI19-SITE-NAMES' },
    },
  },
  provinceRules: [
    provinceFileSchema.parse({
      province: null,
      rules: [
        {
          id: 'person.age',
          if: [{ fact: 'person.age', below: 18 }],
          effect: 'reject',
          message: { zh: '未成年', en: 'A minor' },
          remedy: { zh: '换一位', en: 'Choose another' },
          asOf: '2019-01-01',
          source: 'ALI19-LIMITS',
        },
      ],
    }),
  ],
};
const enterprise: CheckContext = { ...individual, subjectKind: 'enterprise' };

const service = {
  'service.name': '星河小记',
  'service.homeUrl': 'https://www.example.cn/',
  'service.content': 'blog',
  'service.languages': ['zh_hans'],
  'service.preApproval': 'none',
  'service.access.methods': ['cloud'],
  'service.access.places': ['440000'],
};
const validity = (at: string) => ({
  [`${at}.certificateValidFrom`]: '2016-03-01',
  [`${at}.certificateValidTo`]: '2036-03-01',
});
const individualValues: FormValues = {
  'subject.name': person.name,
  'subject.certificateType': 'resident_id',
  'subject.certificateNumber': person.residentId,
  ...validity('subject'),
  'subject.region': '440305',
  'subject.certificateAddress': person.address,
  'subject.contactAddress': person.address,
  'subject.residenceProof': 'residence_permit',
  'subject.principal.mobile': person.mobile,
  'subject.principal.emergencyMobile': person.emergencyMobile,
  'subject.principal.email': person.email,
  ...service,
};
const principal = (at: string, one: typeof person) => ({
  [`${at}.name`]: one.name,
  [`${at}.certificateType`]: 'resident_id',
  [`${at}.certificateNumber`]: one.residentId,
  ...validity(at),
  [`${at}.mobile`]: one.mobile,
  [`${at}.emergencyMobile`]: one.emergencyMobile,
  [`${at}.email`]: one.email,
});
const enterpriseValues: FormValues = {
  'subject.name': company.name,
  'subject.certificateType': 'business_licence',
  'subject.certificateNumber': company.creditCode,
  ...validity('subject'),
  'subject.region': '440305',
  'subject.certificateAddress': company.address,
  'subject.contactAddress': company.address,
  'subject.legalRepresentative.isPrincipal': 'yes',
  ...principal('subject.principal', person),
  ...principal('service.principal', other),
  ...service,
  'service.content': 'portal',
};

const everyForm = () =>
  openingKinds.flatMap((kind) =>
    subjectKinds.flatMap((subjectKind) =>
      (['website', 'app'] as const).map((serviceKind) => [kind, subjectKind, serviceKind] as const),
    ),
  );
const found = (values: FormValues, context: CheckContext) =>
  checkForm(values, context).map((finding) => `${finding.field} ${finding.rule}`);

describe('the pre-check', () => {
  it('passes complete forms', () => {
    expect(found(individualValues, individual)).toEqual([]);
    expect(found(enterpriseValues, enterprise)).toEqual([]);
  });

  it('names a character that nobody sees, and lets rare ones be', () => {
    const found = (name: string) => checkForm({ ...enterpriseValues, 'subject.name': name }, enterprise);
    const ofName = (name: string) => found(name).filter(({ field }) => field === 'subject.name');
    expect(ofName('示例\u202e知行科技有限公司')[0]?.message.zh).toContain('U+202E');
    for (const name of [
      '示例𠮷祥科技有限公司',
      '示例·买买提（深圳）有限公司',
      'ᠮᠣᠩᠭᠣᠯ\u180eᠠ 有限公司',
      '示例　知行有限公司',
      '示例★知行→™有限公司',
    ])
      expect([name, ofName(name)]).toEqual([name, []]);
  });

  it.each([
    ['示例知行\t科技有限公司', 'U+0009'],
    ['示例知行\n科技有限公司', 'U+000A'],
    ['示例\ue000祥科技有限公司', 'U+E000'],
    ['示例\u{f0000}祥科技有限公司', 'U+F0000'],
    ['示例😀科技有限公司', '😀'],
    ['示例❤\ufe0f科技有限公司', '表情符号'],
    ['示例🇨🇳科技有限公司', '表情符号'],
  ])('names what no name has: %j', (name, told) => {
    for (const path of ['subject.name', 'service.name', 'subject.principal.name']) {
      const [first] = checkForm({ ...enterpriseValues, [path]: name }, enterprise).filter(
        ({ field }) => field === path,
      );
      expect(first?.message.zh).toContain(told);
      expect(first?.remedy?.zh).toBeTruthy();
    }
    // Texts of several lines are no names.
    const remark = checkForm({ ...enterpriseValues, 'service.remark': '第一行\n第二行😀' }, enterprise);
    expect(remark.filter(({ rule, field }) => field === 'service.remark' && rule === 'form')).toEqual([]);
  });

  it.each<[string, unknown, string, CheckContext, FormValues]>([
    ['subject.name', '  ', 'required', individual, individualValues],
    ['subject.name', '12-34', 'name.not_blank', individual, individualValues],
    ['subject.certificateNumber', '110105194912310021', 'id_number.check_digit', individual, individualValues],
    ['subject.certificateNumber', '119907201508080073', 'id_number.check_digit', individual, individualValues],
    [
      'subject.certificateType',
      'business_licence',
      'certificate.fits_subject, credit_code.check_character',
      individual,
      individualValues,
    ],
    ['subject.certificateNumber', '91350100M000100Y44', 'credit_code.check_character', enterprise, enterpriseValues],
    ['subject.contactAddress', '星河路', 'address.complete', individual, individualValues],
    ['subject.principal.mobile', '12800138000', 'mobile.form', individual, individualValues],
    ['subject.principal.emergencyMobile', person.mobile, 'emergency.differs', individual, individualValues],
    ['subject.principal.emergencyMobile', '88888888', 'phone.form', individual, individualValues],
    ['subject.principal.email', 'nobody', 'email.form', individual, individualValues],
    ['service.homeUrl', 'https://example.cn.evil.cn/', 'url.of_domain_name', individual, individualValues],
    ['service.homeUrl', 'https://notexample.cn/', 'url.of_domain_name', individual, individualValues],
    ['service.name', 'example.cn', 'service_name.form', individual, individualValues],
    ['service.name', '小记', 'service_name.form', individual, individualValues],
    ['service.name', '星河小记!!', 'service_name.form', individual, individualValues],
    ['service.name', '中国星河小记', 'service_name.words', enterprise, enterpriseValues],
    ['service.name', '星河公司官网', 'service_name.words', individual, individualValues],
    ['service.content', 'portal', 'content.not_for_individuals', individual, individualValues],
    ['service.content', ['blog', 'klingon'], 'form', enterprise, enterpriseValues],
    ['service.content', 'other', 'remark.for_other', individual, individualValues],
    ['service.languages', ['klingon'], 'form', individual, individualValues],
    ['service.preApproval', 'news', 'pre_approval.unit_only, required', individual, individualValues],
    ['service.remark', 'a\u0000b', 'form', individual, individualValues],
    ['subject.name', '星河\u202e河星', 'form', individual, individualValues],
    ['subject.name', '\ufeff李四', 'form', individual, individualValues],
    ['subject.name', '示例\u200b知行科技有限公司', 'form', enterprise, enterpriseValues],
    ['subject.principal.name', '王\u3164五', 'form', enterprise, enterpriseValues],
    ['subject.contactAddress', '示例省示例市星河路161号\u{e0041}11室', 'form', enterprise, enterpriseValues],
    ['service.principal.certificateNumber', '123', 'id_number.form', enterprise, enterpriseValues],
  ])('%s = %j → %s', (field, value, rule, context, values) => {
    const findings = checkForm({ ...values, [field]: value }, context);
    expect(findings.map((finding) => finding.rule).join(', ')).toBe(rule);
    for (const finding of findings) {
      expect(finding.message.zh).not.toBe('');
      expect(finding.remedy?.en).not.toBe('');
    }
  });

  it('knows who is too young', () => {
    const child = fictionalPerson(7).residentId.slice(0, 6);
    const body = `${child}20150808007`;
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (weights[index] ?? 0), 0);
    const id = `${body}${'10X98765432'.charAt(sum % 11)}`;
    expect(found({ ...individualValues, 'subject.certificateNumber': id }, individual)).toEqual([
      'subject.certificateNumber person.age',
    ]);
  });

  it('finds every empty required field at once', () => {
    for (const subjectKind of subjectKinds) {
      const context = { ...individual, subjectKind };
      const required = fieldsOf(formFor(context)).filter((field) => field.required && isAsked(field, {}));
      expect(checkForm({}, context)).toHaveLength(required.length);
    }
  });

  it('asks a subject that is filed here for its service only', () => {
    const sections = formFor({ ...enterprise, kind: 'add_site_here' }).sections.map((section) => section.id);
    expect(sections).toEqual(['service', 'service.access', 'service.principal']);
  });

  it('names only rules that exist, of lists rules of lists, and offers each subject a certificate', () => {
    const known = { ...formRules.ofValues, ...formRules.ofLists };
    for (const [kind, subjectKind, serviceKind] of everyForm()) {
      for (const field of fieldsOf(formFor({ ...individual, kind, subjectKind, serviceKind }))) {
        for (const rule of [field, ...field.item].flatMap((one) => one.rules)) expect(known).toHaveProperty([rule]);
        if (field.path === 'subject.certificateType') expect(field.options.length).toBeGreaterThan(0);
      }
    }
  });

  it('asks conditions about fields beside the one that has them', () => {
    for (const [kind, subjectKind, serviceKind] of everyForm()) {
      const fields = fieldsOf(formFor({ ...individual, kind, subjectKind, serviceKind }));
      for (const among of [fields, ...fields.map(({ item }) => item)]) {
        const paths = among.map(({ path }) => path);
        for (const { path } of among.flatMap(({ askedWhen }) => askedWhen)) expect(paths).toContain(path);
      }
    }
  });

  it('never throws, whatever the values are', () => {
    const fields = fieldsOf(formFor(enterprise)).map((field) => field.path);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...fields), fc.anything()), (values) => {
        for (const { field } of checkForm(values, enterprise)) expect(fields).toContain(fieldAt(field ?? ''));
      }),
    );
  });

  it('tells fields that the form does not have', () => {
    expect(unknownFields({ ...individualValues, 'subject.nmae': 'x' }, formFor(individual))).toEqual(['subject.nmae']);
  });
});

it('where no limits are known for the day, values are not held to any', () => {
  const under = { ...individualValues, 'service.name': '星河小记公司' };
  const rulesOf = (context: CheckContext) => checkForm(under, context).map((finding) => finding.rule);
  expect(rulesOf(individual)).toEqual(['service_name.words']);
  expect(rulesOf({ ...individual, limits: null })).toEqual([]);
});

describe('what is open of a filing that came back', () => {
  const refusal = (field: string | null): Finding => ({
    field,
    rule: 'other',
    message: { zh: '一', en: 'one' },
    remedy: null,
    source: null,
    from: 'reviewer',
  });
  const openAt = (field: string | null, values = enterpriseValues) =>
    [...refusedFields(formFor(enterprise), [refusal(field)], checkForm(values, enterprise))].sort();

  it.each([
    ['a field', 'service.name', ['service.name']],
    ['an item of a list', 'service.access.ipRanges.0.first', ['service.access.ipRanges']],
    [
      'a field that others depend on',
      'subject.legalRepresentative.isPrincipal',
      [
        'subject.legalRepresentative.certificateNumber',
        'subject.legalRepresentative.certificateType',
        'subject.legalRepresentative.isPrincipal',
        'subject.legalRepresentative.name',
      ],
    ],
    ['a section', 'service.access', ['service.access.ipRanges', 'service.access.methods', 'service.access.places']],
  ])('%s', (_what, field, expected) => {
    expect(openAt(field)).toEqual(expected);
  });

  it('what the check has something against by now, too', () => {
    expect(openAt('service.name', { ...enterpriseValues, 'service.remark': 'a\u0000b' })).toEqual([
      'service.name',
      'service.remark',
    ]);
  });

  it('everything that can be changed, where nothing of the form is named', () => {
    const all = fieldsOf(formFor(enterprise)).filter(({ input }) => input !== 'fixed');
    for (const field of [null, 'provinceCode', 'subject.certificateNumber'])
      expect(openAt(field)).toEqual(all.map(({ path }) => path).sort());
  });
});

it('a form is reached as far as its first section with something left to do', () => {
  const reached = (values: FormValues) => reachedSection(formFor(enterprise), checkForm(values, enterprise));
  expect(reached({})).toBe('subject');
  expect(reached({ ...enterpriseValues, 'service.access.places': [] })).toBe('service.access');
  expect(reached(enterpriseValues)).toBeNull();
});

it('one tick makes one person both: nothing more is asked, and rules see the one', () => {
  const own = Object.entries(enterpriseValues).filter(([path]) => !path.startsWith('service.principal.'));
  const values = { ...Object.fromEntries(own), 'service.principal.isSubjects': 'yes' };
  expect(found(values, enterprise)).toEqual([]);
  const apart = provinceFileSchema.parse({
    province: '440000',
    rules: [
      {
        id: 'gd.apart',
        if: [{ fact: 'principals.areOne', is: true }],
        effect: 'reject',
        message: { zh: '须为两人', en: 'Two people' },
        remedy: { zh: '换一位', en: 'Choose another' },
        asOf: '2026-01-01',
        source: 'S',
      },
    ],
  });
  expect(found(values, { ...enterprise, provinceRules: [apart] })).toEqual(['service.principal.isSubjects gd.apart']);
});
