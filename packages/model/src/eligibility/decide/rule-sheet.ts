import { addPeriod, type Day, knownPeriod } from '@openbeian/model/calendar';
import type { QuotaUse } from '@openbeian/model/quota';
import type { Billing, FilingServiceState, RealName, Resource, ResourceState } from '../inventory.ts';
import type { Condition } from '../policy/policy-schema.ts';
import { dateNumberOf, earliestEnd, enoughLater, numbersFit, termOf } from '../policy/term.ts';
import type { Term } from '../reason.ts';
import { type FactKey, factBitOf, type Lacks } from './fact-key.ts';
import { bitOf, type ReasonSet } from './reason-set.ts';

/*
 * What every condition asks, stated once: the conditions of a policy as one flat record of parameters for one day, and one
 * straight function over it. Deciding with words starts from what is found here (`findings.ts`), deciding a fleet stops at
 * it. A closure for each condition would be a call that the engine cannot predict, and it is these calls that cost.
 */

/** What a condition may look at besides the resource. */
export interface Surroundings {
  realNameOf(accountId: string): RealName | undefined;
}

/** All sheets have the same shape; null, 0 or a cleared bit of `asks`: the rule is not asked. */
export interface RuleSheet {
  /** Which of the questions below are asked at all, as bits: one look instead of many. */
  readonly asks: number;
  readonly at: Day;
  /** `at` as a number where the resource must not have expired. */
  readonly notExpiredOn: number;
  /** The first expiry that leaves enough time, as a number. */
  readonly lastsTo: number;
  readonly bought: Term | null;
  /** So much later by the numbers of the dates, the bought term is certainly long enough. */
  readonly boughtEnough: number;
  readonly billings: readonly Billing[];
  readonly refusedStates: readonly ResourceState[];
  readonly refusesRunning: boolean;
  readonly issuers: readonly RealName[];
  readonly environments: readonly FilingServiceState[];
  readonly firstTerm: Term | null;
  readonly orderFen: number;
  /** Amounts that a package must hold; 0: any will do. */
  readonly invocations: number;
  readonly gbSeconds: number;
}

const ask = {
  billing: 1,
  clocks: 1 << 1,
  expiresAt: 1 << 2,
  bought: 1 << 3,
  publicIp: 1 << 4,
  publicIpKnown: 1 << 5,
  ownIp: 1 << 6,
  bandwidth: 1 << 7,
  bandwidthKnown: 1 << 8,
  notTrial: 1 << 9,
  state: 1 << 10,
  issuer: 1 << 11,
  environment: 1 << 12,
  /** What few products ask: first order, its amount, package. */
  order: 1 << 13,
  package: 1 << 14,
};
const askTime = ask.billing | ask.clocks;
const askIp = ask.publicIp | ask.ownIp;
const askRarely = ask.issuer | ask.environment | ask.order | ask.package;

/** The conditions that hold for both uses (`use` null), or for one use alone; null where there are none. */
export function sheetOf(conditions: readonly Condition[], use: null, at: Day): RuleSheet;
export function sheetOf(conditions: readonly Condition[], use: QuotaUse | null, at: Day): RuleSheet | null;
export function sheetOf(conditions: readonly Condition[], use: QuotaUse | null, at: Day): RuleSheet | null {
  const mine = conditions.filter(({ for: uses }) => {
    const both = uses === undefined || (uses.includes('file') && uses.includes('issue'));
    return use === null ? both : !both && uses.includes(use);
  });
  // A released resource is gone at every provider, whatever its policy says of stopped ones; so the shared sheet always exists.
  if (use !== null && mine.length === 0) return null;
  const of = <R extends Condition['rule']>(rule: R) =>
    mine.find((it): it is Extract<Condition, { rule: R }> => it.rule === rule);
  const billing = of('billing');
  const remaining = of('remainingTerm');
  const expiry = of('notExpired');
  const bought = of('boughtTerm');
  const publicIp = of('publicIp');
  const bandwidth = of('publicBandwidth');
  const issuer = of('issuer');
  const environment = of('environment');
  const firstTerm = of('firstTerm');
  const order = of('orderAmount');
  const bundle = of('package');
  const refused = [...(use === null ? (['released'] as const) : []), ...(of('running')?.refused ?? [])];
  const needsExpiry =
    remaining !== undefined || bought !== undefined || (expiry !== undefined && expiry.whereKnown !== true);
  const asked: [asked: boolean | undefined, bit: number][] = [
    [billing !== undefined, ask.billing],
    [remaining !== undefined || expiry !== undefined || bought !== undefined, ask.clocks],
    [needsExpiry, ask.expiresAt],
    [bought !== undefined, ask.bought],
    [publicIp !== undefined, ask.publicIp],
    [publicIp?.whereKnown !== true, ask.publicIpKnown],
    [of('ownIp') !== undefined, ask.ownIp],
    [bandwidth !== undefined, ask.bandwidth],
    [bandwidth?.whereKnown !== true, ask.bandwidthKnown],
    [of('notTrial') !== undefined, ask.notTrial],
    [refused.length > 0, ask.state],
    [issuer !== undefined, ask.issuer],
    [environment !== undefined, ask.environment],
    [firstTerm !== undefined || order !== undefined, ask.order],
    [bundle !== undefined, ask.package],
  ];
  const boughtTerm = bought === undefined ? null : termOf(bought);
  return {
    asks: asked.reduce((bits, [yes, bit]) => (yes ? bits | bit : bits), 0),
    at,
    notExpiredOn: expiry === undefined ? 0 : dateNumberOf(at),
    lastsTo: remaining === undefined ? 0 : dateNumberOf(earliestEnd(at, termOf(remaining))),
    bought: boughtTerm,
    boughtEnough: boughtTerm === null ? 0 : enoughLater(boughtTerm),
    billings: billing?.allowed ?? [],
    refusedStates: refused,
    refusesRunning: refused.includes('running'),
    issuers: issuer?.realName ?? [],
    environments: environment?.allowed ?? [],
    firstTerm: firstTerm === undefined ? null : termOf(firstTerm),
    orderFen: order === undefined ? 0 : fenOf(order.atLeastCny),
    invocations: bundle?.invocations ?? 0,
    gbSeconds: bundle?.gbSeconds ?? 0,
  };
}

