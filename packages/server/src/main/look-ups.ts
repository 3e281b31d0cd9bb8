import { readFileSync } from 'node:fs';
import { Fault, parseSafely } from '@openbeian/model/fault';
import type { FlowDeps } from '../flows/index.ts';
import { addressGuard } from '../outbound/forbidden-addresses.ts';
import { createGuardedGet } from '../outbound/guarded-get.ts';
import { createDnsLookUp } from '../outbound/look-ups/dns.ts';
import { createHomePage } from '../outbound/look-ups/home-page.ts';
import { createRdap, type RdapBootstrap, rdapBootstrapSchema } from '../outbound/look-ups/rdap.ts';
import type { Clock, LookUp } from '../ports/index.ts';
import type { Config } from './config.ts';

export { rdapBootstrapSchema } from '../outbound/look-ups/rdap.ts';

export interface LookUpOptions {
  /** Which registry answers for which suffix (RFC 9224); without it nobody is asked about registrations. */
  readonly bootstrap: RdapBootstrap;
  /** `address` or `address:port` of resolvers; empty: the system's. */
  readonly dnsServers: readonly string[];
  readonly timeoutMs: number;
  /** Now, as ISO 8601. */
  readonly now: () => string;
  /** Addresses at which a registry may be asked; public ones unless given. Home pages are always public. */
  readonly isAllowed?: (address: string) => boolean;
}

const answerLimitBytes = 256 * 1024;

/** The look-ups that speak a public protocol: RDAP, DNS and HTTP. Whatever else is to be known is for people (`manual`). */
export function createLookUps({ bootstrap, dnsServers, timeoutMs, now, isAllowed }: LookUpOptions): readonly LookUp[] {
  const options = { timeoutMs, userAgent: 'openbeian', answerLimitBytes };
  const get = createGuardedGet(options);
  const getInside = isAllowed === undefined ? get : createGuardedGet({ ...options, isAllowed });
  return [
    createRdap({ bootstrap, get: getInside, now }),
    createDnsLookUp({ servers: dnsServers, timeoutMs, now }),
    createHomePage({ get, now }),
  ];
}

/**
 * What this deployment asks of services outside, as configured.
 * @throws Fault `config.invalid` for a file of registries that cannot be used
 */
export function lookUpsOf({ lookUps }: Config, clock: Clock): FlowDeps['lookUps'] {
  const { ask, attempts, validHours, rdapBootstrapFile, insideRegistries, dnsServers, timeoutMs } = lookUps;
  const bootstrap = rdapBootstrapFile === null ? { services: [] } : readBootstrap(rdapBootstrapFile);
  const isPublic = addressGuard([]);
  const ports = createLookUps({
    bootstrap,
    dnsServers,
    timeoutMs,
    now: () => clock.now(),
    isAllowed: (address) => insideRegistries.includes(address) || isPublic(address),
  });
  return { ports: ports.filter(({ name }) => ask.includes(name)), attempts, validHours };
}

function readBootstrap(path: string): RdapBootstrap {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Its shape refuses undefined.
  }
  const read = parseSafely(rdapBootstrapSchema, document);
  if (read.success) return read.data;
  const places = [
    {
      path: 'lookUps.rdapBootstrapFile',
      expected: 'a readable JSON file as RFC 9224 has it: {"services": [[["cn"], ["https://…"]]]}',
      expectedZh: '应为可读取的 RFC 9224 格式 JSON 文件，形如 {"services": [[["cn"], ["https://…"]]]}',
    },
  ];
  throw new Fault('config.invalid', { places });
}
