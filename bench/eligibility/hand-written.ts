import { type Resource, reasonCodes } from '@openbeian/model/eligibility';

/*
 * What a programmer would write who knows the rules of 2026-11-21 by heart and wants speed: no rule data, no look-up of
 * policies, reasons as bits. It answers for the same fleet, so it also knows the sums of its quotas.
 */
const bit = Object.fromEntries(reasonCodes.map((code, index) => [code, 1 << index])) as Record<
  (typeof reasonCodes)[number],
  number
>;
const billing = bit['resource.billing_not_prepaid'];
const bought = bit['resource.purchased_term_too_short'];
const remaining = bit['resource.remaining_term_too_short'];
const expired = bit['resource.expired'];
const missing = bit['resource.fact_missing'];
const noPolicy = bit['resource.no_policy'];
const outside = bit['resource.region_not_mainland'];
const noIp = bit['resource.no_public_ip'];
const noBandwidth = bit['resource.no_public_bandwidth'];
const balancer = bit['resource.load_balancer_ip'];
const trial = bit['resource.trial'];
const notRunning = bit['resource.not_running'];
const notInitialised = bit['resource.not_initialised'];
const notFileable = bit['resource.product_not_fileable'];
const cannotIssue = bit['code.product_cannot_issue'];
const notNeeded = bit['code.not_needed'];
const issuer = bit['code.issuer_not_enterprise'];
const full = bit['resource.quota_exhausted'];
const limit = bit['code.limit_reached'];
const firstTerm = bit['resource.first_term_too_short'];
const order = bit['resource.order_amount_too_low'];
const noPackage = bit['resource.package_missing'];
const smallPackage = bit['resource.package_too_small'];
const moot = noPolicy | outside | notFileable | cannotIssue | notNeeded;

/** What the function is told of the fleet around a resource. */
export interface Fleet {
  /** true: mainland, false: outside, undefined: nobody listed it. */
  place(provider: string, region: string): boolean | undefined;
  realNameOf(accountId: string): string | undefined;
  find(provider: string, product: string, id: string): Resource | undefined;
  /** Over the account's resources of the product, or those of one environment. */
  byAccount(resource: Resource): { readonly codes: number; readonly sites: number };
  byEnvironment(resource: Resource): { readonly codes: number; readonly sites: number };
}

const today = '2026-11-21';
const inThirtyDays = '2026-12-21';
const inAMonth = '2026-12-21';
const dayAfterNext = '2026-11-23';

let file = 0;
let issue = 0;

/** Reasons against filing on the resource and against issuing codes: `sets[position]`, `sets[position + 1]`. */
export function handWritten(r: Resource, fleet: Fleet, sets: Uint32Array, position: number): void {
  decide(r, fleet);
  sets[position] = (file & moot) === 0 ? file : file & ~missing;
  sets[position + 1] = (issue & moot) === 0 ? issue : issue & ~missing;
}

function decide(r: Resource, fleet: Fleet): void {
  file = 0;
  issue = 0;
  if (r.region !== undefined) {
    const place = fleet.place(r.provider, r.region);
    if (place === false) both(outside);
    else if (place === undefined) both(missing);
  } else if (r.product !== 'wangpu') both(missing);
  if (!providers.has(r.provider)) return both(noPolicy);
  if ((file & outside) !== 0) return;
  if (r.state === 'released') both(notRunning);
  switch (r.provider) {
    case 'tencent':
      return tencent(r, fleet);
    case 'alibaba':
      return alibaba(r, fleet);
    case 'huawei':
      return huawei(r);
    case 'jd':
      prepaid(r);
      notExpired(r);
      if (r.product === 'site_builder') {
        if (r.trial) both(trial);
        return term(r, 12, false);
      }
      term(r, 3, true);
      publicIp(r);
      return oneLedger(r.used, 5);
    case 'volcengine':
      prepaid(r);
      term(r, 3, true);
      lasts(r, dayAfterNext);
      notExpired(r);
      publicIp(r);
      return oneLedger(r.used, 5);
    case 'baidu':
      prepaid(r);
      notExpired(r);
      if (r.publicIps?.length === 0) both(noIp);
      return;
    case 'qingcloud': {
      publicIp(r);
      if (isExpired(r)) both(expired);
      const ips = r.environment !== undefined ? 1 : Math.max(1, r.publicIps?.length ?? 1);
      if (fleet.byEnvironment(r).sites >= 10 * ips) file |= full;
      issue = notNeeded;
      return;
    }
    default:
      file = noPolicy;
      issue = noPolicy;
  }
}

const providers = new Set(
  'tencent alibaba huawei jd volcengine baidu qingcloud aws_china azure_china ucloud kingsoft'.split(' '),
);

