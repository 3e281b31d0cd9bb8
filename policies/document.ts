import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { keyTwiceIn } from './json-keys.ts';

export { keyTwiceIn } from './json-keys.ts';

/** A YAML or JSON document (JSON is YAML) with the lines its places stand on. */
export interface SourceDocument {
  readonly value: unknown;
  /** Line (from 1) of a place such as `resources[0].billing`, or of the nearest place above it. */
  readonly lineOf: (path: string) => number;
}

/** Why a text is no YAML document. */
export interface SyntaxProblem {
  readonly line: number;
  /** As the parser says it, in English. */
  readonly reason: string;
  /** Where an object holds a key twice: the key, and the line on which it is already. */
  readonly twice?: { readonly key: string; readonly firstLine: number };
}

/** Parses one document. A text that is no YAML, has duplicate keys, or holds several documents is a problem, not an exception. */
export function parseSource(text: string): Parsed {
  const json = jsonOf(text);
  if (json === undefined) return parseYaml(text);
  let read: Parsed | undefined;
  return {
    document: {
      value: json.value,
      // Only who asks for a line pays for reading the text once more.
      lineOf: (path) => {
        read ??= parseYaml(text);
        return 'document' in read ? read.document.lineOf(path) : 1;
      },
    },
  };
}

type Parsed = { readonly document: SourceDocument } | { readonly problem: SyntaxProblem };

/** Large inventories are JSON mostly, and reading them as YAML takes thirty times as long. Undefined: leave it to YAML. */
function jsonOf(text: string): { readonly value: unknown } | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return keyTwiceIn(text) === null ? { value } : undefined;
  } catch {
    return undefined;
  }
}

function parseYaml(text: string): Parsed {
  const lines = new LineCounter();
  // With `silent` only the first of several documents would be read, and the others left out without a word.
  let twice: { readonly key: string; readonly from: number } | undefined;
  const parsed = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    logLevel: 'error',
    // As the parser compares keys itself; this is the only place where both are at hand.
    uniqueKeys: (one, other) => {
      if (!isScalar(one) || !isScalar(other) || one.value !== other.value) return false;
      twice ??= { key: String(other.value), from: one.range?.[0] ?? 0 };
      return true;
    },
  });
  const error = parsed.errors[0];
  if (error) {
    const line = lines.linePos(error.pos[0]).line;
    if (error.code !== 'DUPLICATE_KEY' || twice === undefined) return { problem: { line, reason: error.message } };
    const { key, from } = twice;
    const firstLine = lines.linePos(from).line;
    return { problem: { line, reason: `key ${key} is on line ${firstLine} already`, twice: { key, firstLine } } };
  }
  try {
    const value: unknown = parsed.toJS();
    return { document: { value, lineOf: (path) => lines.linePos(offsetOf(parsed.contents, keysOf(path))).line } };
  } catch (cause) {
    // Aliases that point nowhere or multiply without end only show when the value is built.
    return { problem: { line: 1, reason: cause instanceof Error ? cause.message : String(cause) } };
  }
}

function offsetOf(root: Node | null, keys: readonly string[]): number {
  let node: Node | null = root;
  let offset = root?.range?.[0] ?? 0;
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
      if (!pair) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = isNode(pair.value) ? pair.value : null;
    } else if (isSeq(node)) {
      const item = node.items[Number(key)];
      if (!isNode(item)) break;
      node = item;
      offset = node.range?.[0] ?? offset;
    } else break;
    if (isAlias(node)) break;
  }
  return offset;
}

const step = /\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\.?([^.[\]]+)/gu;

function keysOf(path: string): string[] {
  if (path === '(root)') return [];
  return [...path.matchAll(step)].map(([, index, quoted, name]) =>
    quoted === undefined ? (index ?? name ?? '') : String(JSON.parse(quoted)),
  );
}
