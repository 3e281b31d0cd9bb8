import { letterRules, lettersOf, ownFormRules, ownFormsIn } from '@openbeian/model/materials';
import { type ProvinceQuestion, provinceRulesFor, provinces } from '@openbeian/model/province';
import { loadProvinceRules } from '@openbeian/policies/provinces';
import { expect, test } from 'vitest';

const files = loadProvinceRules();
const at = '2026-11-30';
const rulesOf = (provinceCode: string, more: Partial<ProvinceQuestion> = {}) =>
  provinceRulesFor(files, {
    provinceCode,
    subjectKind: 'enterprise',
    kind: 'first',
    serviceKind: 'website',
    at,
    ...more,
  });
const unit = { kind: 'first', subjectKind: 'enterprise', serviceKind: 'website' } as const;

test.each([
  ['320000', ['truthfulness_notice', 'no_training']],
  ['360000', ['no_training', 'culture']],
  ['310000', ['no_training']],
  ['440000', ['no_finance']],
  ['330000', ['no_finance']],
  ['510000', ['ownership']],
  ['450000', ['statement']],
  ['130000', ['statement']],
  ['110000', []],
])('what a unit in %s can have written besides what all have: %j', (provinceCode, expected) => {
  const letters = lettersOf(unit, rulesOf(provinceCode));
  expect(letters.filter((id) => id in letterRules)).toEqual(expected);
  expect(letters).toContain('pledge');
});

test('of an individual in Ningxia the use is stated, and of a change of the organiser its new name', () => {
  const individual = { ...unit, subjectKind: 'individual' } as const;
  expect(lettersOf(individual, rulesOf('640000', { subjectKind: 'individual' }))).toContain('use_statement');
  const change = { ...unit, kind: 'change_filing' } as const;
  expect(lettersOf(change, rulesOf('110000', { kind: 'change_filing' }))).toContain('rename_statement');
});

test('forms of a province, and papers of other authorities, are named with their source and not written', () => {
  expect(ownFormsIn(rulesOf('440000'))).toEqual([
    {
      rule: 'guangdong.pledge',
      text: { zh: expect.stringContaining('广东省单位或个人网站备案承诺书'), en: expect.any(String) },
      remedy: { zh: expect.any(String), en: expect.any(String) },
      source: 'HW-PROVINCES',
      asOf: '2025-12-31',
    },
  ]);
  expect(ownFormsIn(rulesOf('110000'))).toEqual([]);
  expect(ownFormsIn(rulesOf('150000', { subjectKind: 'government' })).map(({ rule }) => rule)).toEqual([
    'neimenggu.public_body_form',
  ]);
});

test('every letter or pledge that a province asks for by name is written, or named as a form of its own', () => {
  const rules = provinces.flatMap(({ code }) =>
    files.filter(({ province }) => province === code).flatMap((file) => file.rules),
  );
  const known: readonly string[] = [...Object.values(letterRules).flat(), ...ownFormRules];
  const all = new Set(files.flatMap((file) => file.rules.map(({ id }) => id)));
  for (const id of known) expect([id, all.has(id)]).toEqual([id, true]);
  const named = /承诺书|承诺函|告知书|确认函|编办|归属说明|用途说明|盖章说明|情况说明/;
  // What the letters for everybody are: the plan with its pledge, the pledge that nothing needs an approval, letters of authorisation.
  // A video of a pledge that is read aloud is no letter.
  const everywhere = /视频|方案书|不涉及前置审批|授权书|前置审批关键词/;
  const left = rules.filter(
    ({ id, effect, message: { zh } }) =>
      effect === 'require_material' && named.test(zh) && !everywhere.test(zh) && !known.includes(id),
  );
  expect(left.map(({ id, message }) => `${id} ${message.zh}`)).toEqual([]);
});
