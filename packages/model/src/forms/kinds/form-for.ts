import { type FormPart, type FormPartUse, filingKindTable } from '../../filing/kinds.ts';
import type { FieldDefinition, FormContext, FormDefinition, FormSection } from '../engine/definition.ts';
import { accessSection } from '../fields/access-fields.ts';
import { cancellationSection } from '../fields/cancellation-fields.ts';
import { servicePrincipalSection, subjectPrincipalSection } from '../fields/principal-fields.ts';
import { serviceSection } from '../fields/service-fields.ts';
import { subjectSection } from '../fields/subject-fields.ts';

/** Each section; null where a filing is not asked for it. */
const sectionOf: Readonly<Record<FormPart, (context: FormContext) => FormSection | null>> = {
  subject: subjectSection,
  'subject.principal': subjectPrincipalSection,
  service: serviceSection,
  'service.access': accessSection,
  'service.principal': servicePrincipalSection,
  cancellation: cancellationSection,
};

/** Definitions that were made for these tables; they depend on little, and every check asks for one. */
const made = new WeakMap<object, Map<string, FormDefinition>>();
/** More than the forms of a day; old days make room at once. */
const mostMade = 2_000;

/**
 * The form of a filing, as data: its kind says which sections it has and what of them is only shown (`filing/kinds.ts`), the
 * filing which fields are asked.
 */
export function formFor(context: FormContext): FormDefinition {
  const { kind, subjectKind, serviceKind, provinceCode, at, tables, asksFilingPassword = false } = context;
  const key = [kind, subjectKind, serviceKind, provinceCode, at, asksFilingPassword].join(' ');
  const known = made.get(tables) ?? new Map<string, FormDefinition>();
  made.set(tables, known);
  const before = known.get(key);
  if (before !== undefined) return before;
  const form: readonly FormPartUse[] = filingKindTable[kind].form;
  const definition = { sections: form.flatMap((use) => sectionFor(use, context) ?? []) };
  if (known.size >= mostMade) known.clear();
  known.set(key, definition);
  return definition;
}

const nothing: ReadonlySet<string> = new Set();
const shownIn = new WeakMap<FormDefinition, ReadonlySet<string>>();

/** Paths that the form only shows, as they are on record. */
export function shownPaths(definition: FormDefinition, kind: FormContext['kind']): ReadonlySet<string> {
  const form: readonly FormPartUse[] = filingKindTable[kind].form;
  if (form.every(({ as }) => as === 'asked')) return nothing;
  const known = shownIn.get(definition);
  if (known !== undefined) return known;
  const parts = new Set<string>(form.flatMap(({ part, as }) => (as === 'shown' ? [part] : [])));
  const paths = definition.sections.flatMap(({ id, fields }) => (parts.has(id) ? fields.map(({ path }) => path) : []));
  const made = new Set(paths);
  shownIn.set(definition, made);
  return made;
}

function sectionFor({ part, as, locked = [] }: FormPartUse, context: FormContext): FormSection | null {
  const section = sectionOf[part](context);
  if (section === null || (as === 'asked' && locked.length === 0)) return section;
  const fields = section.fields.map((field) => (as === 'shown' || locked.includes(field.path) ? shown(field) : field));
  return { ...section, fields };
}

/** To read only: nothing is missing in it, and its rules are not this filing's. */
const shown = (field: FieldDefinition): FieldDefinition => ({ ...field, input: 'fixed', required: false, rules: [] });
