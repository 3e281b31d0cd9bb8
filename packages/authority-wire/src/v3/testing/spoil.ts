import { pathText } from '@openbeian/model/fault';
import { type GroupNode, partOf, type SchemaNode } from '../schema/node.ts';

/** A value with one thing wrong, and where. */
interface Spoilt {
  readonly value: unknown;
  readonly path: string;
}

type Path = readonly PropertyKey[];
interface Change {
  readonly path: Path;
  readonly value: unknown;
}

/** Every way to spoil one element of a value: out of range, too short or long, left out, too many of it. */
export function spoil(node: GroupNode, value: unknown): readonly Spoilt[] {
  return changesIn(node, value, []).map(({ path, value: put }) => ({
    value: withAt(value, path, put),
    path: pathText(path),
  }));
}

function changesIn(node: SchemaNode, value: unknown, path: Path): Change[] {
  if (node.kind === 'long') {
    return [node.min - 1, ...(node.max === null ? [] : [node.max + 1])].map((wrong) => ({ path, value: wrong }));
  }
  if (node.kind === 'text') {
    const short = node.min > 0 ? ['', 'x'.repeat(node.min - 1)] : [];
    const long = node.max === null ? [] : ['长'.repeat(node.max + 1)];
    return [...short, ...long].map((wrong) => ({ path, value: wrong }));
  }
  const members = value as Readonly<Record<string, unknown>>;
  return Object.entries(node.parts).flatMap(([name, each]) => {
    const part = partOf(each);
    const at = [...path, name];
    const member = members[name];
    if (member === undefined) return [];
    const missing = part.min > 0 && node.kind !== 'choice' ? [{ path: at, value: undefined }] : [];
    if (!part.isList) return [...missing, ...changesIn(part.node, member, at)];
    const items = member as readonly unknown[];
    const many =
      part.max === null || items.length === 0 ? [] : [{ path: at, value: Array(part.max + 1).fill(items[0]) }];
    return [...missing, ...many, ...items.flatMap((item, index) => changesIn(part.node, item, [...at, index]))];
  });
}

function withAt(value: unknown, path: Path, put: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return put;
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? withAt(item, rest, put) : item));
  const members = value as Readonly<Record<PropertyKey, unknown>>;
  return { ...members, [first]: withAt(members[first], rest, put) };
}
