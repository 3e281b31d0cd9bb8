/**
 * The bare problem behind a plan: demands go through hubs and uses into ledgers; a use carries something only when all
 * its charges are paid, each once. It is the capacitated facility location problem without connection costs, that is, a
 * fixed-charge transportation problem.
 */
export interface ChargeProblem {
  readonly groups: readonly Group[];
  readonly hubCount: number;
  readonly uses: readonly Use[];
  /** Capacity of each ledger. */
  readonly ledgers: readonly number[];
  /** Cost of each charge: whole, not negative. */
  readonly charges: readonly number[];
  /** What costs are made of: whole multiples of a charge's main cost each this large, plus a tie-breaker below it. */
  readonly grain?: number;
}

/** Names that may go to the same places. */
export interface Group {
  readonly count: number;
  readonly hubs: readonly number[];
}

/** One use of a resource: what comes from a hub through it draws on a ledger. */
export interface Use {
  readonly hub: number;
  readonly ledger: number;
  /** Charges that must be paid before it carries anything. */
  readonly charges: readonly number[];
}

export interface ChargeSolution {
  /** Units that can be placed at all; the solution places them all. */
  readonly placed: number;
  readonly cost: number;
  /** No solution that places as many costs less than this. */
  readonly lowerBound: number;
  /** Charges to pay. */
  readonly paid: readonly number[];
  /** What each use carries. */
  readonly carried: readonly number[];
  /** Units of group g that go through its hub h: `entered[g][position of h in hubs]`. */
  readonly entered: readonly (readonly number[])[];
}

/** A part of a problem that shares nothing with the rest; indices of the whole. */
export interface Component {
  readonly groups: readonly number[];
  readonly hubs: readonly number[];
  readonly uses: readonly number[];
  readonly ledgers: readonly number[];
  readonly charges: readonly number[];
}

/** Splits a problem into independent parts: each has its own bound, and bounds of whole numbers add up well. */
export function componentsOf(problem: ChargeProblem): Component[] {
  const { groups, hubCount, uses, ledgers, charges } = problem;
  const hubAt = groups.length;
  const ledgerAt = hubAt + hubCount;
  const chargeAt = ledgerAt + ledgers.length;
  const parent = Int32Array.from({ length: chargeAt + charges.length }, (_, index) => index);
  const rootOf = (start: number): number => {
    let node = start;
    while (parent[node] !== node) {
      parent[node] = parent[parent[node] as number] as number;
      node = parent[node] as number;
    }
    return node;
  };
  const join = (a: number, b: number) => {
    parent[rootOf(a)] = rootOf(b);
  };
  groups.forEach((group, index) => {
    for (const hub of group.hubs) join(index, hubAt + hub);
  });
  for (const use of uses) {
    join(hubAt + use.hub, ledgerAt + use.ledger);
    for (const charge of use.charges) join(ledgerAt + use.ledger, chargeAt + charge);
  }
  const parts = new Map<number, { [Key in keyof Component]: number[] }>();
  const partOf = (node: number) => {
    const root = rootOf(node);
    let part = parts.get(root);
    if (part === undefined) {
      part = { groups: [], hubs: [], uses: [], ledgers: [], charges: [] };
      parts.set(root, part);
    }
    return part;
  };
  groups.forEach((_, index) => partOf(index).groups.push(index));
  for (let hub = 0; hub < hubCount; hub += 1) partOf(hubAt + hub).hubs.push(hub);
  uses.forEach((use, index) => partOf(hubAt + use.hub).uses.push(index));
  ledgers.forEach((_, index) => partOf(ledgerAt + index).ledgers.push(index));
  charges.forEach((_, index) => partOf(chargeAt + index).charges.push(index));
  return [...parts.values()].filter((part) => part.groups.length > 0);
}
