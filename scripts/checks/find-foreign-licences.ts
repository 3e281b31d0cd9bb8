import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licences under which what we ship may be shipped inside an Apache-2.0 work. */
const compatible = new Set([
  'Apache-2.0',
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'Python-2.0',
  'Zlib',
  'PostgreSQL',
]);

/**
 * What ships unmodified under a licence of its own, as a package that anybody can replace: weak copyleft, a font; each is named in
 * docs/adr/0011-dependency-licences.md. `*` stands for the platform.
 */
const unmodified: Readonly<Record<string, string>> = {
  // libvips, which sharp loads at run time.
  '@img/sharp-*': 'LGPL-3.0-or-later',
  // The font of letters.
  '@expo-google-fonts/noto-sans-sc': 'OFL-1.1',
};

/** Licences of packages that say theirs in a file only. */
export const statedInFile: Readonly<Record<string, string>> = {
  // MIT, in its LICENSE.
  'png-js': 'MIT',
};

interface Entry {
  readonly license?: string;
  /** Of a link to a workspace: its folder. */
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/**
 * Packages that are shipped with ours, directly or not, whose licence in package-lock.json is not stated or not on the
 * list. A choice (`A OR B`) needs one that fits, a sum (`A AND B`) all.
 */
export function findForeignLicences(root: string): string[] {
  const { packages }: { packages: Record<string, Entry> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  );
  const workspaces = Object.keys(packages).filter((path) => path !== '' && !path.includes('node_modules'));
  return [...shippedWith(packages, workspaces)]
    .filter(
      (path) => path.includes('node_modules/') && !packages[path]?.link && !fits(path, packages[path]?.license ?? ''),
    )
    .map((path) => `${path}: licence ${packages[path]?.license ?? 'not stated'}`)
    .sort();
}

/** npm's own marks do not tell: a tool counts as shipped there when some library names it as an optional peer. */
function shippedWith(packages: Readonly<Record<string, Entry>>, starts: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const waiting = [...starts];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const entry = packages[path];
    if (entry === undefined || reached.has(path)) continue;
    reached.add(path);
    if (entry.link && entry.resolved) waiting.push(entry.resolved);
    const peers = Object.keys(entry.peerDependencies ?? {}).filter(
      (name) => !entry.peerDependenciesMeta?.[name]?.optional,
    );
    const names = [...Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }), ...peers];
    waiting.push(...names.flatMap((name) => placeOf(packages, path, name) ?? []));
  }
  return reached;
}

/** Where Node finds a package asked for by the one at `from`: beside it, else further up. */
function placeOf(packages: Readonly<Record<string, Entry>>, from: string, name: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/'), 0))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[place]) return place;
    if (folder === '') return null;
  }
}

function fits(path: string, expression: string): boolean {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const [, allowed] = Object.entries(unmodified).find(([known]) => name.startsWith(known.replace('*', ''))) ?? [];
  const bare = (expression || (statedInFile[name] ?? '')).replace(/[()]/g, ' ').trim();
  return bare
    .split(/ OR /i)
    .some((sum) =>
      sum.split(/ AND /i).every((licence) => licence.trim() === allowed || compatible.has(licence.trim())),
    );
}
