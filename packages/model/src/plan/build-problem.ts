import type { QuotaUse } from '@openbeian/model/quota';
import type { ChargeProblem, ChargeSolution, Group, Use } from './charge-problem.ts';
import type { PlannedName } from './domain-list.ts';
import type { ChangeKind, ChangeWeights } from './fixes.ts';
import type { Option, Way } from './options.ts';
import type { Placement } from './plan.ts';

/** Changes that are paid for together, because the same uses need them. */
interface Charge {
  readonly option: Option;
  readonly kinds: readonly ChangeKind[];
}

export interface BuiltProblem {
  readonly problem: ChargeProblem;
  /** In the order of `problem.charges`. */
  readonly charges: readonly Charge[];
  /** Costs count hundredths of a weight, each this many; the rest counts changes, which breaks ties. */
  readonly perCent: number;
  place(solution: ChargeSolution): Placement[];
}

/** Puts names and options as groups, hubs, uses and ledgers. Names of one account and provider are one group. */
export function buildProblem(
  names: readonly PlannedName[],
  options: readonly Option[],
  weights: ChangeWeights,
): BuiltProblem {
  // More changes than this no plan needs: a resource that takes none of the names is not changed.
  const perCent = names.length * 6 + 1;
  const supply = new Supply(weights, perCent, names.length);
  for (const option of options) supply.add(option);
  const { hubs, uses, ledgers, charges, costs } = supply;
  const grouped = groupsOf(names);
  const groups = grouped.map((of): Group => {
    // A group has at least the name that opened it.
    const [first] = of as [PlannedName];
    return { count: of.length, hubs: hubs.openTo(first) };
  });
  return {
    problem: { groups, hubCount: hubs.count, uses, ledgers, charges: costs, grain: perCent },
    charges,
    perCent,
    place: (solution) => placementsOf(solution, grouped, groups, supply),
  };
}

/** Which option a use of the problem is of. */
interface UseOption {
  readonly option: Option;
  readonly use: QuotaUse;
}

/** What options add to a problem: where names enter, what they go through, what that draws on and costs. */
class Supply {
  readonly hubs = new Hubs();
  readonly ledgers: number[] = [];
  readonly charges: Charge[] = [];
  readonly costs: number[] = [];
  readonly uses: Use[] = [];
  /** In the order of `uses`. */
  readonly useOptions: UseOption[] = [];
  readonly #ledgerIndex = new Map<string, number>();
  readonly #weights: ChangeWeights;
  readonly #perCent: number;
  readonly #nameCount: number;

  constructor(weights: ChangeWeights, perCent: number, nameCount: number) {
    this.#weights = weights;
    this.#perCent = perCent;
    this.#nameCount = nameCount;
  }

  add(option: Option): void {
    const { resource, file, issue } = option;
    const both = file === null || issue === null ? [] : file.kinds.filter((kind) => issue.kinds.includes(kind));
    const shared = this.#addCharge(option, both);
    for (const use of ['file', 'issue'] as const) {
      const way = option[use];
      if (way === null) continue;
      const rest = way.kinds.filter((kind) => !both.includes(kind));
      const hub =
        use === 'file' ? this.hubs.direct(resource.provider, resource.account) : this.hubs.code(resource.provider);
      this.uses.push({ hub, ledger: this.#ledgerOf(way), charges: [...shared, ...this.#addCharge(option, rest)] });
      this.useOptions.push({ option, use });
    }
  }

  #addCharge(option: Option, kinds: readonly ChangeKind[]): number[] {
    if (kinds.length === 0) return [];
    this.charges.push({ option, kinds });
    const hundredths = kinds.reduce((sum, kind) => sum + Math.round((this.#weights[kind] ?? 0) * 100), 0);
    this.costs.push(hundredths * this.#perCent + kinds.length);
    return [this.charges.length - 1];
  }

  #ledgerOf({ ledger: { ledgerKey }, remaining }: Way): number {
    const known = this.#ledgerIndex.get(ledgerKey);
    if (known !== undefined) return known;
    this.#ledgerIndex.set(ledgerKey, this.ledgers.length);
    return this.ledgers.push(Math.min(remaining, this.#nameCount)) - 1;
  }
}

/** Names that may go to the same places are interchangeable. */
function groupsOf(names: readonly PlannedName[]): PlannedName[][] {
  const members = new Map<string, PlannedName[]>();
  for (const name of names) {
    const key = JSON.stringify([name.account ?? null, name.provider ?? null]);
    const of = members.get(key);
    if (of === undefined) members.set(key, [name]);
    else of.push(name);
  }
  return [...members.values()];
}

/** Gives each name that a solution places one of the places that its hub has. */
function placementsOf(
  { carried, entered }: ChargeSolution,
  grouped: readonly (readonly PlannedName[])[],
  groups: readonly Group[],
  { hubs, uses, useOptions }: Supply,
): Placement[] {
  const slots = Array.from({ length: hubs.count }, (): (UseOption & { left: number })[] => []);
  uses.forEach(({ hub }, index) => {
    const left = carried[index] ?? 0;
    const at = useOptions[index];
    if (left > 0 && at !== undefined) slots[hub]?.push({ ...at, left });
  });
  return grouped.flatMap((of, group) => {
    const rest = [...of];
    return (groups[group]?.hubs ?? []).flatMap((hub, position) => {
      const count = entered[group]?.[position] ?? 0;
      return rest.splice(0, count).map((name): Placement => {
        const queue = slots[hub];
        const slot = queue?.[0];
        if (queue === undefined || slot === undefined) throw new Error('as many enter a hub as its uses carry');
        slot.left -= 1;
        if (slot.left === 0) queue.shift();
        return { name, option: slot.option, use: slot.use };
      });
    });
  });
}

/** Where names enter: direct filings by provider and account, codes by provider, for any account. */
class Hubs {
  count = 0;
  private readonly directs: {
    readonly provider: string;
    readonly account: string | undefined;
    readonly hub: number;
  }[] = [];
  private readonly byKey = new Map<string, number>();
  private readonly byAccount = new Map<string | undefined, { readonly provider: string; readonly hub: number }[]>();
  private readonly codes = new Map<string, number>();

  direct(provider: string, account: string | undefined): number {
    const key = JSON.stringify([provider, account ?? null]);
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const hub = this.count++;
    this.byKey.set(key, hub);
    this.directs.push({ provider, account, hub });
    this.byAccount.set(account, [...(this.byAccount.get(account) ?? []), { provider, hub }]);
    return hub;
  }

  code(provider: string): number {
    const known = this.codes.get(provider);
    if (known !== undefined) return known;
    const hub = this.count++;
    this.codes.set(provider, hub);
    return hub;
  }

  /** Direct ones first: between equals a name is filed without a code. */
  openTo({ account, provider }: PlannedName): number[] {
    const direct = account === undefined ? this.directs : (this.byAccount.get(account) ?? []);
    const codes = [...this.codes].map(([of, hub]) => ({ provider: of, hub }));
    return [...direct, ...codes]
      .filter((it) => provider === undefined || it.provider === provider)
      .map(({ hub }) => hub);
  }
}
