import { type ArrowFunctionExpression, type Function as FunctionNode, type Node, visitorKeys } from 'oxc-parser';
import { lineOf, nameOf, type Source } from './sources.ts';
import type { Violation } from './violation.ts';

const lineLimit = 60;
const parameterLimit = 4;

type AnyFunction = FunctionNode | ArrowFunctionExpression;

/**
 * Functions of more than 60 lines or 4 parameters.
 *
 * A function's lines are counted from its first to its last, JSX and literals included. Two things are not counted in the
 * function around them, each because it is no part of one train of thought: the methods of an object that a function
 * returns (our objects are closures, and a class would not be counted as one function either) and, in tests, what is handed
 * to `describe`, `it` and the like. Both are counted by themselves, tests' callbacks excepted.
 */
export function findLongFunctions(source: Source): Violation[] {
  const found: Violation[] = [];
  const paragraphs = source.isForTests ? testCallbacks(source) : [];
  walk(source.program, [], (node, parents) => {
    if (!isFunction(node) || node.body === null || paragraphs.includes(node)) return;
    const name = nameOfFunction(node, parents);
    const first = lineOf(source.text, node.start);
    const lines =
      lineOf(source.text, node.end) -
      first +
      1 -
      linesOfMethods(source, node) -
      linesOfParagraphs(source, node, paragraphs);
    const at = `${source.path}:${first}`;
    if (lines > lineLimit) {
      found.push({
        what: `${nameOf(source.path)} ${name} is long`,
        message: `${at}: ${name} has ${lines} lines; more than ${lineLimit} are two functions`,
      });
    }
    const count = node.params.length;
    if (count > parameterLimit) {
      found.push({
        what: `${nameOf(source.path)} ${name} takes ${count}`,
        message: `${at}: ${name} takes ${count} parameters; from ${parameterLimit + 1} on they are an object with names`,
      });
    }
  });
  return found;
}

export function walk(node: Node, parents: Node[], enter: (node: Node, parents: readonly Node[]) => void): void {
  enter(node, parents);
  parents.push(node);
  for (const key of visitorKeys[node.type] ?? []) {
    // The parser's own table says which properties hold nodes.
    const child = (node as unknown as Record<string, Node | readonly (Node | null)[] | null>)[key];
    if (Array.isArray(child)) {
      for (const each of child) if (each !== null) walk(each, parents, enter);
    } else if (child !== null && child !== undefined) {
      // Lists are handled above; Array.isArray does not take readonly ones away.
      walk(child as Node, parents, enter);
    }
  }
  parents.pop();
}

function isFunction(node: Node): node is AnyFunction {
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  );
}

/** Handed to `describe(…)`, `test.each(…)(…)`, `beforeAll(…)`: a paragraph of the test file, not a function of the code. */
function isTestCallback(parent: Node | undefined, node: Node): boolean {
  if (parent?.type !== 'CallExpression' || !parent.arguments.some((argument) => argument === node)) return false;
  let callee: Node = parent.callee;
  while (callee.type !== 'Identifier') {
    if (callee.type === 'CallExpression') callee = callee.callee;
    else if (callee.type === 'MemberExpression') callee = callee.object;
    else if (callee.type === 'TaggedTemplateExpression') callee = callee.tag;
    else return false;
  }
  return /^(describe|suite|it|test|bench|before(Each|All)|after(Each|All))$/.test(callee.name);
}

function testCallbacks(source: Source): AnyFunction[] {
  const found: AnyFunction[] = [];
  walk(source.program, [], (node, parents) => {
    if (isFunction(node) && isTestCallback(parents.at(-1), node)) found.push(node);
  });
  return found;
}

/** Lines inside the node that belong to tests' callbacks; one within another is counted once. */
function linesOfParagraphs(source: Source, node: AnyFunction, paragraphs: readonly AnyFunction[]): number {
  let sum = 0;
  let end = node.start;
  for (const paragraph of paragraphs) {
    if (paragraph.start <= end || paragraph.end > node.end) continue;
    sum += lineOf(source.text, paragraph.end) - lineOf(source.text, paragraph.start) + 1;
    end = paragraph.end;
  }
  return sum;
}

/** Lines of the methods that belong to an object which the function returns. */
function linesOfMethods(source: Source, node: AnyFunction): number {
  return returnedObjects(node).reduce(
    (sum, object) =>
      sum +
      object.properties.reduce((lines, property) => {
        if (property.type !== 'Property' || !isFunction(property.value)) return lines;
        return lines + lineOf(source.text, property.end) - lineOf(source.text, property.start) + 1;
      }, 0),
    0,
  );
}

type ObjectNode = Extract<Node, { type: 'ObjectExpression' }>;

function returnedObjects(node: AnyFunction): ObjectNode[] {
  if (node.body === null) return [];
  if (node.body.type !== 'BlockStatement') return asObject(node.body);
  return node.body.body.flatMap((statement) =>
    statement.type === 'ReturnStatement' && statement.argument !== null ? asObject(statement.argument) : [],
  );
}

function asObject(node: Node): ObjectNode[] {
  if (node.type === 'ObjectExpression') return [node];
  if (node.type === 'ParenthesizedExpression' || node.type === 'TSSatisfiesExpression')
    return asObject(node.expression);
  return [];
}

function nameOfFunction(node: AnyFunction, parents: readonly Node[]): string {
  if (node.type !== 'ArrowFunctionExpression' && node.id !== null) return node.id.name;
  const parent = parents.at(-1);
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  if (
    (parent?.type === 'Property' || parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition') &&
    (parent.key.type === 'Identifier' || parent.key.type === 'PrivateIdentifier')
  )
    return parent.key.name;
  const outer = parents.findLastIndex(isFunction);
  const enclosing = parents[outer];
  return enclosing !== undefined && isFunction(enclosing)
    ? `function in ${nameOfFunction(enclosing, parents.slice(0, outer))}`
    : 'a function';
}
