import { z } from 'zod';
import { subjectKinds } from './kinds.ts';

const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });

/** One row of `policies/rejections.yaml`: why a reviewer rejects a filing, at which fields, and how to fix it. */
export const returnReasonSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_.]*$/),
  /** Field paths it is offered at; empty: at every field and at the filing as a whole. */
  fields: z.array(z.string()),
  /** Whose filings it is offered for; empty: everybody's. */
  subjectKinds: z.array(z.enum(subjectKinds)).default([]),
  message: text,
  remedy: text,
  /** Label in docs/sources.md. */
  source: z.string().min(1),
});
export type ReturnReason = z.infer<typeof returnReasonSchema>;

export const returnReasonsSchema = z.strictObject({ reasons: z.array(returnReasonSchema).min(1) });
