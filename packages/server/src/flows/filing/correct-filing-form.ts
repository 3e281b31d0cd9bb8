import { commandInParts } from '../command/operation.ts';
import { refusedFieldsOf } from './form-view.ts';
import { type SaveFormInput, saveValues } from './save-values.ts';

/**
 * Saves only what was refused of a filing that came back: fields with findings, and what they ask besides. Everything else
 * is refused with `input.invalid`; a filing of which nothing was refused with `filing.wrong_state`.
 */
export const correctFilingForm = commandInParts(
  { id: 'correctFilingForm', faults: ['object.not_found', 'object.changed', 'filing.wrong_state'] },
  (request, input: SaveFormInput) =>
    saveValues(request, input, async (filing, step) => {
      const refused = await refusedFieldsOf(step, filing);
      if (refused === null) throw step.fault('filing.wrong_state');
      return refused;
    }),
);
