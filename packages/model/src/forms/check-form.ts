import { isMaterialPlace } from '../filing/index.ts';
import { checkListFor, type ProvinceFacts, type ProvinceRule, provinceRulesFor } from '../province/index.ts';
import { checkField } from './engine/check-field.ts';
import { currentValues } from './engine/current-values.ts';
import {
  type FieldDefinition,
  type Finding,
  type FormDefinition,
  type FormValues,
  fieldAt,
  fieldsOf,
  isAsked,
} from './engine/definition.ts';
import { withBothPrincipals } from './fields/principal-fields.ts';
import { formFor, shownPaths } from './kinds/form-for.ts';
import type { CheckContext } from './rules/check-context.ts';
import { factsOfPeople, findForProvince } from './rules/find-for-province.ts';
import { formRules } from './rules/rules.ts';

/**
 * The pre-check: every field of the form against every rule, in the form's order. It finds all mistakes, not the first.
 * @returns findings that name field, rule and remedy; the form may be submitted when none is left but advice.
 */
export function checkForm(values: FormValues, context: CheckContext): Finding[] {
  const current = currentValues(values, formFor(context));
  const whole = withBothPrincipals(current);
  return findingsOf(current, context, findForProvince(whole, context, factsOfPeople(whole, context)));
}

/** As `checkForm`, with what its reviewer has to look at. */
export function checkWithList(values: FormValues, context: CheckContext) {
  const current = currentValues(values, formFor(context));
  const whole = withBothPrincipals(current);
  const people = factsOfPeople(whole, context);
  return {
    findings: findingsOf(current, context, findForProvince(whole, context, people)),
    checkList: checkListFor(
      context.provinceRules,
      context,
      people.map(({ facts }) => facts),
      context.atLeast,
    ),
  };
}

/** What `checkForm` finds at the service's name: of forms that differ in it nothing else is to be seen. */
export function checkServiceName(values: FormValues, context: CheckContext): Finding[] {
  const current = currentValues(values, formFor(context));
  const whole = withBothPrincipals(current);
  // What is found at the address of an app is shown at its name.
  const places = [serviceName, 'service.homeUrl'];
  const ofProvince = findForProvince(whole, context, factsOfPeople(whole, context), places);
  return findingsOf(current, context, ofProvince, serviceName);
}

/**
 * Those of fields and those of the province, in the form's order; `current` as the form of today has it.
 * @param only those of this field
 */
function findingsOf(
  current: FormValues,
  context: CheckContext,
  ofProvince: readonly Finding[],
  only?: string,
): Finding[] {
  const definition = formFor(context);
  const fields = fieldsOf(definition);
  // What is only shown is not this filing's to put right.
  const shown = shownPaths(definition, context.kind);
  const asked = new Set<string>();
  for (const field of fields) if (!shown.has(field.path) && isAsked(field, current)) asked.add(field.path);
  const ofRecords = rulesOfRecords(context);
  const placed = Map.groupBy(ofProvince, (finding) => placeOf(finding, asked, ofProvince));
  const found: Finding[] = [];
  for (const field of fields) {
    if (only !== undefined && field.path !== only) continue;
    found.push(...checkField(field, current, context, formRules));
    for (const finding of placed.get(field.path) ?? []) found.push({ ...finding, field: field.path });
  }
  if (only !== undefined) return found;
  for (const finding of placed.get(null) ?? []) {
    if (!ofRecords.has(finding.rule)) continue;
    // What asks for a picture is put right where pictures are.
    const { field } = finding;
    found.push({ ...finding, field: field !== null && isMaterialPlace(field) ? field : null });
  }
  return found;
}

const serviceName = 'service.name';
const nothing: ReadonlySet<string> = new Set();

