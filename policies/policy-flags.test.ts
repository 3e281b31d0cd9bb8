import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs', 'policy-flags.md'), 'utf8');
const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'policy.schema.json'), 'utf8'));

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly oneOf?: readonly Shape[];
  readonly items?: Shape;
}
const keysOf = ({ properties, oneOf = [], items }: Shape): string[] => [
  ...Object.keys(properties ?? {}),
  ...oneOf.flatMap(keysOf),
  ...(items === undefined ? [] : keysOf(items)),
];

/** Prose about the rule itself, no flag. */
const notFlags = ['source', 'notes', 'evidence'];

test('the page has a row for every flag of the schema, and no other', () => {
  const { products, accounts } = schema.properties;
  const version = products.items.properties.versions.items.properties as Readonly<Record<string, Shape>>;
  const grouped = ['file', 'issue', 'quotas', 'codes'];
  const flags = Object.entries(version).flatMap(([key, shape]) =>
    grouped.includes(key) ? [...new Set(keysOf(shape))].map((inner) => `${key}.${inner}`) : [key],
  );
  const wanted = flags.filter((flag) => !notFlags.includes(flag.split('.').at(-1) ?? ''));
  const rows = [...page.matchAll(/^\| `([\w.]+)` \|/gm)].map(([, flag = '']) => flag);
  expect(rows.toSorted()).toEqual(wanted.toSorted());
  for (const key of keysOf(accounts)) if (key !== 'source') expect(page).toContain(`\`${key}\``);
});

test('the tests that the page names exist under these titles', () => {
  const places = {
    rules: 'packages/server/src/main/rules-in-flows.test.ts',
    cancel: 'packages/server/src/main/cancellations.test.ts',
  };
  const cells = [...page.matchAll(/^\| `.+$/gm)].map(([row]) => row.split('|')[4]?.trim() ?? '');
  for (const named of cells.flatMap((cell) => cell.split(/; (?=rules|cancel)/))) {
    const [, short, title = ''] = /^(rules|cancel): (.+)$/.exec(named) ?? [];
    if (short !== undefined) {
      expect(readFileSync(join(root, places[short as 'rules']), 'utf8')).toContain(title);
      continue;
    }
    for (const [, file = '', said] of named.matchAll(/`([\w./-]+)`(?:: ([^,|]+))?/g)) {
      expect(existsSync(join(root, file)), file).toBe(true);
      if (said !== undefined) expect(readFileSync(join(root, file), 'utf8')).toContain(said.trim());
    }
  }
});
