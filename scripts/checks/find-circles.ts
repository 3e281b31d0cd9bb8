import type { Edge } from './module-graph.ts';
import { nameOf } from './sources.ts';
import type { Violation } from './violation.ts';

/**
 * Files that import each other in a circle, types included: none of them can be understood, moved or tested without the
 * others. oxlint's `import/no-cycle` does not count imports that are gone at run time.
 */
export function findCircles(edges: readonly Edge[]): Violation[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const list = targets.get(from.path);
    if (list === undefined) targets.set(from.path, [to]);
    else list.push(to);
  }
  return strongComponents(targets)
    .filter((files) => files.length > 1)
    .map((files) => {
      const circle = shortestCircle(files.toSorted(), targets);
      return {
        what: files.map(nameOf).toSorted().join(' ↔ '),
        message: `${circle[0]}: imports itself through ${[...circle.slice(1), circle[0]].join(' → ')}; move what they share into a file of its own`,
      };
    });
}

/** Tarjan's algorithm: the sets of files in which each reaches each. */
function strongComponents(targets: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const found: string[][] = [];
  const visit = (file: string): number => {
    const own = index.size;
    index.set(file, own);
    let least = own;
    stack.push(file);
    onStack.add(file);
    for (const to of targets.get(file) ?? []) {
      if (!index.has(to)) least = Math.min(least, visit(to));
      else if (onStack.has(to)) least = Math.min(least, index.get(to) ?? own);
    }
    low.set(file, least);
    if (least === own) {
      const component = stack.splice(stack.lastIndexOf(file));
      for (const each of component) onStack.delete(each);
      found.push(component);
    }
    return least;
  };
  for (const file of targets.keys()) if (!index.has(file)) visit(file);
  return found;
}

/** One shortest way from a file of the component back to itself, so that people see what to cut. */
function shortestCircle(files: readonly string[], targets: ReadonlyMap<string, readonly string[]>): string[] {
  const inside = new Set(files);
  let best: string[] = [];
  for (const start of files) {
    const cameFrom = new Map<string, string>();
    const queue = [start];
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      for (const to of targets.get(file) ?? []) {
        if (to === start) {
          const way = [file];
          for (let at = file; at !== start; ) {
            at = cameFrom.get(at) ?? start;
            way.unshift(at);
          }
          if (best.length === 0 || way.length < best.length) best = way;
        } else if (inside.has(to) && !cameFrom.has(to)) {
          cameFrom.set(to, file);
          queue.push(to);
        }
      }
    }
  }
  return best;
}
