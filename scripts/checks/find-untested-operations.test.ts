import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';
import { findUntestedOperations } from './find-untested-operations.ts';
import { edgesOf, Resolver } from './module-graph.ts';
import type { Source } from './sources.ts';

const flows = 'packages/server/src/flows';
const second = `export const b = query({ id: 'countA', faults: [] }, go);`;
const two = `export const a = command({ id: 'grantA', faults: [] }, go);\n${second}`;
const table = { [`${flows}/index.ts`]: `import { a } from './code/a.ts';` };

function evaluate(files: Readonly<Record<string, string>>): string[] {
  const all = Object.entries(files).map(([path, text]): Source => {
    const { program, module, comments } = parseSync(path, text);
    const isTest = path.endsWith('.test.ts');
    return { path, text, program, module, comments, isTest, isForTests: isTest };
  });
  const sources = { all, byPath: new Map(all.map((source) => [source.path, source])), broken: [] };
  const edges = edgesOf(all, new Resolver('.', Object.keys(files)));
  return findUntestedOperations(sources, edges).map(({ what }) => what);
}

test.each<[string, Readonly<Record<string, string>>, string[]]>([
  ['in the table of flows', { ...table, [`${flows}/code/a.ts`]: two }, ['a.ts has no test']],
  [
    'called by background work',
    { 'packages/server/src/work/w.ts': `import { a } from '../flows/code/a.ts';`, [`${flows}/code/a.ts`]: '' },
    ['a.ts has no test'],
  ],
  [
    'the second one of a tested file',
    { ...table, [`${flows}/code/a.ts`]: two, [`${flows}/code/a.test.ts`]: `describeOperation('grantA', {});` },
    ['a.test.ts does not test countA'],
  ],
  [
    'none: both are named by the test beside',
    {
      ...table,
      [`${flows}/code/a.ts`]: two,
      [`${flows}/code/a.test.ts`]: `describeOperation('grantA', {});\ndescribeOperation('countA', {});`,
    },
    [],
  ],
  [
    'none: what only operations import is part of them',
    {
      ...table,
      [`${flows}/code/a.ts`]: `import { c } from './c.ts';`,
      [`${flows}/code/a.test.ts`]: '',
      [`${flows}/code/c.ts`]: '',
    },
    [],
  ],
])('an operation without a test: %s', (_, files, violations) => {
  expect(evaluate(files)).toEqual(violations);
});
