import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { providersDirectory } from './load.ts';
import { loadRuleBook, loadRuleBookInTurns } from './load-rule-book.ts';

const book = loadRuleBook();
const versions = book.providers.flatMap(({ products }) =>
  products.flatMap(({ id, versions }) => versions.map((version) => ({ id, version }))),
);

test('every condition, quota and way of every product is held by a test case of its own days', () => {
  const open = versions.flatMap(({ id, version }) =>
    version.rows
      .filter(({ key, group }) => ['conditions', 'quotas'].includes(group) || key === 'file' || key === 'issue')
      // Decided in the filing, where the organiser is known.
      .filter(({ key, tests }) => tests.length === 0 && !key.endsWith('(subject)'))
      .map(({ key }) => `${id} ${version.validFrom} ${key}`),
  );
  expect(open).toEqual([]);
});

test('every rule of a province is held by a case, but for those that only people can look at', () => {
  const executable = book.provinces.flatMap(({ rules }) => rules.filter(({ effect }) => effect !== 'human'));
  expect(executable.length).toBeGreaterThan(700);
  const open = executable.filter(({ rows }) => rows[0]?.tests.length === 0);
  expect(open.map(({ id }) => id)).toEqual([]);
});

test('every source that a row names is explained in both languages; no text is empty', () => {
  const labels = new Set(book.sources.map(({ label }) => label));
  const rows = [
    ...versions.flatMap(({ version }) => version.rows),
    ...book.providers.flatMap(({ accounts }) => accounts),
    ...book.provinces.flatMap(({ rules }) => rules.flatMap((rule) => rule.rows)),
  ];
  expect(rows.length).toBeGreaterThan(600);
  expect(rows.flatMap(({ sources }) => sources).filter((label) => !labels.has(label))).toEqual([]);
  for (const { key, label, value, sources } of rows) {
    for (const text of [label.zh, label.en, value.zh, value.en]) expect(text.trim(), key).not.toBe('');
    expect(sources.length, key).toBeGreaterThan(0);
  }
  for (const { label, title, published, url } of book.sources) {
    expect(title.zh, label).not.toBe('');
    expect(published.zh, label).toMatch(/[㐀-鿿]|OpenBeian/u);
    expect(url ?? 'https://', label).toMatch(/^https:\/\//);
  }
});

test('rules of a deployment’s own are read from its directories; bad cases keep nobody from reading the rules', () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'rules-')), 'ours');
  cpSync(join(providersDirectory, 'jd.yaml'), join(directory, 'jd.yaml'), { recursive: true });
  writeFileSync(join(directory, 'jd.cases.yaml'), 'cases: [');
  const own = loadRuleBook({ policies: [directory] });
  expect(own.providers.map(({ id, products }) => [id, products[0]?.tests])).toEqual([['jd', []]]);
});

test('read in turns it is the same book, and no turn is a large part of it', async () => {
  let turns = 0;
  const counting = setInterval(() => turns++, 0);
  try {
    expect(await loadRuleBookInTurns()).toEqual(book);
  } finally {
    clearInterval(counting);
  }
  expect(turns).toBeGreaterThan(20);
});
