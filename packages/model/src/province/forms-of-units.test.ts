import { loadProvinceRules } from '@openbeian/policies/provinces';
import { describe, expect, test } from 'vitest';
import { fictionalCreditCode } from '../fictional/index.ts';
import { checkListFor, peopleOf, preparationsFor, provinceFactsOfAll, provinces } from './index.ts';

const at = '2026-11-29';
const files = loadProvinceRules();
const formsIn = (rule: { readonly if: readonly object[] }): readonly string[] =>
  rule.if.flatMap((condition) =>
    'fact' in condition && condition.fact === 'subject.form' && 'oneOf' in condition
      ? (condition.oneOf as string[])
      : [],
  ); // of a choice fact

/** Kinds of units whose rows a reviewer is asked about because nobody knows whether it is one. */
function openForms(values: Readonly<Record<string, string>>): string[] {
  const open = provinces.flatMap(({ code: provinceCode }) => {
    const facts = provinceFactsOfAll(values, peopleOf(false), { at, provinceCode });
    const list = checkListFor(files, { provinceCode, subjectKind: 'enterprise', kind: 'first', at }, facts);
    return list.filter(({ missing }) => missing.includes('subject.form')).flatMap(({ rule }) => formsIn(rule));
  });
  return [...new Set(open)].toSorted();
}
const company = { 'subject.nature': 'enterprise', 'subject.certificateType': 'business_licence' };

describe('the kind of unit', () => {
  test('of an enterprise is open only as far as its nature, certificate and number leave it open', () => {
    const beyondNumber = ['financial', 'foreign_invested'];
    const number = { 'subject.certificateNumber': fictionalCreditCode(3) };
    expect(openForms({ ...company, ...number })).toEqual(beyondNumber);
    // An old number, and one that is wrong, say nothing.
    expect(openForms({ ...company, 'subject.certificateNumber': '440301103097413' })).toEqual([
      ...beyondNumber,
      'sole_trader',
    ]);
    expect(openForms({ ...company, 'subject.certificateNumber': `${fictionalCreditCode(3).slice(0, 17)}!` })).toEqual([
      ...beyondNumber,
      'sole_trader',
    ]);
    expect(openForms({ 'subject.nature': 'enterprise' })).toEqual([
      'financial',
      'foreign_invested',
      'foreign_office',
      'sole_trader',
    ]);
  });

  test('of a sole trader is said by its number, and of other natures by the nature', () => {
    const trader = { ...company, 'subject.certificateNumber': fictionalCreditCode(3, '92') };
    expect(openForms(trader)).toEqual([]);
    const [facts] = provinceFactsOfAll(trader, peopleOf(false), { at, provinceCode: '110000' });
    expect(facts).toMatchObject({ 'subject.form': 'sole_trader' });
    for (const nature of ['law_practice', 'medical_institution', 'government', 'society', 'religious_body'])
      expect([nature, openForms({ 'subject.nature': nature })]).toEqual([nature, []]);
  });

  test('leaves out of an enterprise’s preparations what units of other natures need', () => {
    const prepared = provinces.flatMap(({ code: province }) =>
      preparationsFor(files, { subjectKind: 'enterprise', nature: 'enterprise', province, kind: 'first', at }),
    );
    const forms = new Set(prepared.flatMap(({ rule }) => formsIn(rule)));
    expect([...forms].filter((form) => ['law_firm', 'hospital', 'public_body'].includes(form))).toEqual([]);
    expect(forms).toContain('sole_trader');
  });
});
