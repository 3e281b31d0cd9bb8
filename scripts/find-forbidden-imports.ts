import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { type Node, type Program, parseSync, Visitor } from 'oxc-parser';
import { importLaw, pureRooms, type Room, testsMayAlso } from './import-law.ts';

/** One import as it stands in a file. */
interface FoundImport {
  readonly specifier: string;
  readonly offset: number;
  /** `import type` and `export type`: gone at run time. */
  readonly typeOnly: boolean;
}

/** A package of ours: its name, folder, and what its `exports` map each subpath to. */
interface OwnPackage {
  readonly name: string;
  readonly folder: string;
  readonly exports: Readonly<Record<string, string>>;
}

/**
 * Holds every source file to the import law. Answers one line per violation, `file:line: what and why`.
 * @param root the repository
 * @param files paths from the root; others than JavaScript and TypeScript are passed over
 * @throws Error when the law's own table names a room that does not exist
 */
export function findForbiddenImports(root: string, files: readonly string[]): string[] {
  checkLaw();
  const packages = ownPackages(root, files);
  return files
    .filter((file) => /\.(m?[jt]s|[jt]sx)$/.test(file))
    .flatMap((file) => {
      const room = roomOf(file);
      return room ? violationsOf(root, file, room, packages) : [];
    });
}

function checkLaw(): void {
  const names = new Set(importLaw.map((room) => room.name));
  for (const room of importLaw) {
    const named = [...(room.may === 'everything' ? [] : room.may), ...(room.testsMay ?? []), ...testsMayAlso];
    const unknown = named.filter((name) => !names.has(name.replace('types of ', '')));
    if (unknown.length > 0) throw new Error(`import law: ${room.name} names unknown rooms: ${unknown.join(', ')}`);
  }
}

/** The room of a file, by the longest matching home; null for files outside all rooms (configuration at the root). */
function roomOf(file: string): Room | null {
  let found: Room | null = null;
  let length = -1;
  for (const room of importLaw) {
    for (const home of room.home) {
      if ((file === home || file.startsWith(`${home}/`)) && home.length > length) {
        found = room;
        length = home.length;
      }
    }
  }
  return found;
}

function ownPackages(root: string, files: readonly string[]): OwnPackage[] {
  return files
    .filter((file) => /(^|\/)package\.json$/.test(file) && file !== 'package.json')
    .map((file) => {
      const { name, exports = {} } = JSON.parse(readFileSync(join(root, file), 'utf8'));
      return { name, folder: dirname(file), exports };
    });
}

function violationsOf(root: string, file: string, room: Room, packages: readonly OwnPackage[]): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const { program, module, errors } = parseSync(file, text);
  const at = (offset: number) => `${file}:${text.slice(0, offset).split('\n').length}`;
  if (errors[0]) return [`${file}: cannot be parsed: ${errors[0].message}`];
  const isTest = /\.(test|bench)\.[jt]sx?$/.test(file);
  const violations: string[] = [];

  const dynamic: FoundImport[] = [];
  new Visitor({
    ImportExpression(node) {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string') {
        dynamic.push({ specifier: node.source.value, offset: node.start, typeOnly: false });
      } else if (room.may !== 'everything' && !isTest) {
        violations.push(`${at(node.start)}: a computed import cannot be held to the law; write the name out`);
      }
    },
    TSImportType(node) {
      dynamic.push({ specifier: node.source.value, offset: node.start, typeOnly: true });
    },
  }).visit(program);

  const found: FoundImport[] = [...dynamic];
  for (const { moduleRequest, start } of module.staticImports) {
    found.push({ specifier: moduleRequest.value, offset: start, typeOnly: isTypeOnly(text, start) });
  }
  for (const { entries, start } of module.staticExports) {
    const specifier = entries[0]?.moduleRequest?.value;
    if (specifier !== undefined) found.push({ specifier, offset: start, typeOnly: isTypeOnly(text, start) });
  }

  for (const each of found) {
    const why = whyForbidden(root, file, room, isTest, each, packages);
    if (why !== null) violations.push(`${at(each.offset)}: ${why}`);
  }
  if (pureRooms.includes(room.name) && !isTest) {
    for (const offset of findClocks(program)) {
      violations.push(`${at(offset)}: ${room.name} is pure and may not ask the clock; take the time as a parameter`);
    }
  }
  return violations;
}

