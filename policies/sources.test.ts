import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8');

/** Labels with an entry of their own in docs/sources.md. */
const explained = new Set(
  read('docs/sources.md')
    .split('\n')
    .filter((line) => line.startsWith('### '))
    .flatMap((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, label]) => label ?? '')),
);

/** How labels begin; a quoted text of this form in code is one. */
const inCode =
  /'((?:tencent|alibaba|huawei|jd|volcengine|baidu|qingcloud|other-clouds|miit|TC|ALI19|STD|ISP|GB|QC)-?[A-Za-z0-9-]+)'/g;
const inComment = /docs\/sources\.md[ ,:]+((?:`[^`]+`[ ,and]*)+)/g;
const inYaml = /^\s*(?:- )?(?:\{.*?)?\b(?:source|ownerSource): (\[[^\]]*\]|[A-Za-z0-9-]+)/gm;
const inYamlRow = /\bsource: ([A-Za-z0-9-]+)(?: \}|, asOf)/g;

function labelsIn(file: string): string[] {
  const text = read(file);
  if (file.endsWith('.yaml')) {
    const found = [...text.matchAll(inYaml), ...text.matchAll(inYamlRow)].map(([, label]) => label ?? '');
    return found.flatMap((label) => label.replace(/[[\]]/g, '').split(/,\s*/));
  }
  const commented = [...text.matchAll(inComment)].flatMap(([, labels]) => [...(labels ?? '').matchAll(/`([^`]+)`/g)]);
  return [...commented, ...text.matchAll(inCode)]
    .map(([, label]) => label ?? '')
    .filter((label) => /-|GB\d/.test(label));
}

/** The rooms that name sources; elsewhere a quoted text of that form may be the id of a sample. */
const rooms = ['packages/model', 'packages/server/src/flows', 'packages/server/src/ports', 'policies'];
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...rooms], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(ts|yaml)$/.test(file) && !file.endsWith('.test.ts'));
const used = new Map(files.flatMap((file) => labelsIn(file).map((label) => [label, file])));

test('every label that rules, texts and comments name is explained', () => {
  expect(used.size).toBeGreaterThan(30);
  expect([...used].filter(([label]) => !explained.has(label))).toEqual([]);
});

test('every label that is explained has title, publisher, date and what was taken', () => {
  const entries = read('docs/sources.md').split('\n### ').slice(1);
  expect(entries.length).toBeGreaterThan(30);
  for (const entry of entries) {
    for (const part of ['Title: ', 'Publisher: ', 'Date: ', 'Taken: ']) expect(entry).toContain(part);
  }
});

test('every row of the divergences names labels that are explained', () => {
  const rows = read('docs/divergences.md')
    .split('\n')
    .filter((line) => /^\| \d+ /.test(line));
  expect(rows.length).toBeGreaterThan(30);
  const labels = rows.flatMap((row) => [...row.matchAll(/`([a-z]+(?:-[a-z0-9]+)+)`/g)].map(([, label]) => label ?? ''));
  expect(labels.filter((label) => !explained.has(label))).toEqual([]);
});

test('what is still marked as general knowledge is listed with the reason, and nothing else is', () => {
  const marked = execFileSync('git', ['grep', '-lF', '[K]', '--', 'docs', 'policies', 'packages'], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    // What explains or removes the mark, and a type of TypeScript that looks like it.
    .filter(
      (file) =>
        !/^(docs\/(GLOSSARY|unsettled)\.md|policies\/(load-sources|sources\.test)\.ts)$|eligibility\/inventory\.ts$/.test(
          file,
        ),
    );
  const listed = [...read('docs/unsettled.md').matchAll(/^\| `([^`]+)` \|/gm)].map(([, file]) => file);
  expect(listed.toSorted()).toEqual(marked.toSorted());
});
