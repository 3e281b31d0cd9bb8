import type { Day } from '@openbeian/model/calendar';
import type { QuotaUse } from '@openbeian/model/quota';
import { compileCondition, type Surroundings } from './conditions.ts';
import type { Billing, FilingServiceState, RealName, Resource, ResourceState } from './inventory.ts';
import type { Condition } from './policy-schema.ts';
import type { Term } from './reason.ts';
import { bitOf, type ReasonSet } from './reason-set.ts';
import { earliestEnd, fits, termOf } from './term.ts';

/*
 * The conditions of a policy as one flat record of parameters for one day, and one straight function over it. A closure
 * for each condition would be a call that the engine cannot predict, and it is these calls that cost.
 */

/** Null, or a false flag: the rule is not asked. All sheets have the same shape. */
export interface RuleSheet {
  /** Is there anything about billing or time; does anything ask for the expiry? */
  readonly clocks: boolean;
  readonly expires: boolean;
  readonly billings: readonly Billing[] | null;
  readonly bought: Term | null;
  /** The first expiry that leaves enough time; with `bought` and `notExpired` these are the clocks. */
  readonly lastsTo: Day | null;
  /** The day that must not be after the expiry. */
  readonly notExpiredOn: Day | null;
  readonly expiryWhereKnown: boolean;
  readonly publicIp: boolean;
  readonly publicIpWhereKnown: boolean;
  readonly bandwidth: boolean;
  readonly bandwidthWhereKnown: boolean;
  readonly ownIp: boolean;
  readonly notTrial: boolean;
  readonly refusedStates: readonly ResourceState[] | null;
  readonly issuers: readonly RealName[] | null;
  readonly environments: readonly FilingServiceState[] | null;
  /** Rules that few products have; asked by their own checks. */
  readonly rare: readonly ((resource: Resource, surroundings: Surroundings) => ReasonSet)[] | null;
}

/** The conditions that hold for both uses (`use` null), or for one use alone; null where there are none. */
export function sheetOf(conditions: readonly Condition[], use: QuotaUse | null, at: Day): RuleSheet | null {
  const mine = conditions.filter(({ for: uses }) => {
    const both = uses === undefined || (uses.includes('file') && uses.includes('issue'));
    return use === null ? both : !both && uses.includes(use);
  });
  // The released one is refused by every product, so the shared sheet always exists.
  if (use !== null && mine.length === 0) return null;
  const of = <R extends Condition['rule']>(rule: R) =>
    mine.find((it): it is Extract<Condition, { rule: R }> => it.rule === rule);
  const remaining = of('remainingTerm');
  const expiry = of('notExpired');
  const bought = of('boughtTerm');
  const refused = of('running')?.refused ?? [];
  const rare = mine.filter(({ rule }) => rareRules.has(rule));
  const expires = bought !== undefined || remaining !== undefined || expiry !== undefined;
  return {
    clocks: expires || of('billing') !== undefined,
    expires,
    billings: of('billing')?.allowed ?? null,
    bought: bought === undefined ? null : termOf(bought),
    lastsTo: remaining === undefined ? null : earliestEnd(at, termOf(remaining)),
    notExpiredOn: expiry === undefined ? null : at,
    expiryWhereKnown: expiry?.whereKnown === true,
    publicIp: of('publicIp') !== undefined,
    publicIpWhereKnown: of('publicIp')?.whereKnown === true,
    bandwidth: of('publicBandwidth') !== undefined,
    bandwidthWhereKnown: of('publicBandwidth')?.whereKnown === true,
    ownIp: of('ownIp') !== undefined,
    notTrial: of('notTrial') !== undefined,
    refusedStates: use === null ? ['released', ...refused] : refused.length === 0 ? null : refused,
    issuers: of('issuer')?.realName ?? null,
    environments: of('environment')?.allowed ?? null,
    rare: rare.length === 0 ? null : rare.map((condition) => rareCheck(condition, at)),
  };
}

const rareRules: ReadonlySet<Condition['rule']> = new Set(['firstTerm', 'orderAmount', 'package']);

