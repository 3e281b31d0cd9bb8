import type { Edge } from './module-graph.ts';
import { nameOf, placeOf, type Sources } from './sources.ts';
import type { Violation } from './violation.ts';

/** What runs in production imports neither tests nor what exists for them (`testing/`, `tests/`), nor Vitest. */
export function findImportsOfTests(sources: Sources, edges: readonly Edge[]): Violation[] {
  const ofOurs = edges.flatMap(({ from, to, by }) => {
    if (from.isForTests || !isShipped(from.path) || !sources.byPath.get(to)?.isForTests) return [];
    return [
      {
        what: `${nameOf(from.path)} imports ${nameOf(to)}`,
        message: `${placeOf(from, by.offset)}: imports ${to}, which exists for tests only; move what both need out of it`,
      },
    ];
  });
  const ofVitest = sources.all.flatMap((source) => {
    if (source.isForTests || !isShipped(source.path)) return [];
    return source.module.staticImports
      .filter(({ moduleRequest }) => /^(vitest|fast-check|playwright-core)(\/|$)/.test(moduleRequest.value))
      .map(({ moduleRequest, start }) => ({
        what: `${nameOf(source.path)} imports ${moduleRequest.value}`,
        message: `${placeOf(source, start)}: imports "${moduleRequest.value}" outside tests; put it into a folder testing/`,
      }));
  });
  return [...ofOurs, ...ofVitest];
}

function isShipped(path: string): boolean {
  return /^(packages|policies)\//.test(path);
}
