import { isDay, isPeriod } from '@openbeian/model/calendar';
import { codeFormats } from '@openbeian/model/code';
import { quotaScopes } from '@openbeian/model/quota';
import { z } from 'zod';
import { conditionSchema } from '../decide/conditions/conditions.ts';
import { realNames } from '../inventory.ts';

/*
 * The shape of policies/providers/*.yaml. A policy sets parameters of the named conditions (decide/conditions) and nothing else:
 * there is no expression language, so that every reason can compute its remedy.
 */

const id = z.string().regex(/^[a-z][a-z0-9_]*$/);
const label = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/)
  .meta({ description: 'Label of a source in docs/sources.md.' });
const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const day = z.string().refine(isDay, {
  params: { zh: '应为确实存在的日期 YYYY-MM-DD', en: 'expected a day that exists, YYYY-MM-DD' },
});
const period = z.string().refine(isPeriod, {
  params: { zh: '应为 ISO 8601 时长，如 P3M、P90D', en: 'expected an ISO 8601 period such as P3M or P90D' },
});

/** How the resource's own account files on it. */
const fileSchema = z.discriminatedUnion('mode', [
  z.strictObject({
    mode: z.literal('fileable'),
    ways: z
      .array(z.enum(['pick', 'code', 'host_login', 'own_entry']))
      .min(1)
      .meta({
        description:
          'pick: choose the resource in the form; code: with a code of its own; host_login: with the host’s user name and password; own_entry: a filing page of the product itself.',
      }),
    picksUntilCodes: z
      .boolean()
      .optional()
      .meta({ description: 'Once codes were issued on it, the resource can no longer be picked, only filed by code.' }),
  }),
  z.strictObject({
    mode: z.literal('through_bound'),
    products: z
      .array(id)
      .min(1)
      .meta({ description: 'The resource named in boundTo decides; it must be one of these.' }),
  }),
  z.strictObject({ mode: z.literal('not_fileable') }),
  z.strictObject({ mode: z.literal('closed') }),
  z.strictObject({ mode: z.literal('unstated') }),
]);

const issueSchema = z.discriminatedUnion('mode', [
  z.strictObject({
    mode: z.literal('codes'),
    applyAt: z.array(z.enum(['filing_platform', 'host_console'])).default(['filing_platform']),
  }),
  z.strictObject({ mode: z.literal('cannot') }),
  z.strictObject({ mode: z.literal('not_needed') }),
  z.strictObject({ mode: z.literal('unstated') }),
]);

const quotaSchema = z.strictObject({
  of: z
    .array(z.enum(['file', 'issue']))
    .min(1)
    .meta({ description: 'Both: direct filings and codes draw on one shared ledger.' }),
  scope: z.enum(quotaScopes),
  limit: z.int().positive(),
  returnedOnCancel: z
    .boolean()
    .nullable()
    .default(null)
    .meta({ description: 'Does cancelling the filed site give the slot back? null: no source says.' }),
  source: label.optional(),
});

/** How codes of this product behave (备案授权码 / 备案服务号). null: no source says. */
const codesSchema = z.strictObject({
  term: bilingual.meta({ description: 'What the provider calls its codes.' }),
  format: z
    .enum([...codeFormats, 'alphanumeric20'])
    .nullable()
    .meta({
      description:
        'check20 and uuid can be minted here; alphanumeric20 is 20 letters and digits without a known check.',
    }),
  ownLifetime: period.nullable().default(null).meta({ description: 'Counted from the day of issue.' }),
  revivesOnRenewal: z.boolean().nullable(),
  reusableAfterAbandon: z.boolean().nullable(),
  reusableAfterSuccess: z.literal(false).nullable().meta({
    description: 'No provider is known that gives a code back after success, and none is offered: it is used for good.',
  }),
  returnedOnRevoke: z.boolean().nullable(),
  repointable: z.boolean().nullable().default(null).meta({
    description: 'May an unused code be pointed at another resource of its issuer? null: nothing forbids it.',
  }),
  grant: z.enum(['bearer', 'named', 'named_with_sms', 'named_or_allow_list']).nullable(),
  batchMaximum: z.int().positive().nullable().default(null),
  mayBeSold: z.boolean().nullable().default(null),
  source: label,
});

