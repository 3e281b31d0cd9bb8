import { loadCodeTables } from '@openbeian/policies/code-tables';
import { loadDivisions } from '@openbeian/policies/divisions';
import { loadFormLimits } from '@openbeian/policies/form-limits';
import { openProvinceRules } from '@openbeian/policies/provinces';
import { describe, expect, test } from 'vitest';
import { fictionalFiling } from '../fictional/index.ts';
import { provinces } from '../province/index.ts';
import { checkServiceName } from './check-form.ts';
import { type CheckContext, checkForm, formLimitsOn, proposeNames } from './index.ts';

const tables = loadCodeTables();
const divisions = loadDivisions();
const provinceRules = openProvinceRules();
const at = '2026-11-21';
const limits = formLimitsOn(loadFormLimits(), at);

function filing(provinceCode: string, nature: string, serviceKind: 'website' | 'app', name: string) {
  const made = fictionalFiling(7, { tables, divisions, at, provinceCode, nature, serviceKind });
  const context: CheckContext = { ...made.context, limits, provinceRules: provinceRules(provinceCode) };
  return { context, values: { ...made.values, 'service.name': name } };
}
const against = (values: Readonly<Record<string, unknown>>, context: CheckContext) =>
  checkForm(values, context).filter(({ field, from }) => field === 'service.name' && from === 'pre_check');

describe.each(provinces)('$zh', ({ code }) => {
  test.each([
    ['enterprise', '中国商城', 'website'],
    ['individual', '示例购物论坛', 'website'],
    ['society', '监察维权网', 'website'],
    ['government', 'abc', 'website'],
    ['enterprise', '理财证券', 'app'],
    ['individual', '股票交易平台', 'app'],
  ] as const)('%s: a refused name gets three that pass (%s, %s)', (nature, name, serviceKind) => {
    const { context, values } = filing(code, nature, serviceKind, name);
    const findings = checkForm(values, context);
    expect(against(values, context)).not.toEqual([]);
    const proposed = proposeNames(values, context, findings);
    expect(new Set(proposed).size).toBe(3);
    for (const one of proposed) expect(against({ ...values, 'service.name': one }, context)).toEqual([]);
  });
});

test.each(provinces)('$zh: the check of the name alone finds what the check of the form finds at it', ({ code }) => {
  for (const [nature, name, kind] of [
    ['enterprise', '中国商城', 'website'],
    ['individual', '个人博客', 'app'],
    ['government', '', 'app'],
    ['society', '星河业务介绍', 'website'],
  ] as const) {
    const { context, values } = filing(code, nature, kind, name);
    const ofForm = checkForm(values, context).filter(({ field }) => field === 'service.name');
    expect(checkServiceName(values, context)).toEqual(ofForm);
  }
});

test('a name that nothing is against, or that is not there yet, gets none', () => {
  const fine = filing('440000', 'enterprise', 'website', '星河业务介绍');
  expect(proposeNames(fine.values, fine.context, checkForm(fine.values, fine.context))).toEqual([]);
  const empty = filing('440000', 'enterprise', 'website', '');
  expect(proposeNames(empty.values, empty.context, checkForm(empty.values, empty.context))).toEqual([]);
});

test('what is proposed is made of the organiser’s own name, or keeps the theme', () => {
  const unit = filing('440000', 'enterprise', 'website', '中国商城');
  for (const name of proposeNames(unit.values, unit.context, checkForm(unit.values, unit.context)))
    expect(name).toContain('示例');
  const person = filing('440000', 'individual', 'website', '养花论坛');
  const [first] = proposeNames(person.values, person.context, checkForm(person.values, person.context));
  expect(first).toContain('养花');
});
