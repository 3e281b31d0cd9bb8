import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBadLua } from './checks/find-bad-lua.ts';
import { findBadMarkdown } from './checks/find-bad-markdown.ts';
import { findBadSql } from './checks/find-bad-sql.ts';
import { findBadTitles } from './checks/find-bad-titles.ts';
import { findBadYaml } from './checks/find-bad-yaml.ts';
import { findLongFiles } from './checks/find-long-files.ts';
import { findLostPaths } from './checks/find-lost-paths.ts';
import { findOddWords } from './checks/find-odd-words.ts';
import { readSources } from './checks/sources.ts';
import { evaluateByList, shrunk } from './not-yet-list.ts';
import { rules } from './rules.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'openbeian-rules-'));
});
afterEach(() => rmSync(root, { recursive: true }));

type Files = Readonly<Record<string, string>>;

function plant(files: Files): string[] {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return Object.keys(files);
}

/** Everything that the rules say about these files, as `rule: what`. */
function evaluate(files: Files, allowed: Readonly<Record<string, string>> = {}): string[] {
  const paths = plant(files);
  return Object.entries(rules(paths, readSources(root, paths), root, allowed)).flatMap(([rule, violations]) =>
    violations.map(({ what }) => `${rule}: ${what}`),
  );
}

const flows = 'packages/server/src/flows';
const model = 'packages/model/src';
const ui = 'packages/console/src';
const lines = (count: number) => '  again();\n'.repeat(count);

test.each<[string, Files, string]>([
  [
    'an operation imports another room’s file that is not open',
    { [`${flows}/webhook/send.ts`]: `import '../code/codes.ts';`, [`${flows}/code/codes.ts`]: '' },
    'inner law: send.ts imports codes.ts',
  ],
  [
    'what commands are made of knows an operation',
    { [`${flows}/command/call.ts`]: `import '../code/codes.ts';`, [`${flows}/code/codes.ts`]: '' },
    'inner law: call.ts imports codes.ts',
  ],
  [
    'types count',
    { [`${model}/calendar/day.ts`]: `import type { A } from '../gate/a.ts';`, [`${model}/gate/a.ts`]: '' },
    'inner law: day.ts imports a.ts',
  ],
  [
    'the snapshot knows the decision',
    { [`${model}/gate/snapshot/a.ts`]: `import '../decide/b.ts';`, [`${model}/gate/decide/b.ts`]: '' },
    'inner law: a.ts imports b.ts',
  ],
  [
    'the explanation knows the bits of reasons',
    {
      [`${model}/eligibility/explain/a.ts`]: `import '../decide/reason-set.ts';`,
      [`${model}/eligibility/decide/reason-set.ts`]: '',
    },
    'inner law: a.ts imports reason-set.ts',
  ],
  [
    'the engine of forms knows a form',
    { [`${model}/forms/engine/a.ts`]: `import '../fields/b.ts';`, [`${model}/forms/fields/b.ts`]: '' },
    'inner law: a.ts imports b.ts',
  ],
  [
    'ids know the vault',
    {
      'packages/server/src/secrets/ids/a.ts': `import '../vault/b.ts';`,
      'packages/server/src/secrets/vault/b.ts': '',
    },
    'inner law: a.ts imports b.ts',
  ],
  [
    'a feature imports another',
    { [`${ui}/features/code/a.tsx`]: `import '../filing/b.tsx';`, [`${ui}/features/filing/b.tsx`]: '' },
    'inner law: a.tsx imports b.tsx',
  ],
  [
    'a part imports a feature, be it an open file',
    {
      [`${ui}/parts/a.tsx`]: `import '../features/session/session-context.tsx';`,
      [`${ui}/features/session/session-context.tsx`]: '',
    },
    'inner law: a.tsx imports session-context.tsx',
  ],
  [
    'a command of the cli imports another',
    { 'packages/cli/src/gate/a.ts': `import '../plan/b.ts';`, 'packages/cli/src/plan/b.ts': '' },
    'inner law: a.ts imports b.ts',
  ],
  ['a folder without a row', { [`${model}/misc/a.ts`]: '' }, 'inner law: a.ts has no row'],
  [
    'production imports testing/',
    { [`${flows}/code/a.ts`]: `import './testing/b.ts';`, [`${flows}/code/testing/b.ts`]: '' },
    'imports of tests: a.ts imports b.ts',
  ],
  [
    'production imports vitest',
    { 'policies/a.ts': `import { test } from 'vitest';` },
    'imports of tests: a.ts imports vitest',
  ],
  [
    'a circle of types alone',
    {
      [`${flows}/code/a.ts`]: `import type { B } from './b.ts';`,
      [`${flows}/code/b.ts`]: `import type { A } from './a.ts';`,
    },
    'circles: a.ts ↔ b.ts',
  ],
  ['61 lines', { 'scripts/a.ts': `function long() {\n${lines(59)}}\n` }, 'functions: a.ts long is long'],
  [
    'JSX counts',
    { [`${ui}/parts/a.tsx`]: `const Long = () => (\n  <p>\n${'    <b />\n'.repeat(58)}  </p>\n);\n` },
    'functions: a.tsx Long is long',
  ],
  [
    'a method of a returned object',
    { 'scripts/a.ts': `const make = () => ({\n  long() {\n${lines(59)}  },\n});\n` },
    'functions: a.ts long is long',
  ],
  [
    'a function of a test file that is no test',
    { 'tests/a.test.ts': `function long() {\n${lines(59)}}\n` },
    'functions: a.test.ts long is long',
  ],
  ['five parameters', { 'scripts/a.ts': 'const many = (a, b, c, d, e) => a;' }, 'functions: a.ts many takes 5'],
  [
    'a text picked by language',
    { 'packages/cli/src/plan/a.ts': "out.write(lang === 'zh' ? `通过 ${n}` : `${n} passed`);" },
    'inline texts: a.ts picks a text by language',
  ],
  [
    'the same by a flag',
    { 'packages/server/src/http/a.ts': "const a = zh ? '无' : 'none';" },
    'inline texts: a.ts picks a text by language',
  ],
  [
    'the same of two arguments',
    { 'packages/cli/src/plan/a.ts': "const say = (zh, en) => write(lang === 'en' ? en : zh);" },
    'inline texts: a.ts picks a text by language',
  ],
  ['a cast', { 'scripts/a.ts': 'const a = parsed as Resource;' }, 'casts: a.ts casts to Resource'],
  ['a cast inside a type', { 'scripts/a.ts': 'const a = b as Record<string, Reason>;' }, 'casts: a.ts casts to Reason'],
  ['a cast by way of unknown', { 'scripts/a.ts': 'const a = b as unknown as Reason;' }, 'casts: a.ts casts to Reason'],
  [
    'an export that tests alone import',
    { 'policies/a.ts': 'export const a = 1;', 'policies/a.test.ts': `import { a } from './a.ts';` },
    'exports for tests: a.ts exports a',
  ],
  [
    'the same by way of an index',
    {
      'policies/a.ts': 'export const a = 1;',
      'policies/index.ts': `export { a as b } from './a.ts';`,
      'policies/a.test.ts': `import { b } from './index.ts';`,
    },
    'exports for tests: a.ts exports a',
  ],
])('forbidden: %s', (_, files, violation) => {
  expect(evaluate(files)).toEqual([violation]);
});

