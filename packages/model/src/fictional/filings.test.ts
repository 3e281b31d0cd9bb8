import { loadCodeTables } from '@openbeian/policies/code-tables';
import { loadDivisions } from '@openbeian/policies/divisions';
import { loadFormLimits } from '@openbeian/policies/form-limits';
import { openProvinceRules } from '@openbeian/policies/provinces';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { certificatesOf } from '../code-tables/index.ts';
import {
  checkForm,
  type FieldDefinition,
  fieldAt,
  fieldsOf,
  formFor,
  formLimitsOn,
  isAsked,
  isSubmittable,
} from '../forms/index.ts';
import { provinces } from '../province/index.ts';
import { fictionalFiling } from './filings.ts';

const tables = loadCodeTables();
const divisions = loadDivisions();
const at = '2026-11-29';
const limits = formLimitsOn(loadFormLimits(), at);
const rulesOf = openProvinceRules();

const open = (filing: ReturnType<typeof fictionalFiling>, provinceCode: string) =>
  checkForm(filing.values, {
    ...filing.context,
    limits,
    provinceRules: rulesOf(provinceCode),
  }).filter((finding) => !isSubmittable([finding]));

describe('fictional filings', () => {
  const natures = tables.natures.items.map(({ key }) => key);
  test.each(provinces.map(({ code, zh }) => [zh, code]))(
    'of every nature, for sites and apps, pass the check of %s',
    (_zh, code) => {
      let seed = 0;
      const found: string[] = [];
      for (const nature of natures) {
        for (const serviceKind of ['website', 'app'] as const) {
          for (const more of [0, 1, 2]) {
            seed += 1;
            const filing = fictionalFiling(seed * 3 + more, {
              tables,
              divisions,
              at,
              provinceCode: code,
              nature,
              serviceKind,
            });
            // Guangdong takes no medical licence: whoever has no other cannot file there.
            if (code === '440000' && nature === 'medical_institution') continue;
            found.push(...open(filing, code).map(({ field, rule }) => `${nature} ${serviceKind} ${field} ${rule}`));
          }
        }
      }
      expect(found).toEqual([]);
    },
  );

  test('of every certificate pass the check of Guangdong, but for what the province refuses', () => {
    for (const { id, key: nature } of tables.natures.items) {
      for (const { key: certificate } of certificatesOf(tables, id, at)) {
        const filing = fictionalFiling(id, {
          tables,
          divisions,
          at,
          provinceCode: '440000',
          nature,
          serviceKind: 'website',
          certificate,
        });
        const found = checkForm(filing.values, { ...filing.context, limits, provinceRules: [] });
        expect(found, `${nature} ${certificate}`).toEqual([]);
      }
    }
  });

  test('with one field spoiled have findings at that field only', () => {
    const cases = fc.record({
      seed: fc.nat(5000),
      nature: fc.constantFrom(...natures),
      serviceKind: fc.constantFrom('website' as const, 'app' as const),
      provinceCode: fc.constantFrom(...provinces.map(({ code }) => code)),
      pick: fc.nat(),
      empty: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ seed, pick, empty, ...of }) => {
        const { context, values } = fictionalFiling(seed, { tables, divisions, at, ...of });
        const checked = { ...context, limits, provinceRules: [] };
        expect(checkForm(values, checked)).toEqual([]);
        const fields = fieldsOf(formFor(context)).filter(
          (field) => isAsked(field, values) && field.input !== 'fixed' && (!empty || field.required),
        );
        const field = fields[pick % fields.length];
        if (field === undefined) throw new Error('a form asks something');
        const found = checkForm({ ...values, [field.path]: empty ? '' : spoiled(field) }, checked);
        expect(found.length, `${field.path} of ${of.nature}`).toBeGreaterThan(0);
        for (const finding of found) expect(fieldAt(finding.field ?? '')).toBe(field.path);
      }),
      { numRuns: 400 },
    );
  });
});

/** A value that no rule lets pass, of the kind that the field takes. */
function spoiled({ input, item }: FieldDefinition): unknown {
  const [first] = item;
  if (input === 'list') return [{ [first?.path ?? '']: 'a\u0000b' }];
  return input === 'multi_select' || input === 'texts' ? ['a\u0000b'] : 'a\u0000b';
}
