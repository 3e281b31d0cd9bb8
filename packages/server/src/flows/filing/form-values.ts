import { dayOf } from '@openbeian/model/calendar';
import {
  type CheckContext,
  type FieldDefinition,
  type FormContext,
  type FormValues,
  fieldsOf,
  formFor,
  formLimitsOn,
  maskValue,
} from '@openbeian/model/forms';
import { type FilingRow, type SealedValue, type StoredForm, sealingContexts } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';

/** What decides which form this filing has, as of `at`. */
export const formContextOf = (filing: FilingRow, at: string): FormContext => ({
  kind: filing.kind,
  subjectKind: filing.subjectKind,
  serviceKind: filing.serviceKind,
  provinceCode: filing.provinceCode,
  domainName: filing.domainName,
  at: dayOf(at),
});

/** As `formContextOf`, for checking: with the limits in force. */
export const checkContextOf = (deps: FlowDeps, filing: FilingRow, at: string): CheckContext => ({
  ...formContextOf(filing, at),
  limits: formLimitsOn(deps.formLimits, dayOf(at)),
  provinceRules: deps.provinceRules(filing.provinceCode),
});

/** Encrypts the values of personal fields, of any type; the other values stay readable. */
export function sealValues(
  deps: FlowDeps,
  filingId: string,
  values: FormValues,
  fields: readonly FieldDefinition[],
): StoredForm {
  const personal = new Set(fields.filter((field) => field.personal !== null).map((field) => field.path));
  return Object.fromEntries(
    Object.entries(values).map(([path, value]) => [
      path,
      personal.has(path) && value !== null ? sealValue(deps, filingId, path, value) : value,
    ]),
  );
}

/** Opens what is sealed. */
export function openValues(deps: FlowDeps, filingId: string, stored: StoredForm): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(stored).map(([path, value]) => [
      path,
      isSealed(value) ? openValue(deps, filingId, path, value) : value,
    ]),
  );
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

const isSealed = (value: unknown): value is SealedValue =>
  typeof value === 'object' && value !== null && 'sealed' in value && typeof value.sealed === 'string';

/** The values with every personal one masked. */
export function maskedValues(deps: FlowDeps, filing: FilingRow, at: string): Record<string, unknown> {
  const open = openValues(deps, filing.id, filing.form);
  const kinds = new Map(fieldsOf(formFor(formContextOf(filing, at))).map((field) => [field.path, field.personal]));
  return Object.fromEntries(
    Object.entries(open).map(([path, value]) => {
      const kind = kinds.get(path);
      return [path, kind ? maskValue(kind, value) : value];
    }),
  );
}
