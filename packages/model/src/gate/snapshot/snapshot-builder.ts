import { Fault } from '../../fault/index.ts';
import { isOfExactName } from '../records.ts';
import { dayNumber, encodeColdRow, entryName, type GateRow, stateOf, writeEntry } from './gate-row.ts';
import { hashName, type NameKey } from './name-hash.ts';
import { createRowArena, NumberList, type RowArena } from './row-arena.ts';
import {
  type Crc32,
  chunkLength,
  encodePreamble,
  entryHead,
  entryMore,
  flagAbove,
  flagMore,
  largestBucketAllowed,
  placeSections,
  type SnapshotFacts,
  type SnapshotHeader,
  stateCode,
  sumPreamble,
} from './snapshot-layout.ts';
import { type SnapshotSigner, signedBytes, unsignedFacts, writeSignature } from './snapshot-signature.ts';

/** What a base file is about, besides its rows. */
export interface SnapshotAbout extends Omit<SnapshotFacts, 'providers' | 'mark'> {
  /** As in `SnapshotFacts`; empty for a file that follows no control plane. */
  readonly mark?: string;
  /** Of the last change that the rows contain. */
  readonly sequence: number;
  readonly builtAtMs: number;
}

/** A piece of the file and where it belongs. The last piece is the file's beginning, which seals the others. */
export interface FilePiece {
  readonly at: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A file that is laid out and only has to be written. */
export interface LaidOutSnapshot {
  readonly header: SnapshotHeader;
  /** Each piece may be overwritten by the following one: write it before asking for that. */
  pieces(crc32: Crc32): Generator<FilePiece>;
}

/** Takes rows in any order; they are kept as bytes. */
export interface SnapshotBuilder {
  /** @throws Fault `input.invalid` for a name that no record can have. */
  add(row: GateRow): void;
  /**
   * @param nextKey draws a key; asked again in the unlikely case that one puts too many names into a bucket
   * @throws Fault `input.invalid` where two rows of one kind have the same name
   */
  layOut(nextKey: () => NameKey): LaidOutSnapshot;
}

const none = 0xffffffff;
/** Suffixes are remembered up to this many, so that they are not added for every row; beyond, they are merged later. */
const rememberedSuffixes = 200_000;

/** @param signer signs the snapshot; null for one that nobody signs */
export function createSnapshotBuilder(about: SnapshotAbout, signer: SnapshotSigner | null = null): SnapshotBuilder {
  const arena = createRowArena();
  const refs = new NumberList();
  const providers: string[] = [];
  const placeOfProvider = new Map<string, number>();
  const suffixes = new Set<string>();
  const scratch = new Uint8Array(4096);

  const providerAt = (provider: string): number => {
    const known = placeOfProvider.get(provider);
    if (known !== undefined) return known;
    if (providers.length > 0xffff) throw new Fault('input.invalid');
    placeOfProvider.set(provider, providers.length);
    return providers.push(provider) - 1;
  };

  function put(name: string, flags: number, graces: readonly [number, number], cold: Uint8Array | null): void {
    let end = writeEntry(scratch, { name, flags, coverGrace: graces[0], exactGrace: graces[1] });
    const coldBytes = cold?.length ?? 0;
    scratch[end] = coldBytes & 0xff;
    scratch[end + 1] = coldBytes >>> 8;
    end += 2;
    if (cold !== null) scratch.set(cold, end);
    refs.push(arena.add(scratch, end + coldBytes));
  }

  function putSuffixes(name: string): void {
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      const suffix = name.slice(dot + 1);
      if (suffixes.has(suffix)) return;
      if (suffixes.size < rememberedSuffixes) suffixes.add(suffix);
      put(suffix, flagAbove, [0, 0], null);
    }
  }

  for (const name of about.defaultNames) {
    const ascii = entryName(name, true);
    put(ascii, stateCode.exempt_provider_name, [0, 0], null);
    putSuffixes(ascii);
  }

