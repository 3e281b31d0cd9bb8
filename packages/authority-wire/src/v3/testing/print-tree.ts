import { type GroupNode, partOf, type SchemaNode } from '../schema/node.ts';

/** A description in the notation of `golden/element-trees.txt`. */
export function printTree(root: string, node: GroupNode): string {
  return [root, ...linesInside(node, 1)].join('\n');
}

function linesInside(node: GroupNode, depth: number): string[] {
  const isMarked = node.kind !== 'sequence';
  const at = isMarked ? depth + 1 : depth;
  const lines = Object.entries(node.parts).flatMap(([name, each]) => {
    const { node: inner, min, max, isList } = partOf(each);
    const occurrence = isList || min === 0 ? `[${min}..${max ?? '*'}]` : '';
    const line = `${'  '.repeat(at)}${name}${occurrence}${leafText(inner)}`;
    return 'parts' in inner ? [line, ...linesInside(inner, at + 1)] : [line];
  });
  return isMarked ? [`${'  '.repeat(depth)}<${node.kind}>`, ...lines] : lines;
}

function leafText(node: SchemaNode): string {
  if (node.kind === 'long') return ` :long {>=${node.min}${node.max === null ? '' : `,<=${node.max}`}}`;
  if (node.kind !== 'text') return '';
  const facets = [...(node.min > 0 ? [`len>=${node.min}`] : []), ...(node.max === null ? [] : [`len<=${node.max}`])];
  return ` :string${facets.length === 0 ? '' : ` {${facets.join(',')}}`}`;
}
