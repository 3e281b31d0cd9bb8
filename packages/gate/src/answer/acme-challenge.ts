import { normaliseHost } from '@openbeian/model/domain-name';
import type { GateReason } from '@openbeian/model/gate';

/**
 * A request for an ACME HTTP-01 challenge (RFC 8555 §8.3): the path and a token in base64url of 128 bits at least, nothing else. The
 * exact form matters: with a mere prefix, `/.well-known/acme-challenge/../index.html` would open a whole site.
 */
const challengePath = /^\/\.well-known\/acme-challenge\/[A-Za-z0-9_-]{22,128}$/;

/** What a certificate may be made ready for: names whose filing is in progress, or that cannot be decided at the moment. */
const mayPrepare: ReadonlySet<GateReason> = new Set([
  'unfiled',
  'access_missing',
  'cancelled',
  'no_snapshot',
  'snapshot_too_old',
] satisfies GateReason[]);

/** A visitor's request, as forwarded by the proxy. */
export interface VisitorRequest {
  /** Path and query. */
  readonly uri: string;
  readonly method: string;
  /** `http` or `https`; empty where the proxy does not send it. */
  readonly scheme: string;
}

/** Requests that pass for all names below one registrable name in an hour: a hundred names, validated from several places. */
const requestsPerHour = 300;
const hourMs = 3_600_000;
/** Names that are counted at the same time; beyond, nothing more passes until hours end. */
const mostNames = 10_000;

/** Decides which requests pass as a certificate's validation although their name is not served. */
export interface ChallengeGuard {
  /**
   * May this request pass although its host is refused? Only over plain HTTP, where validations are made, with GET and a
   * token; never for a name that is closed by order (suspended, blacklisted) or is no name; and not without end.
   */
  lets(host: string, reason: GateReason, request: VisitorRequest): boolean;
}

/**
 * @param nowMs the clock, in epoch milliseconds
 * @param threads that answer: each counts by itself, up to its share, so that all of them let no more pass than one would
 */
export function createChallengeGuard(nowMs: () => number, threads = 1): ChallengeGuard {
  const [mostRequests, mostCounted] = [Math.floor(requestsPerHour / threads), Math.floor(mostNames / threads)];
  const counts = new Map<string, { readonly sinceMs: number; requests: number }>();

  function isWithinRate(host: string): boolean {
    const read = normaliseHost(host);
    const name = read.registrableName ?? read.host;
    if (name === null) return false;
    const now = nowMs();
    // In the order in which their hours began.
    for (const [known, { sinceMs }] of counts) {
      if (now - sinceMs < hourMs) break;
      counts.delete(known);
    }
    const count = counts.get(name);
    if (count === undefined) {
      if (counts.size >= mostCounted) return false;
      counts.set(name, { sinceMs: now, requests: 1 });
      return true;
    }
    count.requests += 1;
    return count.requests <= mostRequests;
  }

  return {
    lets: (host, reason, { uri, method, scheme }) =>
      method === 'GET' && scheme === 'http' && mayPrepare.has(reason) && challengePath.test(uri) && isWithinRate(host),
  };
}
