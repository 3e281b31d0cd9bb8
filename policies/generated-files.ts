import { fileURLToPath } from 'node:url';
import { policyFileSchema } from '@openbeian/model/eligibility';
import { z } from 'zod';
import { seedQuestions } from './seed-questions.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Every file generated from the policies with the text it must have; `node scripts/docs.ts` writes them. */
export function generatedFiles(): Map<string, string> {
  return new Map([
    [at('./policy.schema.json'), policySchemaText()],
    [at('../docs/seed-questions.md'), seedQuestions()],
  ]);
}

/** The JSON Schema of policy files, for editors. */
function policySchemaText(): string {
  const schema = z.toJSONSchema(policyFileSchema, { io: 'input', target: 'draft-07' });
  return `${JSON.stringify({ title: 'OpenBeian policy file', ...schema }, null, 2)}\n`;
}