function tencent(r: Resource, fleet: Fleet): void {
  switch (r.product) {
    case 'cvm':
      return tencentServer(r, fleet);
    case 'lighthouse':
      prepaid(r);
      term(r, 3, false);
      lasts(r, inAMonth);
      notExpired(r);
      if (r.used.sites >= 5) file |= full;
      break;
    case 'scf':
      tencentFunctions(r, fleet);
      break;
    case 'cloudbase_run': {
      const state = r.environment?.filingService;
      if (state === undefined) file |= missing;
      else if (state !== 'fileable') file |= notInitialised;
      if (isExpired(r)) file |= expired;
      const ips = r.environment !== undefined ? 1 : Math.max(1, r.publicIps?.length ?? 1);
      if (fleet.byEnvironment(r).sites >= 2 * ips) file |= full;
      break;
    }
    case 'clb':
      behind(r, 'cvm', fleet);
      break;
    case 'cos':
    case 'cdn':
    case 'edgeone':
      file = notFileable;
      issue = notFileable | cannotIssue;
      return;
    default:
      file = (file & ~notRunning) | noPolicy;
  }
  issue = cannotIssue;
}

function tencentServer(r: Resource, fleet: Fleet): void {
  prepaid(r);
  ninetyDays(r);
  lasts(r, inThirtyDays);
  notExpired(r);
  publicIp(r);
  if (r.bandwidthMbps === 0) both(noBandwidth);
  if (r.publicIps !== undefined && r.publicIps.length > 0) {
    let own = false;
    let unknown = false;
    for (const { kind } of r.publicIps) {
      if (kind === undefined) unknown = true;
      else if (kind !== 'load_balancer') own = true;
    }
    if (!own) issue |= unknown ? missing : balancer;
  }
  const realName = r.account === undefined ? undefined : fleet.realNameOf(r.account);
  if (realName === undefined) issue |= missing;
  else if (realName !== 'enterprise') issue |= issuer;
  if (r.used.sites >= 5) file |= full;
  if (r.used.codes >= 5) issue |= limit;
}

function tencentFunctions(r: Resource, fleet: Fleet): void {
  const { package: bought } = r;
  if (bought === undefined) file |= noPackage;
  else {
    const { invocations, gbSeconds } = bought;
    if (invocations === undefined || gbSeconds === undefined) file |= missing;
    if ((invocations ?? 5e7) < 5e7 || (gbSeconds ?? 4e5) < 4e5) file |= smallPackage;
  }
  if (isExpired(r)) file |= expired;
  if (r.account === undefined) file |= missing;
  else if (fleet.byAccount(r).sites >= 2) file |= full;
}

function alibaba(r: Resource, fleet: Fleet): void {
  switch (r.product) {
    case 'ecs':
      alibabaRuns(r, 3);
      if (r.publicIps?.length === 0) both(noIp);
      if (r.bandwidthMbps === undefined) both(missing);
      else if (r.bandwidthMbps === 0) both(noBandwidth);
      return oneLedger(r.used, 5);
    case 'swas':
    case 'virtual_host':
      prepaid(r);
      term(r, 3, false);
      notExpired(r);
      return oneLedger(r.used, 5);
    case 'elastic_web_hosting':
      prepaid(r);
      term(r, 6, false);
      notExpired(r);
      if (r.account === undefined) return both(missing);
      return oneLedger(fleet.byAccount(r), 5);
    case 'shared_host':
      prepaid(r);
      if (isExpired(r)) both(expired);
      return;
    case 'marketplace_site':
    case 'iot_package':
      return alibabaOrder(r);
    case 'wangpu':
      issue = notNeeded;
      return;
    case 'nat_gateway':
    case 'nat64':
      alibabaRuns(r, 1);
      return oneLedger(r.used, 2);
    case 'ens':
      alibabaRuns(r, 3);
      return oneLedger(r.used, 5);
    case 'function_compute':
      if (r.package === undefined && r.billing !== 'package') both(noPackage);
      if (isExpired(r)) both(expired);
      if (r.account === undefined) return both(missing);
      return oneLedger(fleet.byAccount(r), 1);
    case 'jushita_ecs':
    case 'jushita_slb':
      prepaid(r);
      if (isExpired(r)) both(expired);
      return oneLedger(r.used, 5);
    case 'slb':
      behind(r, 'ecs', fleet);
      issue = noPolicy;
      return;
    default:
      file = notFileable;
      issue = notFileable | cannotIssue;
  }
}

/** What a running machine of Alibaba's must be, whatever else. */
function alibabaRuns(r: Resource, months: number): void {
  prepaid(r);
  term(r, months, false);
  notExpired(r);
  runs(r);
}

