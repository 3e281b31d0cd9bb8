import { addDays, type Day } from '@openbeian/model/calendar';
import {
  billings,
  filingServiceStates,
  type Inventory,
  type PolicySet,
  parseInventory,
  realNames,
  resourceStates,
} from '@openbeian/model/eligibility';

/** The day on which everything is decided. */
export const at: Day = '2026-11-21';

/**
 * A fleet with every product, drawn from a fixed seed: mostly servers that pass or nearly pass, with every fact wrong or
 * missing now and then, so that every outcome occurs.
 */
export function dataSet(policies: PolicySet, count: number, seed = 20261121): Inventory {
  const random = mulberry32(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const rarely = (share: number) => random() < share;
  const products = [...policies.values()].flatMap(({ provider, products: known, regions }) =>
    [...known.keys()].map((product) => ({ provider, product, regions: [...regions.keys()] })),
  );
  const accounts = Array.from({ length: 2000 }, (_, index) => ({
    id: `acct-${index}`,
    ...(rarely(0.02) ? {} : { realName: rarely(0.7) ? 'enterprise' : pick(realNames) }),
  }));
  const resources = Array.from({ length: count }, (_, index) => {
    const { provider, product, regions } = products[index % products.length] as (typeof products)[number];
    const boughtAt = addDays(at, -below(500));
    const kinds = rarely(0.05) ? [] : [rarely(0.1) ? 'load_balancer' : pick(['instance', 'elastic'])];
    const facts = {
      id: `res-${index}`,
      provider: rarely(0.005) ? 'nobody' : provider,
      product,
      account: pick(accounts).id,
      region: rarely(0.8) ? 'cn-mainland' : pick(regions),
      billing: rarely(0.7) ? 'prepaid' : pick(billings),
      boughtAt,
      expiresAt: addDays(boughtAt, below(900)),
      firstTerm: pick(['P1M', 'P11M', 'P12M', 'P1Y']),
      orderAmountCny: below(20_000) / 100,
      package: { invocations: pick([0, 50_000_000]), gbSeconds: pick([0, 400_000]) },
      environment: {
        id: `env-${below(count)}`,
        filingService: rarely(0.7) ? 'fileable' : pick(filingServiceStates),
      },
      boundTo: `res-${below(count)}`,
      state: rarely(0.9) ? 'running' : pick(resourceStates),
      trial: rarely(0.05),
      publicIps: kinds.map((kind) => ({ kind })),
      bandwidthMbps: rarely(0.1) ? 0 : 5,
      used: { codes: below(4), sites: below(4) },
    };
    return Object.fromEntries(Object.entries(facts).filter(([key]) => needed.has(key) || !rarely(0.02)));
  });
  return parseInventory({ accounts, resources });
}

const needed = new Set(['id', 'provider', 'product', 'used', 'state', 'trial']);

/** A small generator with a seed; the bench must not depend on the machine's randomness. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
