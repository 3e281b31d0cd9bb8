import { loadCodeTables } from '@openbeian/policies/code-tables';
import { loadDivisions } from '@openbeian/policies/divisions';
import { loadFormLimits } from '@openbeian/policies/form-limits';
import { describe, expect, it } from 'vitest';
import { fictionalFiling } from '../fictional/index.ts';
import { checkForm } from './check-form.ts';
import { isStorable, normalValue } from './engine/current-values.ts';
import { fieldsOf, hasField } from './engine/definition.ts';
import { maskField } from './engine/mask.ts';
import { formFor } from './kinds/form-for.ts';
import { formLimitsOn } from './rules/form-limits.ts';

const at = '2026-11-30';
const of = { tables: loadCodeTables(), divisions: loadDivisions(), at, provinceCode: '440000' };
const limits = formLimitsOn(loadFormLimits(), at);
const site = fictionalFiling(12, { ...of, nature: 'institution', serviceKind: 'website' });
const app = fictionalFiling(13, { ...of, nature: 'enterprise', serviceKind: 'app' });

const found = ({ context, values }: typeof site, changes: object) =>
  checkForm({ ...values, ...changes }, { ...context, limits, provinceRules: [] }).map(
    ({ field, rule }) => `${field} ${rule}`,
  );

describe('the rules of the whole form', () => {
  it.each<[string, unknown, string[]]>([
    ['subject.certificateValidFrom', '2026-12-01', ['validity.begun']],
    ['subject.certificateValidTo', '2026-12-29', ['validity.left']],
    ['subject.certificateValidTo', '2026-12-30', []],
    ['subject.certificateValidTo', 'long_term', []],
    ['subject.certificateValidTo', '2010-01-01', ['validity.order', 'validity.left']],
    ['subject.certificateValidTo', '2027-02-30', ['form']],
    ['subject.region', '110101', ['form']],
    ['subject.superior', '张三丰', ['superior.fits_nature']],
    ['subject.superior', '省文化厅', []],
    ['subject.name', '图书馆 example12.cn', ['name.full']],
    ['subject.principal.name', '王先生', ['name.person']],
    ['subject.principal.officePhone', '010-00000000', ['phone.no_placeholder']],
    ['subject.principal.officePhone', '010-88886666-12', []],
    ['service.content', ['portal', 'portal'], ['form']],
    ['service.access.ipRanges', [{ first: '203.0.113.9', last: '203.0.113.7' }], ['0.last ip.order']],
    ['service.access.ipRanges', [{ first: '203.0.113.9', last: '2001:db8::1' }], ['0.last ip.order']],
    ['service.access.ipRanges', [{ first: '2001:db8::ff', last: '2001:db8::1:0' }], []],
    ['service.access.ipRanges', [{ first: '10.0.0.1', last: '203.0.113.7' }], ['0.first ip.public']],
    ['service.access.ipRanges', [{ first: '203.0.113.7' }], ['0.last required']],
    ['service.access.ipRanges', [{}, 'x'], ['form']],
    ['service.preApproval', [{ type: 'none' }, { type: 'none' }], ['pre_approvals.none_alone']],
    // Rows that were only added are missing something; they are not the same thing twice.
    ['service.preApproval', [{}, {}], ['0.type required', '1.type required']],
    [
      'service.preApproval',
      [
        { type: 'news', number: '1' },
        { type: 'news', number: '2' },
      ],
      ['pre_approvals.distinct'],
    ],
    ['service.preApproval', [{ type: 'news', number: '示例字1号' }], []],
  ])('site: %s = %j → %j', (path, value, rules) => {
    const at = (rule: string) => (rule.includes(' ') ? `${path}.${rule}` : `${path} ${rule}`);
    expect(found(site, { [path]: value })).toEqual(rules.map(at));
  });

  const [platform] = app.values['service.platforms'] as Record<string, unknown>[];
  it.each<[object, string[]]>([
    [{ packageName: '示例' }, ['0.packageName app.package_name']],
    [{ packageName: 'example' }, ['0.packageName app.package_name']],
    [{ platform: 'ios', packageName: 'cn.example.app-1', fingerprint: 'ab'.repeat(20) }, []],
    [{ platform: 'ios', fingerprint: 'ab'.repeat(16) }, ['0.fingerprint app.fingerprint']],
    [{ fingerprint: 'AB:'.repeat(15).concat('AB') }, []],
    [{ publicKey: '-----BEGIN PRIVATE KEY-----' }, ['0.publicKey app.public_key']],
    [{ publicKey: 'abc' }, ['0.publicKey app.public_key']],
    [{ domains: ['www.example.cn'] }, ['0.domains app.domain']],
    [{ domains: ['a.b.c.example.cn'] }, ['0.domains app.domain']],
    [{ domains: ['b.c.example.cn'] }, []],
    [{ addresses: ['192.168.1.1'] }, ['0.addresses ip.public']],
    // Of a platform whose certificates the table does not know, neither key nor fingerprint is asked.
    [{ platform: 'linux', publicKey: '', fingerprint: '' }, []],
  ])('app: a platform with %j → %j', (changes, rules) => {
    const platforms = [{ ...platform, ...changes }];
    expect(found(app, { 'service.platforms': platforms })).toEqual(rules.map((rule) => `service.platforms.${rule}`));
  });

  it('one package for a platform once, five contents at most, SDKs where there are any', () => {
    expect(found(app, { 'service.platforms': [platform, platform] })).toEqual(['service.platforms platforms.distinct']);
    const added = found(app, { 'service.platforms': [platform, {}, {}] });
    expect(added).not.toContain('service.platforms platforms.distinct');
    expect(added).toContain('service.platforms.2.packageName required');
    expect(found(app, { 'service.content': ['3', '4', '5', '6', '7', '8'] })).toEqual(['service.content form']);
    expect(found(app, { 'service.hasSdks': 'yes', 'service.sdks': [] })).toEqual(['service.sdks required']);
    expect(found(app, { 'service.hasSdks': 'no', 'service.sdks': [] })).toEqual([]);
  });

  it('the legal representative is asked where the principal is another', () => {
    const other = { 'subject.legalRepresentative.isPrincipal': 'no' };
    const at = ['name', 'certificateType', 'certificateNumber'].map((part) => `subject.legalRepresentative.${part}`);
    expect(found(site, other)).toEqual(at.map((path) => `${path} required`));
  });
});

