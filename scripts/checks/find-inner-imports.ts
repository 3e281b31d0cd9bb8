import { type InnerLaw, innerLaws } from '../inner-law.ts';
import type { Edge } from './module-graph.ts';
import { nameOf, placeOf } from './sources.ts';
import type { Violation } from './violation.ts';

/**
 * Holds every import inside a package to the rows of `inner-law.ts`. Tests are free: they may drive a neighbour's real code.
 * @param files paths from the root, to find rows that name nothing
 */
export function findInnerImports(
  edges: readonly Edge[],
  files: readonly string[],
  laws: readonly InnerLaw[] = innerLaws,
): Violation[] {
  return laws.flatMap((law) => [
    ...deadRows(law, files),
    ...homelessFiles(law, files),
    ...edges.flatMap((edge) => violationOf(law, edge) ?? []),
  ]);
}

/** The files of `within` that are open but gone. A row that came before its folder is a plan, a file that left is a hole. */
function deadRows(law: InnerLaw, files: readonly string[]): Violation[] {
  const known = new Set(files);
  // Only in the repository whose law it is.
  if (!known.has('scripts/inner-law.ts')) return [];
  const named = [...law.open, ...Object.values(law.rows).flat()].filter(
    (name) => /\.tsx?$/.test(name) && !name.includes('*'),
  );
  return named
    .filter((name) => !known.has(`${law.within}/${name}`))
    .map((name) => ({
      what: `${name} is named`,
      message: `scripts/inner-law.ts: names ${law.within}/${name}, which does not exist`,
    }));
}

function homelessFiles(law: InnerLaw, files: readonly string[]): Violation[] {
  return files.flatMap((file) => {
    const inside = insideOf(law, file);
    if (inside === null || !/\.tsx?$/.test(file) || /\.(test|bench)\./.test(file) || /(^|\/)testing\//.test(inside))
      return [];
    if (rowOf(law, inside) !== null) return [];
    return [
      {
        what: `${nameOf(file)} has no row`,
        message: `${file}:1: belongs to no row of ${law.within} in scripts/inner-law.ts; put it into a folder that has one, or add the row`,
      },
    ];
  });
}

function violationOf(law: InnerLaw, { from, to, by }: Edge): Violation | null {
  const inside = insideOf(law, from.path);
  const target = insideOf(law, to);
  if (inside === null || target === null || from.isForTests) return null;
  const own = rowOf(law, inside);
  const other = rowOf(law, target);
  if (own === null || other === null || own.room === other.room) return null;
  if (own.may.includes('*') || own.may.includes(other.key) || own.may.includes(target)) return null;
  if (own.may.includes('open') && isOpen(law, target)) return null;
  const through = law.open.filter((file) => file.startsWith(`${other.room}/`));
  const hint = through.length > 0 && own.may.includes('open') ? `, only ${through.join(', ')}` : '';
  return {
    what: `${nameOf(from.path)} imports ${nameOf(to)}`,
    message: `${placeOf(from, by.offset)}: ${own.room} may not import ${other.room} of ${law.within} ("${by.specifier}")${hint}; see scripts/inner-law.ts`,
  };
}

function isOpen(law: InnerLaw, inside: string): boolean {
  return law.open.some((file) => {
    const [before = '', after] = file.split('*');
    if (after === undefined) return file === inside;
    const middle = inside.slice(before.length, inside.length - after.length);
    return inside.startsWith(before) && inside.endsWith(after) && !middle.includes('/');
  });
}

function insideOf(law: InnerLaw, file: string): string | null {
  return file.startsWith(`${law.within}/`) ? file.slice(law.within.length + 1) : null;
}

interface Row {
  /** As the table has it: `features/*`. */
  readonly key: string;
  /** What it means for this file: `features/code`. */
  readonly room: string;
  readonly may: readonly string[];
}

/** The row with the longest match; null when none fits. */
function rowOf(law: InnerLaw, inside: string): Row | null {
  let found: Row | null = null;
  for (const [key, may] of Object.entries(law.rows)) {
    const room = key.endsWith('*') ? folderBelow(key.slice(0, -1), inside) : key;
    if (room === null || (inside !== room && !inside.startsWith(`${room}/`))) continue;
    if (found === null || room.length > found.room.length) found = { key, room, may };
    else if (room === found.room && !key.endsWith('*')) found = { key, room, may };
  }
  return found;
}

/** `features/code` for a file of it, below `features/`; null for what lies elsewhere or in no folder there. */
function folderBelow(above: string, inside: string): string | null {
  if (!inside.startsWith(above)) return null;
  const end = inside.indexOf('/', above.length);
  return end < 0 ? null : inside.slice(0, end);
}
