import { type Crc32, damaged } from './snapshot-layout.ts';

/*
 * What changed since a snapshot was built, laid over it: docs/gate-snapshot.md. One writer appends while any number of
 * threads and processes read: an entry is written whole before the head of its chain points to it, and is never altered.
 */

const magic = [0x4f, 0x42, 0x4f, 0x56, 0x45, 0x52, 0x0d, 0x0a];
const overlayVersion = 1;
export const overlayHeaderLength = 64;
/** Bytes of an entry before its name: next (u32), hash (u32), length, flags, bits, 0, two days (u16). */
export const overlayEntryHead = 16;
/** One chain for so many bytes of the file: about two entries. */
const bytesPerHead = 64;

/** The bytes of an overlay, as one writer and many readers share them. */
export interface Overlay {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  /** Chains, a power of two, less one. */
  readonly headMask: number;
}

/** An overlay's entry: the complete state of its name, in place of the snapshot's entry. */
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
  /** Where the gate serves; null: as in the snapshot. */
  readonly outsideMainland: boolean | null;
  /** Any valid number will do where the gate serves. */
  readonly anyNumberSuffices?: boolean | undefined;
  /** The gate also knows of numbers that are in no snapshot: it must be asked of names without a record. */
  readonly listsNumbers?: boolean | undefined;
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
  bytes[33] = about.anyNumberSuffices !== true ? 0 : about.listsNumbers === true ? 2 : 1;
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

/** A part of a host, up to its end, that is looked up. One object is used for many: making one takes longer than a look. */
export interface Suffix {
  readonly bytes: Uint8Array;
  start: number;
  end: number;
  /** Of the bytes from `start` to `end`, as a signed 32-bit number. */
  hash: number;
}

/** A suffix of what is in `bytes`. */
export function newSuffix(bytes: Uint8Array): Suffix {
  return { bytes, start: 0, end: 0, hash: 0 };
}

/** Where the newest entry of a suffix begins, or 0. */
export function findOver({ bytes, words, headMask }: Overlay, suffix: Suffix): number {
  const { bytes: text, start, end, hash } = suffix;
  const length = end - start;
  let at = Atomics.load(words, overlayHeaderLength / 4 + (hash & headMask));
  while (at !== 0) {
    if (((words[(at >>> 2) + 1] as number) | 0) === hash && bytes[at + 8] === length) {
      let same = 0;
      while (same < length && bytes[at + overlayEntryHead + same] === text[start + same]) same += 1;
      if (same === length) return at;
    }
    at = words[at >>> 2] as number;
  }
  return 0;
}

/** The entries that count, in no particular order. */
export function* newestEntries(
  overlay: Overlay,
): Generator<{ readonly name: string; readonly hash: number; readonly entry: OverlayEntry }> {
  const { bytes, words, headMask } = overlay;
  const seen = new Set<string>();
  for (let chain = 0; chain <= headMask; chain += 1) {
    for (let at = words[overlayHeaderLength / 4 + chain] as number; at !== 0; at = words[at >>> 2] as number) {
      const name = String.fromCharCode(
        ...bytes.slice(at + overlayEntryHead, at + overlayEntryHead + (bytes[at + 8] as number)),
      );
      // The newest comes first.
      if (seen.has(name)) continue;
      seen.add(name);
      yield { name, hash: words[(at >>> 2) + 1] as number, entry: entryAt(overlay, at) };
    }
  }
}

/** The content of the entry at this place. */
export function entryAt({ bytes, words }: Overlay, at: number): OverlayEntry {
  const days = words[(at >>> 2) + 3] as number;
  return { flags: bytes[at + 9] as number, coverGrace: days & 0xffff, exactGrace: days >>> 16 };
}
