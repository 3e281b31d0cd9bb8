import type { Day } from '@openbeian/model/calendar';
import { goodUntil, type Inventory, type PolicySet } from '@openbeian/model/eligibility';
import { Fault } from '@openbeian/model/fault';
import type { QuotaUse } from '@openbeian/model/quota';
import { type BuiltProblem, buildProblem } from './build-problem.ts';
import type { PlannedName } from './domain-list.ts';
import type { ChangeKind, ChangeWeights } from './fixes.ts';
import { type Option, optionsOf, type Way } from './options.ts';
import { orderFilings } from './order-filings.ts';
import type { Assignment, Placement, Plan, PlannedChange } from './plan.ts';
import { solveCharges } from './solve-charges.ts';
import { unplacedOf } from './unplaced.ts';

/** Renewing is the least, a conversion binds money for a term, a new resource is one more to run. */
export const defaultWeights: ChangeWeights = { renew: 1, convert: 2, ip: 1, bandwidth: 1, package: 2, new: 5 };
/** Weights have at most two decimals and this most, so that every sum is exact. */
export const largestWeight = 10_000;

export interface PlanInput {
  readonly inventory: Inventory;
  readonly policies: PolicySet;
  readonly at: Day;
  readonly names: readonly PlannedName[];
  readonly weights?: ChangeWeights;
  /** Only these accounts' resources are used, and only for them new ones bought. */
  readonly accounts?: readonly string[] | undefined;
  /** Products that may be bought, as `provider/product`; by default those of the inventory. */
  readonly buyable?: readonly string[] | undefined;
}

/**
 * Assigns names to direct quotas and codes: as many names as can be placed, at least weighted cost of the changes that
 * takes, with the fewest changes among equal costs. Pure: the same input gives the same plan.
 * @throws Fault `input.invalid` when a weight is no number from 0 to `largestWeight` with at most two decimals.
 */
export function planFilings(input: PlanInput): Plan {
  const weights = input.weights ?? defaultWeights;
  checkWeights(weights);
  const inventory = restricted(input.inventory, input.accounts);
  const { policies, at, names, buyable } = input;
  const { options, blocked } = optionsOf({
    inventory,
    policies,
    at,
    names,
    weights,
    buyable,
    accounts: input.accounts,
  });
  const built = buildProblem(names, options, weights);
  const solution = solveCharges(built.problem);

  const placements = built.place(solution);
  const labels = labelNew(options, placements);
  const paidFor = paidChanges(built, solution.paid);
  const idOf = idsByUse(paidFor);
  const cost = Math.floor(solution.cost / built.perCent) / 100;
  const lowerBound = Math.floor(solution.lowerBound / built.perCent) / 100;
  const { assignments, codes } = orderFilings(
    placements.map(({ name, option, use }) => {
      const way = wayOf(option, use);
      return {
        name,
        option,
        use,
        resource: labels.get(option) ?? option.resource.id,
        needs: way.kinds,
        changes: way.kinds.map((kind) => idOf(option, kind)),
        startBy: goodUntil(way.fixed, option.policy),
      };
    }),
  );
  const served = namesByChange(assignments);
  const changes = paidFor.map(({ id, kind, option }) => ({
    id,
    ...changeOf(kind, option, { weights, labels, placements }),
    serves: served.get(id) ?? [],
  }));
  return {
    at,
    weights,
    names: names.length,
    placed: solution.placed,
    cost,
    lowerBound,
    gap: Math.round((cost - lowerBound) * 100) / 100,
    gapShare: cost === 0 ? 0 : (cost - lowerBound) / cost,
    optimal: solution.lowerBound >= solution.cost,
    changes,
    codes,
    assignments,
    unplaced: unplacedOf(names, placements, options, blocked),
  };
}

interface PaidChange {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly option: Option;
}

function paidChanges({ charges }: BuiltProblem, paid: readonly number[]): PaidChange[] {
  return paid
    .toSorted((a, b) => a - b)
    .flatMap((charge) => charges[charge] ?? [])
    .flatMap(({ option, kinds }) => kinds.map((kind) => ({ kind, option })))
    .map((each, index) => ({ ...each, id: `change-${index + 1}` }));
}

/** A resource has at most one change of each kind. */
function idsByUse(paidFor: readonly PaidChange[]): (option: Option, kind: ChangeKind) => string {
  const ids = new Map<Option, Map<ChangeKind, string>>();
  for (const { id, kind, option } of paidFor) ids.set(option, (ids.get(option) ?? new Map()).set(kind, id));
  return (option, kind) => {
    const id = ids.get(option)?.get(kind);
    if (id === undefined) throw new Error('what a placement needs is paid for');
    return id;
  };
}

function namesByChange(assignments: readonly Assignment[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { name, changes } of assignments) {
    for (const id of changes) {
      const known = names.get(id);
      if (known === undefined) names.set(id, [name]);
      else known.push(name);
    }
  }
  return names;
}

function wayOf(option: Option, use: QuotaUse): Way {
  // Nothing is placed on a use without a way.
  return option[use] as Way;
}

/** What changes are described by. */
interface ChangeContext {
  readonly weights: ChangeWeights;
  /** Names of resources that are yet to be bought. */
  readonly labels: ReadonlyMap<Option, string>;
  readonly placements: readonly Placement[];
}

function changeOf(
  kind: ChangeKind,
  option: Option,
  { weights, labels, placements }: ChangeContext,
): Omit<PlannedChange, 'id' | 'serves'> {
  const { resource } = option;
  const uses = new Set(placements.filter((it) => it.option === option).map(({ use }) => use));
  const days = [...uses]
    .map((use) => wayOf(option, use).fixed.expiresAt)
    .filter((day): day is Day => day !== undefined)
    .sort();
  const dated = kind === 'renew' || kind === 'convert' || kind === 'new';
  const last = days.at(-1) ?? null;
  return {
    change: kind,
    resource: labels.get(option) ?? resource.id,
    provider: resource.provider,
    product: resource.product,
    account: resource.account ?? null,
    until: dated && !(kind === 'new' && goodUntil(resource, option.policy) === null) ? last : null,
    weight: weights[kind] ?? 0,
  };
}

function labelNew(options: readonly Option[], placements: readonly Placement[]): Map<Option, string> {
  const used = new Set(placements.map(({ option }) => option));
  const bought = options.filter((option) => option.isNew && used.has(option));
  // An id of the inventory may look like ours.
  const taken = new Set(options.filter(({ isNew }) => !isNew).map(({ resource }) => resource.id));
  let next = 0;
  return new Map(
    bought.map((option) => {
      do next += 1;
      while (taken.has(`new-${next}`));
      return [option, `new-${next}`];
    }),
  );
}

function restricted(inventory: Inventory, accounts: readonly string[] | undefined): Inventory {
  if (accounts === undefined) return inventory;
  return {
    ...inventory,
    resources: inventory.resources.filter(({ account }) => account !== undefined && accounts.includes(account)),
  };
}

function checkWeights(weights: ChangeWeights): void {
  const places = Object.entries(weights)
    .filter(([, weight]) => weight !== null && !isWeight(weight))
    .map(([kind]) => ({
      path: `weights.${kind}`,
      expected: `expected a number from 0 to ${largestWeight} with at most two decimals`,
      expectedZh: `应为 0 至 ${largestWeight} 之间、最多两位小数的数`,
    }));
  if (places.length > 0) throw new Fault('input.invalid', { places });
}

function isWeight(weight: number): boolean {
  return weight >= 0 && weight <= largestWeight && Math.abs(weight * 100 - Math.round(weight * 100)) < 1e-6;
}
