import type { GateReason } from '@openbeian/model/gate';

/**
 * A request for an ACME HTTP-01 challenge (RFC 8555 §8.3): the path and a token in base64url, nothing else. The exact
 * form matters: with a mere prefix, `/.well-known/acme-challenge/../index.html` would open a whole site.
 */
const challengePath = /^\/\.well-known\/acme-challenge\/[A-Za-z0-9_-]{1,128}$/;

/** What a certificate may be made ready for: names that only wait for a filing, or that nobody can judge just now. */
const mayPrepare: ReadonlySet<GateReason> = new Set([
  'unfiled',
  'access_missing',
  'cancelled',
  'no_snapshot',
  'snapshot_too_old',
] satisfies GateReason[]);

/**
 * May this request pass although its host is refused? Only as a certificate's validation, and never for a name that is
 * closed by order (suspended, blacklisted) or is no name.
 */
export function isOpenChallenge(reason: GateReason, { uri, method }: { uri: string; method: string }): boolean {
  return (method === 'GET' || method === 'HEAD') && mayPrepare.has(reason) && challengePath.test(uri);
}
