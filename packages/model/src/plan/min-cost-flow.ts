/** A directed graph for flows; built once, solved many times with other capacities and costs. */
export interface FlowGraph {
  readonly nodeCount: number;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** A flow: `units` from the source to the sink at `cost`, and what each arc carries. */
export interface Flow {
  readonly units: number;
  readonly cost: number;
  readonly carried: Float64Array;
}

/** Capacities and costs per arc, in the order of the graph. Both are whole and not negative; sums stay below 2^53. */
export interface FlowPrices {
  readonly capacity: Float64Array;
  readonly cost: Float64Array;
}

/**
 * Finds the largest flow from node 0 to node 1, and of those the cheapest.
 *
 * Successive shortest paths with potentials, all cheapest paths of one length at once by blocking flows: the primal-dual
 * method of Ford and Fulkerson (1962) with Dijkstra's labels (Edmonds and Karp 1972) and Dinic's layers (1970); see
 * Ahuja, Magnanti, Orlin, "Network Flows" (1993), §9.8. There are as many rounds as there are different path lengths.
 */
export class FlowSolver {
  private readonly first: Int32Array;
  private readonly arcs: Int32Array;
  private readonly head: Int32Array;
  private readonly residual: Float64Array;
  private readonly price: Float64Array;
  private readonly potential: Float64Array;
  private readonly distance: Float64Array;
  private readonly layer: Int32Array;
  private readonly next: Int32Array;
  private readonly graph: FlowGraph;

  constructor(graph: FlowGraph) {
    const { nodeCount, from, to } = graph;
    const arcCount = from.length;
    this.graph = graph;
    this.head = new Int32Array(arcCount * 2);
    this.first = new Int32Array(nodeCount + 1);
    for (let arc = 0; arc < arcCount; arc += 1) {
      this.head[arc * 2] = to[arc] as number;
      this.head[arc * 2 + 1] = from[arc] as number;
      for (const node of [from[arc], to[arc]] as number[]) this.first[node + 1] = at(this.first, node + 1) + 1;
    }
    for (let node = 0; node < nodeCount; node += 1) {
      this.first[node + 1] = at(this.first, node + 1) + at(this.first, node);
    }
    const filled = this.first.slice();
    this.arcs = new Int32Array(arcCount * 2);
    const place = (node: number, half: number) => {
      const slot = at(filled, node);
      this.arcs[slot] = half;
      filled[node] = slot + 1;
    };
    for (let arc = 0; arc < arcCount; arc += 1) {
      place(from[arc] as number, arc * 2);
      place(to[arc] as number, arc * 2 + 1);
    }
    this.residual = new Float64Array(arcCount * 2);
    this.price = new Float64Array(arcCount * 2);
    this.potential = new Float64Array(nodeCount);
    this.distance = new Float64Array(nodeCount);
    this.layer = new Int32Array(nodeCount);
    this.next = new Int32Array(nodeCount);
  }

  /** The largest flow, at least cost. */
  solve({ capacity, cost }: FlowPrices): Flow {
    const arcCount = this.graph.from.length;
    for (let arc = 0; arc < arcCount; arc += 1) {
      this.residual[arc * 2] = at(capacity, arc);
      this.residual[arc * 2 + 1] = 0;
      this.price[arc * 2] = at(cost, arc);
      this.price[arc * 2 + 1] = -at(cost, arc);
    }
    this.potential.fill(0);
    let units = 0;
    while (this.label()) {
      while (this.layOut()) {
        this.next.set(this.first.subarray(0, this.graph.nodeCount));
        for (;;) {
          const pushed = this.push(0, Number.POSITIVE_INFINITY);
          if (pushed === 0) break;
          units += pushed;
        }
      }
    }
    const carried = new Float64Array(arcCount);
    let total = 0;
    for (let arc = 0; arc < arcCount; arc += 1) {
      const amount = at(this.residual, arc * 2 + 1);
      carried[arc] = amount;
      total += amount * at(cost, arc);
    }
    return { units, cost: total, carried };
  }

