import { z } from 'zod';
import { normaliseHost } from '../../domain-name/index.ts';
import { invalidInput } from '../../fault/index.ts';
import { filingKindTable, type RequestIntent, requestedKinds } from '../kinds.ts';

const id = z.string().trim().min(1).max(100);

/** `open`: a service is opened or moved here, and the facts tell which filing that takes. */
export type RouteIntent = 'open' | RequestIntent;
export const routeIntents: readonly RouteIntent[] = [
  'open',
  ...requestedKinds.map((kind) => filingKindTable[kind].request.intent),
];

/**
 * The case that `openbeian route` decides (contract §4). `here` always means: with the provider that hosts.
 * Contradictory facts are refused, because the answer would depend on which of them was meant.
 */
export const routeCaseSchema = z
  .strictObject({
    domain: z
      .string()
      .max(300)
      .refine((text) => normaliseHost(text).registrableName !== null, {
        params: {
          zh: '应为可注册的域名，例如 example.cn',
          en: 'expected a domain name that can be registered, such as example.cn',
        },
      }),
    /** `none`: registered, no site; `planned`: the site is not built yet. */
    purpose: z.enum(['web', 'none', 'planned']),
    hosting: z.strictObject({
      provider: id,
      product: id,
      /** The provider's own region id, or cn-mainland, hk, overseas. */
      region: id,
      /** `provider_default`: the site is reached under a name of the provider only. */
      hostname: z.enum(['custom', 'provider_default']),
    }),
    /** Has the organiser a filing at all, and is it known to the hosting provider? */
    subject: z.strictObject({ filed: z.boolean(), here: z.boolean() }),
    /** Is this very domain name on record, with the hosting provider as access provider, in the asking account? */
    record: z.strictObject({ exists: z.boolean(), here: z.boolean(), sameAccount: z.boolean() }),
    intent: z.enum(routeIntents),
    /** The provider that is asked, when it is not the hosting one. */
    asked: id.optional(),
  })
  .superRefine(({ subject, record }, context) => {
    if (subject.here && !subject.filed) {
      context.addIssue({
        code: 'custom',
        path: ['subject', 'here'],
        params: { zh: '主体未备案时应为 false', en: 'expected false while subject.filed is false' },
      });
    }
    if (record.here && !record.exists) {
      context.addIssue({
        code: 'custom',
        path: ['record', 'here'],
        params: { zh: '域名没有备案时应为 false', en: 'expected false while record.exists is false' },
      });
    }
  });

export type RouteCase = z.infer<typeof routeCaseSchema>;

/**
 * Reads the case of `openbeian route`.
 * @throws Fault `input.invalid` with every wrong place.
 */
export function parseRouteCase(document: unknown): RouteCase {
  const parsed = routeCaseSchema.safeParse(document);
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}
