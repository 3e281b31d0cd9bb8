import { addMonths, addPeriod, daysBetween, parsePeriod } from '@openbeian/model/calendar';
import {
  findPolicy,
  hostingRules,
  type Inventory,
  inventoryContext,
  type PolicySet,
  type Resource,
} from '@openbeian/model/eligibility';
import { limitFor } from '@openbeian/model/quota';
import { at } from './data-set.ts';

/**
 * What the general engines are given: none of them counts calendar months or adds quotas up, so that is done beforehand and
 * is not part of their time. -1 or 'unknown': the fact is missing.
 */
export interface Facts {
  readonly product: string;
  readonly place: 'mainland' | 'outside' | 'unknown' | 'absent';
  readonly account: boolean;
  readonly billing: string;
  readonly hasBoughtAt: boolean;
  readonly hasExpiresAt: boolean;
  /** Whole months and days from purchase to expiry; the strict ones leave a day out, for "more than". */
  readonly boughtMonths: number;
  readonly boughtMonthsStrict: number;
  readonly boughtDays: number;
  readonly leftMonths: number;
  readonly leftDays: number;
  readonly firstMonths: number;
  readonly orderFen: number;
  readonly hasPackage: boolean;
  readonly invocations: number;
  readonly gbSeconds: number;
  readonly environment: string;
  readonly bound: 'found' | 'missing';
  /** What is against the resource behind a load balancer, decided beforehand: an outcome. */
  readonly behind: string;
  readonly state: string;
  readonly trial: boolean;
  readonly ips: number;
  readonly ipKind: 'own' | 'balancer' | 'unknown' | 'none';
  readonly bandwidth: number;
  readonly realName: string;
  readonly fileRoom: number;
  readonly issueRoom: number;
}

/** Facts of every resource; `behind` answers the outcome of filing on the resource behind a load balancer. */
export function factsOf(inventory: Inventory, policies: PolicySet, behind: (resource: Resource) => string): Facts[] {
  const context = inventoryContext(inventory, policies);
  const { placeOf } = hostingRules(policies);
  return inventory.resources.map((it) => {
    const policy = findPolicy(policies, it.provider, it.product, at);
    const { quotaOf, file } = policy?.version ?? {};
    const room = (use: 'file' | 'issue') => {
      const rule = quotaOf?.[use];
      return rule == null ? 1 : limitFor(rule, it) - context.drawn(use, rule, it);
    };
    const bound =
      file?.mode === 'through_bound' && it.boundTo !== undefined
        ? context.findResource(it.provider, file.products, it.boundTo)
        : undefined;
    const { boughtAt, expiresAt } = it;
    const both = boughtAt !== undefined && expiresAt !== undefined;
    const ips = it.publicIps ?? [];
    const first = it.firstTerm === undefined ? null : parsePeriod(it.firstTerm);
    return {
      product: policy === null ? 'unknown' : `${it.provider}/${it.product}`,
      place: it.region === undefined ? 'absent' : (placeOf(it.provider, it.region) ?? 'unknown'),
      account: it.account !== undefined,
      billing: it.billing ?? 'unknown',
      hasBoughtAt: boughtAt !== undefined,
      hasExpiresAt: expiresAt !== undefined,
      boughtMonths: both ? wholeMonths(boughtAt, expiresAt, 0) : -1,
      boughtMonthsStrict: both ? wholeMonths(boughtAt, expiresAt, 1) : -1,
      boughtDays: both ? daysBetween(boughtAt, expiresAt) : -1,
      leftMonths: expiresAt === undefined ? -1 : wholeMonths(at, expiresAt, 0),
      leftDays: expiresAt === undefined ? -1 : daysBetween(at, expiresAt),
      firstMonths: first === null ? -1 : first.months,
      orderFen: it.orderAmountCny === undefined ? -1 : Math.round(it.orderAmountCny * 100),
      hasPackage: it.package !== undefined,
      invocations: it.package?.invocations ?? -1,
      gbSeconds: it.package?.gbSeconds ?? -1,
      environment: it.environment?.filingService ?? 'unknown',
      bound: bound === undefined ? 'missing' : 'found',
      behind: bound === undefined ? 'none' : behind(bound),
      state: it.state,
      trial: it.trial,
      ips: it.publicIps === undefined ? -1 : ips.length,
      ipKind: ipKindOf(ips),
      bandwidth: it.bandwidthMbps ?? -1,
      realName: (it.account === undefined ? undefined : context.realNameOf(it.account)) ?? 'unknown',
      fileRoom: room('file'),
      issueRoom: room('issue'),
    };
  });
}

/** The most calendar months, up to twelve, that fit between two days with `spare` days left over. */
function wholeMonths(from: string, to: string, spare: number): number {
  for (let months = 12; months > 0; months -= 1) {
    const end = addPeriod(addMonths(from, months), { months: 0, days: spare });
    if (end <= to) return months;
  }
  return 0;
}

function ipKindOf(ips: readonly { readonly kind?: string | undefined }[]): Facts['ipKind'] {
  if (ips.length === 0) return 'none';
  if (ips.some(({ kind }) => kind !== undefined && kind !== 'load_balancer')) return 'own';
  return ips.some(({ kind }) => kind === undefined) ? 'unknown' : 'balancer';
}
