import { fieldsOf } from '@openbeian/model/forms';
import { commandInParts } from '../command/operation.ts';
import { refusedFieldsOf } from './form-view.ts';
import { type SaveFormInput, saveValues } from './save-values.ts';

/**
 * Saves values of the form, as many or few as are given; wrong ones are saved too (the findings say so), unknown fields
 * and fixed ones are refused with `input.invalid`, and so is what a correction, or a reviewer who asks, did not ask for.
 */
export const saveFilingForm = commandInParts(
  { id: 'saveFilingForm', faults: ['object.not_found', 'object.changed', 'filing.wrong_state'] },
  (request, input: SaveFormInput) =>
    saveValues(request, input, async (filing, step, definition) => {
      const isPartly = filing.kind === 'correction' || filing.askedAt !== null;
      const demanded = isPartly ? await refusedFieldsOf(step, filing) : null;
      return demanded ?? new Set(fieldsOf(definition).map(({ path }) => path));
    }),
);
