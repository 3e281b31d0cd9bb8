import { Fault } from '@openbeian/model/fault';
import { editableFilingStates } from '@openbeian/model/filing';
import { checkForm, type Finding, type FormDefinition, fieldsOf, formFor, unknownFields } from '@openbeian/model/forms';
import type { FilingRow, StoreTransaction } from '../../ports/index.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { Actor, CommandCall, QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { maySee, ownAccount, seen } from '../command/permission.ts';
import { runReferring } from '../command/run-command.ts';
import { filingSeen } from './advance-filing.ts';
import { type FilingView, filingViewOf } from './filing-view.ts';
import { checkContextOf, formContextOf, maskedValues, openValues, sealValues } from './form-values.ts';

export interface FormView {
  readonly sections: {
    id: string;
    title: FormDefinition['sections'][number]['title'];
    fields: (Omit<FormDefinition['sections'][number]['fields'][number], 'personal' | 'rules'> & {
      personal: boolean;
    })[];
  }[];
  readonly values: Record<string, unknown>;
  readonly findings: Finding[];
}

export const isEditable = (filing: FilingRow): boolean =>
  (editableFilingStates as readonly string[]).includes(filing.state);

/** The owner edits its own data in the clear; everybody else, and a form that can no longer be edited, is masked. */
function formViewOf(deps: FlowDeps, filing: FilingRow, actor: Actor): FormView {
  const at = deps.clock.now();
  const context = checkContextOf(deps, filing, at);
  const open = openValues(deps, filing.id, filing.form);
  const mine = actor.accountId === filing.accountId && isEditable(filing);
  return {
    sections: formFor(context).sections.map((section) => ({
      id: section.id,
      title: section.title,
      fields: section.fields.map(({ rules: _rules, personal, ...field }) => ({
        ...field,
        personal: personal !== null,
      })),
    })),
    values: mine ? open : maskedValues(deps, filing, at),
    findings: checkForm(open, context),
  };
}

export async function getFilingForm(
  deps: FlowDeps,
  call: QueryCall,
  input: { readonly filingId: string },
): Promise<FormView> {
  return deps.store.transaction(async (tx) => {
    const filing = seen(await tx.filings.find(input.filingId), call.actor, (one) => [one.accountId]);
    return formViewOf(deps, filing, call.actor);
  });
}

/** The pre-check as it stands; nothing is written. */
export async function checkFiling(
  deps: FlowDeps,
  call: QueryCall,
  input: { readonly filingId: string },
): Promise<{ findings: Finding[] }> {
  const { findings } = await getFilingForm(deps, call, input);
  return { findings };
}

/**
 * Saves values of the form, as many or few as are given; wrong ones are saved too (the findings say so), unknown fields
 * and fixed ones are refused.
 * @throws Fault `object.not_found`, `object.changed`, `filing.wrong_state`, `input.invalid`.
 */
export function saveFilingForm(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly filingId: string; readonly version: number; readonly values: Record<string, unknown> },
): Promise<{ filing: FilingView; form: FormView }> {
  const account = ownAccount(call.actor);
  return runReferring(
    deps,
    call,
    'saveFilingForm',
    input,
    async (tx, at) => {
      const filing = await filingSeen(tx, input.filingId, input.version, (one) => one.accountId === account);
      if (!isEditable(filing)) throw new Fault('filing.wrong_state');
      const definition = formFor(formContextOf(filing, at));
      refuseForeignFields(input.values, definition, openValues(deps, filing.id, filing.form));
      const form = { ...filing.form, ...sealValues(deps, filing.id, input.values, fieldsOf(definition)) };
      if (!(await tx.filings.update(filing.id, filing.version, filing.state, { form }, at)))
        throw new Fault('object.changed');
      return { filingId: filing.id };
    },
    async (tx, { filingId }) => {
      const filing = await getFilingRow(tx, filingId);
      return { filing: filingViewOf(deps, filing, call.actor), form: formViewOf(deps, filing, call.actor) };
    },
  );
}

/** Longest text that is taken at all; the form's own limits are told by the check. */
const longestText = 4000;

function refuseForeignFields(
  values: Record<string, unknown>,
  definition: FormDefinition,
  present: Record<string, unknown>,
): void {
  const places = unknownFields(values, definition).map((path) => ({
    path: `values["${path}"]`,
    expected: 'absent: this filing’s form has no such field',
    expectedZh: '本表单没有此栏目，请删除',
  }));
  for (const field of fieldsOf(definition)) {
    if (!(field.path in values)) continue;
    const value = values[field.path];
    const path = `values["${field.path}"]`;
    if (field.input === 'fixed' && value !== present[field.path]) {
      places.push({
        path,
        expected: 'unchanged: it was fixed when the filing was started',
        expectedZh: '发起备案时已确定，不能修改',
      });
    }
    const fits =
      typeof value === 'string'
        ? value.length <= longestText
        : value === null ||
          (Array.isArray(value) &&
            value.length <= 50 &&
            value.every((one) => typeof one === 'string' && one.length <= 100));
    if (!fits)
      places.push({
        path,
        expected: 'text, or a list of texts, of reasonable length',
        expectedZh: '应为文字或文字列表，且长度合理',
      });
  }
  if (places.length > 0) throw new Fault('input.invalid', { places });
}

async function getFilingRow(tx: StoreTransaction, filingId: string): Promise<FilingRow> {
  const filing = await tx.filings.find(filingId);
  if (filing === null) throw new Fault('object.not_found');
  return filing;
}

/** The form unmasked, with a reason; every look leaves an audit row. @throws Fault `object.not_found`. */
export async function revealFilingForm(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly filingId: string; readonly reason: string },
): Promise<{ values: Record<string, unknown> }> {
  return deps.store.transaction(async (tx) => {
    const filing = await getFilingRow(tx, input.filingId);
    if (!maySee(call.actor, filing.accountId)) throw new Fault('object.not_found');
    const at = deps.clock.now();
    const fact = auditFact(
      deps,
      call.actor,
      at,
      'FormRevealed',
      { kind: 'filing', id: filing.id },
      { reason: input.reason },
    );
    await tx.audit.append(fact);
    return { values: openValues(deps, filing.id, filing.form) };
  });
}
