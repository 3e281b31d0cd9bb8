import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findForbiddenImports } from './checks/find-forbidden-imports.ts';
import { findForeignLicences } from './checks/find-foreign-licences.ts';
import { findMachineTraces } from './checks/find-machine-traces.ts';
import { listFiles } from './checks/list-files.ts';

// Four programs and our own checks at once, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000 });

const repository = fileURLToPath(new URL('..', import.meta.url));
const configuration = ['tsconfig.json', 'biome.json', 'knip.json', '.oxlintrc.json'];

let tree = '';

/** A small tree with the rooms of ours and the repository's own configuration, in which nothing is wrong. */
beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'openbeian-lint-'));
  symlinkSync(join(repository, 'node_modules'), join(tree, 'node_modules'));
  for (const file of configuration) cpSync(join(repository, file), join(tree, file));
  writeTree({
    'package.json': {
      name: 'tree',
      private: true,
      type: 'module',
      workspaces: ['packages/*'],
      devDependencies: { vitest: '*' },
    },
    'package-lock.json': { lockfileVersion: 3, packages: { '': {}, 'packages/server': {} } },
    'packages/server/package.json': {
      name: '@openbeian/server',
      private: true,
      type: 'module',
      exports: { './main': './src/main/index.ts' },
    },
    'packages/server/src/main/index.ts': `import { answer } from '../flows/code/answer.ts';
import { rows } from '../store/rows.ts';

answer(rows);
`,
    'packages/server/src/flows/code/answer.ts': `export function answer(rows: readonly number[]): number {
  return rows.length;
}
`,
    'packages/server/src/flows/code/answer.test.ts': `import { expect, test } from 'vitest';
import { answer } from './answer.ts';

test('counts rows', () => expect(answer([1])).toBe(1));
`,
    'packages/server/src/store/rows.ts': `export const rows: readonly number[] = [1, 2];
`,
  });
});
afterEach(() => rmSync(tree, { recursive: true }));

function writeTree(files: Record<string, unknown>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(tree, dirname(path)), { recursive: true });
    const text = typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`;
    writeFileSync(join(tree, path), text);
  }
}

function lint(): { status: number | null; output: string } {
  const script = join(repository, 'scripts', 'lint.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { cwd: tree, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

test('a tree in which nothing is wrong passes every check', () => {
  const { status, output } = lint();
  expect(output).not.toContain('✗');
  expect(output.match(/✓/g)).toHaveLength(24);
  expect(status).toBe(0);
});

test('a planted forbidden import fails it, naming file, line and rooms', () => {
  writeTree({
    'packages/server/src/flows/code/answer.ts': `import { rows } from '../../store/rows.ts';

export function answer(more: readonly number[]): number {
  return rows.length + more.length;
}
`,
  });
  const { status, output } = lint();
  expect(status).toBe(1);
  expect(output.match(/✗ .*/g)).toEqual([expect.stringContaining('import law'), '✗ import law']);
  expect(output).toContain(
    'packages/server/src/flows/code/answer.ts:1: flows may not import store ("../../store/rows.ts")',
  );
});

test('each other check bites too', () => {
  writeTree({
    'package-lock.json': {
      packages: {
        'packages/server': { dependencies: { copyleft: '1' } },
        'node_modules/copyleft': { license: 'AGPL-3.0', resolved: 'https://example.com/copyleft.tgz' },
      },
    },
    // A type error, an await that is missing, two quotes, an export that nobody uses, and too many lines.
    'packages/server/src/store/rows.ts': `export const rows: readonly number[] = ['1', 2];
export const unused = "x";
export async function open(): Promise<void> {
  Promise.resolve({ ...{ one: 1 } });
}
${'\n'.repeat(400)}// end, as in gone.ts
`,
    'packages/server/src/flows/webhook/send.ts': `import { answer } from '../code/answer.ts';

export const sent = answer([]);
`,
    'packages/server/src/flows/webhook/send.css': 'a {\n  colr: red;\n}\n',
    'packages/server/src/store/migrations/0001.sql': 'SELEC 1;\n',
    'packages/gate/proxies/gate.lua': 'answer = 1\n',
    'policies/rules.yaml': 'a: 1\na: 2\n',
    'docs/README.md': '# One\n\n### Three\n\nSee [the law](law.md).\n',
  });
  const { status, output } = lint();
  expect(status).toBe(1);
  for (const complaint of [
    /✗ types\n +packages\/server\/src\/store\/rows\.ts\(1,41\): error TS2322/,
    /✗ lint\n[^✗]*rows\.ts:4:3: Promises must be awaited/,
    /✗ format\n/,
    /✗ dead code\n[^✗]*unused/,
    /✗ file length\n +packages\/server\/src\/store\/rows\.ts: 406 lines/,
    /✗ machine traces\n +package-lock\.json:10: a download address in the lock file/,
    /✗ lint\n[^✗]*rows\.ts:4:\d+: [^\n]*no-useless-spread/,
    /✗ inner law\n +packages\/server\/src\/flows\/webhook\/send\.ts:1: webhook may not import code/,
    /✗ format\n[\s\S]*noUnknownProperty/,
    /✗ sql\n +packages\/server\/src\/store\/migrations\/0001\.sql:1: PostgreSQL cannot parse it/,
    /✗ lua\n +packages\/gate\/proxies\/gate\.lua:1: "answer" is a global that nobody defines/,
    /✗ yaml\n +policies\/rules\.yaml:2: Map keys must be unique/,
    /✗ markdown\n +docs\/README\.md:3: MD001/,
    /✗ lost paths\n +docs\/README\.md:5: law\.md does not exist/,
    /rows\.ts:406: gone\.ts does not exist/,
    /✗ licences\n +node_modules\/copyleft: licence AGPL-3\.0/,
  ]) {
    expect(output).toMatch(complaint);
  }
});

test('this repository keeps its own law, length, licences and silence about machines', () => {
  const files = listFiles(repository);
  expect(files.length).toBeGreaterThan(100);
  expect(findForbiddenImports(repository, files)).toEqual([]);
  expect(findMachineTraces(repository, files)).toEqual([]);
  expect(findForeignLicences(repository)).toEqual([]);
});
