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
import { type FilingRow, sealingContexts } from '../../ports/index.ts';
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
});

/** Seals the personal values; the others stay readable. */
export function sealValues(
  deps: FlowDeps,
  filingId: string,
  values: FormValues,
  fields: readonly FieldDefinition[],
): Record<string, unknown> {
  const personal = new Set(fields.filter((field) => field.personal !== null).map((field) => field.path));
  return Object.fromEntries(
    Object.entries(values).map(([path, value]) => [
      path,
      personal.has(path) && typeof value === 'string'
        ? { sealed: deps.vault.seal(value, sealingContexts.filings(filingId, path)) }
        : value,
    ]),
  );
}

/** Opens what is sealed. */
export function openValues(deps: FlowDeps, filingId: string, stored: FormValues): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(stored).map(([path, value]) => [
      path,
      isSealed(value) ? deps.vault.open(value.sealed, sealingContexts.filings(filingId, path)) : value,
    ]),
  );
}

/**
 * The values opened, and sealed anew where a former key seals them; `values` null when nothing has to be written.
 */
export function resealValues(
  deps: FlowDeps,
  filingId: string,
  stored: FormValues,
): { readonly values: Record<string, unknown> | null; readonly open: Record<string, unknown> } {
  const open = openValues(deps, filingId, stored);
  const isBefore = (value: unknown) => isSealed(value) && value.sealed.split('.')[1] !== deps.vault.newest.sealing;
  if (!Object.values(stored).some(isBefore)) return { values: null, open };
  const values = Object.entries(stored).map(([path, value]) => [
    path,
    isBefore(value) ? { sealed: deps.vault.seal(String(open[path]), sealingContexts.filings(filingId, path)) } : value,
  ]);
  return { values: Object.fromEntries(values), open };
}

/** The text at `path`, without the space around it; empty where there is none. */
export function textIn(values: Readonly<Record<string, unknown>>, path: string): string {
  const value = values[path];
  return typeof value === 'string' ? value.trim() : '';
}

const isSealed = (value: unknown): value is { readonly sealed: string } =>
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
