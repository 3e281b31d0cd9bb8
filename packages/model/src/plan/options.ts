import type { Day } from '@openbeian/model/calendar';
import {
  findPolicy,
  type Inventory,
  type InventoryContext,
  inventoryContext,
  ledgersOf,
  outcomeOfSet,
  type Policy,
  type PolicySet,
  type ReasonCode,
  type ReasonSet,
  type Resource,
  reasonsIn,
  survey,
} from '@openbeian/model/eligibility';
import type { Ledger, QuotaUse } from '@openbeian/model/quota';
import type { PlannedName } from './domain-list.ts';
import { type ChangeKind, type ChangeWeights, fixesFor, isNoQuota } from './fixes.ts';
import { filesDirectly, type Offer, offerOf } from './new-resource.ts';

/** A resource, owned or yet to be bought, as a plan may use it. */
export interface Option {
  /** As owned; for a new one, as it must be bought. */
  readonly resource: Resource;
  readonly policy: Policy;
  readonly isNew: boolean;
  /** The changes each use needs; absent when the use is impossible. */
  readonly file: Way | null;
  readonly issue: Way | null;
}

export interface Way {
  readonly kinds: readonly ChangeKind[];
  /** The resource after these changes. */
  readonly fixed: Resource;
  readonly ledger: Ledger;
  /** Slots left; infinite where no source states a limit. */
  readonly remaining: number;
}

/** Why a use of an owned resource is out of the question. */
export interface Blocked {
  readonly resource: Resource;
  readonly use: QuotaUse;
  readonly codes: readonly ReasonCode[];
}

export interface OptionInput {
  readonly inventory: Inventory;
  readonly policies: PolicySet;
  readonly at: Day;
  readonly names: readonly PlannedName[];
  readonly weights: ChangeWeights;
  /** Products that may be bought, as `provider/product`; by default those of the inventory. */
  readonly buyable?: readonly string[] | undefined;
  /** New resources are bought for these only. */
  readonly accounts?: readonly string[] | undefined;
}

/** Everything that the names could be filed on, with what it needs, and what is out of the question and why. */
export function optionsOf(input: OptionInput): { readonly options: Option[]; readonly blocked: Blocked[] } {
  const { inventory, policies, at, weights } = input;
  // A plan looks at all accounts; who is looking does not matter.
  const { accounts, resources } = inventory;
  const context = inventoryContext({ accounts, resources }, policies);
  const sets = survey(context, at);
  const blocked: Blocked[] = [];
  // By ledger: a quota by account has been drawn on by what the account owns already.
  const left = new Map<string, number>();
  const options = resources.flatMap((resource): Option[] => {
    const policy = findPolicy(policies, resource.provider, resource.product, at);
    if (policy === null) {
      for (const use of ['file', 'issue'] as const) blocked.push({ resource, use, codes: ['resource.no_policy'] });
      return [];
    }
    for (const ledger of ledgersOf(resource, policy)) {
      left.set(ledger.ledgerKey, remainingOn(ledger, context.usedOf(ledger, resource)));
    }
    const wayOf = (use: QuotaUse): Way | null => {
      const way = settledBy(sets[use](resource), resource) ?? fixesFor(use, resource, context, { at, weights });
      if ('blockers' in way) {
        blocked.push({ resource, use, codes: way.blockers });
        return null;
      }
      const ledger = ledgersOf(resource, policy)[use === 'file' ? 0 : 1];
      const remaining = remainingOn(ledger, context.usedOf(ledger, resource));
      if (remaining === 0) {
        blocked.push({ resource, use, codes: [use === 'file' ? 'resource.quota_exhausted' : 'code.limit_reached'] });
        return null;
      }
      return { kinds: way.kinds, fixed: way.resource, ledger, remaining };
    };
    const file = picks(resource, policy) ? wayOf('file') : null;
    const issue = wayOf('issue');
    return file === null && issue === null ? [] : [{ resource, policy, isNew: false, file, issue }];
  });
  if (weights.new !== null) options.push(...newOptions(input, context, left));
  return { options, blocked };
}

/**
 * Most resources need no findings, whose values only changes are made of: those that are eligible as they are, and those on
 * which nothing is to be filed. Null for all others.
 */
function settledBy(set: ReasonSet, resource: Resource): ReturnType<typeof fixesFor> | null {
  const against = reasonsIn(set).filter(isNoQuota);
  if (against.length === 0) return { kinds: [], resource };
  const outcome = outcomeOfSet(set);
  return outcome === 'not_required' || outcome === 'not_applicable' ? { blockers: against } : null;
}

