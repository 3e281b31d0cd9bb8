import type { ChargeProblem, Component, Use } from './charge-problem.ts';

/** The flow network of one part. Arcs: source to groups, groups to hubs, uses (hub to ledger), ledgers to sink. */
export interface Network {
  readonly nodeCount: number;
  /** Nodes that each arc leads from and to; the source is 0, the sink 1. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly capacity: readonly number[];
  /** What each arc from a group to a hub is, from `firstGroupArc` on. */
  readonly groupArcs: readonly { readonly group: number; readonly position: number }[];
  readonly firstGroupArc: number;
  readonly firstUseArc: number;
  /** Of the part, in its order. */
  readonly uses: readonly Use[];
  readonly useCapacity: readonly number[];
  /** Names of all groups. */
  readonly demand: number;
}

export function networkOf(problem: ChargeProblem, part: Component): Network {
  const hubNode = new Map(part.hubs.map((hub, index) => [hub, 2 + part.groups.length + index]));
  const firstLedger = 2 + part.groups.length + part.hubs.length;
  const ledgerNode = new Map(part.ledgers.map((ledger, index) => [ledger, firstLedger + index]));
  const from: number[] = [];
  const to: number[] = [];
  const capacity: number[] = [];
  const arc = (start: number, end: number, most: number) => {
    from.push(start);
    to.push(end);
    capacity.push(most);
  };
  // Parts are made of the numbers of groups and uses of the same problem.
  const groups = part.groups.map((group) => problem.groups[group] as ChargeProblem['groups'][number]);
  const demandOf = new Map<number, number>();
  groups.forEach(({ count, hubs }, index) => {
    arc(0, 2 + index, count);
    for (const hub of hubs) demandOf.set(hub, (demandOf.get(hub) ?? 0) + count);
  });
  const demand = groups.reduce((sum, { count }) => sum + count, 0);
  const firstGroupArc = from.length;
  const groupArcs = groups.flatMap(({ count, hubs }, index) =>
    hubs.map((hub, position) => {
      arc(2 + index, hubNode.get(hub) as number, count);
      return { group: part.groups[index] as number, position };
    }),
  );
  const firstUseArc = from.length;
  // Likewise.
  const uses = part.uses.map((use) => problem.uses[use] as Use);
  const useCapacity = uses.map((use) => Math.min(problem.ledgers[use.ledger] as number, demandOf.get(use.hub) ?? 0));
  uses.forEach(({ hub, ledger }, index) =>
    arc(hubNode.get(hub) as number, ledgerNode.get(ledger) as number, useCapacity[index] as number),
  );
  for (const ledger of part.ledgers) {
    arc(ledgerNode.get(ledger) as number, 1, Math.min(demand, problem.ledgers[ledger] as number));
  }
  const nodeCount = firstLedger + part.ledgers.length;
  return { nodeCount, from, to, capacity, groupArcs, firstGroupArc, firstUseArc, uses, useCapacity, demand };
}

/** The charges of one part, by their position in it. */
export interface PartCharges {
  readonly costs: readonly number[];
  /** Uses that need each charge, and charges that each use needs. */
  readonly usesOf: readonly (readonly number[])[];
  readonly chargesOf: readonly (readonly number[])[];
  /** The most that can go through what each charge opens; 1 at least. */
  readonly most: readonly number[];
  /** For each charge those that can replace it, itself among them. */
  readonly twins: readonly (readonly number[])[];
}

export function chargesOfPart(problem: ChargeProblem, part: Component, network: Network): PartCharges {
  const { uses, useCapacity, demand } = network;
  const { ledgers } = problem;
  const position = new Map(part.charges.map((charge, index) => [charge, index]));
  const costs = part.charges.map((charge) => problem.charges[charge] as number);
  const chargesOf = uses.map((use) => use.charges.map((charge) => position.get(charge) as number));
  const usesOf = costs.map((): number[] => []);
  chargesOf.forEach((charges, use) => {
    for (const charge of charges) usesOf[charge]?.push(use);
  });
  const most = usesOf.map((indices) => {
    const through = indices.reduce((sum, use) => sum + (useCapacity[use] as number), 0);
    const drawnOn = new Set(indices.map((use) => (uses[use] as (typeof uses)[number]).ledger));
    const drawn = [...drawnOn].reduce((sum, ledger) => sum + (ledgers[ledger] as number), 0);
    return Math.max(1, Math.min(demand, through, drawn));
  });
  return { costs, usesOf, chargesOf, most, twins: twinsOf({ costs, usesOf, chargesOf }, uses, ledgers) };
}

/** Charges that can replace each other: same cost, same hubs, ledgers of their own of the same size. */
function twinsOf(
  { costs, usesOf, chargesOf }: Pick<PartCharges, 'costs' | 'usesOf' | 'chargesOf'>,
  uses: readonly Use[],
  ledgers: readonly number[],
): number[][] {
  const drawers = new Map<number, Set<number>>();
  uses.forEach((use, index) => {
    const of = drawers.get(use.ledger) ?? new Set();
    drawers.set(
      use.ledger,
      of.add((chargesOf[index] ?? []).length === 1 ? ((chargesOf[index] as number[])[0] as number) : -1),
    );
  });
  const classes = new Map<string, number[]>();
  return costs.map((cost, charge) => {
    // `usesOf` holds numbers of these uses.
    const own = (usesOf[charge] ?? []).map((use) => uses[use] as Use);
    const alone = own.every((use) => {
      const of = drawers.get(use.ledger);
      return of?.size === 1 && of.has(charge);
    });
    if (!alone) return [charge];
    const local = [...new Set(own.map((use) => use.ledger))];
    const parts = own.map((use) => `${use.hub}:${local.indexOf(use.ledger)}:${ledgers[use.ledger]}`);
    const key = `${cost}|${parts.sort().join('|')}`;
    const members = classes.get(key) ?? [];
    members.push(charge);
    classes.set(key, members);
    return members;
  });
}
