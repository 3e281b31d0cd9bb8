import type { OpeningKind, ServiceKind, SubjectKind } from '../../filing/kinds.ts';

export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** The kinds of personal data, which decide how a value is masked; null: not personal. */
export type PersonalKind = 'name' | 'id' | 'phone' | 'email' | 'address';

export type FieldInput = 'text' | 'textarea' | 'select' | 'multi_select' | 'mobile' | 'email' | 'url' | 'fixed';

export interface FieldDefinition {
  /** e.g. `subject.principal.mobile` */
  readonly path: string;
  readonly label: Text;
  readonly help: Text | null;
  readonly input: FieldInput;
  readonly options: readonly { readonly value: string; readonly label: Text }[];
  readonly required: boolean;
  readonly personal: PersonalKind | null;
  readonly maxLength: number | null;
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
  readonly kind: OpeningKind;
  readonly subjectKind: SubjectKind;
  readonly serviceKind: ServiceKind;
  readonly provinceCode: string;
  /** The registrable name that is filed. */
  readonly domainName: string;
  /** The day of the check, in Asia/Shanghai. */
  readonly at: string;
}

/** Values by field path: text, or a list of option values for `multi_select`. */
export type FormValues = Readonly<Record<string, unknown>>;

/** Who says a finding; `advice` keeps nobody from submitting. */
export const findingOrigins = ['pre_check', 'advice', 'reviewer', 'provider', 'authority'] as const;

/** What a check has against the form: it names field, rule and remedy. */
export interface Finding {
  readonly field: string | null;
  readonly rule: string;
  readonly message: Text;
  readonly remedy: Text | null;
  readonly source: string | null;
  /** Of when the rule is known to hold, where its source is dated. */
  readonly asOf?: string;
  readonly from: (typeof findingOrigins)[number];
}

export const fieldsOf = (definition: FormDefinition): FieldDefinition[] =>
  definition.sections.flatMap((section) => section.fields);

/** Paths of `values` that the form does not have; a request that carries them is refused, not trimmed. */
export function unknownFields(values: FormValues, definition: FormDefinition): string[] {
  const known = new Set(fieldsOf(definition).map((field) => field.path));
  return Object.keys(values).filter((path) => !known.has(path));
}
