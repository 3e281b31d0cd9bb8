import { editableFilingStates } from '@openbeian/model/filing';
import {
  type AskedWhen,
  checkForm,
  type FieldDefinition,
  type FieldOption,
  type Finding,
  type FormDefinition,
  formFor,
  reachedSection,
} from '@openbeian/model/forms';
import type { FilingRow } from '../../ports/index.ts';
import { requireVisible } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { checkContextOf, currentFormValues, maskedValues } from './form-values.ts';

type Section = FormDefinition['sections'][number];
type ShownField<Item> = Omit<
  Section['fields'][number],
  'personal' | 'rules' | 'notOffered' | 'options' | 'askedWhen' | 'item'
> & {
  readonly personal: boolean;
  readonly options: FieldOption[];
  readonly askedWhen: AskedWhen[];
} & Item;

export interface FormView {
  readonly sections: {
    id: string;
    title: Section['title'];
    fields: ShownField<{ readonly item: ShownField<unknown>[] }>[];
  }[];
  readonly values: Record<string, unknown>;
  readonly findings: Finding[];
  readonly reached: string | null;
}

const shownField = (field: FieldDefinition): ShownField<{ readonly item: ShownField<unknown>[] }> => {
  const { rules: _rules, notOffered: _not, personal, options, askedWhen, item, ...rest } = field;
  return {
    ...rest,
    personal: personal !== null,
    options: [...options],
    askedWhen: [...askedWhen],
    item: item.map(shownField),
  };
};

export const isEditable = (filing: FilingRow): boolean =>
  (editableFilingStates as readonly string[]).includes(filing.state);

/** The owner edits its own data in the clear; everybody else, support access included, and a form that can no longer be edited, is masked. */
export function formViewOf({ deps, actor, at }: Step, filing: FilingRow): FormView {
  const context = checkContextOf(deps, filing, at);
  const open = currentFormValues(deps, filing, at);
  const mine = actor.support !== true && actor.accountId === filing.accountId && isEditable(filing);
  const definition = formFor(context);
  const findings = checkForm(open, context);
  return {
    sections: definition.sections.map(({ id, title, fields }) => ({ id, title, fields: fields.map(shownField) })),
    values: mine ? open : maskedValues(deps, filing, at),
    findings,
    reached: reachedSection(definition, findings),
  };
}

/** The form of a filing that the actor may see. @throws Fault `object.not_found`. */
export async function readForm(step: Step<'object.not_found'>, filingId: string): Promise<FormView> {
  const filing = requireVisible(step, await step.tx.filings.find(filingId), (one) => [one.accountId]);
  return formViewOf(step, filing);
}
