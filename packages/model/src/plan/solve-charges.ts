import { type ChargeProblem, type ChargeSolution, type Component, componentsOf } from './charge-problem.ts';
import { type Flow, FlowSolver } from './min-cost-flow.ts';
import { chargesOfPart, type Network, networkOf, type PartCharges } from './part-network.ts';

/**
 * Finds which charges to pay so that as much as possible is placed, at least cost, with a proven lower bound.
 *
 * The bound replaces each charge by its share per unit, charge / capacity (Balinski, "Fixed-cost transportation
 * problems", Naval Research Logistics Quarterly 8, 1961): a linear min-cost flow that no solution can beat, rounded up
 * to what sums of the charges can be. Paying the used charges of such a flow in full gives a solution; dynamic slope
 * scaling (Kim and Pardalos, Operations Research Letters 24, 1999) improves it by repricing, a drop step (Kuehn and
 * Hamburger, Management Science 9, 1963) closes what is not needed. Branch and bound (Land and Doig, 1960) over the
 * charges then closes the gap; it is exact when `effort` suffices.
 *
 * @param effort how many arcs may be looked at by branching, per part; the same input always gives the same answer.
 */
export function solveCharges(problem: ChargeProblem, effort = 1_000_000): ChargeSolution {
  const paid: number[] = [];
  const carried = problem.uses.map(() => 0);
  const entered = problem.groups.map((group) => group.hubs.map(() => 0));
  let placed = 0;
  let cost = 0;
  let lowerBound = 0;
  const parts = componentsOf(problem);
  for (const part of parts) {
    const solver = new PartSolver(problem, part, Math.max(effort / parts.length, effort / 20));
    const best = solver.solve();
    placed += best.flow.units;
    cost += best.cost;
    lowerBound += Math.min(best.cost, best.lowerBound);
    for (const charge of best.paid) paid.push(charge);
    solver.writeInto(best.flow, carried, entered);
  }
  return { placed, cost, lowerBound, paid: paid.sort((a, b) => a - b), carried, entered };
}

interface Incumbent {
  readonly flow: Flow;
  readonly cost: number;
  /** Charges of the whole problem. */
  readonly paid: readonly number[];
}

const undecided = 0;
const open = 1;
const closed = 2;

/** Solves one independent part. */
class PartSolver {
  private readonly solver: FlowSolver;
  private readonly capacity: Float64Array;
  private readonly price: Float64Array;
  private readonly groupArcs: Network['groupArcs'];
  private readonly firstGroupArc: number;
  private readonly firstUseArc: number;
  private readonly useCapacity: Network['useCapacity'];
  /** Charges by position in the part. */
  private readonly costs: PartCharges['costs'];
  private readonly usesOf: PartCharges['usesOf'];
  private readonly chargesOf: PartCharges['chargesOf'];
  private readonly most: PartCharges['most'];
  private readonly scale: number;
  private readonly grain: number;
  private readonly step: number;
  private readonly twins: PartCharges['twins'];
  private readonly decided: Uint8Array;
  private readonly part: Component;
  private readonly effort: number;
  private readonly arcCount: number;
  private best: Incumbent | null = null;
  private units = 0;

  constructor(problem: ChargeProblem, part: Component, effort: number) {
    this.part = part;
    this.effort = effort;
    const network = networkOf(problem, part);
    this.firstGroupArc = network.firstGroupArc;
    this.firstUseArc = network.firstUseArc;
    this.groupArcs = network.groupArcs;
    this.useCapacity = network.useCapacity;
    this.solver = new FlowSolver(network);
    this.capacity = Float64Array.from(network.capacity);
    this.arcCount = network.from.length;
    this.price = new Float64Array(this.arcCount);
    const charges = chargesOfPart(problem, part, network);
    this.costs = charges.costs;
    this.chargesOf = charges.chargesOf;
    this.usesOf = charges.usesOf;
    this.most = charges.most;
    this.twins = charges.twins;
    const costOfUse = (of: readonly number[]) => of.reduce((sum, charge) => sum + (this.costs[charge] as number), 0);
    const dearest = this.chargesOf.reduce((most, of) => Math.max(most, costOfUse(of)), 1);
    // Prices are whole so that reduced costs are exact; the scale keeps what rounding down loses small.
    this.scale = Math.max(1, 2 ** Math.floor(Math.log2(2 ** 49 / (dearest * Math.max(1, network.demand)))));
    this.grain = problem.grain ?? 1;
    this.step = Math.max(1, this.costs.map((cost) => Math.floor(cost / this.grain)).reduce(greatestDivisor, 0));
    this.decided = new Uint8Array(this.costs.length);
  }

  /** Not read again once it returned. */
  solve(): Incumbent & { readonly lowerBound: number } {
    const root = this.bound();
    this.units = root.flow.units;
    this.offer(root.flow);
    if (this.costs.length > 0) {
      this.slopeScale(root.flow);
      this.drop();
    }
    const lowerBound = this.branch(root);
    // The search begins with a first plan.
    return { ...(this.best as Incumbent), lowerBound };
  }

  /** Adds the flow of the part to the arrays of the whole. */
  writeInto(flow: Flow, carried: number[], entered: number[][]): void {
    this.part.uses.forEach((use, index) => {
      carried[use] = flow.carried[this.firstUseArc + index] as number;
    });
    this.groupArcs.forEach(({ group, position }, index) => {
      (entered[group] as number[])[position] = flow.carried[this.firstGroupArc + index] as number;
    });
  }

  private shareOf(charge: number): number {
    return Math.floor(((this.costs[charge] as number) * this.scale) / (this.most[charge] as number));
  }

