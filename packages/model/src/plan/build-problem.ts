import type { ChargeProblem, ChargeSolution, Group, Use } from './charge-problem.ts';
import type { PlannedName } from './domain-list.ts';
import type { ChangeKind, ChangeWeights } from './fixes.ts';
import type { Option } from './options.ts';
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
  const hubs = new Hubs();
  const ledgerIndex = new Map<string, number>();
  const ledgers: number[] = [];
  const charges: Charge[] = [];
  const costs: number[] = [];
  const uses: Use[] = [];
  const useOptions: { readonly option: Option; readonly use: 'file' | 'issue' }[] = [];
  const addCharge = (option: Option, kinds: readonly ChangeKind[]): number[] => {
    if (kinds.length === 0) return [];
    charges.push({ option, kinds });
    const hundredths = kinds.reduce((sum, kind) => sum + Math.round((weights[kind] ?? 0) * 100), 0);
    costs.push(hundredths * perCent + kinds.length);
    return [charges.length - 1];
  };
  for (const option of options) {
    const { resource, file, issue } = option;
    const filing = file?.kinds ?? null;
    const issuing = issue?.kinds ?? null;
    const both = filing !== null && issuing !== null ? filing.filter((kind) => issuing.includes(kind)) : [];
    const shared = addCharge(option, both);
    for (const use of ['file', 'issue'] as const) {
      const way = option[use];
      if (way === null) continue;
      const rest = way.kinds.filter((kind) => !both.includes(kind));
      const { ledgerKey } = way.ledger;
      let ledger = ledgerIndex.get(ledgerKey);
      if (ledger === undefined) {
        ledger = ledgers.length;
        ledgerIndex.set(ledgerKey, ledger);
        ledgers.push(Math.min(way.remaining, names.length));
      }
      const hub = use === 'file' ? hubs.direct(resource.provider, resource.account) : hubs.code(resource.provider);
      uses.push({ hub, ledger, charges: [...shared, ...addCharge(option, rest)] });
      useOptions.push({ option, use });
    }
  }
  const members = new Map<string, PlannedName[]>();
  for (const name of names) {
    const key = JSON.stringify([name.account ?? null, name.provider ?? null]);
    const of = members.get(key);
    if (of === undefined) members.set(key, [name]);
    else of.push(name);
  }
  const grouped = [...members.values()];
  const groups = grouped.map((of): Group => {
    // A group has at least the name that opened it.
    const [first] = of as [PlannedName];
    return { count: of.length, hubs: hubs.openTo(first) };
  });
  const problem: ChargeProblem = { groups, hubCount: hubs.count, uses, ledgers, charges: costs, grain: perCent };
  return {
    problem,
    charges,
    perCent,
    place: ({ carried, entered }) => {
      const slots = Array.from(
        { length: hubs.count },
        (): { option: Option; use: 'file' | 'issue'; left: number }[] => [],
      );
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
            // Every hub has its slots.
            const queue = slots[hub] as { option: Option; use: 'file' | 'issue'; left: number }[];
            // As many enter a hub as its uses carry.
            const slot = queue[0] as { option: Option; use: 'file' | 'issue'; left: number };
            slot.left -= 1;
            if (slot.left === 0) queue.shift();
            return { name, option: slot.option, use: slot.use };
          });
        });
      });
    },
  };
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
