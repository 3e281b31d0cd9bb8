import { z } from 'zod';
import type { Resource } from '../../inventory.ts';
import { filingServiceStates, resourceStates } from '../../inventory.ts';
import type { MissingFacts } from '../missing-facts.ts';
import { bitOf, type ReasonSet } from '../reason-set.ts';
import { common, condition, missingFact, type SheetOf, type Surroundings, whereKnown } from './condition.ts';

const noIp = bitOf('resource.no_public_ip');

const publicIp = condition({
  schema: z.strictObject({
    rule: z.literal('publicIp'),
    ...common,
    whereKnown,
    comesWith: z.enum(['ip', 'bandwidth']).default('ip').meta({ description: 'What to buy to get an address.' }),
  }),
  factKeys: ['publicIps'],
  reasonCodes: ['resource.no_public_ip'],
  namedFacts: [],
  compile: (stated) => ({ needed: stated.whereKnown !== true }),
  find: ({ publicIps }, { needed }, missing) => {
    if (publicIps === undefined) return needed ? missingFact(missing, 'publicIps') : 0;
    return publicIps.length === 0 ? noIp : 0;
  },
  explain: {
    'resource.no_public_ip': ({ condition: { comesWith } }) => ({
      detail: null,
      remedy: comesWith === 'bandwidth' ? 'buy_bandwidth' : 'buy_public_ip',
    }),
  },
});

const balancerIp = bitOf('resource.load_balancer_ip');

/** An address of its own, not only a load balancer's. Without any address, `publicIp` is what to ask. */
const ownIp = condition({
  schema: z.strictObject({ rule: z.literal('ownIp'), ...common }),
  factKeys: ['publicIps[].kind'],
  reasonCodes: ['resource.load_balancer_ip'],
  namedFacts: [],
  compile: () => true,
  find: ({ publicIps }, _, missing) => {
    if (publicIps === undefined || publicIps.length === 0) return 0;
    let unknown = false;
    for (const { kind } of publicIps) {
      if (kind === undefined) unknown = true;
      else if (kind !== 'load_balancer') return 0;
    }
    return unknown ? missingFact(missing, 'publicIps[].kind') : balancerIp;
  },
  explain: { 'resource.load_balancer_ip': () => ({ detail: null, remedy: 'use_instance_ip' }) },
});

const noBandwidth = bitOf('resource.no_public_bandwidth');

const publicBandwidth = condition({
  schema: z.strictObject({ rule: z.literal('publicBandwidth'), ...common, whereKnown }),
  factKeys: ['bandwidthMbps'],
  reasonCodes: ['resource.no_public_bandwidth'],
  namedFacts: [],
  compile: (stated) => ({ needed: stated.whereKnown !== true }),
  find: ({ bandwidthMbps }, { needed }, missing) => {
    if (bandwidthMbps === undefined) return needed ? missingFact(missing, 'bandwidthMbps') : 0;
    return bandwidthMbps === 0 ? noBandwidth : 0;
  },
  explain: { 'resource.no_public_bandwidth': () => ({ detail: null, remedy: 'buy_bandwidth' }) },
});

const notRunning = bitOf('resource.not_running');

const running = condition({
  schema: z.strictObject({ rule: z.literal('running'), ...common, refused: z.array(z.enum(resourceStates)).min(1) }),
  factKeys: [],
  reasonCodes: ['resource.not_running'],
  namedFacts: ['state'],
  compile: ({ refused }) => ({ refused }),
  find: ({ state }, { refused }) => (refused.includes(state) ? notRunning : 0),
  explain: { 'resource.not_running': ({ resource: { state } }) => ({ detail: { state }, remedy: 'wait' }) },
});

const notInitialised = bitOf('resource.not_initialised');

/** The filing service of a container environment. */
const environment = condition({
  schema: z.strictObject({
    rule: z.literal('environment'),
    ...common,
    allowed: z.array(z.enum(filingServiceStates)).default(['fileable']),
  }),
  factKeys: ['environment', 'environment.filingService'],
  reasonCodes: ['resource.not_initialised'],
  namedFacts: ['environment.filingService'],
  compile: ({ allowed }) => ({ allowed }),
  find: (resource, { allowed }, missing) => {
    if (resource.environment === undefined) return missingFact(missing, 'environment');
    const { filingService } = resource.environment;
    if (filingService === undefined) return missingFact(missing, 'environment.filingService');
    return allowed.includes(filingService) ? 0 : notInitialised;
  },
  explain: {
    'resource.not_initialised': ({ resource }) => {
      const state = resource.environment?.filingService ?? 'missing';
      return { detail: { state }, remedy: state === 'initialising' ? 'wait' : 'contact_support' };
    },
  },
});

/** By the name that policies use for them. */
export const networkConditions = { publicIp, publicBandwidth, ownIp, environment, running } as const;

export const networkSchemas = [
  publicIp.schema,
  publicBandwidth.schema,
  ownIp.schema,
  environment.schema,
  running.schema,
] as const;

/** What these conditions find; the facts they miss go to `missing`. A line each: see `foundAgainst`. */
export function foundByNetwork(
  resource: Resource,
  sheet: SheetOf<typeof networkConditions>,
  missing: MissingFacts,
  surroundings: Surroundings,
): ReasonSet {
  let set = 0;
  if (sheet.publicIp !== null) set |= publicIp.find(resource, sheet.publicIp, missing, surroundings);
  if (sheet.publicBandwidth !== null)
    set |= publicBandwidth.find(resource, sheet.publicBandwidth, missing, surroundings);
  if (sheet.ownIp !== null) set |= ownIp.find(resource, sheet.ownIp, missing, surroundings);
  if (sheet.environment !== null) set |= environment.find(resource, sheet.environment, missing, surroundings);
  if (sheet.running !== null) set |= running.find(resource, sheet.running, missing, surroundings);
  return set;
}
