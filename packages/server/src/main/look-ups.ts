import { createGuardedGet } from '../outbound/guarded-get.ts';
import { createDnsLookUp } from '../outbound/look-ups/dns.ts';
import { createHomePage } from '../outbound/look-ups/home-page.ts';
import { createRdap, type RdapBootstrap } from '../outbound/look-ups/rdap.ts';
import type { LookUp } from '../ports/look-ups.ts';

export { rdapBootstrapSchema } from '../outbound/look-ups/rdap.ts';

export interface LookUpOptions {
  /** Which registry answers for which suffix (RFC 9224); without it nobody is asked about registrations. */
  readonly bootstrap: RdapBootstrap;
  /** `address` or `address:port` of resolvers; empty: the system's. */
  readonly dnsServers: readonly string[];
  readonly timeoutMs: number;
  /** Now, as ISO 8601. */
  readonly now: () => string;
  /** Further addresses that may be talked to, of registries inside the provider's network, say; public ones always may. */
  readonly isAllowed?: (address: string) => boolean;
}

const answerLimitBytes = 256 * 1024;

/** The look-ups that speak a public protocol: RDAP, DNS and HTTP. Whatever else is to be known is for people (`manual`). */
export function createLookUps({ bootstrap, dnsServers, timeoutMs, now, isAllowed }: LookUpOptions): readonly LookUp[] {
  const get = createGuardedGet({
    timeoutMs,
    userAgent: 'openbeian',
    answerLimitBytes,
    ...(isAllowed === undefined ? {} : { isAllowed }),
  });
  return [
    createRdap({ bootstrap, get, now }),
    createDnsLookUp({ servers: dnsServers, timeoutMs, now }),
    createHomePage({ get, now }),
  ];
}
