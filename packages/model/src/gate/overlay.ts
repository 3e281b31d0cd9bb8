import { dayNumber, entryName, type GateRow, stateOf } from './gate-row.ts';
import { hashName, type NameKey } from './name-hash.ts';
import { findEntry, type NameTable } from './name-table.ts';
import { type Crc32, damaged, flagAbove, stateCode } from './snapshot-layout.ts';
import { splitNames } from './split-names.ts';

/*
 * What changed since a snapshot was built, laid over it: docs/gate-snapshot.md. One writer appends while any number of
 * threads and processes read: an entry is written whole before the head of its chain points to it, and is never altered.
 */

const magic = [0x4f, 0x42, 0x4f, 0x56, 0x45, 0x52, 0x0d, 0x0a];
const overlayVersion = 1;
export const overlayHeaderLength = 64;
/** Bytes of an entry before its name: next (u32), hash (u32), length, flags, bits, 0, two days (u16). */
const head = 16;
/** One chain for so many bytes of the file: about two entries. */
const bytesPerHead = 64;

/** The bytes of an overlay, as one writer and many readers share them. */
export interface Overlay {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  /** Chains, a power of two, less one. */
  readonly headMask: number;
}

/** What an overlay's entry says: all that is to be known of its name, in the place of the snapshot's entry. */
export interface OverlayEntry {
  readonly flags: number;
  readonly coverGrace: number;
  readonly exactGrace: number;
}

/** Bytes that a change wrote, in the order in which they must reach a file that others read. */
export type OverlayPatch = readonly { readonly at: number; readonly length: number }[];

/** What the overlay of a snapshot is about. */
interface OverlayAbout {
  /** Sum of the snapshot's preamble (the number at its byte 156): the overlay belongs to this one only. */
  readonly baseSum: number;
  /** Where the gate serves; null: what the snapshot says. */
  readonly outsideMainland: boolean | null;
}

/** An empty overlay in a buffer. @param buffer of 64 KiB at least, filled with zeros; its length is a power of two */
export function createOverlay(buffer: ArrayBufferLike, about: OverlayAbout, crc32: Crc32): Overlay {
  const overlay = overlayOf(buffer, buffer.byteLength / bytesPerHead);
  const { bytes, words } = overlay;
  bytes.set(magic);
  words[2] = overlayVersion | (overlayHeaderLength << 16);
  words[3] = overlay.headMask + 1;
  words[6] = buffer.byteLength;
  words[7] = about.baseSum;
  bytes[32] = about.outsideMainland === null ? 0 : about.outsideMainland ? 2 : 1;
  words[15] = overlaySum(bytes, crc32);
  return overlay;
}

/**
 * Reads the header of an overlay that another process wrote.
 * @throws Fault `input.invalid` where it is none, or its header is damaged
 */
export function openOverlay(
  buffer: ArrayBufferLike,
  crc32: Crc32,
): { readonly overlay: Overlay; readonly baseSum: number; readonly sequence: number } {
  const words = new Uint32Array(buffer, 0, overlayHeaderLength / 4);
  const bytes = new Uint8Array(buffer);
  const isOurs =
    magic.every((byte, place) => bytes[place] === byte) && (words[2] as number) === (overlayVersion | (64 << 16));
  if (!isOurs || words[6] !== buffer.byteLength || words[15] !== overlaySum(bytes, crc32)) throw damaged('overlay');
  const sequence = (words[4] as number) + (words[5] as number) * 2 ** 32;
  return { overlay: overlayOf(buffer, words[3] as number), baseSum: words[7] as number, sequence };
}

function overlaySum(bytes: Uint8Array, crc32: Crc32): number {
  return crc32(bytes.slice(24, 60), crc32(bytes.slice(0, 16), 0)) >>> 0;
}

function overlayOf(buffer: ArrayBufferLike, heads: number): Overlay {
  return { bytes: new Uint8Array(buffer), words: new Uint32Array(buffer), headMask: heads - 1 };
}

/** Where the newest entry of a part of the host begins, or 0. */
export function findOver(overlay: Overlay, host: string, start: number, end: number, hash: number): number {
  const { bytes, words, headMask } = overlay;
  const length = end - start;
  let at = Atomics.load(words, overlayHeaderLength / 4 + (hash & headMask));
  while (at !== 0) {
    if (words[(at >>> 2) + 1] === hash && bytes[at + 8] === length) {
      let same = 0;
      while (same < length && bytes[at + head + same] === host.charCodeAt(start + same)) same += 1;
      if (same === length) return at;
    }
    at = words[at >>> 2] as number;
  }
  return 0;
}

/** What stands of a name: the overlay's entry, or the snapshot's. */
export function findStanding(table: NameTable, name: string): OverlayEntry | null {
  const { overlay } = table;
  const at = overlay === null ? 0 : findOver(overlay, name, 0, name.length, hashName(name, table.header.key));
  return at === 0 || overlay === null ? findEntry(table, name) : entryAt(overlay, at);
}