/** Products of which the order counts. */
function alibabaOrder(r: Resource): void {
  if (r.product === 'marketplace_site') {
    if (r.firstTerm === undefined) both(missing);
    else if (r.firstTerm !== 'P12M' && r.firstTerm !== 'P1Y') both(firstTerm);
    orderOf(r, 9900);
    if (isExpired(r)) both(expired);
    return oneLedger(r.used, 1);
  }
  if (r.billing === undefined) both(missing);
  else if (r.billing !== 'prepaid' && r.billing !== 'package') both(billing);
  term(r, 6, false);
  notExpired(r);
  orderOf(r, 9000);
}

function orderOf(r: Resource, leastFen: number): void {
  if (r.orderAmountCny === undefined) both(missing);
  else if (Math.round(r.orderAmountCny * 100) < leastFen) both(order);
}

function huawei(r: Resource): void {
  switch (r.product) {
    case 'ecs':
    case 'flexus_l':
      prepaid(r);
      term(r, 3, false);
      notExpired(r);
      if (r.product === 'ecs') publicIp(r);
      return oneLedger(r.used, 5);
    case 'portal':
    case 'nat_gateway':
    case 'dedicated_cloud':
      prepaid(r);
      term(r, r.product === 'dedicated_cloud' ? 12 : 3, false);
      notExpired(r);
      if (r.product === 'portal' && r.used.sites >= 3) file |= full;
      issue = cannotIssue;
      return;
    case 'offline_contract':
      file = noPolicy;
      issue = noPolicy;
      return;
    default:
      file = notFileable;
      issue = notFileable | cannotIssue;
  }
}

function both(reason: number): void {
  file |= reason;
  issue |= reason;
}

function prepaid(r: Resource): void {
  if (r.billing === undefined) both(missing);
  else if (r.billing !== 'prepaid') both(billing);
}

function isExpired(r: Resource): boolean {
  return r.billing !== 'pay_as_you_go' && r.expiresAt !== undefined && r.expiresAt < today;
}

function notExpired(r: Resource): void {
  if (r.billing === 'pay_as_you_go') return;
  if (r.expiresAt === undefined) both(missing);
  else if (r.expiresAt < today) both(expired);
}

function lasts(r: Resource, until: string): void {
  if (r.billing === 'pay_as_you_go') return;
  if (r.expiresAt === undefined) both(missing);
  else if (r.expiresAt < until) both(remaining);
}

function publicIp(r: Resource): void {
  if (r.publicIps === undefined) both(missing);
  else if (r.publicIps.length === 0) both(noIp);
}

function runs(r: Resource): void {
  if (r.state === 'stopped') both(notRunning);
  if (r.trial) both(trial);
}

function oneLedger(used: { readonly codes: number; readonly sites: number }, most: number): void {
  if (used.codes + used.sites < most) return;
  file |= full;
  issue |= limit;
}

function behind(r: Resource, product: string, fleet: Fleet): void {
  const bound = r.boundTo === undefined ? undefined : fleet.find(r.provider, product, r.boundTo);
  if (bound === undefined) {
    file |= missing;
    return;
  }
  const own = file;
  decide(bound, fleet);
  const found = (file & moot) === 0 ? file : file & ~missing;
  file = own | found;
}

/** Calendar months from purchase to expiry: the date of purchase so many months later must not lie after the expiry. */
function term(r: Resource, months: number, more: boolean): void {
  if (r.billing === 'pay_as_you_go') return;
  const { boughtAt, expiresAt } = r;
  if (boughtAt === undefined || expiresAt === undefined) return both(missing);
  const index = number(boughtAt, 0, 4) * 12 + number(boughtAt, 5, 7) - 1 + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  const date = Math.min(number(boughtAt, 8, 10), monthLength(year, month));
  const due = year * 10_000 + month * 100 + date;
  const end = number(expiresAt, 0, 4) * 10_000 + number(expiresAt, 5, 7) * 100 + number(expiresAt, 8, 10);
  if (more ? end <= due : end < due) both(bought);
}

function ninetyDays(r: Resource): void {
  if (r.billing === 'pay_as_you_go') return;
  const { boughtAt, expiresAt } = r;
  if (boughtAt === undefined || expiresAt === undefined) return both(missing);
  if (serial(expiresAt) - serial(boughtAt) < 90) both(bought);
}

function serial(day: string): number {
  return Date.UTC(number(day, 0, 4), number(day, 5, 7) - 1, number(day, 8, 10)) / 86_400_000;
}

function monthLength(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function number(day: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index += 1) value = value * 10 + day.charCodeAt(index) - 48;
  return value;
}