/** `import { type A } from` still loads the module at run time; only `import type` and `export type` do not. */
function isTypeOnly(text: string, offset: number): boolean {
  return /^(import|export)\s+type\b(?!\s*(,|from\b))/.test(text.slice(offset, offset + 40));
}

function whyForbidden(
  root: string,
  file: string,
  room: Room,
  isTest: boolean,
  { specifier, typeOnly }: FoundImport,
  packages: readonly OwnPackage[],
): string | null {
  if (isBuiltin(specifier)) {
    return room.node || isTest ? null : `${room.name} may not import Node's "${specifier}": it also runs in a browser`;
  }
  const target = resolve(root, file, specifier, packages);
  if (target === null) return null; // somebody else's package
  if (target.problem !== undefined) return target.problem;
  const other = roomOf(target.path);
  if (other === null) return `${room.name} may not import ${target.path}: it belongs to no room`;
  if (other === room || room.may === 'everything') return null;
  const allowed = [...room.may, ...(isTest ? [...testsMayAlso, ...(room.testsMay ?? [])] : [])];
  if (allowed.includes(other.name)) return null;
  if (allowed.includes(`types of ${other.name}`)) {
    return typeOnly
      ? null
      : `${room.name} may import only types of ${other.name} ("${specifier}"): write "import type"`;
  }
  return `${room.name} may not import ${other.name} ("${specifier}")`;
}

type Target = { readonly path: string; readonly problem?: undefined } | { readonly problem: string };

/** The file of ours that a specifier means, from the root; null for packages of others. */
function resolve(root: string, file: string, specifier: string, packages: readonly OwnPackage[]): Target | null {
  const bare = specifier.replace(/\?.*$/, '');
  if (bare.startsWith('.')) {
    const path = normalize(join(dirname(file), bare))
      .split(sep)
      .join('/');
    const packageOf = (of: string) => packages.find(({ folder }) => of.startsWith(`${folder}/`));
    const own = packageOf(file);
    const others = packageOf(path);
    if (others && own !== others && !/^(tests|bench|scripts)\//.test(file)) {
      return { problem: `"${specifier}" reaches into another package; import it by its name, ${others.name}` };
    }
    return { path };
  }
  const owner = packages.find(({ name }) => bare === name || bare.startsWith(`${name}/`));
  if (owner === undefined) return bare.startsWith('/') ? { problem: `"${specifier}" is a path of a machine` } : null;
  const subpath = `.${bare.slice(owner.name.length)}`;
  for (const [pattern, place] of Object.entries(owner.exports)) {
    const [before = '', after] = pattern.split('*');
    const matches = after === undefined ? subpath === pattern : subpath.startsWith(before) && subpath.endsWith(after);
    if (!matches) continue;
    const star = after === undefined ? '' : subpath.slice(before.length, subpath.length - after.length);
    const path = relative(root, join(root, owner.folder, place.replaceAll('*', star)))
      .split(sep)
      .join('/');
    return existsSync(join(root, path))
      ? { path }
      : { problem: `"${specifier}" leads to ${path}, which does not exist` };
  }
  return { problem: `"${specifier}" is not among the exports of ${owner.name}` };
}

/** Where code asks the clock, which a pure room is told instead (`at`). */
function findClocks(program: Program): number[] {
  const found: number[] = [];
  const isDate = (node: Node) => node.type === 'Identifier' && node.name === 'Date';
  new Visitor({
    NewExpression(node) {
      if (isDate(node.callee) && node.arguments.length === 0) found.push(node.start);
    },
    CallExpression(node) {
      if (isDate(node.callee)) found.push(node.start);
    },
    MemberExpression(node) {
      if (isDate(node.object) && node.property.type === 'Identifier' && node.property.name === 'now')
        found.push(node.start);
    },
  }).visit(program);
  return found;
}