const versionSchema = z
  .strictObject({
    validFrom: day.nullable().meta({ description: 'First day in force; null: as long as the source has been known.' }),
    validTo: day.nullable().meta({ description: 'Last day in force; null: still in force.' }),
    evidence: z.enum(['stated', 'partial', 'weak']),
    source: z.array(label).min(1),
    notes: bilingual.optional(),
    anyNumberSuffices: z.strictObject({ source: label }).optional().meta({
      description:
        'The product (a CDN, a firewall in front of a site) serves a custom domain with any valid number, filed through whichever provider.',
    }),
    regionless: z.boolean().optional().meta({ description: 'The product has no region; it counts as mainland.' }),
    conditions: z.array(conditionSchema).default([]),
    file: fileSchema,
    issue: issueSchema,
    quotas: z.array(quotaSchema).default([]),
    codes: codesSchema.optional(),
  })
  .superRefine((version, context) => {
    const refuse = (path: (string | number)[], zh: string, en: string) =>
      context.addIssue({ code: 'custom', path, params: { zh, en } });
    if (version.validFrom !== null && version.validTo !== null && version.validTo < version.validFrom) {
      refuse(['validTo'], '不应早于 validFrom', 'expected a day not before validFrom');
    }
    version.conditions.forEach((condition, index) => {
      if ('atLeast' in condition || 'moreThan' in condition || isTermRule(condition.rule)) {
        const { atLeast, moreThan } = condition as { atLeast?: string; moreThan?: string };
        if ((atLeast === undefined) === (moreThan === undefined)) {
          refuse(
            ['conditions', index],
            'atLeast 与 moreThan 应恰好写一个',
            'expected exactly one of atLeast, moreThan',
          );
        }
      }
      for (const use of condition.for ?? ['file', 'issue']) {
        const earlier = version.conditions.findIndex(
          (other) => other.rule === condition.rule && (other.for ?? ['file', 'issue']).includes(use),
        );
        if (earlier < index) {
          refuse(
            ['conditions', index, 'rule'],
            `规则 ${condition.rule} 已在 conditions[${earlier}] 中为 ${use} 设定`,
            `expected each rule once for ${use}; ${condition.rule} is conditions[${earlier}] already`,
          );
        }
      }
    });
    for (const use of ['file', 'issue'] as const) {
      if (version.quotas.filter((quota) => quota.scope !== 'subject' && quota.of.includes(use)).length > 1) {
        refuse(['quotas'], `${use} 只应有一个名额规则`, `expected at most one quota for ${use}`);
      }
    }
    if (version.evidence === 'weak' && (version.file.mode !== 'unstated' || version.issue.mode === 'codes')) {
      refuse(
        ['evidence'],
        'weak 的规则不能用来判断：file 应为 unstated，issue 不应为 codes',
        'expected file.mode unstated and no codes: weak evidence decides nothing',
      );
    }
    if ((version.issue.mode === 'codes') !== (version.codes !== undefined)) {
      refuse(['codes'], '发码产品应有 codes，且仅发码产品可有', 'expected codes exactly where issue.mode is codes');
    }
  });

const productSchema = z
  .strictObject({ product: id, name: bilingual, versions: z.array(versionSchema).min(1) })
  .superRefine((product, context) => {
    product.versions.forEach((version, index) => {
      const previous = product.versions[index - 1];
      if (previous === undefined) return;
      if (previous.validTo === null || version.validFrom === null || version.validFrom <= previous.validTo) {
        context.addIssue({
          code: 'custom',
          path: ['versions', index, 'validFrom'],
          params: {
            zh: '各版本应按时间先后排列且互不重叠',
            en: 'expected versions in order of time, without overlap',
          },
        });
      }
    });
  });

/** A provider's rules for accounts. They are shown with their source; a resource alone cannot be decided by them. */
const accountsSchema = z.strictObject({
  subjectsPerAccount: z.int().positive().nullable().default(null),
  accountsPerSubject: z.int().positive().nullable().default(null),
  sitesPerSubject: z.int().positive().nullable().default(null),
  servicesPerIndividual: z.int().positive().nullable().default(null),
  filerMustBeBuyer: z.boolean().nullable().default(null),
  realNameMustBeSubject: z.boolean().nullable().default(null),
  issuerRealName: z.array(z.enum(realNames)).min(1).nullable().default(null),
  transfer: z.enum(['self_service', 'by_request', 'none']).nullable().default(null),
  source: label,
});

/** One file of policies/: a provider with its regions and products. */
export const policyFileSchema = z
  .strictObject({
    provider: id,
    name: bilingual,
    fictional: z.boolean().optional().meta({ description: 'A provider that does not exist, for samples.' }),
    ownerSource: label.optional().meta({ description: 'Who says that only the buying account may use a resource.' }),
    regions: z.strictObject({
      source: label,
      mainland: z.array(z.string().min(1)),
      outside: z.array(z.string().min(1)),
    }),
    accounts: accountsSchema.optional(),
    products: z.array(productSchema).min(1),
  })
  .superRefine((file, context) => {
    file.products.forEach((product, index) => {
      const earlier = file.products.findIndex((other) => other.product === product.product);
      if (earlier < index) {
        context.addIssue({
          code: 'custom',
          path: ['products', index, 'product'],
          params: {
            zh: `产品 ${product.product} 与 products[${earlier}] 重复`,
            en: `expected each product once; products[${earlier}] is ${product.product} already`,
          },
        });
      }
    });
    const direct = file.products
      .filter((product) => product.versions.every(({ file: { mode } }) => mode !== 'through_bound'))
      .map((product) => product.product);
    file.products.forEach((product, index) => {
      product.versions.forEach((version, position) => {
        if (version.file.mode !== 'through_bound' || version.file.products.every((it) => direct.includes(it))) return;
        context.addIssue({
          code: 'custom',
          path: ['products', index, 'versions', position, 'file', 'products'],
          params: {
            zh: '应为本文件中自身承载备案的产品',
            en: 'expected products of this file that carry filings themselves',
          },
        });
      });
    });
    const twice = file.regions.outside.findIndex((region) => file.regions.mainland.includes(region));
    if (twice >= 0) {
      context.addIssue({
        code: 'custom',
        path: ['regions', 'outside', twice],
        params: {
          zh: `地域 ${file.regions.outside[twice]} 不应既在境内又在境外`,
          en: `expected a region that is not listed as mainland; ${file.regions.outside[twice]} is`,
        },
      });
    }
  });

export type PolicyFile = z.output<typeof policyFileSchema>;
export type PolicyVersion = PolicyFile['products'][number]['versions'][number];
export type AccountRules = NonNullable<PolicyFile['accounts']>;
export type CodeBehaviour = NonNullable<PolicyVersion['codes']>;

function isTermRule(rule: string): boolean {
  return rule === 'boughtTerm' || rule === 'remainingTerm' || rule === 'firstTerm';
}