  /** Dijkstra over reduced costs; false when the sink is out of reach. */
  private label(): boolean {
    const { distance, potential, residual, price, head } = this;
    distance.fill(Number.POSITIVE_INFINITY);
    distance[0] = 0;
    const heap = new Heap();
    heap.add(0, 0);
    for (let node = heap.take(); node !== null; node = heap.take()) {
      if (heap.lastKey > at(distance, node)) continue;
      for (let slot = at(this.first, node); slot < at(this.first, node + 1); slot += 1) {
        const half = at(this.arcs, slot);
        if (at(residual, half) === 0) continue;
        const target = at(head, half);
        const length = at(distance, node) + at(price, half) + at(potential, node) - at(potential, target);
        if (length >= at(distance, target)) continue;
        distance[target] = length;
        heap.add(target, length);
      }
    }
    const toSink = at(distance, 1);
    if (toSink === Number.POSITIVE_INFINITY) return false;
    // Capped at the sink's distance, so that reduced costs stay non-negative for nodes that were not reached.
    for (let node = 0; node < this.graph.nodeCount; node += 1) {
      potential[node] = at(potential, node) + Math.min(at(distance, node), toSink);
    }
    return true;
  }

  private admits(node: number, half: number): boolean {
    const target = at(this.head, half);
    return (
      at(this.residual, half) > 0 && at(this.price, half) + at(this.potential, node) - at(this.potential, target) === 0
    );
  }

  private layOut(): boolean {
    this.layer.fill(-1);
    this.layer[0] = 0;
    const queue = [0];
    for (const node of queue) {
      for (let slot = at(this.first, node); slot < at(this.first, node + 1); slot += 1) {
        const half = at(this.arcs, slot);
        const target = at(this.head, half);
        if (at(this.layer, target) >= 0 || !this.admits(node, half)) continue;
        this.layer[target] = at(this.layer, node) + 1;
        queue.push(target);
      }
    }
    return at(this.layer, 1) >= 0;
  }

  /** Paths alternate between few layers, but rerouting can make them long; the depth is that of the layers. */
  private push(node: number, limit: number): number {
    if (node === 1) return limit;
    for (; at(this.next, node) < at(this.first, node + 1); this.next[node] = at(this.next, node) + 1) {
      const half = at(this.arcs, at(this.next, node));
      const target = at(this.head, half);
      if (at(this.layer, target) !== at(this.layer, node) + 1 || !this.admits(node, half)) continue;
      const pushed = this.push(target, Math.min(limit, at(this.residual, half)));
      if (pushed === 0) continue;
      this.residual[half] = at(this.residual, half) - pushed;
      this.residual[half ^ 1] = at(this.residual, half ^ 1) + pushed;
      return pushed;
    }
    return 0;
  }
}

/** A binary heap of nodes by key. */
class Heap {
  lastKey = 0;
  private readonly nodes: number[] = [];
  private readonly keys: number[] = [];

  add(node: number, key: number): void {
    const { nodes, keys } = this;
    let slot = nodes.length;
    while (slot > 0) {
      const parent = (slot - 1) >> 1;
      if (at(keys, parent) <= key) break;
      nodes[slot] = at(nodes, parent);
      keys[slot] = at(keys, parent);
      slot = parent;
    }
    nodes[slot] = node;
    keys[slot] = key;
  }

  take(): number | null {
    const { nodes, keys } = this;
    const top = nodes[0];
    const node = nodes.pop();
    const key = keys.pop();
    if (top === undefined || node === undefined || key === undefined) return null;
    this.lastKey = nodes.length === 0 ? key : at(keys, 0);
    if (nodes.length === 0) return top;
    let slot = 0;
    for (;;) {
      let child = slot * 2 + 1;
      if (child >= nodes.length) break;
      if (child + 1 < nodes.length && at(keys, child + 1) < at(keys, child)) child += 1;
      if (at(keys, child) >= key) break;
      nodes[slot] = at(nodes, child);
      keys[slot] = at(keys, child);
      slot = child;
    }
    nodes[slot] = node;
    keys[slot] = key;
    return top;
  }
}

/** Indices here are always within the array; this says so to the type checker at no cost. */
function at(array: { readonly [index: number]: number }, index: number): number {
  return array[index] as number;
}