  return {
    add(row) {
      const exact = isOfExactName(row);
      const name = entryName(row.name, exact);
      const state = stateOf(row, about.provider);
      const grace = state === stateCode.access_missing ? dayNumber(row.graceUntil) : 0;
      put(name, exact ? state << 3 : state, exact ? [0, grace] : [grace, 0], encodeColdRow(row, providerAt));
      putSuffixes(name);
    },
    layOut(nextKey) {
      const facts: SnapshotFacts = {
        provider: about.provider,
        region: about.region,
        defaultNames: about.defaultNames,
        mark: about.mark ?? '',
        providers,
      };
      return layOut({ about, facts, arena, refs, nextKey, signer });
    },
  };
}

interface Buckets {
  readonly key: NameKey;
  readonly count: number;
  /** Where each bucket's rows begin in `rows`; one more at the end. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  readonly hashes: Uint32Array;
  readonly largest: number;
}

interface LayOutNeeds {
  readonly about: SnapshotAbout;
  readonly facts: SnapshotFacts;
  readonly arena: RowArena;
  readonly refs: NumberList;
  readonly nextKey: () => NameKey;
  readonly signer: SnapshotSigner | null;
}

function layOut({ about, facts, arena, refs, nextKey, signer }: LayOutNeeds): LaidOutSnapshot {
  const { key, count, starts, rows, hashes, largest } = spread(arena, refs, nextKey);
  const index = new Uint32Array(count + 1);
  const coldIndex = new Uint32Array(count + 1);
  let hot = 0;
  let cold = 0;
  let entryCount = 0;
  let recordCount = 0;
  for (let bucket = 0; bucket < count; bucket += 1) {
    index[bucket] = hot;
    coldIndex[bucket] = cold;
    for (let at = starts[bucket] as number; at < (starts[bucket + 1] as number); at += 1) {
      const ref = rows[at] as number;
      if (ref === none) continue;
      const piece = arena.pieceOf(ref);
      const place = arena.placeOf(ref);
      const length = entryLength(piece, place);
      hot += length;
      cold += coldLength(piece, place + length);
      entryCount += 1;
      const flags = piece[place + 2] as number;
      if ((flags & 0x07) !== 0 && (flags & 0x07) !== stateCode.exempt_provider_name) recordCount += 1;
      if ((flags & 0x38) !== 0) recordCount += 1;
    }
  }
  index[count] = hot;
  coldIndex[count] = cold;
  const encodeFacts = (some: SnapshotFacts) => new TextEncoder().encode(JSON.stringify(some));
  const factsBytes = encodeFacts(signer === null ? facts : unsignedFacts(facts));
  const lengths = { facts: factsBytes.length, buckets: count, entries: hot, cold };
  const header: SnapshotHeader = {
    sequence: about.sequence,
    builtAtMs: about.builtAtMs,
    key,
    bucketCount: count,
    entryCount,
    recordCount,
    largestBucket: largest,
    factsLength: factsBytes.length,
    entriesLength: hot,
    coldLength: cold,
    ...placeSections(lengths),
  };

  function* copies(isCold: boolean): Generator<Uint8Array<ArrayBuffer>> {
    const out = new Uint8Array(1024 * 1024);
    let used = 0;
    for (let at = 0; at < rows.length; at += 1) {
      const ref = rows[at] as number;
      if (ref === none) continue;
      const piece = arena.pieceOf(ref);
      let from = arena.placeOf(ref);
      let length = entryLength(piece, from);
      if (isCold) {
        from += length;
        length = coldLength(piece, from);
        from += 2;
      }
      if (used + length > out.length) {
        yield out.subarray(0, used);
        used = 0;
      }
      for (let byte = 0; byte < length; byte += 1) out[used + byte] = piece[from + byte] as number;
      if (!isCold) out[used] = (hashes[at] as number) >>> 24;
      used += length;
    }
    yield out.subarray(0, used);
  }

  return {
    header,
    *pieces(crc32) {
      const sums = new Uint32Array(header.sumCount);
      let at = header.indexOffset;
      let filled = 0;
      let chunk = 0;
      const digests = signer && { hot: signer.digest(), cold: signer.digest() };
      function* emit(bytes: Uint8Array<ArrayBuffer>): Generator<FilePiece> {
        for (let from = 0; from < bytes.length; ) {
          const part = Math.min(bytes.length - from, chunkLength - filled);
          sums[chunk] = crc32(bytes.subarray(from, from + part), sums[chunk] as number);
          from += part;
          filled += part;
          if (filled === chunkLength) {
            filled = 0;
            chunk += 1;
          }
        }
        (at < header.coldIndexOffset ? digests?.hot : digests?.cold)?.update(bytes);
        yield { at, bytes };
        at += bytes.length;
      }
      const padTo = (offset: number) => emit(new Uint8Array(offset - at));
      yield* emit(littleEndian(index));
      yield* padTo(header.entriesOffset);
      for (const bytes of copies(false)) yield* emit(bytes);
      yield* padTo(header.coldIndexOffset);
      yield* emit(littleEndian(coldIndex));
      yield* padTo(header.coldOffset);
      for (const bytes of copies(true)) yield* emit(bytes);
      const signed =
        digests === null
          ? factsBytes
          : encodeFacts({ ...unsignedFacts(facts), hotSha256: digests.hot.hex(), coldSha256: digests.cold.hex() });
      const preamble = encodePreamble(header, sums, signed);
      if (signer !== null) writeSignature(preamble, header, signer.sign(signedBytes(preamble, header)));
      sumPreamble(preamble, crc32);
      yield { at: 0, bytes: preamble };
    },
  };
}

/** Sorts the rows into buckets and merges those of one name, with as many keys and buckets as it takes. */
function spread(arena: RowArena, refs: NumberList, nextKey: () => NameKey): Buckets {
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
    const next = starts.slice();
    const rows = new Uint32Array(refs.length);
    const hashes = new Uint32Array(refs.length);
    for (let row = 0; row < refs.length; row += 1) {
      const hash = ids[row] as number;
      const at = next[hash & (count - 1)] as number;
      next[hash & (count - 1)] = at + 1;
      rows[at] = refs.values[row] as number;
      hashes[at] = hash;
    }
    let largest = 0;
    for (let bucket = 0; bucket < count && largest <= largestBucketAllowed; bucket += 1) {
      largest = Math.max(
        largest,
        mergeBucket(arena, rows, hashes, starts[bucket] as number, starts[bucket + 1] as number),
      );
    }
    if (largest <= largestBucketAllowed) return { key, count, starts, rows, hashes, largest };
  }
  throw new Fault('input.invalid', {
    detail: {
      zh: '多次更换密钥后名称仍聚集在同一桶内，请检查密钥是否真正随机',
      en: 'names crowd into one bucket under every key: is the key drawn at random?',
    },
  });
}

/** One name, one entry. Answers how many are left. */
function mergeBucket(arena: RowArena, rows: Uint32Array, hashes: Uint32Array, from: number, to: number): number {
  let left = 0;
  for (let a = from; a < to; a += 1) {
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
  const [one, two] = [a, b].map((ref) => partsOf(arena, ref)) as [Parts, Parts];
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

function entryLength(piece: Uint8Array, place: number): number {
  return entryHead + (piece[place + 1] as number) + (((piece[place + 2] as number) & flagMore) === 0 ? 0 : entryMore);
}

function coldLength(piece: Uint8Array, place: number): number {
  return (piece[place] as number) | ((piece[place + 1] as number) << 8);
}

function nameAt(arena: RowArena, ref: number): string {
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

function littleEndian(numbers: Uint32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(numbers.length * 4);
  const view = new DataView(bytes.buffer);
  for (let place = 0; place < numbers.length; place += 1) view.setUint32(place * 4, numbers[place] as number, true);
  return bytes;
}

function twice(name: string): Fault {
  return new Fault('input.invalid', {
    places: [{ path: name, expected: 'expected each name once', expectedZh: '每个域名只应有一条' }],
  });
}
