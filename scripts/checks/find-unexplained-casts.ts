import type { Node } from 'oxc-parser';
import { walk } from './find-long-functions.ts';
import { lineOf, nameOf, placeOf, type Source } from './sources.ts';
import type { Violation } from './violation.ts';

/**
 * `x as T` where T is a type with a name of its own, and no comment says why that holds. The types have not been checked there, so a
 * reader needs the reason: on the line, or right above the statement that has it.
 *
 * Let through: `as const`; `as unknown` and `as never`, which promise nothing that could be used; `as string` and the other
 * words of the language, which the compiler and oxlint evaluate; names that TypeScript itself brings (`as Uint8Array`, `as
 * Record<string, unknown>`) as long as no type of ours is among their arguments; and tests.
 */
export function findUnexplainedCasts(source: Source): Violation[] {
  if (source.isForTests) return [];
  const commented = new Set(source.comments.flatMap(({ start, end }) => linesBetween(source.text, start, end)));
  const found: Violation[] = [];
  walk(source.program, [], (node, parents) => {
    if (node.type !== 'TSAsExpression') return;
    const type = typeOfOurs(node.typeAnnotation);
    if (type === null) return;
    const statement = [...parents].reverse().find(isExplainable) ?? node;
    const own = lineOf(source.text, node.start);
    const last = lineOf(source.text, node.end);
    const explained =
      commented.has(own) ||
      commented.has(own - 1) ||
      commented.has(last) ||
      commented.has(lineOf(source.text, statement.start) - 1);
    if (explained) return;
    found.push({
      what: `${nameOf(source.path)} casts to ${type}`,
      message: `${placeOf(source, node.start)}: "as ${source.text.slice(node.typeAnnotation.start, node.typeAnnotation.end)}" without a comment that says why it holds; parse it, or say why`,
    });
  });
  return found;
}

const ofTheLanguage =
  /^(Array|ReadonlyArray|Record|Partial|Readonly|Pick|Omit|Map|ReadonlyMap|Set|ReadonlySet|Promise|Iterable|AsyncIterable|Error|NodeJS|Uint\w+|Int\w+|BigUint64Array|BigInt64Array|Float\w+|ArrayBuffer|SharedArrayBuffer|Buffer|DataView|Date|URL|RegExp)$/;

/** The name of the first type of ours in a type; null when it has none. */
function typeOfOurs(annotation: Node): string | null {
  let found: string | null = null;
  walk(annotation, [], (node) => {
    if (found !== null || node.type !== 'TSTypeReference') return;
    const name = leftmost(node.typeName);
    if (name !== null && name !== 'const' && !ofTheLanguage.test(name)) found = name;
  });
  return found;
}

function leftmost(name: Node): string | null {
  if (name.type === 'Identifier') return name.name;
  return name.type === 'TSQualifiedName' ? leftmost(name.left) : null;
}

/** What a comment above it explains: a statement, a property of an object, a member of a class. */
function isExplainable(node: Node): boolean {
  return /Statement$|Declaration$|^Property$|^PropertyDefinition$|^MethodDefinition$/.test(node.type);
}

function linesBetween(text: string, start: number, end: number): number[] {
  const first = lineOf(text, start);
  return Array.from({ length: lineOf(text, end) - first + 1 }, (_, index) => first + index);
}
