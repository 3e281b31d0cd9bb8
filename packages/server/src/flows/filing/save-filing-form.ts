import {
  type FormDefinition,
  fieldsOf,
  formFor,
  isStorable,
  normalValues,
  unknownFields,
} from '@openbeian/model/forms';
import { z } from 'zod';
import { onceForKeyPresenting } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { dueOfFilledIn } from './due-at.ts';
import { changeFiling, type FilingStepInput, lockFilingAtVersion } from './filing-step.ts';
import { filingViewOf } from './filing-view.ts';
import { currentFormValues, formContextOf, sealValues } from './form-values.ts';
import { formViewOf, isEditable } from './form-view.ts';

interface SaveFormInput extends FilingStepInput {
  readonly values: Record<string, unknown>;
}

/**
 * Saves values of the form, as many or few as are given; wrong ones are saved too (the findings say so), unknown fields
 * and fixed ones are refused with `input.invalid`.
 */
export const saveFilingForm = commandInParts(
  { id: 'saveFilingForm', faults: ['object.not_found', 'object.changed', 'filing.wrong_state'] },
  (request, input: SaveFormInput) => {
    ownAccount(request.actor);
    return onceForKeyPresenting(
      request,
      input,
      async (step) => {
        const { deps, at } = step;
        const filing = await lockFilingAtVersion(step, input);
        if (!isEditable(filing)) throw step.fault('filing.wrong_state');
        const definition = formFor(formContextOf(deps, filing, at));
        refuseForeignFields(step, input.values, definition, currentFormValues(deps, filing, at));
        const values = normalValues(input.values, definition);
        const form = { ...filing.form, ...sealValues(deps, filing.id, values, fieldsOf(definition)) };
        await changeFiling(step, filing, { form, ...dueOfFilledIn(filing, deps.calendar) });
        return { filingId: filing.id };
      },
      {
        stored: z.object({ filingId: z.string() }),
        present: async (step, { filingId }) => {
          const filing = await step.tx.filings.find(filingId);
          if (filing === null) throw step.fault('object.not_found');
          return { filing: filingViewOf(step.deps, filing, step.actor), form: formViewOf(step, filing) };
        },
      },
    );
  },
);

function refuseForeignFields(
  step: Step,
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
    if (field.input === 'fixed' && !isSame(value, present[field.path])) {
      places.push({
        path,
        expected: 'unchanged: it was fixed when the filing was started',
        expectedZh: '发起备案时已确定，不能修改',
      });
    }
    if (!isStorable(field, value))
      places.push({
        path,
        expected: 'text, or a list of texts or of records with known names, of reasonable length',
        expectedZh: '应为文字、文字列表或由已知栏目组成的列表，且长度合理',
      });
  }
  if (places.length > 0) throw step.fault('input.invalid', { places });
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
