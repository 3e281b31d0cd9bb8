import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contrastOf, leastContrast } from '@openbeian/model/colour';
import { describe, expect, it, test } from 'vitest';

const sources = join(import.meta.dirname, '..');
const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

/** The tokens of one block of the style sheet. */
function tokensAfter(opening: string): Record<string, string> {
  const block = css.slice(css.indexOf(opening) + opening.length).split('}')[0] ?? '';
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
}

const light = tokensAfter(':root {');
const themes = { light, dark: { ...light, ...tokensAfter('[data-theme="dark"] {') } };

/** Which text is on which grounds. */
const texts: Readonly<Record<string, readonly string[]>> = {
  ink: [
    'ground',
    'side',
    'paper',
    'paper-soft',
    'raised',
    'quiet-wash',
    'track',
    'brand-wash',
    'good-wash',
    'warn-wash',
    'bad-wash',
    'info-wash',
  ],
  'ink-soft': [
    'ground',
    'side',
    'paper',
    'paper-soft',
    'raised',
    'quiet-wash',
    'track',
    'brand-wash',
    'warn-wash',
    'info-wash',
    'bad-wash',
    'good-wash',
  ],
  'ink-faint': ['ground', 'side', 'paper', 'paper-soft', 'raised', 'quiet-wash', 'brand-wash'],
  brand: [
    'ground',
    'side',
    'paper',
    'paper-soft',
    'raised',
    'brand-wash',
    'quiet-wash',
    'bad-wash',
    'warn-wash',
    'info-wash',
    'good-wash',
  ],
  'brand-strong': ['ground', 'side', 'paper', 'paper-soft', 'raised', 'brand-wash'],
  'brand-ink': ['brand-wash', 'paper'],
  'on-brand': ['brand-fill', 'brand-fill-strong'],
  'on-bad': ['bad'],
  good: ['ground', 'paper', 'paper-soft', 'raised', 'good-wash'],
  warn: ['ground', 'paper', 'paper-soft', 'raised', 'warn-wash'],
  'warn-ink': ['warn-wash', 'paper', 'ground'],
  bad: ['ground', 'paper', 'paper-soft', 'raised', 'bad-wash'],
  info: ['ground', 'paper', 'paper-soft', 'raised', 'info-wash'],
  'stage-ink': ['stage', 'stage-deep'],
  'stage-soft': ['stage', 'stage-deep'],
};

/** What is no text and says something: edges of fields, marks, what is in the hand. */
const graphics: Readonly<Record<string, readonly string[]>> = {
  'field-line': ['paper', 'ground', 'raised'],
  'brand-fill': ['paper', 'ground'],
  done: ['paper'],
  dot: ['paper'],
  'plot-1': ['paper'],
  'plot-2': ['paper'],
  'plot-3': ['paper'],
  'plot-4': ['paper'],
  'plot-5': ['paper'],
  'plot-6': ['paper'],
  'stage-mark': ['stage', 'stage-deep'],
};

describe.each(Object.entries(themes))('in the %s theme', (_, tokens) => {
  const contrast = (one: string, other: string) => contrastOf(tokens[one] ?? '', tokens[other] ?? '');
  const pairsOf = (table: typeof texts) =>
    Object.entries(table).flatMap(([one, grounds]) => grounds.map((ground) => [one, ground] as const));

  it.each(pairsOf(texts))('%s is legible on %s', (one, ground) => {
    expect(contrast(one, ground)).toBeGreaterThanOrEqual(leastContrast.text);
  });

  it.each(pairsOf(graphics))('%s is seen on %s', (one, ground) => {
    expect(contrast(one, ground)).toBeGreaterThanOrEqual(leastContrast.graphic);
  });
});

test('the dark theme has a value of its own for every colour that a page is made of', () => {
  const own = tokensAfter('[data-theme="dark"] {');
  const shared = Object.keys(light).filter((name) => !(name in own));
  expect(shared).toEqual(['on-brand', 'white', 'stage-glow', 'stage-ink', 'stage-soft', 'stage-mark']);
});

test('no other style sheet or page names a colour: all come from the tokens', () => {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter(
    // A sheet to print is a document of its own.
    (file) => /(?<!\.test)\.(css|tsx?)$/.test(file) && !/tokens\.css$|hand-entry.sheet-files\.ts$/.test(file),
  );
  const named = files.filter((file) =>
    /#[0-9a-f]{3}([0-9a-f]{3})?\b(?!\w)|\brgba?\(|\bhsla?\(/i.test(
      readFileSync(join(sources, file), 'utf8').replace(/\/\*.*?\*\/|\/\/.*$/gms, ''),
    ),
  );
  expect(named).toEqual([]);
});
