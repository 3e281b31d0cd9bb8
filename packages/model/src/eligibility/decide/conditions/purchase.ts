import { z } from 'zod';
import type { Resource } from '../../inventory.ts';
import { billings, realNames } from '../../inventory.ts';
import type { PackageAmounts } from '../../reason.ts';
import type { MissingFacts } from '../missing-facts.ts';
import { bitOf, type ReasonSet } from '../reason-set.ts';
import { common, condition, missingFact, type SheetOf, type Surroundings } from './condition.ts';

const notPrepaid = bitOf('resource.billing_not_prepaid');

const billing = condition({
  schema: z.strictObject({ rule: z.literal('billing'), ...common, allowed: z.array(z.enum(billings)).min(1) }),
  factKeys: ['billing'],
  reasonCodes: ['resource.billing_not_prepaid'],
  namedFacts: ['billing'],
  compile: ({ allowed }) => ({ usual: allowed[0], allowed }),
  find: (resource, { usual, allowed }, missing) => {
    const given = resource.billing;
    if (given === usual) return 0;
    if (given === undefined) return missingFact(missing, 'billing');
    return allowed.includes(given) ? 0 : notPrepaid;
  },
  explain: {
    'resource.billing_not_prepaid': ({ condition: { allowed }, resource, at, terms: { bought, remaining } }) => {
      // After a conversion the term starts on that day and must satisfy both conditions.
      const terms = [bought, remaining].filter((it) => it !== null);
      const until = terms.length === 0 ? null : { from: at, terms, notBefore: at };
      const detail = { billing: resource.billing ?? ('pay_as_you_go' as const), allowed };
      return { detail, remedy: 'convert_to_prepaid', until };
    },
  },
});

const amountTooLow = bitOf('resource.order_amount_too_low');

const orderAmount = condition({
  schema: z.strictObject({ rule: z.literal('orderAmount'), ...common, atLeastCny: z.number().positive() }),
  factKeys: ['orderAmountCny'],
  reasonCodes: ['resource.order_amount_too_low'],
  namedFacts: ['orderAmountCny'],
  compile: ({ atLeastCny }) => ({ fen: fenOf(atLeastCny) }),
  find: ({ orderAmountCny }, { fen }, missing) => {
    if (orderAmountCny === undefined) return missingFact(missing, 'orderAmountCny');
    // Compared in whole fen: 89.99 is too little, 90.00 is enough.
    return fenOf(orderAmountCny) < fen ? amountTooLow : 0;
  },
  explain: {
    'resource.order_amount_too_low': ({ condition: { atLeastCny }, resource }) => ({
      detail: { neededCny: atLeastCny, amount: (resource.orderAmountCny ?? 0).toFixed(2) },
      remedy: 'use_other_resource',
    }),
  },
});

const packageMissing = bitOf('resource.package_missing');
const packageTooSmall = bitOf('resource.package_too_small');

/** A resource package, of any size or of so much. */
const resourcePackage = condition({
  schema: z.strictObject({
    rule: z.literal('package'),
    ...common,
    invocations: z.int().positive().optional(),
    gbSeconds: z.int().positive().optional(),
  }),
  factKeys: ['package.invocations', 'package.gbSeconds'],
  reasonCodes: ['resource.package_missing', 'resource.package_too_small'],
  namedFacts: ['package.invocations', 'package.gbSeconds'],
  // 0: any amount will do.
  compile: ({ invocations = 0, gbSeconds = 0 }) => ({ invocations, gbSeconds }),
  find: (resource, needed, missing) => {
    const bought = resource.package;
    if (bought === undefined) {
      // Where no amounts are required, billing by package shows that one was bought.
      const any = needed.invocations === 0 && needed.gbSeconds === 0;
      return any && resource.billing === 'package' ? 0 : packageMissing;
    }
    let set = 0;
    for (const amount of ['invocations', 'gbSeconds'] as const) {
      if (needed[amount] === 0) continue;
      const given = bought[amount];
      if (given === undefined) set |= missingFact(missing, `package.${amount}`);
      else if (given < needed[amount]) set |= packageTooSmall;
    }
    return set;
  },
  explain: {
    'resource.package_missing': ({ condition: stated }) => ({
      detail: { needed: amountsOf(stated) },
      remedy: 'buy_package',
    }),
    'resource.package_too_small': ({ condition: stated, resource }) => ({
      detail: { needed: amountsOf(stated), actual: amountsOf(resource.package ?? {}) },
      remedy: 'buy_package',
    }),
  },
});

const notTrialBit = bitOf('resource.trial');

const notTrial = condition({
  schema: z.strictObject({ rule: z.literal('notTrial'), ...common }),
  factKeys: [],
  reasonCodes: ['resource.trial'],
  namedFacts: [],
  compile: () => true,
  find: ({ trial }) => (trial ? notTrialBit : 0),
  explain: { 'resource.trial': () => ({ detail: null, remedy: 'use_other_resource' }) },
});

const notEnterprise = bitOf('code.issuer_not_enterprise');

/** Whose real name the buying account must carry. */
const issuer = condition({
  schema: z.strictObject({ rule: z.literal('issuer'), ...common, realName: z.array(z.enum(realNames)).min(1) }),
  factKeys: ['account', 'realName'],
  reasonCodes: ['code.issuer_not_enterprise'],
  namedFacts: ['realName'],
  compile: ({ realName }) => ({ accepted: realName }),
  find: ({ account }, { accepted }, missing, surroundings) => {
    if (account === undefined) return missingFact(missing, 'account');
    const realName = surroundings.realNameOf(account);
    if (realName === undefined) return missingFact(missing, 'realName');
    return accepted.includes(realName) ? 0 : notEnterprise;
  },
  explain: {
    'code.issuer_not_enterprise': ({ resource, surroundings }) => ({
      detail: { realName: surroundings.realNameOf(resource.account ?? '') ?? 'none' },
      remedy: 'change_account_real_name',
    }),
  },
});

function fenOf(cny: number): number {
  return Math.round(cny * 100);
}

function amountsOf({
  invocations,
  gbSeconds,
}: {
  readonly invocations?: number | undefined;
  readonly gbSeconds?: number | undefined;
}): PackageAmounts {
  return { invocations: invocations ?? null, gbSeconds: gbSeconds ?? null };
}

/** By the name that policies use for them. */
export const purchaseConditions = { billing, orderAmount, package: resourcePackage, notTrial, issuer } as const;

export const purchaseSchemas = [
  billing.schema,
  orderAmount.schema,
  resourcePackage.schema,
  notTrial.schema,
  issuer.schema,
] as const;

/** What these conditions find; the facts they miss go to `missing`. A line each: see `foundAgainst`. */
export function foundByPurchase(
  resource: Resource,
  sheet: SheetOf<typeof purchaseConditions>,
  missing: MissingFacts,
  surroundings: Surroundings,
): ReasonSet {
  let set = 0;
  if (sheet.billing !== null) set |= billing.find(resource, sheet.billing, missing, surroundings);
  if (sheet.orderAmount !== null) set |= orderAmount.find(resource, sheet.orderAmount, missing, surroundings);
  if (sheet.package !== null) set |= resourcePackage.find(resource, sheet.package, missing, surroundings);
  if (sheet.notTrial !== null) set |= notTrial.find(resource, sheet.notTrial, missing, surroundings);
  if (sheet.issuer !== null) set |= issuer.find(resource, sheet.issuer, missing, surroundings);
  return set;
}
