import { fileURLToPath } from 'node:url';
import { type VerificationRules, verificationRulesShape } from '@openbeian/model/verification';
import { z } from 'zod';
import { readTable } from './read-table.ts';

const shipped = fileURLToPath(new URL('./verification.yaml', import.meta.url));

/**
 * Reads whose identity is verified, how, and for how long that counts, dated (default: what comes with OpenBeian).
 * @throws Fault `input.invalid` naming file, line and what was expected.
 */
export const loadVerificationRules = (file: string = shipped): readonly VerificationRules[] =>
  readTable(file, z.array(verificationRulesShape).min(1));