/** Some products are picked only until the first code was issued on them. */
function picks(resource: Resource, policy: Policy): boolean {
  const { file } = policy.version;
  if (!filesDirectly(policy)) return false;
  return file.mode !== 'fileable' || file.picksUntilCodes !== true || resource.used.codes === 0;
}

function remainingOn(ledger: Ledger, used: number): number {
  return ledger.limit === null ? Number.POSITIVE_INFINITY : Math.max(0, ledger.limit - used);
}

/**
 * Enough new resources of each product for every account, so that no plan could want one more: as many as the account's
 * own names fill, and at one account as many as all names fill with codes, which any account can give out.
 */
function newOptions(
  { inventory, policies, at, names, weights, buyable, accounts: only }: OptionInput,
  context: InventoryContext,
  left: ReadonlyMap<string, number>,
): Option[] {
  const products = buyable ?? [...new Set(inventory.resources.map((it) => `${it.provider}/${it.product}`))];
  const accounts = new Set<string | undefined>(inventory.accounts.map(({ id }) => id));
  for (const { account } of names) if (account !== undefined) accounts.add(account);
  for (const { account } of inventory.resources) if (account !== undefined) accounts.add(account);
  if (accounts.size === 0) accounts.add(undefined);
  if (only !== undefined)
    for (const account of accounts) if (account === undefined || !only.includes(account)) accounts.delete(account);
  const anyone = names.filter(({ account }) => account === undefined).length;
  const ownNames = new Map<string | undefined, number>();
  for (const { account } of names) ownNames.set(account, (ownNames.get(account) ?? 0) + 1);
  const bought: Option[] = [];
  for (const product of products) {
    const offers = new Map<string, Offer | null>();
    let issuesSomewhere = false;
    let takesAnyone = false;
    for (const account of accounts) {
      // Of an account only its kind matters to what a new resource may do.
      const kind = account === undefined ? 'nobody' : (context.realNameOf(account) ?? 'unknown');
      const known = offers.get(kind);
      const offer = known === undefined ? offerOf(product, account, { context, policies, at, weights }) : known;
      offers.set(kind, offer);
      if (offer === null) continue;
      const own = (account === undefined ? 0 : (ownNames.get(account) ?? 0)) + (takesAnyone ? 0 : anyone);
      const forCodes = offer.issue && !issuesSomewhere ? names.length : 0;
      const template = { ...offer.resource, account };
      const [file, issue] = ledgersOf(template, offer.policy);
      const filing = offer.file ? copiesFor(own, file) : 0;
      const copies = Math.max(
        filing,
        offer.issue ? copiesFor(forCodes, issue) : 0,
        // Codes of a quota by account only add up over accounts.
        offer.issue && perAccount(issue) && names.length > 0 ? 1 : 0,
      );
      if (offer.file) takesAnyone = true;
      if (offer.issue) issuesSomewhere = true;
      for (let copy = 0; copy < copies; copy += 1) {
        // The first copies hold all its own names; further ones are for codes, which keeps the lower bound close.
        const able = { ...offer, file: copy < filing };
        bought.push(newOption({ ...template, id: `new-${product}-${account ?? ''}-${copy + 1}` }, able, left));
      }
    }
  }
  return bought;
}

function newOption(resource: Resource, offer: Offer, left: ReadonlyMap<string, number>): Option {
  const wayOf = (able: boolean, use: QuotaUse): Way | null => {
    if (!able) return null;
    const ledger = ledgersOf(resource, offer.policy)[use === 'file' ? 0 : 1];
    const remaining = left.get(ledger.ledgerKey) ?? remainingOn(ledger, 0);
    return remaining === 0 ? null : { kinds: ['new'], fixed: resource, ledger, remaining };
  };
  return {
    resource,
    policy: offer.policy,
    isNew: true,
    file: wayOf(offer.file, 'file'),
    issue: wayOf(offer.issue, 'issue'),
  };
}

function perAccount({ scope }: Ledger): boolean {
  return scope === 'account' || scope === 'package';
}

function copiesFor(units: number, ledger: Ledger): number {
  if (units === 0) return 0;
  return ledger.limit === null || perAccount(ledger) ? 1 : Math.ceil(units / ledger.limit);
}
