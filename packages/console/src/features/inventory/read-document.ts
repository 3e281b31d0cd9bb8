import { isMap, isScalar, LineCounter, type LineCounter as Lines, parseDocument } from 'yaml';

/** A place in a text, counted from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

export type ReadDocument =
  | {
      readonly kind: 'read';
      readonly value: Readonly<Record<string, unknown>>;
      /** Where the place named by a path such as `resources[0].billing` is. */
      readonly placeOf: (path: string) => TextPlace | null;
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not_mapping' }
  | { readonly kind: 'syntax'; readonly line: number; readonly column: number; readonly message: string }
  /** An object holds `key` twice: on `line`, and before that on `firstLine`. */
  | { readonly kind: 'key_twice'; readonly key: string; readonly line: number; readonly firstLine: number };

/** Reads an inventory that somebody pasted: YAML, which JSON is a part of. Nothing is guessed; a duplicate key is an error. */
export function readDocument(text: string): ReadDocument {
  if (text.trim() === '') return { kind: 'empty' };
  const lines = new LineCounter();
  // Dates stay text, as the inventory's shape wants them.
  let twice: { readonly key: string; readonly from: number } | undefined;
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: 'core',
    prettyErrors: false,
    // As the parser compares keys itself; this is the only place where both are at hand.
    uniqueKeys: (one, other) => {
      if (!isScalar(one) || !isScalar(other) || one.value !== other.value) return false;
      twice ??= { key: String(other.value), from: one.range?.[0] ?? 0 };
      return true;
    },
  });
  const error = document.errors[0];
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    if (error.code === 'DUPLICATE_KEY' && twice !== undefined) {
      return { kind: 'key_twice', key: twice.key, line, firstLine: lines.linePos(twice.from).line };
    }
    return { kind: 'syntax', line, column: col, message: error.message };
  }
  if (!isMap(document.contents)) return { kind: 'not_mapping' };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 50 });
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { kind: 'syntax', line: 1, column: 1, message };
  }
  return {
    kind: 'read',
    value: value as Record<string, unknown>,
    placeOf: (path) => placeOf(document, lines, keysOf(path)),
  };
}

/** `resources[0].used.codes` → ['resources', 0, 'used', 'codes'] */
export function keysOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map((match) =>
    match[1] === undefined ? (match[2] ?? '') : Number(match[1]),
  );
}

/** A missing key is reported where what should have it is. */
function placeOf(
  document: ReturnType<typeof parseDocument>,
  lines: Lines,
  keys: readonly (string | number)[],
): TextPlace | null {
  for (let length = keys.length; length > 0; length -= 1) {
    const offset = offsetOf(document, keys.slice(0, length));
    if (offset === null) continue;
    const { line, col: column } = lines.linePos(offset);
    return { line, column };
  }
  return null;
}

function offsetOf(document: ReturnType<typeof parseDocument>, keys: readonly (string | number)[]): number | null {
  const last = keys.at(-1);
  const parent = keys.length === 1 ? document.contents : document.getIn(keys.slice(0, -1), true);
  // A key's own line is nearer to the mistake than where its value begins.
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(last));
    const key = pair?.key;
    if (isScalar(key) && key.range) return key.range[0];
    return null;
  }
  const node = document.getIn(keys, true) as { readonly range?: readonly [number, number, number] | null } | undefined;
  return node?.range?.[0] ?? null;
}
