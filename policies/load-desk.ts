import { fileURLToPath } from 'node:url';
import { sideBySideShape, subjectLimitShape } from '@openbeian/model/filing';
import { z } from 'zod';
import { readTable } from './read-table.ts';

const shipped = fileURLToPath(new URL('./desk.yaml', import.meta.url));

const deskShape = z.strictObject({
  sideBySide: z.array(sideBySideShape).min(1),
  subjectLimits: z.array(subjectLimitShape),
});
export type DeskRules = z.output<typeof deskShape>;

/**
 * Reads what may be open side by side and what one organiser may have (default: what comes with OpenBeian).
 * @throws Fault `input.invalid` naming file, line and what was expected.
 */
export const loadDesk = (file: string = shipped): DeskRules => readTable(file, deskShape);
