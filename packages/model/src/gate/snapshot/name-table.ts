import { type ColdRow, decodeColdRow } from './gate-row.ts';
import { hashName } from './name-hash.ts';
import { entryAt, findOver, newSuffix, type Overlay, type OverlayEntry, type Suffix } from './overlay.ts';
import {
  type Crc32,
  chunkLength,
  damaged,
  entryHead,
  entryMore,
  flagMore,
  moreSplit,
  type SnapshotFacts,
  type SnapshotHeader,
} from './snapshot-layout.ts';

/** The part of a snapshot that decisions are made with. Its bytes may be shared between threads; nothing writes to them. */
export interface NameTable {
  readonly header: SnapshotHeader;
  readonly facts: SnapshotFacts;
  /** Where each bucket's entries begin in `entries`; one more at the end. */
  readonly index: Uint32Array;
  readonly entries: Uint8Array;
  /** What changed since; null for nothing. */
  readonly overlay: Overlay | null;
}

/** An entry, for people and for tests; decisions read the bytes. */
export interface NameEntry {
  readonly bucket: number;
  /** Its place among the entries of its bucket. */
  readonly place: number;
  readonly flags: number;
  /** The public suffix list has suffixes below this name. */
  readonly split: boolean;
  readonly coverGrace: number;
  readonly exactGrace: number;
}

/** A file whose preamble is read, and what takes sums. */
export interface SummedFile {
  readonly header: SnapshotHeader;
  readonly sums: Uint32Array;
  readonly crc32: Crc32;
}

/**
 * Checks a stretch of the file by the sums of the header.
 * @param bytes the file from `from` on; `from` is `indexOffset` plus a multiple of `chunkLength`
 * @throws Fault `input.invalid` naming the first damaged piece
 */
export function checkSums({ header, sums, crc32 }: SummedFile, bytes: Uint8Array, from: number): void {
  const first = (from - header.indexOffset) / chunkLength;
  for (let at = 0; at < bytes.length; at += chunkLength) {
    const piece = bytes.subarray(at, Math.min(at + chunkLength, bytes.length));
    if (crc32(piece, 0) !== sums[first + at / chunkLength])
      throw damaged(`bytes ${from + at}–${from + at + piece.length}`);
  }
}

/**
 * Makes a table of the checked bytes between `indexOffset` and `coldIndexOffset`.
 * @param hot exactly those bytes
 * @throws Fault `input.invalid` where they are of another length or do not fit the header
 */
export function openNameTable(header: SnapshotHeader, facts: SnapshotFacts, hot: ArrayBufferLike): NameTable {
  if (hot.byteLength !== header.coldIndexOffset - header.indexOffset) throw damaged('index');
  const index = new Uint32Array(hot, 0, header.bucketCount + 1);
  if (index[header.bucketCount] !== header.entriesLength) throw damaged('index');
  const entries = new Uint8Array(hot, header.entriesOffset - header.indexOffset, header.entriesLength);
  return { header, facts, index, entries, overlay: null };
}

/** The snapshot's own entry for exactly this ASCII name, without any overlay. */
export function findEntry(table: NameTable, name: string): NameEntry | null {
  const { index, entries, header } = table;
  const hash = hashName(name, header.key);
  const bucket = hash & (header.bucketCount - 1);
  const end = index[bucket + 1] as number;
  for (let at = index[bucket] as number, place = 0; at < end; place += 1) {
    const flags = entries[at + 2] as number;
    const next = at + entryHead + (entries[at + 1] as number) + ((flags & flagMore) === 0 ? 0 : entryMore);
    if (entries[at] === hash >>> 24 && isName(entries, at, name)) {
      const more = at + entryHead + name.length;
      const day = (from: number) =>
        (flags & flagMore) === 0 ? 0 : (entries[from] as number) | ((entries[from + 1] as number) << 8);
      const split = (flags & flagMore) !== 0 && ((entries[more] as number) & moreSplit) !== 0;
      return { bucket, place, flags, split, coverGrace: day(more + 1), exactGrace: day(more + 3) };
    }
    at = next;
  }
  return null;
}

/** The current entry for a name: the overlay’s, or else the snapshot’s. */
export function findCurrentEntry(table: NameTable, name: string): OverlayEntry | null {
  const { overlay, header } = table;
  if (overlay === null) return findEntry(table, name);
  const suffix = newSuffix(new TextEncoder().encode(name));
  suffix.end = suffix.bytes.length;
  suffix.hash = hashName(name, header.key) | 0;
  const at = findOver(overlay, suffix);
  return at === 0 ? findEntry(table, name) : entryAt(overlay, at);
}

/**
 * Where the snapshot's entry of a suffix begins, or -1. Every byte is compared: a fingerprint alone proves nothing.
 */
export function findSuffix({ index, entries, header }: NameTable, suffix: Suffix): number {
  const { bytes, start, end, hash } = suffix;
  const bucket = hash & (header.bucketCount - 1);
  const stop = index[bucket + 1] as number;
  const length = end - start;
  const print = hash >>> 24;
  let at = index[bucket] as number;
  while (at < stop) {
    if (entries[at] === print && entries[at + 1] === length) {
      let same = 0;
      while (same < length && entries[at + entryHead + same] === bytes[start + same]) same += 1;
      if (same === length) return at;
    }
    // An unsigned 32-bit number all along: else the engine counts in floating point.
    at =
      (at +
        entryHead +
        (entries[at + 1] as number) +
        (((entries[at + 2] as number) & flagMore) === 0 ? 0 : entryMore)) >>>
      0;
  }
  return -1;
}

/**
 * The cold rows of an entry.
 * @param cold the rows of its whole bucket: the file from `coldOffset + coldIndex[bucket]` to `coldOffset + coldIndex[bucket + 1]`
 */
export function coldRowsOf(
  table: NameTable,
  entry: NameEntry,
  cold: Uint8Array,
): { readonly cover: ColdRow | null; readonly exact: ColdRow | null } {
  const { entries, index, facts } = table;
  let from = index[entry.bucket] as number;
  let at = 0;
  for (let place = 0; ; place += 1) {
    const flags = entries[from + 2] as number;
    const read = (mask: number): ColdRow | null => {
      if ((flags & mask) === 0 || (mask === 0x07 && (flags & mask) === 6)) return null;
      const { row, next } = decodeColdRow(cold, at, facts.providers);
      at = next;
      return row;
    };
    const rows = { cover: read(0x07), exact: read(0x38) };
    if (place === entry.place) return rows;
    from += entryHead + (entries[from + 1] as number) + ((flags & flagMore) === 0 ? 0 : entryMore);
  }
}

function isName(entries: Uint8Array, at: number, name: string): boolean {
  if (entries[at + 1] !== name.length) return false;
  for (let place = 0; place < name.length; place += 1) {
    if (entries[at + entryHead + place] !== name.charCodeAt(place)) return false;
  }
  return true;
}