test.each<[string, Files]>([
  [
    'operations use command/',
    { [`${flows}/code/a.ts`]: `import '../command/call.ts';`, [`${flows}/command/call.ts`]: '' },
  ],
  [
    'operations use open files',
    {
      [`${flows}/code/a.ts`]: `import '../resource/account-evaluator.ts';`,
      [`${flows}/resource/account-evaluator.ts`]: '',
    },
  ],
  [
    'tests import testing/',
    { [`${flows}/code/a.test.ts`]: `import './testing/b.ts';`, [`${flows}/code/testing/b.ts`]: '' },
  ],
  ['60 lines', { 'scripts/a.ts': `function long() {\n${lines(58)}}\n` }],
  [
    'many methods of one returned object',
    { 'scripts/a.ts': `const make = () => ({\n${`  some() {\n${lines(30)}  },\n`.repeat(3)}});\n` },
  ],
  [
    'a long test in a long describe',
    {
      'tests/a.test.ts': `function describeIt() {\n  describe('', () => {\n    test('', () => {\n${lines(90)}    });\n  });\n}\n`,
    },
  ],
  [
    'explained casts, and casts to nothing of ours',
    {
      'scripts/a.ts': `
// The store wrote it in this shape.
const a = b as Resource;
const c = b as Resource; // checked above
const d = b as const;
const e = b as unknown;
const f = b as string;
const g = b as Record<string, unknown>;
`,
    },
  ],
  [
    'texts in both languages, and a language picked by another',
    {
      [`${ui}/language/a.ts`]:
        "const words = { none: { zh: '无', en: 'none' } };\ndocument.lang = language === 'zh' ? 'zh-CN' : 'en';\nsay(words.none[lang]);\n",
    },
  ],
  ['a spread value', { 'scripts/a.ts': 'const a = { ...b, ...(c ? { d } : {}) };' }],
  [
    'an export that both import',
    {
      'policies/a.ts': 'export const a = 1;',
      'policies/b.ts': `import { a } from './a.ts';`,
      'policies/a.test.ts': `import { a } from './a.ts';`,
    },
  ],
])('allowed: %s', (_, files) => {
  expect(evaluate(files)).toEqual([]);
});

