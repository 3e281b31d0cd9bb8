import type { lookup as resolve } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { OutboundError } from '../ports/outbound.ts';

class Refusal extends Error {
  readonly reason: OutboundError;
  constructor(reason: OutboundError) {
    super(reason);
    this.reason = reason;
  }
}

/** Gives a connection only addresses that may be talked to; all of them must be, or a mixed answer would be tried. */
export function guardedLookup(isAllowed: (address: string) => boolean, resolveName: typeof resolve): LookupFunction {
  return (hostname, options, done) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, '', 0);
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isAllowed(address))) {
        return done(new Refusal('address_refused'), '', 0);
      }
      if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

/** Why a connection failed, of the closed list. */
export function reasonOf(error: Error & { readonly code?: string }): OutboundError {
  if (error instanceof Refusal) return error.reason;
  const code = error.code ?? '';
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'name_unknown';
  if (/CERT|TLS|SSL|UNABLE_TO_VERIFY|SELF_SIGNED/.test(code)) return 'tls_failed';
  return 'connection_failed';
}
