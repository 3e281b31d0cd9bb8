import { fileURLToPath } from 'node:url';
import { policyFileSchema } from '@openbeian/model/eligibility';
import { routeCaseSchema } from '@openbeian/model/filing';
import { filingDocumentSchema } from '@openbeian/model/forms';
import { planSchema } from '@openbeian/model/plan';
import { z } from 'zod';
import { provinceFigures } from './province-figures.ts';
import { rejectionPage } from './rejection-catalogue.ts';
import { seedQuestions } from './seed-questions.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Every file generated from the policies and from schemas, with the text it must have; `node scripts/docs.ts` writes them. */
export function generatedFiles(): Map<string, string> {
  return new Map([
    [at('./policy.schema.json'), policySchemaText()],
    [at('../docs/plan.schema.json'), planSchemaText()],
    [at('../docs/route-case.schema.json'), routeCaseSchemaText()],
    [at('../docs/filing.schema.json'), filingSchemaText()],
    [at('../docs/rejections.md'), rejectionPage().text],
    [at('../docs/seed-questions.md'), seedQuestions()],
    [at('../docs/province-rules.md'), provinceFigures()],
  ]);
}

/** The JSON Schema of what `openbeian plan --json` prints. */
function planSchemaText(): string {
  const schema = z.toJSONSchema(planSchema, { target: 'draft-07' });
  return `${JSON.stringify({ title: 'Plan of openbeian plan --json', ...schema }, null, 2)}\n`;
}

/** The JSON Schema of the case of `openbeian route`. Which facts contradict each other a JSON Schema cannot say. */
function routeCaseSchemaText(): string {
  const schema = z.toJSONSchema(routeCaseSchema, { io: 'input', target: 'draft-07' });
  return `${JSON.stringify({ title: 'Case of openbeian route', ...schema }, null, 2)}\n`;
}

/** The JSON Schema of what `openbeian precheck` reads. Which fields a filing's form has depends on its kind and organiser. */
function filingSchemaText(): string {
  const schema = z.toJSONSchema(filingDocumentSchema, { io: 'input', target: 'draft-07' });
  return `${JSON.stringify({ title: 'Filing of openbeian precheck', ...schema }, null, 2)}\n`;
}

/** The JSON Schema of policy files, for editors. */
function policySchemaText(): string {
  const schema = z.toJSONSchema(policyFileSchema, { io: 'input', target: 'draft-07' });
  return `${JSON.stringify({ title: 'OpenBeian policy file', ...schema }, null, 2)}\n`;
}
