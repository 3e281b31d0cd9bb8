import { fileURLToPath } from 'node:url';
import { type FormLimits, formLimitsSchema } from '@openbeian/model/forms';
import { readTable } from './read-table.ts';

const shipped = fileURLToPath(new URL('./forms.yaml', import.meta.url));

/**
 * Reads what forms are held to (default: what comes with OpenBeian).
 * @throws Fault `input.invalid` naming file, line and what was expected.
 */
export function loadFormLimits(file: string = shipped): readonly FormLimits[] {
  return readTable(file, formLimitsSchema).versions;
}
