import { findCircles } from './checks/find-circles.ts';
import { findExportsForTests } from './checks/find-exports-for-tests.ts';
import { findImportsOfTests } from './checks/find-imports-of-tests.ts';
import { findInlineTexts } from './checks/find-inline-texts.ts';
import { findInnerImports } from './checks/find-inner-imports.ts';
import { findLongFunctions } from './checks/find-long-functions.ts';
import { findUnexplainedCasts } from './checks/find-unexplained-casts.ts';
import { findUntestedOperations } from './checks/find-untested-operations.ts';
import { edgesOf, Resolver } from './checks/module-graph.ts';
import type { Sources } from './checks/sources.ts';
import type { Violation } from './checks/violation.ts';

/** Every rule about how the code is laid out, by the name that `scripts/not-yet.ts` uses, with what breaks it. */
export function rules(
  files: readonly string[],
  sources: Sources,
  root: string,
  allowed: Readonly<Record<string, string>>,
): Readonly<Record<string, readonly Violation[]>> {
  const edges = edgesOf(sources.all, new Resolver(root, files));
  return {
    'inner law': findInnerImports(edges, files),
    'imports of tests': findImportsOfTests(sources, edges),
    circles: findCircles(edges),
    functions: sources.all.flatMap(findLongFunctions),
    'inline texts': sources.all.flatMap(findInlineTexts),
    casts: sources.all.flatMap(findUnexplainedCasts),
    'tests of operations': findUntestedOperations(sources, edges),
    'exports for tests': findExportsForTests(sources, edges, allowed),
  };
}
