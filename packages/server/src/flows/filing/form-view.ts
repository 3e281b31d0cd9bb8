import { editableFilingStates } from '@openbeian/model/filing';
import { checkForm, type Finding, type FormDefinition, formFor } from '@openbeian/model/forms';
import type { FilingRow } from '../../ports/index.ts';
import { requireVisible } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { checkContextOf, maskedValues, openValues } from './form-values.ts';

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

/** The owner edits its own data in the clear; everybody else, support access included, and a form that can no longer be edited, is masked. */
export function formViewOf({ deps, actor, at }: Step, filing: FilingRow): FormView {
  const context = checkContextOf(deps, filing, at);
  const open = openValues(deps, filing.id, filing.form);
  const mine = actor.support !== true && actor.accountId === filing.accountId && isEditable(filing);
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

/** The form of a filing that the actor may see. @throws Fault `object.not_found`. */
export async function readForm(step: Step<'object.not_found'>, filingId: string): Promise<FormView> {
  const filing = requireVisible(step, await step.tx.filings.find(filingId), (one) => [one.accountId]);
  return formViewOf(step, filing);
}
