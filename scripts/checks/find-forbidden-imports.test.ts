import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findForbiddenImports } from './find-forbidden-imports.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'openbeian-law-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const ground = {
  'packages/model/package.json': JSON.stringify({ name: '@openbeian/model', exports: { './*': './src/*/index.ts' } }),
  'packages/model/src/number/index.ts': '',
  'packages/model/src/fault/index.ts': '',
  'packages/contract/package.json': JSON.stringify({
    name: '@openbeian/contract',
    exports: { '.': './src/index.ts', './client': './src/client.ts' },
  }),
  'packages/contract/src/index.ts': '',
  'packages/contract/src/client.ts': '',
  'packages/server/package.json': JSON.stringify({
    name: '@openbeian/server',
    exports: { './main': './src/main/index.ts', './ports': './src/ports/index.ts' },
  }),
  'packages/server/src/main/index.ts': '',
  'packages/server/src/ports/index.ts': '',
  'policies/package.json': JSON.stringify({ name: '@openbeian/policies', exports: { '.': './load.ts' } }),
  'policies/load.ts': '',
};

function evaluate(file: string, text: string): string[] {
  const files: Record<string, string> = { ...ground, [file]: text };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return findForbiddenImports(root, Object.keys(files));
}

const server = 'packages/server/src';
const work = `${server}/work`;
const shape = `import type { Shape }`;

test.each([
  ['packages/model/src/code/mint.ts', `import { a } from '../number/index.ts';`],
  ['packages/model/src/code/mint.ts', `import { z } from 'zod';`],
  [
    'packages/model/src/code/mint.test.ts',
    `import { readFileSync } from 'node:fs'; import { p } from '@openbeian/policies';`,
  ],
  ['packages/model/src/code/mint.ts', `export const day = (at: number) => new Date(at);`],
  [
    `${server}/flows/issue.ts`,
    `import { Clock } from '../ports/index.ts'; import { a } from '@openbeian/model/number';`,
  ],
  [
    `${server}/http/routes/issue.ts`,
    `import type { A } from '@openbeian/model/number'; import { issue } from '../../flows/issue.ts';`,
  ],
  [`${server}/http/problem.ts`, `import { faultCatalogue } from '@openbeian/model/fault';`],
  [`${server}/main/start.ts`, `import { s } from '../store/open.ts'; const f = (n: string) => import(n);`],
  [`${server}/store/open.test.ts`, `import { d } from '../../../../tests/support/shared-postgres.ts';`],
  [
    'packages/cli/src/check/check.ts',
    `import { p } from '@openbeian/policies'; import { c } from '@openbeian/contract/client';`,
  ],
  ['packages/cli/src/start/start.ts', `const { start } = await import('@openbeian/server/main');`],
  ['tests/lifecycle/story.test.ts', `import { open } from '../../packages/server/src/store/open.ts';`],
  [
    'packages/console/src/main.tsx',
    `import { c } from '@openbeian/contract'; import './main.css'; export const a = <p />;`,
  ],
])('%s may: %s', (file, text) => {
  expect(evaluate(file, text)).toEqual([]);
});

