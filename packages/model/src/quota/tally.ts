import { type CountedResource, holderKeyOf, type QuotaScope, type Used } from './ledger.ts';

/** What a ledger that several resources share has drawn. */
export interface TallyEntry extends Used {
  readonly ledgerHolder: string;
}

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

/** Grows with accounts and environments, not with resources. Where all fit into memory, `usageOf` says the same. */
export function usageTally(): UsageTally {
  const sums = new Map<string, { codes: number; sites: number }>();
  const addTo = (key: string, { codes, sites }: Used) => {
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { codes, sites });
    else {
      sum.codes += codes;
      sum.sites += sites;
    }
  };
  return {
    add: (resource, scopes) => {
      for (const scope of scopes) {
        const key = sharedKeyOf(scope, resource);
        if (key !== null) addTo(key, resource.used);
      }
    },
    usageOf: (scope, resource) => {
      const key = sharedKeyOf(scope, resource);
      return (key === null ? undefined : sums.get(key)) ?? resource.used;
    },
    entries: () => [...sums].map(([ledgerHolder, { codes, sites }]) => ({ ledgerHolder, codes, sites })),
    replace: (entries) => {
      sums.clear();
      for (const entry of entries) addTo(entry.ledgerHolder, entry);
    },
  };
}

/** Null where the ledger is the resource's own. */
function sharedKeyOf(scope: QuotaScope, resource: CountedResource): string | null {
  const byAccount = scope === 'account' || scope === 'package';
  const holder = byAccount ? resource.account : scope === 'ip' ? resource.environment?.id : undefined;
  if (holder === undefined) return null;
  // A package's quota adds up like an account's, in one sum: see `usageOf`.
  return holderKeyOf(byAccount ? 'account' : scope, resource, `${resource.provider}/${resource.product}`);
}
