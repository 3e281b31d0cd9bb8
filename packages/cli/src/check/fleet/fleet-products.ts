import type { PolicySet, Resource } from '@openbeian/model/eligibility';
import type { QuotaScope } from '@openbeian/model/quota';
import type { TextHash } from './line-table.ts';
import { hashOfText } from './seen-ids.ts';

/** What the readings of a fleet ask of a product. */
export interface FleetProduct {
  /** The hash of `provider/product/`. */
  readonly begun: TextHash;
  /** Null: its quotas do not add up over resources. */
  readonly scopes: readonly QuotaScope[] | null;
  /** Its number among those whose quotas do, the same in every thread. */
  readonly number: number;
  readonly isBalancer: boolean;
}

/** A file may name any products; those of policies are far fewer. */
const productsLimit = 10_000;

/** Finds what is known of a resource's product. */
export function fleetProducts(policies: PolicySet): (resource: Resource) => FleetProduct {
  const scopesOf = addingScopes(policies);
  const numbers = new Map([...scopesOf.keys()].map((id, number) => [id, number]));
  const balancers = balancersOf(policies);
  const providers = new Map<string, Map<string, FleetProduct>>();
  let kept = 0;
  // Fleets are listed provider by provider.
  let lastProvider: string | null = null;
  let productsOfLast: Map<string, FleetProduct> | undefined;
  return ({ provider, product }) => {
    if (provider !== lastProvider) {
      lastProvider = provider;
      productsOfLast = providers.get(provider);
    }
    const known = productsOfLast?.get(product);
    if (known !== undefined) return known;
    if ((kept += 1) > productsLimit) {
      providers.clear();
      kept = 1;
    }
    const id = `${provider}/${product}`;
    const scopes = scopesOf.get(id);
    const made = {
      begun: hashOfText(`${id}/`),
      scopes: scopes === undefined ? null : [...scopes],
      number: numbers.get(id) ?? -1,
      isBalancer: balancers.has(id),
    };
    const products = providers.get(provider) ?? new Map<string, FleetProduct>();
    providers.set(provider, products.set(product, made));
    productsOfLast = products;
    return made;
  };
}

/** Scopes of each product, in any of its versions, whose quota adds up over several resources. */
function addingScopes(policies: PolicySet): Map<string, Set<QuotaScope>> {
  const scopes = new Map<string, Set<QuotaScope>>();
  for (const { products } of policies.values()) {
    for (const [, versions] of products) {
      for (const { id, version } of versions) {
        for (const { scope } of version.quotas) scopes.set(id, (scopes.get(id) ?? new Set()).add(scope));
      }
    }
  }
  return scopes;
}

/** Products that file through another resource, in any of their versions. */
function balancersOf(policies: PolicySet): Set<string> {
  const all = [...policies.values()].flatMap(({ products }) => [...products.values()].flat());
  return new Set(all.filter(({ version }) => version.file.mode === 'through_bound').map(({ id }) => id));
}