/** Rules that go by what is known besides the form: what they find is said even where the form asks for nothing of the kind. */
function rulesOfRecords(context: CheckContext): ReadonlySet<string> {
  const { known = {}, atLeast = {} } = context;
  if (Object.keys(known).length === 0 && Object.keys(atLeast).length === 0) return nothing;
  const bounds: ProvinceFacts = atLeast;
  const isOf = ({ if: conditions }: ProvinceRule) =>
    conditions.some(({ fact }) => (known[fact] ?? bounds[fact]) !== undefined);
  return new Set(provinceRulesFor(context.provinceRules, context).flatMap((rule) => (isOf(rule) ? [rule.id] : [])));
}

/**
 * Where a finding about the province is shown: at its field; what is about the principal who is the organiser's too, at the tick
 * that says so; what is about the name of an app, at the app's name. Null: this form does not ask for it.
 */
function placeOf({ field, rule }: Finding, asked: ReadonlySet<string>, all: readonly Finding[]): string | null {
  if (field === null || asked.has(field)) return field;
  if (field === 'service.homeUrl' && asked.has('service.name')) return 'service.name';
  const tick = 'service.principal.isSubjects';
  if (!field.startsWith('service.principal.') || !asked.has(tick)) return null;
  const ofSubject = field.replace(/^service/, 'subject');
  return all.some((other) => other.rule === rule && other.field === ofSubject) ? null : tick;
}

/** A finding as it is told: whoever says it, with how much it weighs. */
export interface ToldFinding extends Finding {
  /** A `warning` keeps nobody from submitting. */
  readonly severity: 'error' | 'warning';
  /** Values that would pass, where some can be proposed. */
  readonly proposals?: string[];
}

/**
 * The same shape for what a machine, a reviewer or the authority found.
 * @param names what `proposeNames` gave; shown with each error of the service's name
 */
export const toldFinding = (finding: Finding, names: readonly string[] = []): ToldFinding => ({
  ...finding,
  severity: finding.from === 'advice' ? 'warning' : 'error',
  ...(names.length > 0 &&
    finding.field === 'service.name' &&
    finding.from === 'pre_check' && { proposals: [...names] }),
});

/** May a form with these findings be submitted? */
export const isSubmittable = (findings: readonly Finding[]): boolean => findings.every(({ from }) => from === 'advice');

/** How far a form is filled in: its first section with something left to do, derived from what is found; null: none. */
export function reachedSection(definition: FormDefinition, findings: readonly Finding[]): string | null {
  const open = new Set(
    findings.flatMap(({ field, from }) => (from === 'advice' || field === null ? [] : [fieldAt(field)])),
  );
  return definition.sections.find(({ fields }) => fields.some(({ path }) => open.has(path)))?.id ?? null;
}

/**
 * The fields to correct of a filing that came back: those that are named by whoever refused it, of a section all of its fields,
 * those that the check has something against, and those that are asked depending on one of them. Where nothing names a field
 * of this form, all are.
 */
export function refusedFields(
  definition: FormDefinition,
  refusals: readonly Finding[],
  checked: readonly Finding[],
): ReadonlySet<string> {
  const fields = fieldsOf(definition).filter(({ input }) => input !== 'fixed');
  const paths = new Set(fields.map(({ path }) => path));
  const open = new Set(
    refusals.flatMap(({ field }) => {
      const section = definition.sections.find(({ id }) => id === field);
      return section === undefined ? [fieldAt(field ?? '')] : section.fields.map(({ path }) => path);
    }),
  );
  const named = [...open].filter((path) => paths.has(path));
  // Where only pictures were refused, the form stays as it is.
  const areAllPictures = refusals.length > 0 && refusals.every(({ field }) => isMaterialPlace(field));
  if (named.length === 0 && !areAllPictures) return paths;
  const wrong = checked.flatMap(({ field, from }) => (from === 'advice' || field === null ? [] : [fieldAt(field)]));
  return withDependents(fields, new Set([...named, ...wrong].filter((path) => paths.has(path))));
}

function withDependents(fields: readonly FieldDefinition[], open: ReadonlySet<string>): ReadonlySet<string> {
  const more = fields.filter(({ path, askedWhen }) => !open.has(path) && askedWhen.some((when) => open.has(when.path)));
  return more.length === 0 ? open : withDependents(fields, new Set([...open, ...more.map(({ path }) => path)]));
}
