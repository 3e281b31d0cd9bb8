import { type Day, dayOf, isDay, isPeriod, lastDayOf } from '@openbeian/model/calendar';
import { Fault, invalidInput, parseSafely } from '@openbeian/model/fault';
import { z } from 'zod';
import { addressUse, isPublicAddress } from './public-address.ts';

/** Real-name kinds of an account (contract §1). */
export const realNames = ['none', 'individual', 'enterprise', 'institution', 'government', 'society'] as const;
export type RealName = (typeof realNames)[number];

export const billings = ['prepaid', 'pay_as_you_go', 'package', 'contract'] as const;
export type Billing = (typeof billings)[number];

export const resourceStates = ['running', 'stopped', 'released'] as const;
export type ResourceState = (typeof resourceStates)[number];

/** Whether the filing service of a container environment can take a filing (contract §1). */
export const filingServiceStates = ['fileable', 'initialising', 'blocked', 'missing'] as const;
export type FilingServiceState = (typeof filingServiceStates)[number];

export const publicIpKinds = ['instance', 'elastic', 'load_balancer'] as const;

const id = z.string().min(1).max(200);
const count = z.int().min(0);
/** Clouds sell packages in units of their own (0.5 million calls, 333.3 GBs), so any decimal is an amount. */
const amount = z.number().min(0);

/** Years are bounded so that no rule's arithmetic can leave the calendar. */
function day(latest: Day) {
  return z.string().transform((value, context): Day => {
    const found = dayIn(value, latest);
    if (found !== null) return found;
    context.addIssue({
      code: 'custom',
      params: {
        zh: `应为 1970-01-01 至 ${latest} 之间确实存在的日期 YYYY-MM-DD（或带时区的 ISO 8601 时刻）`,
        en: `expected a day that exists, YYYY-MM-DD, between 1970-01-01 and ${latest} (or an ISO 8601 instant with an offset)`,
      },
    });
    return z.NEVER;
  });
}

/** The latest days of an inventory: what was bought must be bought by then, what expires may be far off. */
export const latestDays = { boughtAt: '2999-12-31', expiresAt: '9999-12-31' } as const satisfies Record<string, Day>;

/**
 * The day that a text names, itself or as an instant, from 1970 to `latest`; null for anything else. An instant that may be
 * as late as an expiry is the end of a term: at midnight in Shanghai that is the day before.
 */
export function dayIn(value: string, latest: Day): Day | null {
  const found = isDay(value) ? value : instantDay(value, latest === latestDays.expiresAt ? lastDayOf : dayOf);
  return found !== null && found >= '1970-01-01' && found <= latest ? found : null;
}

function instantDay(value: string, dayAt: (instant: string) => Day): Day | null {
  try {
    return dayAt(value);
  } catch {
    return null;
  }
}

const period = z.string().refine(isPeriod, {
  params: { zh: '应为 ISO 8601 时长，如 P3M、P90D、P1Y', en: 'expected an ISO 8601 period such as P3M, P90D, P1Y' },
});

const cny = z
  .number()
  .min(0)
  .max(1e12)
  .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-4, {
    params: { zh: '金额最多两位小数', en: 'expected an amount with at most two decimals' },
  });

/** A public address; those of the documentation ranges may stand for one. */
export const addressSchema = z.union([z.ipv4(), z.ipv6()]).refine(isPublicAddress, {
  params: {
    zh: '应为公网 IP：私有、共享、回环、链路本地等地址不能从互联网访问，请删除',
    en: 'expected a public IP address; private, shared, loopback and link-local ones are not reached from the internet: remove it',
  },
});

export const accountSchema = z.strictObject({ id, realName: z.enum(realNames).optional() });

const resourceFacts = z
  .strictObject({
    id,
    provider: id,
    product: id,
    account: id.optional(),
    region: id.optional(),
    billing: z.enum(billings).optional(),
    boughtAt: day(latestDays.boughtAt).optional(),
    expiresAt: day(latestDays.expiresAt).optional(),
    firstTerm: period.optional(),
    orderAmountCny: cny.optional(),
    package: z.strictObject({ invocations: amount.optional(), gbSeconds: amount.optional() }).optional(),
    environment: z
      .strictObject({ id: id.optional(), filingService: z.enum(filingServiceStates).optional() })
      .optional(),
    /** For a load balancer: the id of the resource behind it, that carries its filings. */
    boundTo: id.optional(),
    state: z.enum(resourceStates).default('running'),
    trial: z.boolean().default(false),
    publicIps: z
      .array(z.strictObject({ address: addressSchema.optional(), kind: z.enum(publicIpKinds).optional() }))
      .optional(),
    bandwidthMbps: z.number().min(0).optional(),
    used: z.strictObject({ codes: count.default(0), sites: count.default(0) }).default({ codes: 0, sites: 0 }),
  })
  .superRefine((resource, context) => {
    const { boughtAt, expiresAt } = resource;
    if (boughtAt !== undefined && expiresAt !== undefined && expiresAt < boughtAt) {
      context.addIssue({
        code: 'custom',
        path: ['expiresAt'],
        params: {
          zh: `到期日不应早于购买日 ${boughtAt}`,
          en: `expected a day not before boughtAt (${boughtAt})`,
        },
      });
    }
  });

