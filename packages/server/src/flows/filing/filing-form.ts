import { Fault } from '@openbeian/model/fault';
import { editableFilingStates } from '@openbeian/model/filing';
import { checkForm, type Finding, type FormDefinition, fieldsOf, formFor, unknownFields } from '@openbeian/model/forms';
import type { FilingRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { onceForKeyPresenting } from '../command/once-for-key.ts';
import { commandInParts, query } from '../command/operation.ts';
import { ownAccount, requireVisible } from '../command/permission.ts';
import { type FlowRequest, inTransaction, type Step } from '../command/step.ts';
import { filingSeen } from './advance-filing.ts';
import { filingViewOf } from './filing-view.ts';
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
function formViewOf({ deps, actor, at }: FlowRequest, filing: FilingRow): FormView {
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

async function readForm(step: Step<'object.not_found'>, filingId: string): Promise<FormView> {
  const filing = requireVisible(step, await step.tx.filings.find(filingId), (one) => [one.accountId]);
  return formViewOf(step, filing);
}

export const getFilingForm = query(
  { id: 'getFilingForm', faults: ['object.not_found'] },
  (step, input: { readonly filingId: string }) => readForm(step, input.filingId),
);

/** The pre-check of the form as it is saved; nothing is written. */
export const checkFiling = query(
  { id: 'checkFiling', faults: ['object.not_found'] },
  async (step, input: { readonly filingId: string }) => ({ findings: (await readForm(step, input.filingId)).findings }),
);

export interface SaveFormInput {
  readonly filingId: string;
  readonly version: number;
  readonly values: Record<string, unknown>;
}

/**
 * Saves values of the form, as many or few as are given; wrong ones are saved too (the findings say so), unknown fields
 * and fixed ones are refused with `input.invalid`.
 */
export const saveFilingForm = commandInParts(
  { id: 'saveFilingForm', faults: ['object.not_found', 'object.changed', 'filing.wrong_state'] },
  (request, input: SaveFormInput) => {
    const account = ownAccount(request.actor);
    return onceForKeyPresenting(
      request,
      input,
      async (step) => {
        const { deps, tx, at } = step;
        const filing = await filingSeen(tx, input.filingId, input.version, (one) => one.accountId === account);
        if (!isEditable(filing)) throw step.fault('filing.wrong_state');
        const definition = formFor(formContextOf(filing, at));
        refuseForeignFields(input.values, definition, openValues(deps, filing.id, filing.form));
        const form = { ...filing.form, ...sealValues(deps, filing.id, input.values, fieldsOf(definition)) };
        if (!(await tx.filings.update(filing.id, filing.version, filing.state, { form }, at)))
          throw step.fault('object.changed');
        return { filingId: filing.id };
      },
      async (step, { filingId }) => {
        const filing = await getFilingRow(step, filingId);
        return { filing: filingViewOf(step.deps, filing, step.actor), form: formViewOf(step, filing) };
      },
    );
  },
);

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

async function getFilingRow(step: Step<'object.not_found'>, filingId: string): Promise<FilingRow> {
  const filing = await step.tx.filings.find(filingId);
  if (filing === null) throw step.fault('object.not_found');
  return filing;
}

/** The form unmasked, with a reason; every look leaves an audit row. */
export const revealFilingForm = commandInParts(
  { id: 'revealFilingForm', faults: ['object.not_found'] },
  (request, input: { readonly filingId: string; readonly reason: string }) =>
    inTransaction(request, async (step) => {
      const filing = requireVisible(step, await step.tx.filings.find(input.filingId), (one) => [one.accountId]);
      await recordAudit(step, 'FormRevealed', { kind: 'filing', id: filing.id }, { reason: input.reason });
      return { values: openValues(step.deps, filing.id, filing.form) };
    }),
);
