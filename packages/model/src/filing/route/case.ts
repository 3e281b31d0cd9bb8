import { z } from 'zod';
import { nameKindOf } from '../../domain-name/index.ts';
import { invalidInput, parseSafely } from '../../fault/index.ts';
import { filingKindTable, type RequestIntent, requestedKinds } from '../kinds.ts';
import { contradictionsIn } from './contradictions.ts';

const id = z.string().trim().min(1).max(100);

const url = /^(?:[a-z][a-z\d+.-]*:)?\/\/(?:[^/?#@]*@)?([^/?#]+)|^([^/?#]*[^/?#:])[/?#]/i;

/** People paste addresses of pages: the host in it is what they are asked for. */
function noDomain(text: string): { readonly zh: string; readonly en: string } {
  const [, host, other] = url.exec(text.trim()) ?? [];
  const name = host ?? other;
  return name !== undefined && nameKindOf(name) !== null
    ? { zh: `这是网址，请只填其中的域名：${name}`, en: `expected only the domain of this URL: ${name}` }
    : {
        zh: '应为可注册的域名，例如 example.cn',
        en: 'expected a domain name that can be registered, such as example.cn',
      };
}

/** `open`: a service is opened or moved here, and the facts tell which filing that takes. */
export type RouteIntent = 'open' | RequestIntent;
export const routeIntents: readonly RouteIntent[] = [
  'open',
  ...requestedKinds.map((kind) => filingKindTable[kind].request.intent),
];

/** What the domain is for. */
const routePurposes = ['web', 'none', 'planned', 'mail_only', 'app_backend', 'mini_program_backend'] as const;

/**
 * The case that `openbeian route` decides (contract §4); docs/route-case.schema.json is made of it. `here` always means: with
 * the provider that hosts. Facts that contradict each other are refused, because the answer would depend on which of them was
 * meant.
 */
export const routeCaseSchema = z
  .strictObject({
    domain: z
      .string()
      .max(300)
      .superRefine((text, context) => {
        if (nameKindOf(text) === null) context.addIssue({ code: 'custom', params: noDomain(text) });
      })
      .meta({
        description: 'The domain or a host below it, also with a port; names of internal networks have an answer too.',
      }),
    purpose: z.enum(routePurposes).meta({
      description:
        'web: a website; none: registered, without a site; planned: the site is not built yet; mail_only: only mail; app_backend, mini_program_backend: called by an APP or a mini-program only.',
    }),
    hosting: z.strictObject({
      provider: id,
      product: id,
      region: id.meta({ description: 'The provider’s own region id, or cn-mainland, hk, overseas.' }),
      hostname: z
        .enum(['custom', 'provider_default'])
        .meta({ description: 'provider_default: the site is reached under a name of the provider only.' }),
      role: z.enum(['server', 'delivery']).optional().meta({
        description:
          'delivery: a CDN, firewall or proxy in front of the site. Absent: as the policy of the product says, else server.',
      }),
      port: z.int().min(1).max(65_535).optional().meta({ description: 'The port that visitors use.' }),
      protocol: z.enum(['http', 'https', 'websocket']).optional(),
      addresses: z.enum(['ipv4', 'ipv6', 'both']).optional().meta({ description: 'What the domain resolves to.' }),
    }),
    subject: z.strictObject({
      filed: z.boolean().meta({ description: 'Has the organiser a filing at all, with any provider?' }),
      here: z.boolean().meta({ description: 'Is the organiser known to the hosting provider?' }),
      changed: z.enum(['certificate', 'nature']).optional().meta({
        description:
          'The organiser now has another certificate (or certificate number) than on record, or another nature, such as an individual who has founded a company.',
      }),
    }),
    record: z.strictObject({
      exists: z.boolean().meta({ description: 'Is this very domain on record (for an APP: as an APP’s)?' }),
      here: z.boolean().meta({ description: 'With the hosting provider as access provider?' }),
      sameAccount: z.boolean().meta({ description: 'In the asking account?' }),
      ofOtherSubject: z.boolean().optional().meta({
        description:
          'Is the record another organiser’s, for example of the former owner of a bought domain? Absent: only where the organiser has no filing.',
      }),
    }),
    intent: z.enum(routeIntents),
    asked: id.optional().meta({ description: 'The provider that is asked, when it is not the hosting one.' }),
  })
  .superRefine((facts, context) => {
    for (const { path, zh, en } of contradictionsIn(facts)) {
      context.addIssue({ code: 'custom', path: [...path], params: { zh, en } });
    }
  });

export type RouteCase = z.infer<typeof routeCaseSchema>;

/**
 * Reads the case of `openbeian route`.
 * @throws Fault `input.invalid` with every wrong place.
 */
export function parseRouteCase(document: unknown): RouteCase {
  const parsed = parseSafely(routeCaseSchema, document);
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}