const bits = {
  missing: bitOf('resource.fact_missing'),
  billing: bitOf('resource.billing_not_prepaid'),
  bought: bitOf('resource.purchased_term_too_short'),
  remaining: bitOf('resource.remaining_term_too_short'),
  expired: bitOf('resource.expired'),
  firstTerm: bitOf('resource.first_term_too_short'),
  order: bitOf('resource.order_amount_too_low'),
  noPackage: bitOf('resource.package_missing'),
  smallPackage: bitOf('resource.package_too_small'),
  noIp: bitOf('resource.no_public_ip'),
  noBandwidth: bitOf('resource.no_public_bandwidth'),
  balancer: bitOf('resource.load_balancer_ip'),
  trial: bitOf('resource.trial'),
  notRunning: bitOf('resource.not_running'),
  notInitialised: bitOf('resource.not_initialised'),
  issuer: bitOf('code.issuer_not_enterprise'),
};

/** All that the conditions of a sheet find against a resource; the facts they miss go to `lacks`. */
export function foundAgainst(
  resource: Resource,
  sheet: RuleSheet,
  surroundings: Surroundings,
  lacks: Lacks,
): ReasonSet {
  const { asks } = sheet;
  let set = 0;
  // A resource is read only where the sheet asks: reading objects of many shapes is what takes the time.
  if ((asks & askTime) !== 0) set |= againstTime(resource, sheet, lacks);
  if ((asks & askIp) !== 0) {
    const { publicIps } = resource;
    if (publicIps === undefined) {
      if ((asks & ask.publicIpKnown) !== 0 && (asks & ask.publicIp) !== 0) set |= missing(lacks, 'publicIps');
    } else if (publicIps.length === 0) {
      if ((asks & ask.publicIp) !== 0) set |= bits.noIp;
    } else if ((asks & ask.ownIp) !== 0) set |= againstIps(publicIps, lacks);
  }
  if ((asks & ask.bandwidth) !== 0) {
    const { bandwidthMbps } = resource;
    if (bandwidthMbps === undefined) {
      if ((asks & ask.bandwidthKnown) !== 0) set |= missing(lacks, 'bandwidthMbps');
    } else if (bandwidthMbps === 0) set |= bits.noBandwidth;
  }
  if ((asks & ask.notTrial) !== 0 && resource.trial) set |= bits.trial;
  if ((asks & ask.state) !== 0) {
    const { state } = resource;
    if (state !== 'running' ? sheet.refusedStates.includes(state) : sheet.refusesRunning) set |= bits.notRunning;
  }
  return (asks & askRarely) === 0 ? set : set | againstRarely(resource, sheet, surroundings, lacks);
}

function missing(lacks: Lacks, key: FactKey): ReasonSet {
  lacks.keys |= factBitOf(key);
  return bits.missing;
}

