import {
  drawnOn,
  isShared,
  type Ledger,
  ledgerOf,
  type QuotaRule,
  type QuotaScope,
  type QuotaUse,
  type Used,
  usageOf,
} from '@openbeian/model/quota';
import type { Inventory, RealName, Resource } from '../inventory.ts';
import type { Surroundings } from './conditions/condition.ts';
import type { Policy, PolicySet } from './policy-set.ts';

/** An inventory made ready for many decisions: look-ups and sums, nothing decided yet. */
export interface InventoryContext extends Surroundings {
  readonly policies: PolicySet;
  readonly viewer: string | null;
  /** Nothing was spent beyond the inventory's own `used`. */
  readonly bare: boolean;
  /** The resource of a provider with this id, of one of these products. */
  findResource(provider: string, products: readonly string[], id: string): Resource | undefined;
  /** Spent so far on a ledger of a resource. */
  usedOf(ledger: Ledger, resource: Resource): number;
  /** The same by rule, for the decision itself: it names no ledger where nothing was spent beyond the inventory. */
  drawn(use: QuotaUse, rule: QuotaRule, resource: Resource): number;
}

/** What a context is made of; `inventoryContext` finds it in an inventory, a stream of resources brings its own. */
export interface ContextParts {
  readonly policies: PolicySet;
  readonly viewer: string | null;
  realNameOf(accountId: string): RealName | undefined;
  findResource(provider: string, products: readonly string[], id: string): Resource | undefined;
  /** `used`, added up over the resources that share a quota of that scope. */
  counted(scope: QuotaScope, resource: Resource): Used;
  /** Per `ledgerKey`, what was spent beyond the inventory's own `used` (the store's ledgers). */
  readonly spent: ReadonlyMap<string, number>;
}

/** Makes a context of its parts. */
export function contextOf({ counted, spent, ...parts }: ContextParts): InventoryContext {
  return {
    ...parts,
    bare: spent.size === 0,
    usedOf: (ledger, resource) =>
      drawnOn(ledger.kind, ledger.shared, counted(ledger.scope, resource)) + (spent.get(ledger.ledgerKey) ?? 0),
    drawn: (use, rule, resource) => {
      const drawn = drawnOn(use, isShared(rule), counted(rule.scope, resource));
      if (spent.size === 0) return drawn;
      const { ledgerKey } = ledgerOf(use, resource, `${resource.provider}/${resource.product}`, [rule]);
      return drawn + (spent.get(ledgerKey) ?? 0);
    },
  };
}

/**
 * Prepares an inventory for `evaluate` and `decide`; every resource asked about later must be in it.
 * `spent` adds, per `ledgerKey`, what was spent beyond the inventory's own `used` (the store's ledgers).
 */
export function inventoryContext(
  inventory: Inventory,
  policies: PolicySet,
  spent: ReadonlyMap<string, number> = new Map(),
): InventoryContext {
  const realNames = new Map(inventory.accounts.map((account) => [account.id, account.realName]));
  const byId = new Map(inventory.resources.map((it) => [`${it.provider}/${it.product}/${it.id}`, it]));
  return contextOf({
    policies,
    viewer: inventory.viewer ?? null,
    realNameOf: (accountId) => realNames.get(accountId),
    findResource: (provider, products, id) =>
      products.map((product) => byId.get(`${provider}/${product}/${id}`)).find((found) => found !== undefined),
    counted: usageOf(inventory.resources),
    spent,
  });
}

/** The ledgers of a resource under its policy: `file` first, then `issue`. The store's quota is keyed by them. */
export function ledgersOf(resource: Resource, policy: Policy): readonly [file: Ledger, issue: Ledger] {
  const { quotas } = policy.version;
  return [ledgerOf('file', resource, policy.id, quotas), ledgerOf('issue', resource, policy.id, quotas)];
}
