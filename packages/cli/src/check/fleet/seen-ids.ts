import type { TextHash } from './line-table.ts';

/**
 * Which of very many texts were given before, in a memory of fixed size that threads share: a Bloom filter whose bits for
 * a text lie in one word, so that of two threads with the same text one sees that the other was first. `mayBeSeen` never
 * misses a text that was given, and is rarely true of one that was not; whoever needs to be sure compares those few.
 * After Putze, Sanders and Singler, "Cache-, Hash- and Space-Efficient Bloom Filters" (2007).
 */
export interface SeenIds {
  /** Notes the text; true where it may have been given before. */
  mayBeSeen(text: string): boolean;
  /** `mayBeSeen` of the text whose beginning has this hash, and whose end are the bytes (of ASCII). */
  mayBeSeenIn(begun: TextHash, bytes: Buffer, from: number, to: number): boolean;
  /** Without noting it. */
  mayHoldText(text: string): boolean;
  /** The same of bytes (of ASCII). */
  mayHold(bytes: Buffer, from: number, to: number): boolean;
}

/** The hash of a text, or of the beginning that many texts share. */
export function hashOfText(text: string, begun: TextHash = firstHash): TextHash {
  let { one, other } = begun;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x85ebca6b);
  }
  return { one, other };
}

const firstHash: TextHash = { one: 0x811c9dc5, other: 0x9e3779b9 };

/**
 * Memory for a filter: a power of two between 64 KiB and 16 MiB, at least `bytes` where that allows it. With 8 bytes a text,
 * about one text in 4,000 is compared in vain; with 1.6 bytes, as for ten million texts in all of it, one in 50 (by calculation).
 * Every text looks at a random place, so what is reserved is soon all in use: it is no larger than that.
 */
export function memoryForIds(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(2 ** Math.ceil(Math.log2(Math.min(Math.max(bytes, 1 << 16), 1 << 24))));
}

/** A filter in memory of `memoryForIds`; filters in the same memory are one. */
export function seenIds(memory: SharedArrayBuffer): SeenIds {
  const words = new Uint32Array(memory);
  const last = words.length - 1;
  const note = (one: number, other: number): boolean => {
    const mask = maskOf(mixed(other ^ one));
    return (Atomics.or(words, mixed(one) & last, mask) & mask) === mask;
  };
  return {
    mayBeSeen: (text) => {
      const { one, other } = hashOfText(text);
      return note(one, other);
    },
    mayBeSeenIn: (begun, bytes, from, to) => {
      let { one, other } = begun;
      for (let index = from; index < to; index += 1) {
        const unit = bytes[index] ?? 0;
        one = Math.imul(one ^ unit, 0x01000193);
        other = Math.imul(other ^ unit, 0x85ebca6b);
      }
      return note(one, other);
    },
    mayHoldText: (text) => {
      const { one, other } = hashOfText(text);
      const mask = maskOf(mixed(other ^ one));
      return ((words[mixed(one) & last] ?? 0) & mask) === mask;
    },
    mayHold: (bytes, from, to) => {
      let { one, other } = firstHash;
      for (let index = from; index < to; index += 1) {
        const unit = bytes[index] ?? 0;
        one = Math.imul(one ^ unit, 0x01000193);
        other = Math.imul(other ^ unit, 0x85ebca6b);
      }
      const mask = maskOf(mixed(other ^ one));
      return ((words[mixed(one) & last] ?? 0) & mask) === mask;
    },
  };
}

/** Up to five of the 32 bits; `&` makes signed numbers of both sides. */
function maskOf(hash: number): number {
  let mask = 0;
  for (let shift = 0; shift < 25; shift += 5) mask |= 1 << ((hash >>> shift) & 31);
  return mask;
}

function mixed(hash: number): number {
  let value = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  value = Math.imul(value ^ (value >>> 15), 0x846ca68b);
  return value ^ (value >>> 16);
}
