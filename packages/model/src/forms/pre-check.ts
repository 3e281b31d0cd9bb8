import { z } from 'zod';
import type { Day } from '../calendar/day.ts';
import { type CodeTables, rowOf } from '../code-tables/index.ts';
import { normaliseHost } from '../domain-name/index.ts';
import { Fault, type FaultPlace, invalidInput, parseSafely, pathText } from '../fault/index.ts';
import { authorityKinds, filingKindTable, serviceKinds } from '../filing/kinds.ts';
import {
  type CheckListItem,
  contradictedFacts,
  type DivisionTable,
  type ProvinceFile,
  provinceFactsSchema,
  provinces,
} from '../province/index.ts';
import { checkWithList, isSubmittable, type ToldFinding, toldFinding } from './check-form.ts';
import { isStorable, normalValue } from './engine/current-values.ts';
import {
  type FieldDefinition,
  type FormDefinition,
  type FormValues,
  fieldsOf,
  unknownFields,
} from './engine/definition.ts';
import { withBothPrincipals } from './fields/principal-fields.ts';
import { formFor, shownPaths } from './kinds/form-for.ts';
import { proposeNames } from './propose-names.ts';
import type { CheckContext } from './rules/check-context.ts';
import { factsOfPeople } from './rules/find-for-province.ts';
import { type FormLimits, formLimitsOn } from './rules/form-limits.ts';

/** A filing in a file, as `openbeian precheck` takes it: what it is, and the values of its form by field path. */
export const filingDocumentSchema = z.strictObject({
  /** The sender's own name for it; answers carry it. */
  id: z.string().min(1).max(200).optional(),
  /** Every type with a form; a move between accounts has none. */
  kind: z.enum(authorityKinds).default('first'),
  serviceKind: z.enum(serviceKinds).default('website'),
  /** The nature's word, as in `policies/code-tables/natures.yaml`. */
  nature: z.string().min(1),
  provinceCode: z.enum(provinces.map(({ code }) => code)),
  /** The registrable name that is filed; of an app, of a domain that it uses, of which each platform names one at least (`APP-FEATURES`). */
  domainName: z.string().max(253).default(''),
  values: z.record(z.string(), z.unknown()),
  /** What no form says, where it is known: the holder of the domain, what is on record. What contradicts the form is refused. */
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
  const code = isRecord(document) ? document['provinceCode'] : undefined;
  if (typeof code === 'number') throw refused([{ path: 'provinceCode', ...inQuotes(code) }]);
  const read = parseSafely(filingDocumentSchema, document);
  if (!read.success) throw invalidInput(read.error);
  const { id = null, kind, serviceKind, nature, provinceCode, facts, values: given } = read.data;
  const places: FaultPlace[] = serviceKind === 'mini_program' ? [notFiledHere] : [];
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
    domainName: filedName(read.data, places),
    subjectKind: row.subjectKind,
    at,
    tables: rules.tables,
    divisions: rules.divisions,
    limits: formLimitsOn(rules.limits, at),
    provinceRules: rules.provinceRules(provinceCode),
    known: facts,
  };
  const values = { 'subject.nature': nature, ...given };
  const kept = keptValues(values, context, places);
  if (places.length > 0) throw refused(places);
  refuseContradicted(facts, kept, context);
  return { id, context, values: kept };
}

const notFiledHere: FaultPlace = {
  path: 'serviceKind',
  expected:
    'expected website or app: a mini-program is filed at its platform, such as WeChat; a domain of its backend is filed as a website',
  expectedZh: '应为 website 或 app：小程序在其平台（如微信）备案；后端使用的域名按网站备案',
};

/** The name that is filed, as records have it; empty where the filing is of none. What is no such name is added to `places`. */
function filedName({ domainName, kind, serviceKind }: FilingDocument, places: FaultPlace[]): string {
  if (domainName === '' && filingKindTable[kind].about === 'subject') return '';
  const host = normaliseHost(domainName);
  const name = host.kind === 'name' ? host.registrableName : null;
  if (name !== null && host.host === name) return name;
  const example = name ?? 'example.cn';
  places.push({
    path: 'domainName',
    expected: `expected a registrable domain${name === null ? ' such as' : ':'} ${example}${serviceKind === 'app' ? '; an app is filed with a domain that it uses' : ''}`,
    expectedZh: `${serviceKind === 'app' ? 'APP 按使用的域名备案，' : ''}应为可备案的域名${name === null ? '，例如 ' : '：'}${example}`,
  });
  return example;
}

/** A fact that the form says itself is not given besides, unless it says the same. @throws Fault `input.invalid` */
function refuseContradicted(facts: FilingDocument['facts'], values: FormValues, context: CheckContext): void {
  if (Object.keys(facts).length === 0) return;
  const people = factsOfPeople(withBothPrincipals(values), { ...context, known: {} });
  const contradicted = new Set(people.flatMap((person) => contradictedFacts(person.facts, facts)));
  if (contradicted.size === 0) return;
  throw refused(
    [...contradicted].map((fact) => ({
      path: pathText(['facts', fact]),
      expected: 'remove it: the form says otherwise, and the form is what is filed',
      expectedZh: '与表单内容不一致，以表单为准，请删除',
    })),
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A number in it, at any depth; null: there is none. */
function numberIn(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return null;
  for (const inside of Object.values(value)) {
    const found = numberIn(inside);
    if (found !== null) return found;
  }
  return null;
}

/** A form holds text: YAML reads digits without quotes as a number, of which long ones have lost digits already. */
function inQuotes(number: number): Pick<FaultPlace, 'expected' | 'expectedZh'> {
  const example = Number.isSafeInteger(number) ? `"${number}"` : '"…"';
  return { expected: `expected text: put it in quotes, ${example}`, expectedZh: `应为文字，请加引号：${example}` };
}

/** Values as a server keeps them. What it would not keep is added to `places`. */
function keptValues(values: FormValues, context: CheckContext, places: FaultPlace[]): FormValues {
  const definition = formFor(context);
  for (const path of unknownFields(values, definition)) {
    places.push({
      path: pathText(['values', path]),
      expected: 'unknown key, remove it: this filing’s form has no such field',
      expectedZh: '本表单没有此栏目，请删除',
    });
  }
  const kept: Record<string, unknown> = {};
  for (const field of fieldsAsAsked(definition, context)) {
    if (!(field.path in values)) continue;
    const value = values[field.path];
    if (!isStorable(field, value)) {
      const number = numberIn(value);
      const path = pathText(['values', field.path]);
      if (number !== null) places.push({ path, ...inQuotes(number) });
      else
        places.push({
          path,
          expected: 'expected text, or a list of texts or of records with known names, of reasonable length',
          expectedZh: '应为文字、文字列表或由已知栏目组成的列表，且长度合理',
        });
    }
    kept[field.path] = normalValue(field, value);
  }
  return kept;
}

/** The form's fields; of those that it only shows the value is read as the form reads it that asks for them. */
function fieldsAsAsked(definition: FormDefinition, context: CheckContext): readonly FieldDefinition[] {
  const shown = shownPaths(definition, context.kind);
  const fields = fieldsOf(definition);
  if (shown.size === 0) return fields;
  const asking = new Map(fieldsOf(formFor({ ...context, kind: 'first' })).map((field) => [field.path, field]));
  return fields.map((field) => (shown.has(field.path) ? (asking.get(field.path) ?? field) : field));
}

const refused = (places: readonly FaultPlace[]): Fault => new Fault('input.invalid', { places: [...places] });
