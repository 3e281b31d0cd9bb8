import type { Edge } from './module-graph.ts';
import { nameOf, placeOf, type Source, type Sources } from './sources.ts';
import type { Violation } from './violation.ts';

/**
 * Exported names of production files that tests import and production does not, other than within their own file. Each is
 * either something that the tests should reach through what production uses, or test support in the wrong folder.
 * (Names that nobody imports at all are knip's to find. Types are let through: an exported function's signature needs them.)
 */
export function findExportsForTests(
  sources: Sources,
  edges: readonly Edge[],
  allowed: Readonly<Record<string, string>>,
): Violation[] {
  const inProduction = usedNames(sources, edges, (source) => !source.isForTests);
  const inTests = usedNames(sources, edges, (source) => source.isForTests);
  const found = sources.all.flatMap((source) => {
    if (source.isForTests || !/^(packages|policies|scripts)\//.test(source.path)) return [];
    return ownExports(source).flatMap(({ name, offset }) => {
      const key = `${source.path}#${name}`;
      if (!inTests.has(key) || inProduction.has(key)) return [];
      return [{ what: `${nameOf(source.path)} exports ${name}`, at: placeOf(source, offset), name }];
    });
  });
  const names = new Set(found.map(({ what }) => what));
  const idle = Object.keys(allowed).filter((what) => !names.has(what));
  return [
    ...found
      .filter(({ what }) => allowed[what] === undefined)
      .map(({ what, at, name }) => ({
        what,
        message: `${at}: ${name} is exported for tests only; test it through what uses it, move it to a folder testing/, or give the reason in scripts/exports-for-tests.ts`,
      })),
    ...idle.map((what) => ({
      what,
      message: `scripts/exports-for-tests.ts: "${what}" is not for tests only; take it off`,
    })),
  ];
}

function ownExports(source: Source): { readonly name: string; readonly offset: number }[] {
  return source.module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, exportName, isType, start }) =>
      moduleRequest === null && !isType ? [{ name: exportName.name ?? 'default', offset: start }] : [],
    ),
  );
}

/** `file#name` of everything that files of one kind import, followed through `export … from` to where it is declared. */
function usedNames(sources: Sources, edges: readonly Edge[], counts: (source: Source) => boolean): Set<string> {
  const passes = new Map<string, Edge[]>();
  for (const edge of edges) {
    if (edge.by.passedOn.size === 0) continue;
    passes.set(edge.from.path, [...(passes.get(edge.from.path) ?? []), edge]);
  }
  const used = new Set<string>();
  const mark = (path: string, name: string): void => {
    const key = `${path}#${name}`;
    if (used.has(key)) return;
    used.add(key);
    if (name === '*') {
      const source = sources.byPath.get(path);
      for (const own of source ? ownExports(source) : []) mark(path, own.name);
    }
    for (const { to, by } of passes.get(path) ?? []) {
      for (const [taken, given] of by.passedOn) {
        if (given === '*') mark(to, name);
        else if (given === name || name === '*') mark(to, taken);
      }
    }
  };
  for (const { from, to, by } of edges) {
    // A re-export alone is no use; those who import it from there are.
    if (by.passedOn.size > 0 || !counts(from)) continue;
    for (const name of by.names) mark(to, name);
  }
  return used;
}