test('an export for tests is allowed by name, and a name that is no longer needed is not', () => {
  const files = { 'policies/a.ts': 'export const a = 1;', 'policies/a.test.ts': `import { a } from './a.ts';` };
  expect(evaluate(files, { 'a.ts exports a': 'because' })).toEqual([]);
  expect(evaluate(files, { 'a.ts exports a': 'because', 'b.ts exports b': 'because' })).toEqual([
    'exports for tests: b.ts exports b',
  ]);
});

test('a law that opens a file which is gone says so', () => {
  expect(evaluate({ 'scripts/inner-law.ts': '' })).toContain('inner law: resource/account-evaluator.ts is named');
});

test('the list lets through what it names and nothing else, and only shrinks', () => {
  const of = (...whats: string[]) => whats.map((what) => ({ what, message: `${what}!` }));
  expect(evaluateByList('rule', of('a', 'b', 'b'), ['a', 'b ×2'])).toEqual([]);
  expect(evaluateByList('rule', of('a', 'c'), ['a'])).toEqual(['c!']);
  expect(evaluateByList('rule', of('b', 'b', 'b'), ['b ×2'])).toHaveLength(4);
  expect(evaluateByList('rule', [], ['a'])).toEqual([expect.stringContaining('"a" (rule) no longer breaks the rule')]);

  const found = new Map([['rule', of('a', 'c', 'd', 'd', 'e', 'e')]]);
  expect(shrunk({ rule: ['a', 'b', 'd ×3', 'e'], gone: ['x'] }, found)).toEqual({ rule: ['a', 'd ×2'] });
});

test('SQL: what PostgreSQL cannot parse, and what the house keeps out', async () => {
  const dynamic = `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE TG_ARGV[0];
  RETURN NEW;
END $$;
`;
  const files = plant({
    'a.sql': 'CREATE TABEL a ();\n',
    'b.sql': dynamic,
    'c.sql': dynamic.replace('EXECUTE TG_ARGV[0]', 'EXECUT TG_ARGV[0]'),
    'd.sql': `SELECT 1; \nSELECT\t2;\nSELECT ${'1'.repeat(140)};\nSELECT 3\n`,
    'good.sql': 'CREATE TABLE a (b text);\n',
  });
  expect((await findBadSql(root, files)).map(({ message }) => message)).toEqual([
    'a.sql:1: PostgreSQL cannot parse it: syntax error at or near "TABEL"',
    'b.sql:1: a function executes SQL that it puts together at run time; write the statement out',
    expect.stringMatching(/^c\.sql:\d+: PostgreSQL cannot parse it: syntax error/),
    'd.sql:1: blanks at the end of the line',
    'd.sql:2: a tab; indent with blanks',
    'd.sql:3: 148 characters; lines have at most 140',
    'd.sql:4: the last statement has no semicolon',
  ]);
});

test('Lua, YAML and Markdown', async () => {
  const files = plant({
    'a.lua': 'local a = tostrin(1)\nfunction b()\nend\n',
    'b.lua': 'local a = = 1\n',
    'good.lua': 'local a = require("cjson")\nfunction a.b() return ngx.var end\n',
    'a.yaml': 'a: 1\na: 2\n',
    'b.yaml': 'a: *nobody\n',
    'c.yaml': 'a: 1 \n',
    'good.yaml': 'a: [1, 2]\n',
    'a.md': '# One\n\n### Three\n\n[empty]()\n',
    'good.md': '# One\n\n## Two\n\n- three\n',
  });
  expect(findBadLua(root, files)).toEqual([
    'a.lua:1: "tostrin" is a global that nobody defines; is a `local` missing?',
    'a.lua:2: "b" is a global that nobody defines; is a `local` missing?',
    expect.stringMatching(/^b\.lua: .*expression> expected/),
  ]);
  expect(findBadYaml(root, files)).toEqual([
    expect.stringMatching(/^a\.yaml:2: Map keys must be unique/),
    expect.stringMatching(/^b\.yaml: .*nobody/),
    'c.yaml:1: a tab, or blanks at the end of the line',
  ]);
  expect((await findBadMarkdown(root, files)).map((line) => line.slice(0, 12))).toEqual([
    'a.md:3: MD00',
    'a.md:5: MD04',
  ]);
});

