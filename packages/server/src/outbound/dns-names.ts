import { Resolver } from 'node:dns/promises';
import { Fault } from '@openbeian/model/fault';
import type { NameDirectory } from '../ports/name-proofs.ts';

export interface DnsNamesOptions {
  /** `address` or `address:port` of each resolver; empty: the system's. */
  readonly servers: readonly string[];
  /** For one question to one resolver. */
  readonly timeoutMs: number;
}

/** There is nothing of that name: an answer like any other. */
const nothing = ['ENOTFOUND', 'ENODATA'];

/** Reads TXT records over DNS. A record of several strings is one text, as RFC 7208 §3.3 joins them. */
export function createDnsNames({ servers, timeoutMs }: DnsNamesOptions): NameDirectory {
  return {
    async findTexts(host) {
      // One for each question: what is asked of one resolver holds up no other question.
      const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
      if (servers.length > 0) resolver.setServers([...servers]);
      try {
        return (await resolver.resolveTxt(host)).map((strings) => strings.join(''));
      } catch (error) {
        const code = (error as { readonly code?: unknown }).code;
        if (typeof code === 'string' && nothing.includes(code)) return [];
        throw new Fault('name.lookup_failed', { cause: error });
      }
    },
  };
}
