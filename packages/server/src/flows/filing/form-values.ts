import { dayOf } from '@openbeian/model/calendar';
import {
  type CheckContext,
  currentValues,
  type FieldDefinition,
  type FormContext,
  type FormValues,
  fieldsOf,
  formFor,
  formLimitsOn,
  isPersonal,
  maskField,
} from '@openbeian/model/forms';
import { type FilingRow, type SealedValue, type StoredForm, sealingContexts } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';

/** What decides which form this filing has, as of `at`. */
export const formContextOf = (deps: FlowDeps, filing: FilingRow, at: string): FormContext => ({
  kind: filing.kind,
  subjectKind: filing.subjectKind,
  serviceKind: filing.serviceKind,
  provinceCode: filing.provinceCode,
  domainName: filing.domainName,
  at: dayOf(at),
  tables: deps.codeTablesOf(filing.provinceCode),
  divisions: deps.divisions,
  asksFilingPassword: deps.asksFilingPassword,
});

/** As `formContextOf`, for checking: with the limits in force. */
export const checkContextOf = (deps: FlowDeps, filing: FilingRow, at: string): CheckContext => ({
  ...formContextOf(deps, filing, at),
  limits: formLimitsOn(deps.formLimits, dayOf(at)),
  provinceRules: deps.provinceRules(filing.provinceCode),
});

/** Encrypts the values of personal fields, of any type, lists with something personal in them whole; the others stay readable. */
export function sealValues(
  deps: FlowDeps,
  filingId: string,
  values: FormValues,
  fields: readonly FieldDefinition[],
): StoredForm {
  const personal = new Set(fields.filter(isPersonal).map((field) => field.path));
  return Object.fromEntries(
    Object.entries(values).map(([path, value]) => [
      path,
      personal.has(path) && value !== null ? sealValue(deps, filingId, path, value) : value,
    ]),
  );
}

interface Opened {
  readonly by: FlowDeps['vault'];
  readonly filingId: string;
  readonly values: Readonly<Record<string, unknown>>;
}
/** For as long as the row is there that was read: a request looks at the same form for several reasons. */
const opened = new WeakMap<StoredForm, Opened>();

/** Opens what is sealed, once for each row that was read. */
export function openValues(deps: FlowDeps, filingId: string, stored: StoredForm): Record<string, unknown> {
  const before = opened.get(stored);
  if (before?.by === deps.vault && before.filingId === filingId) return { ...before.values };
  const values = Object.fromEntries(
    Object.entries(stored).map(([path, value]) => [
      path,
      isSealed(value) ? openValue(deps, filingId, path, value) : value,
    ]),
  );
  opened.set(stored, { by: deps.vault, filingId, values });
  return { ...values };
}

/**
 * The values decrypted, and encrypted again where an earlier key was used; `values` null when nothing has to be written.
 */
export function resealValues(
  deps: FlowDeps,
  filingId: string,
  stored: StoredForm,
): { readonly values: StoredForm | null; readonly open: Record<string, unknown> } {
  const open = openValues(deps, filingId, stored);
  const isBefore = (value: unknown) => isSealed(value) && value.sealed.split('.')[1] !== deps.vault.newest.sealing;
  if (!Object.values(stored).some(isBefore)) return { values: null, open };
  const values = Object.entries(stored).map(([path, value]) => [
    path,
    isBefore(value) ? sealValue(deps, filingId, path, open[path]) : value,
  ]);
  return { values: Object.fromEntries(values), open };
}

function sealValue(deps: FlowDeps, filingId: string, path: string, value: unknown): SealedValue {
  const context = sealingContexts.filings(filingId, path);
  return typeof value === 'string'
    ? { sealed: deps.vault.seal(value, context) }
    : { sealed: deps.vault.seal(JSON.stringify(value), context), json: true };
}

function openValue(deps: FlowDeps, filingId: string, path: string, { sealed, json }: SealedValue): unknown {
  const clear = deps.vault.open(sealed, sealingContexts.filings(filingId, path));
  return json === true ? JSON.parse(clear) : clear;
}

/** The text at `path`, without the space around it; empty where there is none. */
export function textIn(values: Readonly<Record<string, unknown>>, path: string): string {
  const value = values[path];
  return typeof value === 'string' ? value.trim() : '';
}

/** The texts of the list at `path`; none where there is none. */
export function textsIn(values: Readonly<Record<string, unknown>>, path: string): string[] {
  const value = values[path];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

const isSealed = (value: unknown): value is SealedValue =>
  typeof value === 'object' && value !== null && 'sealed' in value && typeof value.sealed === 'string';

/** Values as the form of today has them, of a form that may have been saved by an earlier release. */
export function currentFormValues(deps: FlowDeps, filing: FilingRow, at: string): Record<string, unknown> {
  return currentValues(openValues(deps, filing.id, filing.form), formFor(formContextOf(deps, filing, at)));
}

/** As `currentFormValues`, with everything personal masked. */
export function maskedValues(deps: FlowDeps, filing: FilingRow, at: string): Record<string, unknown> {
  const open = currentFormValues(deps, filing, at);
  // A subject's data is carried even where this filing's form does not ask for it: masked by the whole form.
  const whole = { ...formContextOf(deps, filing, at), kind: 'first' as const };
  const own = formFor(formContextOf(deps, filing, at));
  const fields = new Map([...fieldsOf(own), ...fieldsOf(formFor(whole))].map((field) => [field.path, field]));
  return Object.fromEntries(
    Object.entries(open).map(([path, value]) => {
      const field = fields.get(path);
      return [path, field ? maskField(field, value) : value];
    }),
  );
}