test('files of every kind have a bound', () => {
  const files = plant({
    'a.css': 'a\n'.repeat(401),
    'a.sql': 'a\n'.repeat(401),
    'a.lua': 'a\n'.repeat(401),
    'a.md': 'a\n'.repeat(401),
    'a.ts': 'a\n'.repeat(401),
    'a.yaml': 'a\n'.repeat(601),
    'b.yaml': 'a\n'.repeat(600),
    'b.ts': 'a\n'.repeat(400),
  });
  expect(findLongFiles(root, files).map(({ what }) => what)).toEqual(
    ['a.css', 'a.sql', 'a.lua', 'a.md', 'a.ts', 'a.yaml'].map((file) => `${file} is long`),
  );
});

test('paths that comments and Markdown name exist', () => {
  const files = plant({
    'packages/model/src/gate/a.ts': '// See packages/model/src/gate/b.ts and gate/c.ts, as docs/README.md says.\n',
    'docs/README.md':
      'In `packages/model/src/lost`, [a](../packages/model/src/gate/a.ts), [b](b.md), `model/gate`, `flows/lost`.\n',
  });
  expect(findLostPaths(root, files, readSources(root, files).all)).toEqual([
    'docs/README.md:1: b.md does not exist; name what took its place',
    'docs/README.md:1: packages/model/src/lost does not exist; name what took its place',
    'docs/README.md:1: flows/lost does not exist; name what took its place',
    'packages/model/src/gate/a.ts:1: packages/model/src/gate/b.ts does not exist; name what took its place',
    'packages/model/src/gate/a.ts:1: gate/c.ts does not exist; name what took its place',
  ]);
});

test('titles of commits say what changed', () => {
  expect(findBadTitles(root)).toEqual([]);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe' });
  git('init', '-q');
  const titles = {
    'Gate: a host with a port is decided without it': null,
    'The queue shows the most overdue filing first': null,
    wip: 'unfinished',
    'Gate: wip on hosts': 'unfinished',
    'fixup! Gate: hosts': 'fold it into',
    'Review: scan and map share their options': 'name the part',
    'Gate: fixes': 'say what changed',
    'Fix lint.': 'punctuation',
    [`Gate: ${'a '.repeat(80)}b`]: 'characters',
  };
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.cn'];
  for (const title of Object.keys(titles)) git(...author, 'commit', '-q', '--allow-empty', '-m', title);
  const complaints = findBadTitles(root).toReversed();
  const wanted = Object.values(titles).filter((part) => part !== null);
  expect(complaints).toEqual(wanted.map((part) => expect.stringContaining(part)));
});

test.each([
  ['a.ts', '// What stands of a name', 'stands'],
  ['a.ts', '// 3 to mend', 'mend'],
  ['a.css', '.mend-line {}', 'mend'],
  ['a.md', 'A record that was struck.', 'struck'],
  ['a.yaml', '# a filing left lying', 'left lying'],
  ['a.tsx', 'const buried = 1, hurry = 2;', 'buried'],
  ['a.ts', "test('an `after` that is none')", 'that is none'],
  ['a.ts', '// Reads everything anew.', 'anew'],
  ['a.ts', '// Earlier links are good for nothing.', 'good for nothing'],
  ['a.ts', '// A delivery is laid down for each.', 'laid down'],
  ['a.ts', '// What a help text hangs on', 'hangs on'],
])('wording: %s: %s', (path, text, word) => {
  plant({ [path]: `${text}\n` });
  expect(findOddWords(root, [path]).map(({ what }) => what)).toContain(`${path} says ${word}`);
});

test('wording: plain sentences, and parts of words, are let through', () => {
  const text = [
    '// `$?` stands for a parameter; npm stands in for it; a recommended understanding of outstanding work',
    '// facts read for share stand still',
    'const validityOf = (row: Row) => row;',
  ].join('\n');
  plant({ 'a.ts': text });
  expect(findOddWords(root, ['a.ts'])).toEqual([]);
});