test.each([
  // model: nothing of ours, nothing of Node, no clock; whichever way it is written
  [
    'packages/model/src/code/mint.ts',
    `import { randomBytes } from 'node:crypto';`,
    /model may not import Node's "node:crypto"/,
  ],
  ['packages/model/src/code/mint.ts', `import { readFileSync } from 'fs';`, /Node's "fs"/],
  ['packages/model/src/code/mint.ts', `export { a } from '@openbeian/contract';`, /model may not import contract/],
  ['packages/model/src/code/mint.ts', `export * from '@openbeian/contract';`, /model may not import contract/],
  ['packages/model/src/code/mint.ts', `${shape} from '@openbeian/contract';`, /model may not import contract/],
  ['packages/model/src/code/mint.ts', `type S = import('@openbeian/contract').Shape;`, /model may not import contract/],
  [
    'packages/model/src/code/mint.ts',
    `const c = await import('@openbeian/contract');`,
    /model may not import contract/,
  ],
  ['packages/model/src/code/mint.ts', `const c = (n: string) => import(n);`, /a computed import/],
  ['packages/model/src/code/mint.ts', `import '@openbeian/server/ports';`, /model may not import ports/],
  ['packages/model/src/code/mint.ts', `export const now = () => Date.now();`, /model is pure/],
  ['packages/model/src/code/mint.ts', `export const now = () => new Date();`, /model is pure/],
  // nothing calls upward, and nobody but main names a concrete adapter
  [`${server}/flows/issue.ts`, `import { rows } from '../store/rows.ts';`, /flows may not import store/],
  [`${server}/flows/issue.ts`, `import { reply } from '../http/problem.ts';`, /flows may not import http/],
  [`${server}/flows/issue.ts`, `import { p } from '@openbeian/policies';`, /flows may not import policies/],
  [`${server}/store/rows.ts`, `import { hash } from '../secrets/hash.ts';`, /store may not import secrets/],
  [`${server}/store/rows.ts`, `import { issue } from '../flows/issue.ts';`, /store may not import flows/],
  [`${server}/http/session.ts`, `import { signIn } from '../auth/sign-in.ts';`, /http may not import auth/],
  [`${server}/http/session.ts`, `import { rows } from '../store/rows.ts';`, /http may not import store/],
  [`${work}/relay.ts`, `import { send } from '../authority/plain.ts';`, /work may not import authority/],
  [`${work}/relay.ts`, `import { a } from '@openbeian/model/number';`, /work may import only types of model/],
  [`${work}/relay.ts`, `import { type A } from '@openbeian/model/number';`, /work may import only types of model/],
  [`${server}/ports/clock.ts`, `import { start } from '../main/index.ts';`, /ports may not import main/],
  [
    'packages/contract/src/operation.ts',
    `import { Clock } from '@openbeian/server/ports';`,
    /contract may not import ports/,
  ],
  ['packages/gate/src/decide.ts', `import { c } from '@openbeian/contract';`, /gate may not import contract/],
  [
    'packages/console/src/main.tsx',
    `import { join } from 'path'; export const a = <p />;`,
    /console may not import Node's "path"/,
  ],
  ['packages/console/src/main.tsx', `import { start } from '@openbeian/server/main';`, /console may not import main/],
  ['packages/cli/src/check/check.ts', `const m = await import('@openbeian/server/main');`, /cli may not import main/],
  ['policies/load.ts', `import { c } from '@openbeian/contract';`, /policies may not import contract/],
  [
    'packages/model/src/code/mint.test.ts',
    `import { rows } from '../../../server/src/store/rows.ts';`,
    /reaches into another package/,
  ],
  // ways around the packages' front doors
  [
    'packages/cli/src/io/input.ts',
    `import { a } from '../../../model/src/number/index.ts';`,
    /reaches into another package/,
  ],
  [
    'packages/cli/src/io/input.ts',
    `import { s } from '@openbeian/server/store';`,
    /not among the exports of @openbeian\/server/,
  ],
  ['packages/cli/src/io/input.ts', `import { s } from '@openbeian/model/nothing';`, /does not exist/],
  ['packages/cli/src/io/input.ts', `import { s } from '/somewhere/else.ts';`, /a path of a machine/],
  ['packages/cli/src/io/input.ts', `import {`, /cannot be parsed/],
])('%s may not: %s', (file, text, complaint) => {
  const violations = evaluate(file, `// a first line\n${text}`);
  expect(violations).toHaveLength(1);
  expect(violations[0]).toMatch(complaint);
  expect(violations[0]?.startsWith(file)).toBe(true);
});

test('the line is the line of the import', () => {
  expect(evaluate(`${server}/flows/issue.ts`, `\n\nimport { rows } from '../store/rows.ts';`)[0]).toContain(
    'issue.ts:3: ',
  );
});
