import { addPeriod, type Day, parsePeriod } from '@openbeian/model/calendar';
import type { RealName, Resource } from './inventory.ts';
import type { Condition } from './policy-schema.ts';
import { type Finding, finding, type PackageAmounts, type Term } from './reason.ts';
import { earliestEnd, fits, termOf } from './term.ts';

/** What a condition may look at besides the resource. */
export interface Surroundings {
  realNameOf(accountId: string): RealName | undefined;
}

/** One condition of a policy, compiled: reports what is against it, nothing when it holds. */
export type Check = (resource: Resource, at: Day, surroundings: Surroundings, report: (found: Finding) => void) => void;

/** The term rules of a version, which the remedies of other rules need. */
export interface VersionTerms {
  readonly bought: Term | null;
  readonly remaining: Term | null;
}

type Rule = Condition['rule'];
type ConditionOf<R extends Rule> = Extract<Condition, { rule: R }>;
type Compile<R extends Rule> = (condition: ConditionOf<R>, source: string, terms: VersionTerms) => Check;

/** A needed fact that the inventory lacks; `given` is a value that the policy does not know. */
export function missing(key: string, source: string, given: string | null = null): Finding {
  return finding('resource.fact_missing', { key, given }, 'contact_support', source);
}

/** Pay-as-you-go has no term: its expiry is neither needed nor judged (contract §1). */
function hasTerm(resource: Resource): boolean {
  return resource.billing !== 'pay_as_you_go';
}

