import { fileURLToPath } from 'node:url';
import { type MaterialRules, materialRulesShape } from '@openbeian/model/materials';
import { z } from 'zod';
import { readTable } from './read-table.ts';

const shipped = fileURLToPath(new URL('./materials.yaml', import.meta.url));

/**
 * Reads what uploaded pictures are held to, dated (default: what comes with OpenBeian).
 * @throws Fault `input.invalid` naming file, line and what was expected.
 */
export const loadMaterialRules = (file: string = shipped): readonly MaterialRules[] =>
  readTable(file, z.array(materialRulesShape).min(1));
