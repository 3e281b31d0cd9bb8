import type { Day } from '../../calendar/index.ts';
import { type Host, readHostHeader } from '../../domain-name/index.ts';
import type { GateRecord } from '../records.ts';

export const gateReasons = {
  filed_here: 'allow',
  exempt_provider_name: 'allow',
  exempt_region: 'allow',
  exempt_ip_literal: 'allow',
  grace: 'allow',
  filed_elsewhere: 'allow',
  unfiled: 'block',
  access_missing: 'block',
  cancelled: 'block',
  suspended: 'block',
  blacklisted: 'block',
  malformed_host: 'block',
  no_snapshot: 'indeterminate',
  snapshot_too_old: 'indeterminate',
} as const;
export type GateReason = keyof typeof gateReasons;
export type GateOutcome = (typeof gateReasons)[GateReason];

/** One value for each reason. */
export function byGateReason<T>(valueOf: (reason: GateReason) => T): Readonly<Record<GateReason, T>> {
  // The keys of the table are the reasons, of which `Object.keys` and `fromEntries` know nothing.
  const reasons = Object.keys(gateReasons) as GateReason[];
  // Likewise.
  return Object.fromEntries(reasons.map((reason) => [reason, valueOf(reason)])) as Record<GateReason, T>;
}

/** One line of `openbeian gate decide` (contract §5). */
export interface GateDecision {
  /** As asked. */
  readonly host: string;
  readonly outcome: GateOutcome;
  readonly reason: GateReason;
  /** The registrable name in Unicode lower case: what is, or would have to be, filed. Null where there is none. */
  readonly filingDomain: string | null;
  /** Where to send a visitor who is not let through; null when the host is allowed. */
  readonly redirect: string | null;
}

/** Records by registrable name in Unicode lower case, and those of APPs by exactly their name. */
export interface RecordLookup {
  get(registrableName: string): GateRecord | undefined;
  readonly apps?: { get(name: string): GateRecord | undefined };
}

/** Who asks: whose network it is, and where. */
export interface GateContext {
  readonly provider: string;
  /** Normal forms of the provider's own names for customers. */
  readonly defaultNames: ReadonlySet<string>;
  /** The asking proxy serves from outside the mainland, where nothing needs a filing. */
  readonly outsideMainland: boolean;
  /** Path or URL of the page for visitors that are not let through. */
  readonly blockPage: string;
  /** The proxy only delivers what an origin serves (a CDN, a firewall): a valid number will do, filed through any provider. */
  readonly anyNumberSuffices?: boolean | undefined;
}

/** What is known of the records at this moment: the records, or why they cannot be used. */
export type Knowledge = RecordLookup | 'no_snapshot' | 'snapshot_too_old';

/**
 * Decides whether a host may be served (contract §5). `at` is the day in Shanghai. Order: what is no host; addresses;
 * what is exempt whatever is on record; the record of the registrable name, which its sub-domains share.
 * Never throws: the host is whatever a stranger sent.
 */
export function decideHost(host: string, known: Knowledge, context: GateContext, at: Day): GateDecision {
  return decisionOf(host, reasonFor(readHostHeader(host), known, context, at), context.blockPage);
}

/** A reason with everything that an answer to people says. @param read the host, where it was read already */
export function decisionOf(
  host: string,
  reason: GateReason,
  blockPage: string,
  read = readHostHeader(host),
): GateDecision {
  const outcome = gateReasons[reason];
  const redirect = outcome === 'allow' ? null : blockPageFor(read, reason, blockPage);
  return { host, outcome, reason, filingDomain: read.registrableName, redirect };
}

function reasonFor(read: Host, known: Knowledge, context: GateContext, at: Day): GateReason {
  if (read.kind === 'malformed') return 'malformed_host';
  if (read.kind !== 'name') return 'exempt_ip_literal';
  if (context.outsideMainland) return 'exempt_region';
  if (isAtOrBelow(read.host, context.defaultNames)) return 'exempt_provider_name';
  if (typeof known === 'string') return known;
  const record = read.registrableName === null ? undefined : known.get(read.registrableName);
  const app = known.apps?.get(read.host);
  const website = record === undefined ? 'unfiled' : reasonOf(record, context, at);
  // Filed independently of each other (docs/sources.md OTHER-CLOUDS): either opens the name, an order closes it.
  return app === undefined ? website : stronger(website, reasonOf(app, context, at));
}

const strength: readonly GateReason[] = ['blacklisted', 'suspended', 'filed_here', 'grace', 'filed_elsewhere'];

/** Of the reasons of a website's and an APP's record for one name, the one that counts. */
export function stronger(website: GateReason, app: GateReason): GateReason {
  return strength.find((reason) => reason === website || reason === app) ?? app;
}

/** What this record alone says of its name. */
export function reasonOf(
  record: GateRecord,
  context: Pick<GateContext, 'provider' | 'anyNumberSuffices'>,
  at: Day,
): GateReason {
  if (record.state !== undefined) return record.state;
  if (record.accesses.includes(context.provider)) return 'filed_here';
  if (context.anyNumberSuffices === true) return 'filed_elsewhere';
  return record.graceUntil !== undefined && at <= record.graceUntil ? 'grace' : 'access_missing';
}

function isAtOrBelow(host: string, names: ReadonlySet<string>): boolean {
  for (let at = 0; at >= 0; at = host.indexOf('.', at) + 1 || -1) {
    if (names.has(host.slice(at))) return true;
  }
  return false;
}

/** The host travels as an encoded parameter only, so that the redirect's target is never the visitor's to choose. */
function blockPageFor(read: Host, reason: GateReason, page: string): string {
  const host = read.host === null ? '' : `host=${encodeURIComponent(read.host)}&`;
  return `${page}${page.includes('?') ? '&' : '?'}${host}reason=${reason}`;
}