describe('lists', () => {
  const definition = formFor(app.context);
  const platforms = fieldsOf(definition).find(({ path }) => path === 'service.platforms');
  if (platforms === undefined) throw new Error('an app has platforms');

  it('are kept with known names and reasonable sizes only', () => {
    expect(isStorable(platforms, [{ packageName: 'cn.example' }])).toBe(true);
    for (const wrong of [[{ colour: 'red' }], ['x'], { packageName: 'x' }, Array.from({ length: 101 }, () => ({}))])
      expect(isStorable(platforms, wrong)).toBe(false);
    expect(isStorable(platforms, [{ publicKey: 'a'.repeat(4001) }])).toBe(false);
  });

  it('have fields that findings can name', () => {
    expect(hasField(definition, 'service.platforms.3.packageName')).toBe(true);
    expect(hasField(definition, 'service.platforms')).toBe(true);
    for (const path of ['service.platforms.0.colour', 'service.name.0.x', 'service.colour'])
      expect(hasField(definition, path)).toBe(false);
  });

  it('hide what is personal in their items, and nothing else', () => {
    const list = {
      ...platforms,
      item: platforms.item.map((part) => ({
        ...part,
        personal: part.path === 'packageName' ? ('phone' as const) : null,
      })),
    };
    expect(maskField(list, [{ platform: 'ios', packageName: '13900139000' }, 'odd'])).toEqual([
      { platform: 'ios', packageName: '139****9000' },
      '＊＊＊',
    ]);
  });

  it('are tidied item by item', () => {
    const given = [
      { packageName: ' cn.example.app ', domains: [' API.Example.cn', ''], addresses: ['２０３.0.113.7'] },
    ];
    expect(normalValue(platforms, given)).toEqual([
      { packageName: 'cn.example.app', domains: ['api.example.cn'], addresses: ['203.0.113.7'] },
    ]);
  });
});

it.each([
  ['+86 139 0013 9000', '13900139000'],
  ['0086-13900139000', '13900139000'],
  ['１３９００１３９０００', '13900139000'],
  ['139‐0013–9000', '13900139000'],
  ['400 810 8888', '4008108888'],
  ['(010) 8888 8888', '010-88888888'],
  ['01088888888', '010-88888888'],
  ['0755-8888888', '0755-8888888'],
  ['010-88888888转123', '010-88888888-123'],
  ['13900139000 李', '13900139000 李'],
  ['139001390001', '139001390001'],
])('a phone number pasted as %j is %j, and never cut', (pasted, kept) => {
  const field = fieldsOf(formFor(site.context)).find(({ path }) => path === 'subject.principal.officePhone');
  expect(field && normalValue(field, pasted)).toBe(kept);
});
