import { z } from 'zod';
import type { Day } from '../calendar/day.ts';
import { type CodeTables, rowOf } from '../code-tables/index.ts';
import { Fault, type FaultPlace, invalidInput, parseSafely, pathText } from '../fault/index.ts';
import { openingKinds, serviceKinds } from '../filing/kinds.ts';
import {
  type CheckListItem,
  type DivisionTable,
  type ProvinceFile,
  provinceFactsSchema,
  provinces,
} from '../province/index.ts';
import { checkWithList, isSubmittable, type ToldFinding, toldFinding } from './check-form.ts';
import { isStorable, normalValue } from './engine/current-values.ts';
import { type FormDefinition, type FormValues, fieldsOf, unknownFields } from './engine/definition.ts';
import { formFor } from './kinds/form-for.ts';
import { proposeNames } from './propose-names.ts';
import type { CheckContext } from './rules/check-context.ts';
import { type FormLimits, formLimitsOn } from './rules/form-limits.ts';

/** A filing in a file, as `openbeian precheck` takes it: what it is, and the values of its form by field path. */
export const filingDocumentSchema = z.strictObject({
  /** The sender's own name for it; answers carry it. */
  id: z.string().min(1).max(200).optional(),
  kind: z.enum(openingKinds).default('first'),
  serviceKind: z.enum(serviceKinds).default('website'),
  /** The nature's word, as in `policies/code-tables/natures.yaml`. */
  nature: z.string().min(1),
  provinceCode: z.enum(provinces.map(({ code }) => code)),
  /** The registrable name that is filed; an app may have none. */
  domainName: z.string().max(253).default(''),
  values: z.record(z.string(), z.unknown()),
  /** What no form says, where it is known: the holder of the domain, what is on record. */
  facts: provinceFactsSchema.default({}),
});
export type FilingDocument = z.output<typeof filingDocumentSchema>;

/** What a filing is held to; each part is what `policies` loads. */
export interface PreCheckRules {
  readonly tables: CodeTables;
  readonly divisions: DivisionTable;
  readonly limits: readonly FormLimits[];
  /** The rules of a province, with those of every province. */
  readonly provinceRules: (provinceCode: string) => readonly ProvinceFile[];
}

export interface PreCheck {
  readonly id: string | null;
  /** Is nothing left but warnings? */
  readonly submittable: boolean;
  readonly findings: readonly ToldFinding[];
  /** What the reviewer has to look at, because no check can decide it. */
  readonly checkList: readonly CheckListItem[];
}

/**
 * Checks a filing that is in no server, by the same rules as the server does.
 * @param document what was parsed from YAML or JSON
 * @throws Fault `input.invalid` with every place that is wrong, also for fields that this filing's form does not have
 */
export function preCheck(document: unknown, rules: PreCheckRules, at: Day): PreCheck {
  const { context, values, id } = readFiling(document, rules, at);
  const { findings, checkList } = checkWithList(values, context);
  const proposals = proposeNames(values, context, findings);
  return {
    id,
    submittable: isSubmittable(findings),
    findings: findings.map((finding) => toldFinding(finding, proposals)),
    checkList,
  };
}

function readFiling(document: unknown, rules: PreCheckRules, at: Day) {
  const read = parseSafely(filingDocumentSchema, document);
  if (!read.success) throw invalidInput(read.error);
  const { id = null, kind, serviceKind, nature, provinceCode, domainName, facts, values: given } = read.data;
  const row = rowOf(rules.tables.natures, nature, at);
  if (row === undefined) {
    throw refused([
      { path: 'nature', expected: 'expected a nature that is in force that day', expectedZh: '应为当日有效的单位性质' },
    ]);
  }
  const context: CheckContext = {
    kind,
    serviceKind,
    provinceCode,
    domainName: domainName.toLowerCase(),
    subjectKind: row.subjectKind,
    at,
    tables: rules.tables,
    divisions: rules.divisions,
    limits: formLimitsOn(rules.limits, at),
    provinceRules: rules.provinceRules(provinceCode),
    known: facts,
  };
  const values = { 'subject.nature': nature, ...given };
  return { id, context, values: keptValues(values, formFor(context)) };
}

/** Values as a server keeps them. @throws Fault `input.invalid` */
function keptValues(values: FormValues, definition: FormDefinition): FormValues {
  const places: FaultPlace[] = unknownFields(values, definition).map((path) => ({
    path: pathText(['values', path]),
    expected: 'unknown key, remove it: this filing’s form has no such field',
    expectedZh: '本表单没有此栏目，请删除',
  }));
  const kept: Record<string, unknown> = {};
  for (const field of fieldsOf(definition)) {
    if (!(field.path in values)) continue;
    const value = values[field.path];
    if (!isStorable(field, value)) {
      places.push({
        path: pathText(['values', field.path]),
        expected: 'expected text, or a list of texts or of records with known names, of reasonable length',
        expectedZh: '应为文字、文字列表或由已知栏目组成的列表，且长度合理',
      });
    }
    kept[field.path] = normalValue(field, value);
  }
  if (places.length > 0) throw refused(places);
  return kept;
}

const refused = (places: readonly FaultPlace[]): Fault => new Fault('input.invalid', { places: [...places] });