function againstTime(resource: Resource, sheet: RuleSheet, lacks: Lacks): ReasonSet {
  const { asks } = sheet;
  const { billing } = resource;
  let set = 0;
  if ((asks & ask.billing) !== 0 && billing !== sheet.billings[0]) {
    if (billing === undefined) set |= missing(lacks, 'billing');
    else if (!sheet.billings.includes(billing)) set |= bits.billing;
  }
  // Pay-as-you-go has no term: its expiry is neither needed nor judged (contract §1).
  if ((asks & ask.clocks) === 0 || billing === 'pay_as_you_go') return set;
  const { expiresAt } = resource;
  if (expiresAt === undefined) {
    if ((asks & ask.expiresAt) !== 0) set |= missing(lacks, 'expiresAt');
    if ((asks & ask.bought) !== 0 && resource.boughtAt === undefined) set |= missing(lacks, 'boughtAt');
    return set;
  }
  const end = dateNumberOf(expiresAt);
  if (end < sheet.lastsTo) set |= bits.remaining;
  if (end < sheet.notExpiredOn) set |= bits.expired;
  if (sheet.bought !== null) {
    const { boughtAt } = resource;
    if (boughtAt === undefined) set |= missing(lacks, 'boughtAt');
    else {
      const start = dateNumberOf(boughtAt);
      if (end - start < sheet.boughtEnough && !numbersFit(start, end, sheet.bought)) set |= bits.bought;
    }
  }
  return set;
}

function againstIps(publicIps: NonNullable<Resource['publicIps']>, lacks: Lacks): ReasonSet {
  let unknown = false;
  for (const { kind } of publicIps) {
    if (kind === undefined) unknown = true;
    else if (kind !== 'load_balancer') return 0;
  }
  return unknown ? missing(lacks, 'publicIps[].kind') : bits.balancer;
}

function againstRarely(resource: Resource, sheet: RuleSheet, surroundings: Surroundings, lacks: Lacks): ReasonSet {
  const { asks } = sheet;
  let set = 0;
  if ((asks & ask.issuer) !== 0) {
    if (resource.account === undefined) set |= missing(lacks, 'account');
    else {
      const realName = surroundings.realNameOf(resource.account);
      if (realName === undefined) set |= missing(lacks, 'realName');
      else if (!sheet.issuers.includes(realName)) set |= bits.issuer;
    }
  }
  if ((asks & ask.environment) !== 0) {
    const { environment } = resource;
    if (environment === undefined) set |= missing(lacks, 'environment');
    else if (environment.filingService === undefined) set |= missing(lacks, 'environment.filingService');
    else if (!sheet.environments.includes(environment.filingService)) set |= bits.notInitialised;
  }
  if ((asks & ask.order) !== 0) set |= againstOrder(resource, sheet, lacks);
  return (asks & ask.package) === 0 ? set : set | againstPackage(resource, sheet, lacks);
}

function againstOrder({ firstTerm, boughtAt, orderAmountCny }: Resource, sheet: RuleSheet, lacks: Lacks): ReasonSet {
  let set = 0;
  const term = sheet.firstTerm;
  if (term !== null) {
    if (firstTerm === undefined) set |= missing(lacks, 'firstTerm');
    else {
      const { months, days } = knownPeriod(firstTerm);
      const asked = term.period;
      const sameUnit = (days === 0 && asked.days === 0) || (months === 0 && asked.months === 0);
      // Days and months only compare once they are laid on a calendar: from the day of purchase where it is known.
      const start = boughtAt ?? sheet.at;
      const enough = sameUnit
        ? months + days >= asked.months + asked.days + (term.strict ? 1 : 0)
        : addPeriod(start, { months, days }) >= earliestEnd(start, term);
      if (!enough) set |= bits.firstTerm;
    }
  }
  if (sheet.orderFen > 0) {
    if (orderAmountCny === undefined) set |= missing(lacks, 'orderAmountCny');
    // Compared in whole fen: 89.99 is too little, 90.00 is enough.
    else if (fenOf(orderAmountCny) < sheet.orderFen) set |= bits.order;
  }
  return set;
}

function againstPackage(resource: Resource, sheet: RuleSheet, lacks: Lacks): ReasonSet {
  const bought = resource.package;
  if (bought === undefined) {
    // Where no amounts are asked for, being billed by package says that one was bought.
    const any = sheet.invocations === 0 && sheet.gbSeconds === 0;
    return any && resource.billing === 'package' ? 0 : bits.noPackage;
  }
  let set = 0;
  const { invocations, gbSeconds } = bought;
  if (sheet.invocations > 0) {
    if (invocations === undefined) set |= missing(lacks, 'package.invocations');
    else if (invocations < sheet.invocations) set |= bits.smallPackage;
  }
  if (sheet.gbSeconds > 0) {
    if (gbSeconds === undefined) set |= missing(lacks, 'package.gbSeconds');
    else if (gbSeconds < sheet.gbSeconds) set |= bits.smallPackage;
  }
  return set;
}

function fenOf(cny: number): number {
  return Math.round(cny * 100);
}
