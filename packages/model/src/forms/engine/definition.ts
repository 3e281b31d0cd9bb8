import type { CodeTables } from '../../code-tables/index.ts';
import type { FilingKind, ServiceKind, SubjectKind } from '../../filing/kinds.ts';
import type { DivisionTable } from '../../province/index.ts';

export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** The kinds of personal data, which decide how a value is masked; null: not personal. */
export type PersonalKind = 'name' | 'id' | 'phone' | 'email' | 'address' | 'password';

/**
 * How a value is filled in, and so what it is: text, a list of option values (`multi_select`), a list of texts (`texts`) or a
 * list of records (`list`). `until` is a day or `long_term`; `tick` is `yes` or empty; `fixed` is shown and not changed.
 */
export const fieldInputs = [
  'text',
  'textarea',
  'select',
  'multi_select',
  'mobile',
  'phone',
  'email',
  'url',
  'date',
  'until',
  'tick',
  'texts',
  'list',
  'fixed',
] as const;
export type FieldInput = (typeof fieldInputs)[number];

export interface FieldOption {
  readonly value: string;
  readonly label: Text;
  /** What it is listed under. */
  readonly group?: Text;
}

/**
 * A field is asked where all its conditions hold; `path` is beside it, in the form or in the same item. `notStartingWith` holds
 * of a value that is there.
 */
export type AskedWhen =
  | { readonly path: string; readonly oneOf: readonly string[] }
  | { readonly path: string; readonly noneOf: readonly string[] }
  | { readonly path: string; readonly notStartingWith: string };

export interface FieldDefinition {
  /** e.g. `subject.principal.mobile`; of an item's field the last part only. */
  readonly path: string;
  readonly label: Text;
  readonly help: Text | null;
  readonly input: FieldInput;
  readonly options: readonly FieldOption[];
  /** Of those options that others have and this filing has not: what to say about them instead of “choose another”. */
  readonly notOffered: {
    readonly rule: string;
    readonly message: Text;
    readonly remedy: Text;
    readonly source: string;
  } | null;
  readonly required: boolean;
  readonly personal: PersonalKind | null;
  /** Of a text, or of each text of a list. */
  readonly maxLength: number | null;
  /** How many there may be of a list. */
  readonly most: number | null;
  readonly askedWhen: readonly AskedWhen[];
  /** What each item of a `list` is asked; none for other inputs. */
  readonly item: readonly FieldDefinition[];
  /** Ids of rules in `forms/rules`, checked in this order. */
  readonly rules: readonly string[];
}

export interface FormSection {
  readonly id: string;
  readonly title: Text;
  readonly fields: readonly FieldDefinition[];
}

export interface FormDefinition {
  readonly sections: readonly FormSection[];
}

/** What decides which form is asked, and what its rules look at. */
export interface FormContext {
  readonly kind: FilingKind;
  readonly subjectKind: SubjectKind;
  readonly serviceKind: ServiceKind;
  readonly provinceCode: string;
  /** The registrable name that is filed. */
  readonly domainName: string;
  /** The day of the check, in Asia/Shanghai. */
  readonly at: string;
  /** The authority's tables, whose rows are the options; `policies/code-tables`. */
  readonly tables: CodeTables;
  /** At least those of the province; `policies/divisions`. */
  readonly divisions: DivisionTable;
  /** The line to the authority wants the customer’s password there (备案密码): interface V3.0 does, for an access and the end of a subject. */
  readonly asksFilingPassword?: boolean;
}

/** Values by field path (see `FieldInput`). */
export type FormValues = Readonly<Record<string, unknown>>;

/** Who says a finding; `advice` keeps nobody from submitting. */
export const findingOrigins = ['pre_check', 'advice', 'reviewer', 'provider', 'authority'] as const;

/** What a check has against the form: it names field, rule and remedy. */
export interface Finding {
  /** Of an item's field with the item's place: `service.platforms.0.packageName`. */
  readonly field: string | null;
  readonly rule: string;
  readonly message: Text;
  readonly remedy: Text | null;
  readonly source: string | null;
  /** Of when the rule is known to hold, where its source is dated. */
  readonly asOf?: string;
  readonly from: (typeof findingOrigins)[number];
}

/** Made once for a definition: every check goes through them several times. */
const fieldsMade = new WeakMap<FormDefinition, readonly FieldDefinition[]>();

export function fieldsOf(definition: FormDefinition): readonly FieldDefinition[] {
  const before = fieldsMade.get(definition);
  if (before !== undefined) return before;
  const fields = definition.sections.flatMap((section) => section.fields);
  fieldsMade.set(definition, fields);
  return fields;
}

const pathsMade = new WeakMap<FormDefinition, ReadonlySet<string>>();

function pathsOf(definition: FormDefinition): ReadonlySet<string> {
  const before = pathsMade.get(definition);
  if (before !== undefined) return before;
  const paths = new Set(fieldsOf(definition).map((field) => field.path));
  pathsMade.set(definition, paths);
  return paths;
}

/** Paths of `values` that the form does not have; a request that carries them is refused, not trimmed. */
export function unknownFields(values: FormValues, definition: FormDefinition): string[] {
  const known = pathsOf(definition);
  return Object.keys(values).filter((path) => !known.has(path));
}

/** Is the field asked, by the values beside it? */
export function isAsked({ askedWhen }: Pick<FieldDefinition, 'askedWhen'>, values: FormValues): boolean {
  return askedWhen.every((condition) => {
    const value = values[condition.path];
    const text = typeof value === 'string' ? value.trim() : '';
    if ('oneOf' in condition) return condition.oneOf.includes(text);
    if ('noneOf' in condition) return !condition.noneOf.includes(text);
    return text !== '' && !text.startsWith(condition.notStartingWith);
  });
}

/** The items of a `list` that can be read as such. */
export function itemsOf(value: unknown): readonly FormValues[] {
  return Array.isArray(value) ? value.map((item) => (isRecord(item) ? item : {})) : [];
}

/** A record of values, and no list. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The field that a path of a finding is of: itself, or the list that its item is in. */
export const fieldAt = (path: string): string => path.replace(/\.\d+(\..*)?$/, '');

/** Does the form have a field at this path, or a list with such a field in its items? */
export function hasField(definition: FormDefinition, path: string): boolean {
  const field = fieldsOf(definition).find((one) => one.path === fieldAt(path));
  if (field === undefined || field.path === path) return field !== undefined;
  const [, part] = path.slice(field.path.length + 1).split('.');
  return field.item.some((one) => one.path === part);
}