const compilers: { readonly [R in Rule]: Compile<R> } = {
  billing: (condition, source, terms) => {
    const conversion = [terms.bought, terms.remaining].filter((term) => term !== null);
    return (resource, at, _, report) => {
      const { billing } = resource;
      if (billing === undefined) return report(missing('billing', source));
      if (condition.allowed.includes(billing)) return;
      const detail = { billing, allowed: condition.allowed };
      // Bought anew on the day of conversion, the term must satisfy both clocks.
      const until = conversion.length === 0 ? null : { from: at, terms: conversion, notBefore: at };
      report(finding('resource.billing_not_prepaid', detail, 'convert_to_prepaid', source, until));
    };
  },

  boughtTerm: (condition, source) => {
    const term = termOf(condition);
    const terms = [term];
    return (resource, at, _, report) => {
      if (!hasTerm(resource)) return;
      const { boughtAt, expiresAt } = resource;
      if (boughtAt === undefined) report(missing('boughtAt', source));
      if (expiresAt === undefined) report(missing('expiresAt', source));
      if (boughtAt === undefined || expiresAt === undefined || fits(boughtAt, expiresAt, term)) return;
      const until = { from: boughtAt, terms, notBefore: at };
      report(finding('resource.purchased_term_too_short', { term, boughtAt, expiresAt }, 'renew', source, until));
    };
  },

  remainingTerm: (condition, source) => {
    const term = termOf(condition);
    const terms = [term];
    return (resource, at, _, report) => {
      if (!hasTerm(resource)) return;
      const { expiresAt } = resource;
      if (expiresAt === undefined) return report(missing('expiresAt', source));
      if (fits(at, expiresAt, term)) return;
      const until = { from: at, terms, notBefore: at };
      report(finding('resource.remaining_term_too_short', { term, expiresAt, at }, 'renew', source, until));
    };
  },

  notExpired: (condition, source, { remaining }) => {
    const terms = remaining === null ? [] : [remaining];
    return (resource, at, _, report) => {
      if (!hasTerm(resource)) return;
      const { expiresAt } = resource;
      if (expiresAt === undefined) {
        if (condition.whereKnown !== true) report(missing('expiresAt', source));
        return;
      }
      if (at <= expiresAt) return;
      const until = { from: at, terms, notBefore: at };
      report(finding('resource.expired', { expiresAt, at }, 'renew', source, until));
    };
  },

  firstTerm: (condition, source) => {
    const term = termOf(condition);
    return (resource, at, _, report) => {
      if (resource.firstTerm === undefined) return report(missing('firstTerm', source));
      const firstTerm = parsePeriod(resource.firstTerm);
      // Days and months only compare once they are laid on a calendar: from the day of purchase where it is known.
      const start = resource.boughtAt ?? at;
      const sameUnit =
        (firstTerm.days === 0 && term.period.days === 0) || (firstTerm.months === 0 && term.period.months === 0);
      const enough = sameUnit
        ? firstTerm.months + firstTerm.days >= term.period.months + term.period.days + (term.strict ? 1 : 0)
        : addPeriod(start, firstTerm) >= earliestEnd(start, term);
      if (enough) return;
      report(finding('resource.first_term_too_short', { term, firstTerm }, 'use_other_resource', source));
    };
  },

  orderAmount: (condition, source) => (resource, _at, _, report) => {
    const { orderAmountCny } = resource;
    if (orderAmountCny === undefined) return report(missing('orderAmountCny', source));
    // Compared in whole fen: 89.99 is too little, 90.00 is enough.
    if (Math.round(orderAmountCny * 100) >= Math.round(condition.atLeastCny * 100)) return;
    const detail = { neededCny: condition.atLeastCny, actualCny: orderAmountCny };
    report(finding('resource.order_amount_too_low', detail, 'use_other_resource', source));
  },

  package: (condition, source) => {
    const needed: PackageAmounts = {
      invocations: condition.invocations ?? null,
      gbSeconds: condition.gbSeconds ?? null,
    };
    const anyPackage = needed.invocations === null && needed.gbSeconds === null;
    return (resource, _at, _, report) => {
      const bought = resource.package;
      if (bought === undefined) {
        // Where no amounts are asked for, being billed by package says that one was bought.
        if (anyPackage && resource.billing === 'package') return;
        return report(finding('resource.package_missing', { needed }, 'buy_package', source));
      }
      const actual: PackageAmounts = {
        invocations: bought.invocations ?? null,
        gbSeconds: bought.gbSeconds ?? null,
      };
      const amounts = ['invocations', 'gbSeconds'] as const;
      if (amounts.some((key) => tooSmall(actual[key], needed[key]))) {
        report(finding('resource.package_too_small', { needed, actual }, 'buy_package', source));
      }
      for (const key of amounts) {
        if (needed[key] !== null && actual[key] === null) report(missing(`package.${key}`, source));
      }
    };
  },

  publicIp: (condition, source) => (resource, _at, _, report) => {
    if (resource.publicIps === undefined) {
      if (condition.whereKnown !== true) report(missing('publicIps', source));
    } else if (resource.publicIps.length === 0) {
      const remedy = condition.comesWith === 'bandwidth' ? 'buy_bandwidth' : 'buy_public_ip';
      report(finding('resource.no_public_ip', null, remedy, source));
    }
  },

  publicBandwidth: (condition, source) => (resource, _at, _, report) => {
    if (resource.bandwidthMbps === undefined) {
      if (condition.whereKnown !== true) report(missing('bandwidthMbps', source));
    } else if (resource.bandwidthMbps === 0) {
      report(finding('resource.no_public_bandwidth', null, 'buy_bandwidth', source));
    }
  },

  ownIp: (_condition, source) => (resource, _at, _, report) => {
    const ips = resource.publicIps ?? [];
    // Whether there is an address at all is the rule publicIp.
    if (ips.length === 0 || ips.some((ip) => ip.kind !== undefined && ip.kind !== 'load_balancer')) return;
    const unknown = ips.findIndex((ip) => ip.kind === undefined);
    if (unknown >= 0) return report(missing(`publicIps[${unknown}].kind`, source));
    report(finding('resource.load_balancer_ip', null, 'use_instance_ip', source));
  },

  environment: (condition, source) => (resource, _at, _, report) => {
    const { environment } = resource;
    if (environment === undefined) return report(missing('environment', source));
    const state = environment.filingService;
    if (state === undefined) return report(missing('environment.filingService', source));
    if (condition.allowed.includes(state)) return;
    const remedy = state === 'initialising' ? 'wait' : 'contact_support';
    report(finding('resource.not_initialised', { state }, remedy, source));
  },

  running: (condition, source) => (resource, _at, _, report) => {
    const { state } = resource;
    if (!condition.refused.includes(state)) return;
    const remedy = state === 'released' ? 'use_other_resource' : 'wait';
    report(finding('resource.not_running', { state }, remedy, source));
  },

  notTrial: (_condition, source) => (resource, _at, _, report) => {
    if (resource.trial) report(finding('resource.trial', null, 'use_other_resource', source));
  },

  issuer: (condition, source) => (resource, _at, surroundings, report) => {
    if (resource.account === undefined) return report(missing('account', source));
    const realName = surroundings.realNameOf(resource.account);
    if (realName === undefined) return report(missing('realName', source));
    if (condition.realName.includes(realName)) return;
    report(finding('code.issuer_not_enterprise', { realName }, 'change_account_real_name', source));
  },
};

function tooSmall(actual: number | null, needed: number | null): boolean {
  return actual !== null && needed !== null && actual < needed;
}

/** Compiles one condition of a policy. */
export function compileCondition(condition: Condition, source: string, terms: VersionTerms): Check {
  // The table is keyed by rule, so the compiler always gets its own kind of condition.
  const compile = compilers[condition.rule] as Compile<Rule>;
  return compile(condition, condition.source ?? source, terms);
}
