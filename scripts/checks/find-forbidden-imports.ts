import { isBuiltin } from 'node:module';
import { type Node, type Program, Visitor } from 'oxc-parser';
import { importLaw, pureRooms, type Room, testsMayAlso } from '../import-law.ts';
import { type FoundImport, importsOf, Resolver } from './module-graph.ts';
import { placeOf, readSources, type Source, type Sources } from './sources.ts';

/**
 * Holds every source file to the import law between rooms. Answers one line per violation, `file:line: what and why`.
 * @param root the repository
 * @param files paths from the root; others than JavaScript and TypeScript are passed over
 * @throws Error when the law's own table names a room that does not exist
 */
export function findForbiddenImports(
  root: string,
  files: readonly string[],
  sources: Sources = readSources(root, files),
): string[] {
  checkLaw();
  const resolver = new Resolver(root, files);
  const broken = sources.broken.filter((line) => roomOf(line.slice(0, line.indexOf(':'))) !== null);
  return [
    ...broken,
    ...sources.all.flatMap((source) => {
      const room = roomOf(source.path);
      return room ? violationsOf(source, room, resolver) : [];
    }),
  ];
}

const table = 'scripts/import-law.ts';

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

function violationsOf(source: Source, room: Room, resolver: Resolver): string[] {
  const violations: string[] = [];
  for (const each of importsOf(source)) {
    const why = whyForbidden(source, room, each, resolver);
    if (why !== null) violations.push(`${placeOf(source, each.offset)}: ${why}`);
  }
  if (source.isTest) return violations;
  if (room.may !== 'everything') {
    for (const offset of findComputedImports(source.program)) {
      violations.push(`${placeOf(source, offset)}: a computed import cannot be held to the law; write the name out`);
    }
  }
  if (pureRooms.includes(room.name)) {
    for (const offset of findClocks(source.program)) {
      violations.push(
        `${placeOf(source, offset)}: ${room.name} is pure and may not ask the clock; take the time as a parameter`,
      );
    }
  }
  return violations;
}

function whyForbidden(
  { path: file, isTest }: Source,
  room: Room,
  { specifier, typeOnly }: FoundImport,
  resolver: Resolver,
): string | null {
  if (isBuiltin(specifier)) {
    return room.node || isTest
      ? null
      : `${room.name} may not import Node's "${specifier}": it also runs in a browser; take what it gives as a parameter`;
  }
  const target = resolver.resolve(file, specifier);
  if (target === null) return null; // somebody else's package
  if (target.problem !== undefined) return target.problem;
  const other = roomOf(target.path);
  if (other === null)
    return `${room.name} may not import ${target.path}: it belongs to no room; move it into one, or add the room to ${table}`;
  if (other === room || room.may === 'everything') return null;
  const allowed = [...room.may, ...(isTest ? [...testsMayAlso, ...(room.testsMay ?? [])] : [])];
  if (allowed.includes(other.name)) return null;
  if (allowed.includes(`types of ${other.name}`)) {
    return typeOnly
      ? null
      : `${room.name} may import only types of ${other.name} ("${specifier}"): write "import type"`;
  }
  const may = room.may.length === 0 ? 'nothing of ours' : `only ${room.may.join(', ')}`;
  return `${room.name} may not import ${other.name} ("${specifier}"), ${may}; see ${table}`;
}

function findComputedImports(program: Program): number[] {
  const found: number[] = [];
  new Visitor({
    ImportExpression({ source, start }) {
      if (source.type !== 'Literal' || typeof source.value !== 'string') found.push(start);
    },
  }).visit(program);
  return found;
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
