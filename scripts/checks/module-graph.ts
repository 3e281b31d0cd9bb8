import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { Visitor } from 'oxc-parser';
import type { Source } from './sources.ts';

/** One import or re-export as a file has it. */
export interface FoundImport {
  readonly specifier: string;
  readonly offset: number;
  /** `import type` and `export type`: gone at run time. `import { type A }` is not: it still loads the module. */
  readonly typeOnly: boolean;
  /** Exported names that it takes: `*` for all of them, none for `import 'x'`. */
  readonly names: readonly string[];
  /** Of `export … from`: the name taken → the name given; `*` → `*` for `export * from`. */
  readonly passedOn: ReadonlyMap<string, string>;
}

/** A package of ours: its name, folder, and what its `exports` map each subpath to. */
interface OwnPackage {
  readonly name: string;
  readonly folder: string;
  readonly exports: Readonly<Record<string, string>>;
}

/** Every import of a file, however it is written, in no particular order. Computed imports have no name and are not here. */
export function importsOf(source: Source): FoundImport[] {
  const { text, program, module } = source;
  const found: FoundImport[] = [];
  const none = new Map<string, string>();
  for (const { moduleRequest, entries, start } of module.staticImports) {
    const names = entries.map(({ importName, localName }) => {
      if (importName.name !== null) return importName.name;
      return /\*\s*as\s+$/.test(text.slice(start, localName.start)) ? '*' : 'default';
    });
    found.push({
      specifier: moduleRequest.value,
      offset: start,
      typeOnly: isTypeOnly(text, start),
      names,
      passedOn: none,
    });
  }
  for (const { entries, start } of module.staticExports) {
    const specifier = entries[0]?.moduleRequest?.value;
    if (specifier === undefined) continue;
    const passedOn = new Map(
      entries.map(({ importName, exportName }) => [importName.name ?? '*', exportName.name ?? '*']),
    );
    found.push({
      specifier,
      offset: start,
      typeOnly: isTypeOnly(text, start),
      names: [...passedOn.keys()],
      passedOn,
    });
  }
  if (!text.includes('import(')) return found;
  new Visitor({
    ImportExpression({ source: name, start }) {
      if (name.type === 'Literal' && typeof name.value === 'string') {
        found.push({ specifier: name.value, offset: start, typeOnly: false, names: ['*'], passedOn: none });
      }
    },
    TSImportType({ source: name, start }) {
      found.push({ specifier: name.value, offset: start, typeOnly: true, names: ['*'], passedOn: none });
    },
  }).visit(program);
  return found;
}

function isTypeOnly(text: string, offset: number): boolean {
  return /^(import|export)\s+type\b(?!\s*(,|from\b))/.test(text.slice(offset, offset + 40));
}

function ownPackages(root: string, files: readonly string[]): OwnPackage[] {
  return files
    .filter((file) => /(^|\/)package\.json$/.test(file) && file !== 'package.json')
    .map((file) => {
      const { name, exports = {} } = JSON.parse(readFileSync(join(root, file), 'utf8'));
      return { name, folder: dirname(file), exports };
    });
}

export type Target = { readonly path: string; readonly problem?: undefined } | { readonly problem: string };

/** Finds the file of ours that a specifier means. */
export class Resolver {
  private readonly root: string;
  private readonly packages: readonly OwnPackage[];
  private readonly known: ReadonlySet<string>;

  constructor(root: string, files: readonly string[]) {
    this.root = root;
    this.packages = ownPackages(root, files);
    this.known = new Set(files);
  }

  /** The path from the root, or why there is none; null for packages of others. */
  resolve(file: string, specifier: string): Target | null {
    const bare = specifier.replace(/\?.*$/, '');
    if (bare.startsWith('.')) return this.resolveRelative(file, bare, specifier);
    const owner = this.packages.find(({ name }) => bare === name || bare.startsWith(`${name}/`));
    if (owner === undefined) return bare.startsWith('/') ? { problem: `"${specifier}" is a path of a machine` } : null;
    return this.resolveExport(owner, `.${bare.slice(owner.name.length)}`, specifier);
  }

  private resolveRelative(file: string, bare: string, specifier: string): Target {
    const path = withSlashes(normalize(join(dirname(file), bare)));
    const packageOf = (of: string) => this.packages.find(({ folder }) => of.startsWith(`${folder}/`));
    const own = packageOf(file);
    const others = packageOf(path);
    if (others && own !== others && !/^(tests|bench|scripts)\//.test(file)) {
      return { problem: `"${specifier}" reaches into another package; import it by its name, ${others.name}` };
    }
    return { path };
  }

  private resolveExport(owner: OwnPackage, subpath: string, specifier: string): Target {
    for (const [pattern, place] of Object.entries(owner.exports)) {
      const [before = '', after] = pattern.split('*');
      const matches = after === undefined ? subpath === pattern : subpath.startsWith(before) && subpath.endsWith(after);
      if (!matches) continue;
      const star = after === undefined ? '' : subpath.slice(before.length, subpath.length - after.length);
      const path = withSlashes(relative(this.root, join(this.root, owner.folder, place.replaceAll('*', star))));
      if (this.known.has(path) || existsSync(join(this.root, path))) return { path };
      return { problem: `"${specifier}" leads to ${path}, which does not exist` };
    }
    return { problem: `"${specifier}" is not among the exports of ${owner.name}` };
  }
}

function withSlashes(path: string): string {
  return path.split(sep).join('/');
}

/** An import of one file of ours by another. */
export interface Edge {
  readonly from: Source;
  readonly to: string;
  readonly by: FoundImport;
}

/** Every import of a file of ours by a file of ours. Those that lead nowhere are for the import law to name. */
export function edgesOf(sources: readonly Source[], resolver: Resolver): Edge[] {
  return sources.flatMap((from) =>
    importsOf(from).flatMap((by) => {
      const target = resolver.resolve(from.path, by.specifier);
      return target === null || target.problem !== undefined ? [] : [{ from, to: target.path, by }];
    }),
  );
}
