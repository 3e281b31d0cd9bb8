import { Fault } from '../../fault/index.ts';
import { writeEntry } from './gate-row.ts';
import { hashName, type NameKey } from './name-hash.ts';
import type { NumberList, RowArena } from './row-arena.ts';
import { entryHead, entryMore, flagAbove, flagMore, largestBucketAllowed, stateCode } from './snapshot-layout.ts';

/** Takes the place in `rows` of a row that was merged into another. */
export const none = 0xffffffff;

/** Rows sorted by the buckets of a snapshot, one for each name. */
export interface Buckets {
  readonly key: NameKey;
  readonly count: number;
  /** Where each bucket's rows begin in `rows`; one more at the end. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  readonly hashes: Uint32Array;
  readonly largest: number;
}

/** Sorts the rows into buckets and merges those of one name, with as many keys and buckets as it takes. */
export function spread(arena: RowArena, refs: NumberList, nextKey: () => NameKey): Buckets {
  for (let attempt = 0, doubled = 0; attempt < 8; attempt += 1, doubled += attempt > 3 ? 1 : 0) {
    const count = bucketsFor(refs.length) * 2 ** doubled;
    const key = nextKey();
    const ids = new Uint32Array(refs.length);
    const starts = new Uint32Array(count + 1);
    for (let row = 0; row < refs.length; row += 1) {
      const hash = hashName(nameAt(arena, refs.values[row] as number), key);
      ids[row] = hash;
      starts[(hash & (count - 1)) + 1] = (starts[(hash & (count - 1)) + 1] as number) + 1;
    }
    for (let bucket = 0; bucket < count; bucket += 1) {
      starts[bucket + 1] = (starts[bucket + 1] as number) + (starts[bucket] as number);
    }
    const buckets = { key, count, starts, ...sortRows(refs, ids, starts) };
    let largest = 0;
    for (let bucket = 0; bucket < count && largest <= largestBucketAllowed; bucket += 1) {
      largest = Math.max(largest, mergeBucket(arena, buckets, bucket));
    }
    if (largest <= largestBucketAllowed) return { ...buckets, largest };
  }
  throw new Fault('input.invalid', {
    detail: {
      zh: '多次更换密钥后名称仍聚集在同一桶内，请检查密钥是否真正随机',
      en: 'names crowd into one bucket under every key: is the key drawn at random?',
    },
  });
}

/** @param ids hashes of the names, @param starts where each bucket's rows begin */
function sortRows(
  refs: NumberList,
  ids: Uint32Array,
  starts: Uint32Array,
): { readonly rows: Uint32Array; readonly hashes: Uint32Array } {
  const mask = starts.length - 2;
  const next = starts.slice();
  const rows = new Uint32Array(refs.length);
  const hashes = new Uint32Array(refs.length);
  for (let row = 0; row < refs.length; row += 1) {
    const hash = ids[row] as number;
    const at = next[hash & mask] as number;
    next[hash & mask] = at + 1;
    rows[at] = refs.values[row] as number;
    hashes[at] = hash;
  }
  return { rows, hashes };
}

/** One name, one entry. Answers how many are left. */
function mergeBucket(arena: RowArena, { starts, rows, hashes }: Omit<Buckets, 'largest'>, bucket: number): number {
  const to = starts[bucket + 1] as number;
  let left = 0;
  for (let a = starts[bucket] as number; a < to; a += 1) {
    if (rows[a] === none) continue;
    left += 1;
    for (let b = a + 1; b < to; b += 1) {
      if (rows[b] === none || hashes[a] !== hashes[b]) continue;
      const name = nameAt(arena, rows[a] as number);
      if (name !== nameAt(arena, rows[b] as number)) continue;
      rows[a] = merged(arena, name, rows[a] as number, rows[b] as number);
      rows[b] = none;
    }
  }
  return left;
}

function merged(arena: RowArena, name: string, a: number, b: number): number {
  const one = partsOf(arena, a);
  const two = partsOf(arena, b);
  const provider = stateCode.exempt_provider_name;
  const isOurs = [one, two].some(({ flags }) => (flags & 0x07) === provider);
  for (const mask of [0x07, 0x38]) {
    if ((one.flags & mask) !== 0 && (two.flags & mask) !== 0 && !(mask === 0x07 && isOurs)) throw twice(name);
  }
  // What is at or below a name of the provider is served whatever else is on record: the record's row has nothing to say.
  const cover = isOurs ? provider : (one.flags | two.flags) & 0x07;
  const flags = cover | ((one.flags | two.flags) & (0x38 | flagAbove));
  const first = (two.flags & 0x07) === 0 ? [one, two] : [two, one];
  const speaks = ({ flags }: Parts) => !isOurs || (flags & 0x07) === 0 || (flags & 0x07) === provider;
  const cold = first.flatMap((part) => (speaks(part) ? [...part.cold] : []));
  const row = new Uint8Array(entryHead + name.length + entryMore + 2 + cold.length);
  const end = writeEntry(row, {
    name,
    flags,
    coverGrace: isOurs ? 0 : Math.max(one.coverGrace, two.coverGrace),
    exactGrace: Math.max(one.exactGrace, two.exactGrace),
  });
  row[end] = cold.length & 0xff;
  row[end + 1] = cold.length >>> 8;
  row.set(cold, end + 2);
  return arena.add(row, end + 2 + cold.length);
}

interface Parts {
  readonly flags: number;
  readonly coverGrace: number;
  readonly exactGrace: number;
  readonly cold: Uint8Array;
}

function partsOf(arena: RowArena, ref: number): Parts {
  const piece = arena.pieceOf(ref);
  const place = arena.placeOf(ref);
  const flags = piece[place + 2] as number;
  const more = place + entryHead + (piece[place + 1] as number);
  const day = (at: number) => ((flags & flagMore) === 0 ? 0 : (piece[at] as number) | ((piece[at + 1] as number) << 8));
  const cold = place + entryLength(piece, place);
  return {
    flags,
    coverGrace: day(more + 1),
    exactGrace: day(more + 3),
    cold: piece.slice(cold + 2, cold + 2 + coldLength(piece, cold)),
  };
}

/** The flags of a row, as its entry has them. */
export function flagsAt(arena: RowArena, ref: number): number {
  return arena.pieceOf(ref)[arena.placeOf(ref) + 2] as number;
}

export function entryLength(piece: Uint8Array, place: number): number {
  return entryHead + (piece[place + 1] as number) + (((piece[place + 2] as number) & flagMore) === 0 ? 0 : entryMore);
}

export function coldLength(piece: Uint8Array, place: number): number {
  return (piece[place] as number) | ((piece[place + 1] as number) << 8);
}

/** The name of a row. */
export function nameAt(arena: RowArena, ref: number): string {
  const piece = arena.pieceOf(ref);
  const from = arena.placeOf(ref) + entryHead;
  const to = from + (piece[from - 2] as number);
  let name = '';
  for (let at = from; at < to; at += 1) name += String.fromCharCode(piece[at] as number);
  return name;
}

/** Two to four entries a bucket, which costs two bytes a name at most. */
function bucketsFor(entries: number): number {
  let count = 1;
  while (count * 4 < entries) count *= 2;
  return count;
}

function twice(name: string): Fault {
  return new Fault('input.invalid', {
    places: [{ path: name, expected: 'expected each name once', expectedZh: '每个域名只应有一条' }],
  });
}
