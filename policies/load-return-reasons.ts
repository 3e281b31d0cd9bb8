import { fileURLToPath } from 'node:url';
import { type ReturnReason, returnReasonsSchema } from '@openbeian/model/filing';
import { readTable } from './read-table.ts';

const shipped = fileURLToPath(new URL('./rejections.yaml', import.meta.url));

/**
 * Reads the catalogue of reasons for returning a filing (default: the one that comes with OpenBeian).
 * @throws Fault `input.invalid` naming file, line and what was expected.
 */
export function loadReturnReasons(file: string = shipped): readonly ReturnReason[] {
  return readTable(file, returnReasonsSchema).reasons;
}