  /** The linear flow under what is decided: its cost, raised to what charges can add up to. */
  private bound(): { readonly flow: Flow; readonly atLeast: number } {
    const { decided } = this;
    const shares = this.costs.map((_, charge) => (decided[charge] === undecided ? this.shareOf(charge) : 0));
    const flow = this.flowAt(shares, (charge) => decided[charge] !== closed);
    let sure = 0;
    this.costs.forEach((cost, charge) => {
      if (decided[charge] === open) sure += cost;
    });
    const linear = sure + flow.cost / this.scale;
    const whole = Math.ceil(linear - 1e-9 * Math.max(1, linear));
    // Main costs add up to multiples of their common divisor: the bound may be raised to the next one.
    const main = Math.floor(whole / this.grain);
    const raised = Math.ceil(main / this.step) * this.step;
    return { flow, atLeast: raised > main ? raised * this.grain : whole };
  }

  private flowAt(shares: readonly number[], allowed: (charge: number) => boolean): Flow {
    this.chargesOf.forEach((charges, use) => {
      const arc = this.firstUseArc + use;
      let price = 0;
      let usable = true;
      for (const charge of charges) {
        price += shares[charge] as number;
        if (!allowed(charge)) usable = false;
      }
      this.price[arc] = price;
      this.capacity[arc] = usable ? (this.useCapacity[use] as number) : 0;
    });
    return this.solver.solve({ capacity: this.capacity, cost: this.price });
  }

  private throughOf(flow: Flow): number[] {
    return this.usesOf.map((uses) =>
      uses.reduce((sum, use) => sum + (flow.carried[this.firstUseArc + use] as number), 0),
    );
  }

  /** Pays what the flow uses; keeps it if it is the best so far. */
  private offer(flow: Flow): void {
    if (flow.units < this.units) return;
    const through = this.throughOf(flow);
    const used = this.costs.map((_, charge) => charge).filter((charge) => (through[charge] as number) > 0);
    const cost = used.reduce((sum, charge) => sum + (this.costs[charge] as number), 0);
    if (this.best !== null && this.best.cost <= cost) return;
    this.best = { flow, cost, paid: used.map((charge) => this.part.charges[charge] as number) };
  }

  private slopeScale(start: Flow): void {
    let shares = this.costs.map((_, charge) => this.shareOf(charge));
    let flow = start;
    for (let round = 0; round < 12; round += 1) {
      const through = this.throughOf(flow);
      const repriced = shares.map((share, charge) => {
        const units = through[charge] as number;
        return units > 0 ? Math.floor(((this.costs[charge] as number) * this.scale) / units) : share;
      });
      if (repriced.every((share, charge) => share === shares[charge])) return;
      shares = repriced;
      flow = this.flowAt(shares, () => true);
      this.offer(flow);
    }
  }

  /** Tries to do without single charges, the dear and little used first. */
  private drop(): void {
    const { best } = this;
    if (best === null) return;
    const through = this.throughOf(best.flow);
    const positions = new Map(this.part.charges.map((charge, index) => [charge, index]));
    const kept = new Set(best.paid.map((charge) => positions.get(charge) as number));
    const weight = (charge: number) => (this.costs[charge] as number) / (through[charge] as number);
    const order = [...kept]
      .sort((a, b) => weight(b) - weight(a))
      .slice(0, Math.max(8, Math.floor(2e5 / this.arcCount)));
    const none = this.costs.map(() => 0);
    for (const charge of order) {
      kept.delete(charge);
      const flow = this.flowAt(none, (other) => kept.has(other));
      if (flow.units < this.units) kept.add(charge);
      else this.offer(flow);
    }
  }

  /** Depth first, the fuller side first; what is left when the effort is spent keeps its bound. */
  private branch(root: { readonly flow: Flow; readonly atLeast: number }): number {
    let spent = 0;
    let unexplored = Number.POSITIVE_INFINITY;
    // The search begins with a first plan.
    const bestCost = () => (this.best as Incumbent).cost;
    const visit = (node: { readonly flow: Flow; readonly atLeast: number }): void => {
      if (node.flow.units < this.units) return;
      this.offer(node.flow);
      if (node.atLeast >= bestCost()) return;
      const chosen = this.branchOn(node.flow);
      if (chosen === null || spent >= this.effort) {
        // With nothing to branch on the linear cost is the real one, up to what rounding lost.
        unexplored = Math.min(unexplored, node.atLeast);
        return;
      }
      for (const [state, charges] of [
        [open, [chosen[0] as number]],
        [closed, chosen],
      ] as const) {
        for (const charge of charges) this.decided[charge] = state;
        // A flow costs more than its arcs once there are many.
        spent += this.arcCount * Math.max(1, this.arcCount / 300);
        visit(this.bound());
        for (const charge of charges) this.decided[charge] = undecided;
      }
    };
    visit(root);
    return Math.min(bestCost(), unexplored);
  }

  /** The charge whose linear share is furthest from its cost, with its undecided twins behind it. */
  private branchOn(flow: Flow): number[] | null {
    const through = this.throughOf(flow);
    let chosen: number | null = null;
    let widest = 0;
    this.costs.forEach((cost, charge) => {
      const units = through[charge] as number;
      if (units === 0 || this.decided[charge] !== undecided) return;
      const gap = cost - (cost * units) / (this.most[charge] as number);
      if (gap > widest) {
        widest = gap;
        chosen = charge;
      }
    });
    if (chosen === null) return null;
    // Of equal charges any may be the one that is paid, so if the first is not, none is.
    return (this.twins[chosen] as number[]).filter((charge) => this.decided[charge] === undecided);
  }
}

function greatestDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}
