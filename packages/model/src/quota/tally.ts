import type { CountedResource, QuotaScope, Used } from './ledger.ts';

/** What a ledger that several resources share has drawn. */
export interface TallyEntry extends Used {
  readonly provider: string;
  readonly product: string;
  readonly by: Holder;
  readonly holder: string;
}

/** Whose ledger it is. A package's quota adds up like an account's, in one sum: see `usageOf`. */
type Holder = 'account' | 'environment';

type Sums = Map<string, { codes: number; sites: number }>;

/** Sums for a fleet that is too large to hold: resources pass by once to be added, and again to be decided. */
export interface UsageTally {
  /** Adds a resource to the ledgers of these scopes. What belongs to the resource alone is not kept. */
  add(resource: CountedResource, scopes: Iterable<QuotaScope>): void;
  /** What the ledger of that scope has drawn, over all that were added. */
  usageOf(scope: QuotaScope, resource: CountedResource): Used;
  /** The sums, for another tally. */
  entries(): TallyEntry[];
  /** Forgets its own sums for the sums of these entries, which may come from several tallies. */
  replace(entries: readonly TallyEntry[]): void;
}

/**
 * Grows with accounts and environments, not with resources. Where all fit into memory, `usageOf` says the same. Kept by provider,
 * product and holder, each by its own text, so that no key is put together for each resource.
 */
export function usageTally(): UsageTally {
  const providers = new Map<string, Map<string, Readonly<Record<Holder, Sums>>>>();
  // Both uses of a resource ask one after the other.
  let last: {
    readonly provider: string;
    readonly product: string;
    readonly sums: Readonly<Record<Holder, Sums>>;
  } | null = null;
  const sumsFor = (provider: string, product: string): Readonly<Record<Holder, Sums>> => {
    if (last !== null && last.product === product && last.provider === provider) return last.sums;
    const products = providers.get(provider) ?? new Map<string, Readonly<Record<Holder, Sums>>>();
    providers.set(provider, products);
    const sums = products.get(product) ?? { account: new Map(), environment: new Map() };
    products.set(product, sums);
    last = { provider, product, sums };
    return sums;
  };
  const addTo = (sums: Sums, holder: string, { codes, sites }: Used) => {
    const sum = sums.get(holder);
    if (sum === undefined) sums.set(holder, { codes, sites });
    else {
      sum.codes += codes;
      sum.sites += sites;
    }
  };
  return {
    add: (resource, scopes) => {
      // By package in one version of the rules and by account in the next is one sum, added to once.
      let toAccount = false;
      for (const scope of scopes) {
        const by = holderOf(scope);
        if (by === 'account' && toAccount) continue;
        toAccount ||= by === 'account';
        const holder = by === null ? undefined : idOfHolder(by, resource);
        if (by === null || holder === undefined) continue;
        addTo(sumsFor(resource.provider, resource.product)[by], holder, resource.used);
      }
    },
    usageOf: (scope, resource) => {
      const by = holderOf(scope);
      const holder = by === null ? undefined : idOfHolder(by, resource);
      if (by === null || holder === undefined) return resource.used;
      return sumsFor(resource.provider, resource.product)[by].get(holder) ?? resource.used;
    },
    entries: () =>
      [...providers].flatMap(([provider, products]) =>
        [...products].flatMap(([product, sums]) =>
          (['account', 'environment'] as const).flatMap((by) =>
            [...sums[by]].map(([holder, used]) => ({ provider, product, by, holder, ...used })),
          ),
        ),
      ),
    replace: (entries) => {
      providers.clear();
      last = null;
      for (const entry of entries) addTo(sumsFor(entry.provider, entry.product)[entry.by], entry.holder, entry);
    },
  };
}

/** Null where the ledger is the resource's own. */
function holderOf(scope: QuotaScope): Holder | null {
  if (scope === 'account' || scope === 'package') return 'account';
  return scope === 'ip' ? 'environment' : null;
}

function idOfHolder(by: Holder, resource: CountedResource): string | undefined {
  return by === 'account' ? resource.account : resource.environment?.id;
}
