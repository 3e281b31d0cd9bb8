import { type FaultCode, faultCatalogue } from '@openbeian/model/fault';
import { z } from 'zod';

export const faultCodes = Object.keys(faultCatalogue) as [FaultCode, ...FaultCode[]];

/** Every error answer is one of these (RFC 9457, `application/problem+json`), with a `code` from the closed catalogue. */
export const problemShape = z
  .object({
    type: z.string().meta({ description: 'Relative URI `/problems/<code>`' }),
    title: z.string().meta({ description: 'In the language of Accept-Language; Chinese by default' }),
    status: z.number().int(),
    detail: z.string().optional(),
    instance: z.string().optional().meta({ description: 'The path that was asked' }),
    code: z.enum(faultCodes).meta({ id: 'FaultCode' }),
    zh: z.string(),
    en: z.string(),
    retry: z.enum(['never', 'later', 'after_reload']).meta({
      description: 'never: the same request fails again; later: send it again; after_reload: read afresh, decide again',
    }),
    places: z
      .array(z.object({ path: z.string(), expected: z.string(), zh: z.string(), en: z.string() }))
      .optional()
      .meta({ description: 'Each wrong place of the input and what was expected there' }),
    reasons: z.array(z.unknown()).optional().meta({ description: 'Why it was decided against: the shape `Reason`' }),
    findings: z.array(z.unknown()).optional().meta({ description: 'What the check found: the shape `Finding`' }),
    retryAfterSeconds: z.number().int().optional(),
    errorId: z.string().optional().meta({ description: 'Under this id the server’s log has the cause' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemShape>;