export type Resource = z.output<typeof resourceFacts>;

/** The optional keys of an object, nested ones behind a point, those of the objects of a list behind `[]`. */
type OptionalKeys<T> = {
  [K in keyof T & string]: undefined extends T[K] ? K | InnerKeys<K, NonNullable<T[K]>> : never;
}[keyof T & string];
type InnerKeys<K extends string, T> = T extends readonly (infer I)[]
  ? `${K}[].${keyof I & string}`
  : T extends object
    ? `${K}.${keyof T & string}`
    : never;

/** A fact that a rule may need and an inventory may lack, by its key: a resource's, or the real name of its account. */
export type FactKey = OptionalKeys<Resource> | 'realName';

/** All of them in the order in which missing facts are listed, found in the schema. */
export const factKeys: readonly FactKey[] = [...optionalKeysOf(resourceFacts.shape), 'realName' as const].sort();

function optionalKeysOf(shape: Readonly<Record<string, z.core.$ZodType>>): FactKey[] {
  const keys = Object.entries(shape).flatMap(([key, schema]) => {
    if (!(schema instanceof z.ZodOptional)) return [];
    const inner: unknown = schema.unwrap();
    if (inner instanceof z.ZodObject) return [key, ...Object.keys(inner.shape).map((it) => `${key}.${it}`)];
    if (!(inner instanceof z.ZodArray) || !(inner.element instanceof z.ZodObject)) return [key];
    return [key, ...Object.keys(inner.element.shape).map((it) => `${key}[].${it}`)];
  });
  // The type above says the same of the same schema.
  return keys as FactKey[];
}

/** A resource of an inventory (contract §1). */
export const resourceSchema = resourceFacts.transform(inOneShape);

/**
 * The same facts as an object whose keys are in one order, those it lacks as undefined: the engine then gives all
 * resources one layout in memory, and a fleet is decided in half the time.
 */
export function inOneShape(facts: Resource): Resource {
  return {
    id: facts.id,
    provider: facts.provider,
    product: facts.product,
    account: facts.account,
    region: facts.region,
    billing: facts.billing,
    boughtAt: facts.boughtAt,
    expiresAt: facts.expiresAt,
    firstTerm: facts.firstTerm,
    orderAmountCny: facts.orderAmountCny,
    package: facts.package,
    environment: facts.environment,
    boundTo: facts.boundTo,
    state: facts.state,
    trial: facts.trial,
    publicIps: facts.publicIps,
    bandwidthMbps: facts.bandwidthMbps,
    used: facts.used,
  };
}

/** The inventory (contract §1). Unknown keys are refused; `used`, `trial` and `state` have defaults. */
export const inventorySchema = z
  .strictObject({
    accounts: z.array(accountSchema).default([]),
    resources: z.array(resourceSchema),
    viewer: id.optional(),
  })
  .superRefine((inventory, context) => {
    refuseTwice(inventory.accounts, (account) => account.id, 'accounts', context);
    refuseTwice(inventory.resources, (it) => `${it.provider}/${it.product}/${it.id}`, 'resources', context);
  });

export type Account = z.output<typeof accountSchema>;
export type Inventory = z.output<typeof inventorySchema>;

/** How an inventory is read. */
export interface InventoryReading {
  /** Whether addresses of the documentation ranges (RFC 5737, RFC 3849) may be used in place of public ones: samples do. */
  readonly exampleAddresses: boolean;
}

/**
 * Reads an inventory from a parsed document (YAML or JSON).
 * @throws Fault `input.invalid` whose `places` name every wrong place and what was expected there. Nothing else.
 */
export function parseInventory(document: unknown, { exampleAddresses }: InventoryReading = sampleReading): Inventory {
  const parsed = parseSafely(inventorySchema, document);
  if (!parsed.success) throw invalidInput(parsed.error);
  if (!exampleAddresses) refuseExampleAddresses(parsed.data.resources);
  return parsed.data;
}

const sampleReading: InventoryReading = { exampleAddresses: true };

function refuseExampleAddresses(resources: readonly Resource[]): void {
  const places = resources.flatMap(({ publicIps = [] }, index) =>
    publicIps.flatMap(({ address }, ip) => {
      if (address === undefined || addressUse(address) !== 'documentation') return [];
      const expected = {
        expected: 'an address of the internet; this one is for documentation only (RFC 5737, RFC 3849)',
        expectedZh: '应为真实的公网 IP；该地址属于文档示例网段（RFC 5737、RFC 3849），不能从互联网访问',
      };
      return [{ path: `resources[${index}].publicIps[${ip}].address`, ...expected }];
    }),
  );
  if (places.length > 0) throw new Fault('input.invalid', { places });
}

function refuseTwice<T>(rows: readonly T[], keyOf: (row: T) => string, list: string, context: z.RefinementCtx): void {
  const seen = new Map<string, number>();
  rows.forEach((row, index) => {
    const key = keyOf(row);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else
      context.addIssue({
        code: 'custom',
        path: [list, index, 'id'],
        params: {
          zh: `${key} 与 ${list}[${first}] 重复，每个编号只能出现一次`,
          en: `expected an id of its own; ${list}[${first}] is ${key} already`,
        },
      });
  });
}
