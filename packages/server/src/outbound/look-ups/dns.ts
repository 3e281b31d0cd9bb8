import { Resolver } from 'node:dns/promises';
import { compareAddresses } from '@openbeian/model/forms';
import type { LookUp, LookUpAnswer, LookUpQuestion } from '../../ports/look-ups.ts';
import type { DnsNamesOptions } from '../dns-names.ts';
import { failedAnswer } from './answer.ts';

const nothing = ['ENOTFOUND', 'ENODATA'];

/** Asks DNS where a name and its www lead, and compares with the addresses that are filed. */
export function createDnsLookUp({ servers, timeoutMs, now }: DnsNamesOptions & { readonly now: () => string }): LookUp {
  return {
    name: 'dns',
    async ask({ domainName, ranges }): Promise<LookUpAnswer> {
      const asked = {
        name: 'dns',
        askedAt: now(),
        source: servers.length === 0 ? 'DNS' : `DNS ${servers.join(' ')}`,
      } as const;
      const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
      if (servers.length > 0) resolver.setServers([...servers]);
      try {
        const hosts = [domainName, `www.${domainName}`];
        const questions = hosts.flatMap((host) => [resolver.resolve4(host), resolver.resolve6(host)]);
        const found = await Promise.all(questions.map((one) => one.catch(orNone)));
        const addresses = [...new Set(found.flat())];
        const facts = addresses.length === 0 ? {} : { 'filed.resolveToFiledAddress': areWithin(addresses, ranges) };
        const zh = addresses.length === 0 ? '没有解析记录' : `解析到 ${addresses.join('、')}`;
        const en = addresses.length === 0 ? 'There are no addresses' : `It leads to ${addresses.join(', ')}`;
        return { ...asked, state: 'answered', facts, said: { zh, en } };
      } catch {
        return failedAnswer(asked, { zh: '解析服务器没有答复', en: 'No resolver answered' });
      }
    },
  };
}

function orNone(error: unknown): string[] {
  const code = (error as { readonly code?: unknown }).code; // anything may be thrown
  if (typeof code === 'string' && nothing.includes(code)) return [];
  throw error;
}

const areWithin = (addresses: readonly string[], ranges: LookUpQuestion['ranges']): boolean =>
  addresses.every((address) =>
    ranges.some(
      ({ first, last }) =>
        first.includes(':') === address.includes(':') &&
        compareAddresses(first, address) <= 0 &&
        compareAddresses(address, last) <= 0,
    ),
  );
