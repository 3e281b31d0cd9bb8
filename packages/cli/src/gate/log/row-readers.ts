import { type ChosenKeys, chooseKeys, hostOfValue, keysNamed, type Row } from './choose-keys.ts';
import { type LineReader, type LineReading, sameInBoth } from './line.ts';
import { namedByProduct } from './products.ts';
import { timeOf } from './times.ts';
import { bytesOf } from './values.ts';

/** How lines of one kind become named values; null for a line of another kind. */
interface RowKind {
  readonly format: string;
  row(line: string): Row | null;
  /** Values at known keys without the whole row, where that is quicker. */
  pick?(line: string): { get(key: string): unknown } | null;
}

export interface RowChoice extends LineReader {
  readonly rank: number;
}

/** A reader of lines with named values; null where no key of these holds a host. */
export function rowReader(kind: RowKind, lines: readonly string[], field: string | null): RowChoice | null {
  const rows = lines.flatMap((line) => kind.row(line) ?? []);
  const keys = field === null ? chooseKeys(rows) : keysNamed(rows, field);
  if (keys === null || (keys.rank < 8 && !rows.some(isOfRequest))) return null;
  return {
    format: namedByProduct(kind.format, rows[0]?.keys() ?? []),
    host: sameInBoth(keys.hosts.map(({ key }) => key).join(', ')),
    others: keys.others.map(sameInBoth),
    rank: keys.rank,
    read: (line) => reading((kind.pick ?? kind.row)(line), keys),
  };
}

/** Lines of programs name their machine as `host`, too: a request has more to say than that. */
function isOfRequest(row: Row): boolean {
  return (
    row.size <= 2 || [...row.keys()].some((key) => /status|method|uri|url|path|bytes|size|request|code|addr/i.test(key))
  );
}

export function reading(row: { get(key: string): unknown } | null, keys: ChosenKeys): LineReading {
  if (row === null) return undefined;
  let isKnown = false;
  for (const each of keys.hosts) {
    const value = row.get(each.key);
    isKnown ||= value !== undefined;
    const host = hostOfValue(value, each.kind);
    if (host === null) continue;
    const bytes = keys.bytes === null ? 0 : bytesOf(row.get(keys.bytes));
    return { host, bytes, atMs: keys.time === null ? null : timeOf(row.get(keys.time)) };
  }
  // Lines without the key at all are another program's.
  return isKnown ? null : undefined;
}

/** An object a line, as nginx (`escape=json`), Caddy, Traefik, Envoy and the clouds' log services write it. */
export const jsonLines: RowKind = {
  format: 'JSON',
  row(line) {
    const object = objectOf(line);
    return object === null ? null : flat(object);
  },
  pick(line) {
    const object = objectOf(line);
    return object === null ? null : { get: (path) => valueAt(object, path) };
  },
};

type Json = Readonly<Record<string, unknown>>;

export function objectOf(line: string): Json | null {
  if (!line.startsWith('{')) return null;
  try {
    // What begins with a brace and can be parsed is an object.
    return JSON.parse(line) as Json;
  } catch {
    return null;
  }
}

const deepest = 5;

function flat(object: Json): Row {
  const row = new Map<string, unknown>();
  const add = (value: unknown, path: string, depth: number): void => {
    if (row.size > 300) return;
    if (typeof value !== 'object' || value === null) row.set(path, value);
    else if (depth < deepest)
      for (const [key, inner] of Object.entries(value)) add(inner, path === '' ? key : `${path}.${key}`, depth + 1);
  };
  add(object, '', 0);
  return row;
}

function valueAt(object: Json, path: string): unknown {
  // Keys may hold points themselves: `http.host`.
  if (Object.hasOwn(object, path)) return object[path];
  for (let at = path.indexOf('.'); at > 0; at = path.indexOf('.', at + 1)) {
    const inner = Object.hasOwn(object, path.slice(0, at)) ? object[path.slice(0, at)] : undefined;
    if (typeof inner !== 'object' || inner === null) continue;
    // Any object has keys to ask for.
    const found = valueAt(inner as Json, path.slice(at + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

const pair = /(?:^|[ ,|])([A-Za-z_@][\w.@>-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s,|"]*))/g;

/** `key=value key="value"`, as Go programs and firewalls write it. */
export const logfmt: RowKind = {
  format: 'key=value',
  row(line) {
    const row = new Map<string, unknown>();
    for (const [, key = '', quoted, plain] of line.matchAll(pair)) row.set(key, quoted ?? plain ?? '');
    return row.size >= 3 ? row : null;
  },
};

/** Labelled tab-separated values (LTSV): `host:…<tab>status:…`. */
export const ltsv: RowKind = {
  format: 'LTSV',
  row(line) {
    if (!line.includes('\t')) return null;
    const cells = line.split('\t').map((cell) => /^([A-Za-z_][\w.-]*):(.*)$/.exec(cell));
    if (cells.length < 3 || cells.includes(null)) return null;
    return new Map(cells.flatMap((cell) => (cell === null ? [] : [[cell[1] ?? '', cell[2]] as const])));
  },
};