/** The entries that count, in no particular order. */
export function* newestEntries(
  overlay: Overlay,
): Generator<{ readonly name: string; readonly hash: number; readonly entry: OverlayEntry }> {
  const { bytes, words, headMask } = overlay;
  const seen = new Set<string>();
  for (let chain = 0; chain <= headMask; chain += 1) {
    for (let at = words[overlayHeaderLength / 4 + chain] as number; at !== 0; at = words[at >>> 2] as number) {
      const name = String.fromCharCode(...bytes.slice(at + head, at + head + (bytes[at + 8] as number)));
      // The newest comes first.
      if (seen.has(name)) continue;
      seen.add(name);
      yield { name, hash: words[(at >>> 2) + 1] as number, entry: entryAt(overlay, at) };
    }
  }
}

function entryAt({ bytes, words }: Overlay, at: number): OverlayEntry {
  const days = words[(at >>> 2) + 3] as number;
  return { flags: bytes[at + 9] as number, coverGrace: days & 0xffff, exactGrace: days >>> 16 };
}

/** One change of what is on record: `record` null when nothing of this kind is on record under the name any more. */
export interface GateChange {
  /** In its normal form. */
  readonly name: string;
  /** An APP's record, for exactly this name. */
  readonly exact: boolean;
  readonly record: GateRow | null;
}

/** Writes changes into an overlay. There must be one writer only. */
export interface OverlayWriter {
  readonly overlay: Overlay;
  readonly usedBytes: number;
  /**
   * Lays a change over the table.
   * @returns what was written; null where the overlay is too full: nothing was written that matters then
   * @throws Fault `input.invalid` for a name that no record can have
   */
  apply(table: NameTable, change: GateChange): OverlayPatch | null;
  /** Takes all entries of another overlay with the same key. @returns whether they fit */
  copyFrom(other: Overlay): boolean;
  /** Says which change was the last. */
  stamp(sequence: number): void;
}

/** @param table the snapshot with `overlay` over it, or without: entries that it does not have are taken from there */
export function writeOverlay(overlay: Overlay, key: NameKey): OverlayWriter {
  const { bytes, words, headMask } = overlay;
  const heads = overlayHeaderLength / 4;
  let used = overlayHeaderLength + 4 * (headMask + 1);

  function put(name: string, hash: number, entry: OverlayEntry, patch: { at: number; length: number }[]): boolean {
    const length = (head + name.length + 3) & ~3;
    if (used + length > bytes.length) return false;
    const at = used;
    const chain = heads + (hash & headMask);
    const word = at >>> 2;
    words[word] = words[chain] as number;
    words[word + 1] = hash;
    bytes[at + 8] = name.length;
    bytes[at + 9] = entry.flags;
    bytes[at + 10] = splitNames.has(name) ? 1 : 0;
    words[word + 3] = entry.coverGrace | (entry.exactGrace << 16);
    for (let place = 0; place < name.length; place += 1) bytes[at + head + place] = name.charCodeAt(place);
    used += length;
    Atomics.store(words, chain, at);
    patch.push({ at, length }, { at: 4 * chain, length: 4 });
    return true;
  }

  function apply(table: NameTable, { name, exact, record }: GateChange): OverlayPatch | null {
    const ascii = entryName(name, exact);
    const standing = findStanding({ ...table, overlay }, ascii) ?? { flags: 0, coverGrace: 0, exactGrace: 0 };
    const patch: { at: number; length: number }[] = [];
    const isOurs = (standing.flags & 0x07) === stateCode.exempt_provider_name;
    // What is at or below a name of the provider is served whatever else is on record.
    if (isOurs && !exact) return patch;
    if (record !== null) {
      // First what leads to the name: a reader in between must not miss it.
      for (let dot = ascii.indexOf('.'); dot >= 0; dot = ascii.indexOf('.', dot + 1)) {
        const suffix = ascii.slice(dot + 1);
        const above = findStanding({ ...table, overlay }, suffix) ?? { flags: 0, coverGrace: 0, exactGrace: 0 };
        if ((above.flags & flagAbove) !== 0) continue;
        const entry = { ...above, flags: (above.flags & 0x3f) | flagAbove };
        if (!put(suffix, hashName(suffix, key), entry, patch)) return null;
      }
    }
    const state = record === null ? 0 : stateOf(record, table.facts.provider);
    const grace = record !== null && state === stateCode.access_missing ? dayNumber(record.graceUntil) : 0;
    const rest = standing.flags & flagAbove;
    const entry: OverlayEntry = exact
      ? { flags: rest | (standing.flags & 0x07) | (state << 3), coverGrace: standing.coverGrace, exactGrace: grace }
      : { flags: rest | (standing.flags & 0x38) | state, coverGrace: grace, exactGrace: standing.exactGrace };
    return put(ascii, hashName(ascii, key), entry, patch) ? patch : null;
  }

  return {
    overlay,
    get usedBytes() {
      return used;
    },
    apply,
    copyFrom(other) {
      const patch: { at: number; length: number }[] = [];
      for (const { name, hash, entry } of newestEntries(other)) if (!put(name, hash, entry, patch)) return false;
      return true;
    },
    stamp(sequence) {
      words[4] = sequence >>> 0;
      words[5] = Math.floor(sequence / 2 ** 32);
    },
  };
}
