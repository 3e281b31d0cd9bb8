import { type Buckets, coldLength, entryLength, none, spread } from './buckets.ts';
import type { NameKey } from './name-hash.ts';
import type { NumberList, RowArena } from './row-arena.ts';
import {
  type Crc32,
  chunkLength,
  encodePreamble,
  placeSections,
  type SnapshotFacts,
  type SnapshotHeader,
  stateCode,
  sumPreamble,
} from './snapshot-layout.ts';
import { type SnapshotSigner, signedBytes, unsignedFacts, withDigests, writeSignature } from './snapshot-signature.ts';

/** What a base file is about, besides its rows. */
export interface SnapshotAbout extends Omit<SnapshotFacts, 'providers' | 'mark'> {
  /** As in `SnapshotFacts`; empty for a file that follows no control plane. */
  readonly mark?: string;
  /** Of the last change that the rows contain. */
  readonly sequence: number;
  readonly builtAtMs: number;
}

/** What the rows of a base file are as of. */
export type SnapshotMoment = Pick<SnapshotAbout, 'sequence' | 'builtAtMs' | 'mark'>;

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

const pieceLength = 1024 * 1024;

/** What a snapshot is laid out of. */
interface LayOutNeeds {
  readonly about: SnapshotAbout;
  readonly facts: SnapshotFacts;
  readonly arena: RowArena;
  readonly refs: NumberList;
  readonly nextKey: () => NameKey;
  readonly signer: SnapshotSigner | null;
}

/** Places the rows in a file: 1. buckets, 2. where each begins, 3. the header; the bytes are made when they are written. */
export function layOut({ about, facts, arena, refs, nextKey, signer }: LayOutNeeds): LaidOutSnapshot {
  const buckets = spread(arena, refs, nextKey);
  const measured = measure(arena, buckets);
  const factsBytes = encodeFacts(signer === null ? facts : unsignedFacts(facts, signer.digestName));
  const header: SnapshotHeader = {
    sequence: about.sequence,
    builtAtMs: about.builtAtMs,
    key: buckets.key,
    bucketCount: buckets.count,
    entryCount: measured.entryCount,
    recordCount: measured.recordCount,
    largestBucket: buckets.largest,
    factsLength: factsBytes.length,
    entriesLength: measured.hot,
    coldLength: measured.cold,
    ...placeSections({
      facts: factsBytes.length,
      buckets: buckets.count,
      entries: measured.hot,
      cold: measured.cold,
    }),
  };
  return {
    header,
    *pieces(crc32) {
      const body = new BodyWriter(header, crc32, signer);
      yield* body.emit(littleEndian(measured.index));
      yield* body.padTo(header.entriesOffset);
      for (const bytes of entryBytes(arena, buckets)) yield* body.emit(bytes);
      yield* body.padTo(header.coldIndexOffset);
      yield* body.emit(littleEndian(measured.coldIndex));
      yield* body.padTo(header.coldOffset);
      for (const bytes of coldBytes(arena, buckets)) yield* body.emit(bytes);
      const { digests, sums } = body;
      const written =
        digests === null || signer === null
          ? factsBytes
          : encodeFacts(withDigests(facts, signer.digestName, { hot: digests.hot.hex(), cold: digests.cold.hex() }));
      const preamble = encodePreamble(header, sums, written);
      if (signer !== null) writeSignature(preamble, header, signer.sign(signedBytes(preamble, header)));
      sumPreamble(preamble, crc32);
      yield { at: 0, bytes: preamble };
    },
  };
}

function encodeFacts(facts: SnapshotFacts): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(facts));
}

/** Where each bucket's entries and cold rows begin, and how much there is of all. */
interface Measured {
  readonly index: Uint32Array;
  readonly coldIndex: Uint32Array;
  /** Bytes of the entries, and of the cold rows. */
  readonly hot: number;
  readonly cold: number;
  readonly entryCount: number;
  readonly recordCount: number;
}

function measure(arena: RowArena, { count, starts, rows }: Buckets): Measured {
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
  return { index, coldIndex, hot, cold, entryCount, recordCount };
}

/** Makes pieces of the file's body in their order, with the sums and digests of what was made so far. */
class BodyWriter {
  readonly sums: Uint32Array;
  readonly digests: { readonly hot: Digest; readonly cold: Digest } | null;
  readonly #header: SnapshotHeader;
  readonly #crc32: Crc32;
  #at: number;
  #chunk = 0;
  /** Bytes of the present chunk that are summed. */
  #filled = 0;

  constructor(header: SnapshotHeader, crc32: Crc32, signer: SnapshotSigner | null) {
    this.#header = header;
    this.#crc32 = crc32;
    this.#at = header.indexOffset;
    this.sums = new Uint32Array(header.sumCount);
    this.digests = signer && { hot: signer.digest(), cold: signer.digest() };
  }

  *emit(bytes: Uint8Array<ArrayBuffer>): Generator<FilePiece> {
    for (let from = 0; from < bytes.length; ) {
      const part = Math.min(bytes.length - from, chunkLength - this.#filled);
      this.sums[this.#chunk] = this.#crc32(bytes.subarray(from, from + part), this.sums[this.#chunk] as number);
      from += part;
      this.#filled += part;
      if (this.#filled === chunkLength) {
        this.#filled = 0;
        this.#chunk += 1;
      }
    }
    (this.#at < this.#header.coldIndexOffset ? this.digests?.hot : this.digests?.cold)?.update(bytes);
    yield { at: this.#at, bytes };
    this.#at += bytes.length;
  }

  padTo(offset: number): Generator<FilePiece> {
    return this.emit(new Uint8Array(offset - this.#at));
  }
}

type Digest = ReturnType<SnapshotSigner['digest']>;

/** The entries in their order, with the fingerprints of their names. */
function* entryBytes(arena: RowArena, { rows, hashes }: Buckets): Generator<Uint8Array<ArrayBuffer>> {
  const out = new Uint8Array(pieceLength);
  let used = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const ref = rows[at] as number;
    if (ref === none) continue;
    const piece = arena.pieceOf(ref);
    const from = arena.placeOf(ref);
    const length = entryLength(piece, from);
    if (used + length > out.length) {
      yield out.subarray(0, used);
      used = 0;
    }
    for (let byte = 0; byte < length; byte += 1) out[used + byte] = piece[from + byte] as number;
    out[used] = (hashes[at] as number) >>> 24;
    used += length;
  }
  yield out.subarray(0, used);
}

/** The cold rows in the order of their entries. */
function* coldBytes(arena: RowArena, { rows }: Buckets): Generator<Uint8Array<ArrayBuffer>> {
  const out = new Uint8Array(pieceLength);
  let used = 0;
  for (const ref of rows) {
    if (ref === none) continue;
    const piece = arena.pieceOf(ref);
    const place = arena.placeOf(ref);
    const head = place + entryLength(piece, place);
    const length = coldLength(piece, head);
    if (used + length > out.length) {
      yield out.subarray(0, used);
      used = 0;
    }
    for (let byte = 0; byte < length; byte += 1) out[used + byte] = piece[head + 2 + byte] as number;
    used += length;
  }
  yield out.subarray(0, used);
}

function littleEndian(numbers: Uint32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(numbers.length * 4);
  const view = new DataView(bytes.buffer);
  for (let place = 0; place < numbers.length; place += 1) view.setUint32(place * 4, numbers[place] as number, true);
  return bytes;
}
