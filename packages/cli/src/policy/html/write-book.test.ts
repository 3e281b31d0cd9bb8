import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { provinces } from '@openbeian/model/province';
import { loadRuleBook } from '@openbeian/policies/rule-book';
import { expect, test } from 'vitest';
import { bookReport } from '../policy-report.ts';
import { html } from './markup.ts';
import { bookFiles } from './write-book.ts';

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
const run = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
const book = loadRuleBook();
const files = bookFiles(book, '2026-11-29', '2020-10-15');
const pageOf = (file: string) => files.get(file) ?? '';
/** What a reader sees of a page. */
const textOf = (page: string) =>
  page
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

test('a page for each cloud and province, for comparing and for sources, in both languages', () => {
  const chinese = [...files.keys()].filter((file) => !file.startsWith('en/'));
  expect(chinese).toEqual([
    'index.html',
    ...book.providers.map(({ id }) => `cloud-${id}.html`),
    'province-all.html',
    ...provinces.map(({ code }) => `province-${code}.html`),
    'clouds.html',
    'sources.html',
    'changes.html',
  ]);
  expect([...files.keys()].filter((file) => file.startsWith('en/'))).toEqual(chinese.map((file) => `en/${file}`));
});

test('every value of every version of every product is on the page of its cloud', () => {
  for (const lang of ['zh', 'en'] as const) {
    for (const { id, products, accounts } of book.providers) {
      const shown = textOf(pageOf(`${lang === 'zh' ? '' : 'en/'}cloud-${id}.html`));
      const rows = [...accounts, ...products.flatMap(({ versions }) => versions.flatMap((version) => version.rows))];
      for (const { label, value } of rows) {
        expect(shown).toContain(label[lang]);
        expect(shown).toContain(value[lang]);
      }
    }
    for (const { code, rules } of book.provinces) {
      const shown = textOf(pageOf(`${lang === 'zh' ? '' : 'en/'}province-${code ?? 'all'}.html`));
      for (const { value } of rules.flatMap(({ rows }) => rows)) expect(shown).toContain(value[lang]);
    }
  }
});

test('a rule that another replaces is among those that no longer apply, and says by which', () => {
  const replaced = book.provinces.flatMap(({ code, rules }) =>
    rules.flatMap(({ id, supersededBy }) =>
      supersededBy.some(({ whole, within }) => whole && within === null) ? [{ code, id }] : [],
    ),
  );
  expect(replaced.length).toBeGreaterThan(50);
  for (const { code, id } of replaced) {
    const [holding = '', others = ''] = pageOf(`province-${code ?? 'all'}.html`).split('<details><summary>已被代替');
    expect(holding).not.toContain(` class="mono">${id}</h2>`);
    expect(others).toMatch(new RegExp(`class="mono">${id}</h2>\\s*<p class="soft">[^<]*代替[^<]*，不再适用`));
  }
});

test('two days: ECS asked for remaining months until 2020-10-15, and for bought ones since', () => {
  const shown = textOf(pageOf('en/changes.html')).replace(/\s+/g, ' ');
  expect(shown).toContain('Remaining term What the resource must meet at least 3 months');
  expect(shown).toMatch(/Purchased term, with renewals .* not asked at least 3 months/);
  expect(shown).not.toContain('Lighthouse');
});

test('clouds side by side: the rows in which they differ are marked', () => {
  const rows = [...pageOf('en/clouds.html').matchAll(/<tr class="(differs|same)"><th scope="row">([^<]+)/g)];
  const marks = new Map(rows.map(([, mark, label]) => [label, mark]));
  expect(marks.get('Purchased term, with renewals')).toBe('differs');
  expect(marks.get('Filing')).toBe('same');
});

test('well-formed HTML: tags close in their order, ids are there once, nothing comes from elsewhere', () => {
  const empty = ['meta', 'br'];
  for (const [file, page] of files) {
    expect(page.startsWith('<!doctype html>\n<html lang="'), file).toBe(true);
    const open: string[] = [];
    const body = page.replace(/<style>[\s\S]*?<\/style>/, '').replace('<!doctype html>', '');
    for (const [, close, name = ''] of body.matchAll(/<(\/?)([a-z0-9]+)(?:\s[^<>]*)?>/g)) {
      if (close === '/') expect(open.pop(), file).toBe(name);
      else if (!empty.includes(name)) open.push(name);
    }
    expect(open, file).toEqual([]);
    expect(body.replace(/<\/?[a-z0-9]+(?:\s[^<>]*)?>/g, ''), file).not.toMatch(/[<>]/);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      file,
    ).toEqual([]);
    expect(page, file).not.toMatch(/<(script|img|link|iframe|object|form)|style="|\ssrc=|\son\w+="|url\(|@import/);
    expect(page, file).toContain("default-src 'none'".replaceAll("'", '&#39;'));
  }
});

test('every link leads to a page and a place that exist', () => {
  const missing = [...files].flatMap(([file, page]) =>
    [...page.matchAll(/ href="([^"]*)"/g)].flatMap(([, href = '']) => {
      if (href.startsWith('https://')) return [];
      const [path = '', anchor] = href.split('#');
      const target = path === '' ? file : posix.join(posix.dirname(file), path);
      const found = files.get(target);
      const there = found !== undefined && (anchor === undefined || found.includes(` id="${anchor}"`));
      return there ? [] : [`${file} → ${href}`];
    }),
  );
  expect(missing).toEqual([]);
});

test('text is escaped', () => {
  expect(html`<p title="${'"<&'}">${"<script>'"}</p>`.text).toBe(
    '<p title="&#34;&#60;&#38;">&#60;script&#62;&#39;</p>',
  );
});

test('the command writes them, the same bytes each time, and says how many', () => {
  const out = join(mkdtempSync(join(tmpdir(), 'book-')), 'site', 'rules');
  const given = ['policy', 'html', '--out', out, '--at', '2026-11-29', '--compare', '2020-10-15'];
  const first = run(...given, '--lang', 'en');
  expect(first).toMatchObject({ status: 0, stdout: `${files.size} pages written: ${out}\n`, stderr: '' });
  for (const [file, page] of files) expect(readFileSync(join(out, file), 'utf8'), file).toBe(page);
  expect(readdirSync(out)).toContain('en');
  const again = (request: object) => () => bookReport({ out, at: '2026-11-29', compare: null, ...request }, 'en');
  expect(again({ out: join(out, 'index.html', 'below') })).toThrow(/index.html.below: cannot be written \(ENOTDIR/);
  writeFileSync(join(out, 'bad.yaml'), 'a: [');
  expect(again({ policies: [out] })).toThrow(/bad\.yaml:1/);
});
