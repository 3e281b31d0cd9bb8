import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findForbiddenImports } from './checks/find-forbidden-imports.ts';
import { findInnerImports } from './checks/find-inner-imports.ts';
import { edgesOf, Resolver } from './checks/module-graph.ts';
import { readSources } from './checks/sources.ts';
import { importLaw, type Room } from './import-law.ts';
import { type InnerLaw, innerLaws } from './inner-law.ts';

/*
 * A planted import for every pair of rows of both laws: those that a row allows pass, every other is named. What is planted comes
 * from the tables, so that a row cannot be added without a violation of it.
 */

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'openbeian-laws-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function plant(files: Readonly<Record<string, string>>): string[] {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return Object.keys(files);
}

/** Each import with what is said of it; null where nothing is. */
function saidOf<Import>(violations: readonly string[], imports: readonly Import[]) {
  return imports.map((each, index) => ({
    ...each,
    said: violations.find((line) => line.includes(`planted-${index}.ts:1:`)) ?? null,
  }));
}

/** A file of the room that lies in no other one. */
const fileIn = (home: string, name: string) => (home.endsWith('.ts') ? home : `${home}/${name}`);

function plantRooms(
  pairs: readonly { readonly room: Room; readonly other: Room }[],
  keyword: 'import' | 'import type',
) {
  const folders = new Set(importLaw.flatMap(({ home }) => home.map(packageOf)).filter((folder) => folder !== null));
  const packages = [...folders].map((folder) => [
    `${folder}/package.json`,
    JSON.stringify({ name: `@openbeian/${folder.split('/').at(-1)}`, exports: { './*': './*' } }),
  ]);
  const targets = importLaw.map(({ home: [first = ''] }) => [fileIn(first, 'target.ts'), '']);
  const imports = pairs.map(({ room, other }, index) => {
    const from = `${folderOf(room)}/planted-${index}.ts`;
    const target = fileIn(other.home[0] ?? '', 'target.ts');
    const owner = packageOf(target);
    const specifier =
      owner === null || owner === packageOf(from)
        ? `${'../'.repeat(from.split('/').length - 1)}${target}`
        : `@openbeian/${owner.split('/').at(-1)}${target.slice(owner.length)}`;
    return { room, other, from, to: target, text: `${keyword} { a } from '${specifier}';` };
  });
  const files = plant({
    ...Object.fromEntries([...packages, ...targets]),
    ...Object.fromEntries(imports.map(({ from, text }) => [from, text])),
  });
  return saidOf(findForbiddenImports(root, files), imports);
}

const folderOf = ({ home }: Room) => home.find((place) => !place.endsWith('.ts')) ?? dirname(home[0] ?? '');

function packageOf(path: string): string | null {
  return /^packages\/[\w-]+|^policies/.exec(path)?.[0] ?? null;
}

const bound = importLaw.filter(({ may }) => may !== 'everything');
const pairs = bound.flatMap((room) => importLaw.filter((other) => other !== room).map((other) => ({ room, other })));
const allows = ({ may }: Room, name: string) => may === 'everything' || may.includes(name);
// Single files that are a room of their own: nothing can be planted in them.
const singleFiles = ['console build', 'pinned key'];
const plantable = pairs.filter(({ room }) => !singleFiles.includes(room.name));

test('every room may import what its row names, and no other room', () => {
  const planted = plantRooms(plantable, 'import');
  expect(planted.length).toBeGreaterThan(500);
  for (const { said, room, other, from, to } of planted) {
    const where = `${from} → ${to}`;
    if (allows(room, other.name)) expect(said, where).toBeNull();
    else if (allows(room, `types of ${other.name}`)) expect(said, where).toContain('write "import type"');
    else expect(said, where).toContain(`${room.name} may not import ${other.name} `);
  }
});

test('types are imports too, unless a row says “types of”', () => {
  for (const { said, room, other, from, to } of plantRooms(plantable, 'import type')) {
    const allowed = allows(room, other.name) || allows(room, `types of ${other.name}`);
    expect(said === null, `${from} → ${to}`).toBe(allowed);
  }
});

test.each(
  importLaw.filter(({ node, name }) => !node && name !== 'console build').map((room) => [room.name, room] as const),
)('%s runs in a browser: nothing of Node', (name, room) => {
  const file = `${folderOf(room)}/planted-0.ts`;
  const files = plant({ [file]: "import { readFileSync } from 'node:fs';" });
  expect(findForbiddenImports(root, files)).toEqual([expect.stringContaining(`${name} may not import Node's`)]);
});

/** A folder for each row; for one with a star, two that no other row names. */
function roomsOf({ rows }: InnerLaw): { readonly key: string; readonly folder: string }[] {
  return Object.keys(rows).flatMap((key) => {
    if (/\.tsx?$/.test(key)) return [];
    return key.includes('*')
      ? ['one', 'two'].map((name) => ({ key, folder: key.replace('*', name) }))
      : [{ key, folder: key }];
  });
}

const namesOfLaws = innerLaws.map((law) => [law.within, law] as const);

/** Plants `text` as a file of each import's own, and gives what the inner law says of it. */
function plantInside<Import extends { readonly folder: string; readonly text: string }>(
  { within }: InnerLaw,
  targets: readonly string[],
  imports: readonly Import[],
) {
  const files = plant({
    ...Object.fromEntries(targets.map((target) => [`${within}/${target}`, ''])),
    ...Object.fromEntries(imports.map(({ folder, text }, index) => [`${within}/${folder}/planted-${index}.ts`, text])),
  });
  const edges = edgesOf(readSources(root, files).all, new Resolver(root, files));
  const found = findInnerImports(edges, files).map(({ message }) => message);
  return saidOf(found, imports);
}

const up = (folder: string) => '../'.repeat(folder.split('/').length);

test.each(namesOfLaws)('%s: every folder may import what its row names, and no other folder', (within, law) => {
  const rooms = roomsOf(law);
  const targets = rooms.map(({ folder }) => `${folder}/target.ts`);
  const imports = rooms.flatMap(({ key, folder }) =>
    rooms
      .filter((other) => other.folder !== folder)
      .map((other) => ({
        folder,
        may: law.rows[key] ?? [],
        other,
        text: `import type { A } from '${up(folder)}${other.folder}/target.ts';`,
      })),
  );
  const planted = plantInside(law, targets, imports);
  for (const { said, folder, may, other } of planted) {
    const where = `${folder} → ${other.folder}`;
    if (may.includes('*') || may.includes(other.key)) expect(said, where).toBeNull();
    else expect(said, where).toContain(`${folder} may not import ${other.folder} of ${within}`);
  }
  expect(planted.some(({ said }) => said !== null)).toBe(true);
});

const openFiles = innerLaws.flatMap((law) =>
  law.open.map((file) => [`${law.within}/${file}`, law, file.replace('*', 'one')] as const),
);

test.each(openFiles)('%s is open to the folders that say so, and to no other', (_, law, open) => {
  const home = dirname(open);
  const imports = roomsOf(law)
    .filter(({ folder }) => !open.startsWith(`${folder}/`))
    .map(({ key, folder }) => ({ folder, may: law.rows[key] ?? [], text: `import '${up(folder)}${open}';` }));
  for (const { said, folder, may } of plantInside(law, [open], imports)) {
    const allowed = ['*', 'open', home, home.replace(/^features\/.*/, 'features/*')].some((name) => may.includes(name));
    expect(said === null, folder).toBe(allowed);
  }
});