/** Asks the condition itself, and keeps the codes of what it finds. */
function rareCheck(condition: Condition, at: Day) {
  const check = compileCondition(condition, '', { bought: null, remaining: null });
  return (resource: Resource, surroundings: Surroundings): ReasonSet => {
    let set = 0;
    check(resource, at, surroundings, ({ code }) => {
      set |= bitOf(code);
    });
    return set;
  };
}

const bits = {
  missing: bitOf('resource.fact_missing'),
  billing: bitOf('resource.billing_not_prepaid'),
  bought: bitOf('resource.purchased_term_too_short'),
  remaining: bitOf('resource.remaining_term_too_short'),
  expired: bitOf('resource.expired'),
  noIp: bitOf('resource.no_public_ip'),
  noBandwidth: bitOf('resource.no_public_bandwidth'),
  balancer: bitOf('resource.load_balancer_ip'),
  trial: bitOf('resource.trial'),
  notRunning: bitOf('resource.not_running'),
  notInitialised: bitOf('resource.not_initialised'),
  issuer: bitOf('code.issuer_not_enterprise'),
};

/** All that the conditions of a sheet find against a resource. */
export function foundAgainst(resource: Resource, sheet: RuleSheet, surroundings: Surroundings): ReasonSet {
  let set = 0;
  // A resource is read only where the sheet asks: reading objects of many shapes is what takes the time.
  if (sheet.clocks) set |= againstClocks(resource, sheet);
  if (sheet.publicIp || sheet.ownIp) {
    const { publicIps } = resource;
    if (publicIps === undefined) {
      if (sheet.publicIp && !sheet.publicIpWhereKnown) set |= bits.missing;
    } else if (publicIps.length === 0) {
      if (sheet.publicIp) set |= bits.noIp;
    } else if (sheet.ownIp) set |= ownIpOf(publicIps);
  }
  if (sheet.bandwidth) {
    if (resource.bandwidthMbps === undefined) {
      if (!sheet.bandwidthWhereKnown) set |= bits.missing;
    } else if (resource.bandwidthMbps === 0) set |= bits.noBandwidth;
  }
  if (sheet.notTrial && resource.trial) set |= bits.trial;
  if (sheet.refusedStates?.includes(resource.state)) set |= bits.notRunning;
  if (sheet.issuers !== null) {
    const realName = resource.account === undefined ? undefined : surroundings.realNameOf(resource.account);
    if (realName === undefined) set |= bits.missing;
    else if (!sheet.issuers.includes(realName)) set |= bits.issuer;
  }
  if (sheet.environments !== null) {
    const state = resource.environment?.filingService;
    if (state === undefined) set |= bits.missing;
    else if (!sheet.environments.includes(state)) set |= bits.notInitialised;
  }
  if (sheet.rare !== null) for (const check of sheet.rare) set |= check(resource, surroundings);
  return set;
}

function againstClocks(resource: Resource, sheet: RuleSheet): ReasonSet {
  let set = 0;
  const { billing } = resource;
  if (sheet.billings !== null) {
    if (billing === undefined) set |= bits.missing;
    else if (!sheet.billings.includes(billing)) set |= bits.billing;
  }
  if (billing === 'pay_as_you_go' || !sheet.expires) return set;
  const { expiresAt } = resource;
  if (expiresAt === undefined) {
    if (sheet.bought !== null || sheet.lastsTo !== null || !sheet.expiryWhereKnown) set |= bits.missing;
  } else {
    if (sheet.lastsTo !== null && expiresAt < sheet.lastsTo) set |= bits.remaining;
    if (sheet.notExpiredOn !== null && expiresAt < sheet.notExpiredOn) set |= bits.expired;
  }
  if (sheet.bought !== null) {
    const { boughtAt } = resource;
    if (boughtAt === undefined) set |= bits.missing;
    else if (expiresAt !== undefined && !fits(boughtAt, expiresAt, sheet.bought)) set |= bits.bought;
  }
  return set;
}

function ownIpOf(publicIps: NonNullable<Resource['publicIps']>): ReasonSet {
  let unknown = false;
  for (const { kind } of publicIps) {
    if (kind === undefined) unknown = true;
    else if (kind !== 'load_balancer') return 0;
  }
  return unknown ? bits.missing : bits.balancer;
}
