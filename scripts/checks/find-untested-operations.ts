import type { CallExpression, Node } from 'oxc-parser';
import { walk } from './find-long-functions.ts';
import type { Edge } from './module-graph.ts';
import { nameOf, type Source, type Sources } from './sources.ts';
import type { Violation } from './violation.ts';

const flows = 'packages/server/src/flows/';
/** What declares an operation: `command({ id: 'grantCode', … }, …)`. */
const declarers = ['command', 'commandInParts', 'query', 'queryInParts', 'filingStep'];

/**
 * Operations that have no test of their own. An operation is a file of the flows that their table (index.ts) or another room
 * imports; beside `grant-code.ts` there is a `grant-code.test.ts`, which names each operation that the file declares.
 */
export function findUntestedOperations(sources: Sources, edges: readonly Edge[]): Violation[] {
  const operations = new Set(
    edges.filter(({ from, to, by }) => isCaller(from) && isOperation(to) && !by.typeOnly).map(({ to }) => to),
  );
  return [...operations].sort().flatMap((path) => {
    const testPath = path.replace(/\.ts$/, '.test.ts');
    const test = sources.byPath.get(testPath);
    if (test === undefined) {
      const message = `${path}:1: an operation without a test; write ${nameOf(testPath)} beside it (main/testing/operation-tests.ts)`;
      return [{ what: `${nameOf(path)} has no test`, message }];
    }
    const source = sources.byPath.get(path);
    const ids = source === undefined ? [] : idsOf(source);
    return ids
      .filter((id) => !test.text.includes(`'${id}'`))
      .map((id) => ({
        what: `${nameOf(testPath)} does not test ${id}`,
        message: `${testPath}:1: does not test ${id}, which ${nameOf(path)} declares`,
      }));
  });
}

/** The table of flows, and what runs in production outside of them. */
function isCaller({ path, isForTests }: Source): boolean {
  if (isForTests || !path.startsWith('packages/')) return false;
  return path === `${flows}index.ts` || !path.startsWith(flows);
}

function isOperation(path: string): boolean {
  return path.startsWith(flows) && path !== `${flows}index.ts` && !path.startsWith(`${flows}command/`);
}

function idsOf(source: Source): string[] {
  const ids: string[] = [];
  walk(source.program, [], (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && declarers.includes(node.callee.name))
      ids.push(...idIn(node));
  });
  return ids;
}

function idIn({ arguments: [declaration] }: CallExpression): string[] {
  if (declaration?.type !== 'ObjectExpression') return [];
  return declaration.properties.flatMap((property) => {
    if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.key.name !== 'id') return [];
    return textOf(property.value);
  });
}

function textOf(node: Node): string[] {
  return node.type === 'Literal' && typeof node.value === 'string' ? [node.value] : [];
}
