import type { Used } from '@openbeian/model/quota';

/** A table that threads share: its columns, in memory that each of them reads. */
export interface HolderMemory {
  readonly count: number;
  /** Numbers of entries from 1, by the hash of their holder; 0: free. */
  readonly slots: Int32Array<SharedArrayBuffer>;
  /** For each entry: the list that it is in, its hash, and where its text ends. */
  readonly heads: Int32Array<SharedArrayBuffer>;
  /** For each entry: codes and sites. */
  readonly sums: Float64Array<SharedArrayBuffer>;
  readonly texts: Uint8Array<SharedArrayBuffer>;
}

/** A text as bytes: from `from` up to `to`. */
export interface HolderBytes {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/**
 * Numbers by holder (an account, a container environment) in one of several lists: no objects, 36 bytes for each and its text, and
 * up to twice as much while the table grows. Threads add up in tables of their own, which are then added together, and read one.
 */
export class HolderTable {
  #memory: HolderMemory;
  #count: number;
  #textEnd: number;

  constructor(memory: HolderMemory = newMemory(256, 4096)) {
    this.#memory = memory;
    this.#count = memory.count;
    this.#textEnd = memory.count === 0 ? 0 : (memory.heads[memory.count * 3 - 1] ?? 0);
  }

  /** For other threads, which may read it as long as nobody adds to it. */
  get memory(): HolderMemory {
    return { ...this.#memory, count: this.#count };
  }

  /** The holder's number in this list; -1: it is not there. */
  find(list: number, holder: HolderBytes): number {
    const { slots, heads } = this.#memory;
    const hash = hashOf(list, holder);
    const last = slots.length - 1;
    for (let at = hash & last; ; at = (at + 1) & last) {
      const entry = (slots[at] ?? 0) - 1;
      if (entry < 0) return -1;
      if (heads[entry * 3 + 1] === hash && heads[entry * 3] === list && this.#isTextOf(entry, holder)) return entry;
    }
  }

  /** Adds to what the holder has in this list. */
  add(list: number, holder: HolderBytes, { codes, sites }: Used): void {
    let entry = this.find(list, holder);
    if (entry < 0) entry = this.#enter(list, holder);
    const { sums } = this.#memory;
    sums[entry * 2] = (sums[entry * 2] ?? 0) + codes;
    sums[entry * 2 + 1] = (sums[entry * 2 + 1] ?? 0) + sites;
  }

  /** Adds all that another table holds. */
  addAll({ count, heads, sums, texts }: HolderMemory): void {
    let from = 0;
    for (let entry = 0; entry < count; entry += 1) {
      const to = heads[entry * 3 + 2] ?? 0;
      const used = { codes: sums[entry * 2] ?? 0, sites: sums[entry * 2 + 1] ?? 0 };
      this.add(heads[entry * 3] ?? 0, { bytes: texts, from, to }, used);
      from = to;
    }
  }

  codesOf(entry: number): number {
    return this.#memory.sums[entry * 2] ?? 0;
  }

  sitesOf(entry: number): number {
    return this.#memory.sums[entry * 2 + 1] ?? 0;
  }

  #isTextOf(entry: number, { bytes, from, to }: HolderBytes): boolean {
    const { heads, texts } = this.#memory;
    const start = entry === 0 ? 0 : (heads[entry * 3 - 1] ?? 0);
    if ((heads[entry * 3 + 2] ?? 0) - start !== to - from) return false;
    for (let index = from; index < to; index += 1) if (texts[start + index - from] !== bytes[index]) return false;
    return true;
  }

  #enter(list: number, { bytes, from, to }: HolderBytes): number {
    const entry = this.#count;
    this.#makeRoom(to - from);
    const { heads, texts } = this.#memory;
    for (let index = from; index < to; index += 1) texts[this.#textEnd + index - from] = bytes[index] ?? 0;
    this.#textEnd += to - from;
    heads[entry * 3] = list;
    heads[entry * 3 + 1] = hashOf(list, { bytes, from, to });
    heads[entry * 3 + 2] = this.#textEnd;
    this.#count += 1;
    place(this.#memory, entry);
    return entry;
  }

  /** Each column grows when it is full, so that they are not all copied at once. */
  #makeRoom(textBytes: number): void {
    const { slots, heads, sums, texts } = this.#memory;
    const textEnd = this.#textEnd + textBytes;
    const needed = this.#count + 1;
    if (textEnd > texts.length) {
      const larger = sharedBytes(2 * textEnd);
      larger.set(texts);
      this.#memory = { ...this.#memory, texts: larger };
    }
    if (needed * 3 > heads.length) {
      const largerHeads = sharedInts(needed * 6);
      largerHeads.set(heads);
      const largerSums = new Float64Array(new SharedArrayBuffer(needed * 32));
      largerSums.set(sums);
      this.#memory = { ...this.#memory, heads: largerHeads, sums: largerSums };
    }
    if (needed * 2 <= slots.length) return;
    this.#memory = { ...this.#memory, slots: sharedInts(2 * slots.length) };
    for (let entry = 0; entry < this.#count; entry += 1) place(this.#memory, entry);
  }
}

/** A text as the bytes that a table holds: those of ASCII as they are, all others in two bytes for each letter. */
export function bytesOfHolder(text: string): HolderBytes {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what ASCII begins with
  const ascii = /^[\x00-\x7f]*$/.test(text);
  // Not UTF-8: texts of JSON may hold halves of letters, which are all the same there. No text of ASCII begins with this byte.
  const bytes = ascii ? Buffer.from(text, 'latin1') : Buffer.concat([beyondAscii, Buffer.from(text, 'utf16le')]);
  return { bytes, from: 0, to: bytes.length };
}

const beyondAscii = Buffer.from([0xff]);

function newMemory(entries: number, textBytes: number): HolderMemory {
  return {
    count: 0,
    slots: sharedInts(entries * 2),
    heads: sharedInts(entries * 3),
    sums: new Float64Array(new SharedArrayBuffer(entries * 16)),
    texts: sharedBytes(textBytes),
  };
}

function sharedInts(length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}

function sharedBytes(length: number): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(new SharedArrayBuffer(length));
}

function place({ slots, heads }: HolderMemory, entry: number): void {
  const last = slots.length - 1;
  let at = (heads[entry * 3 + 1] ?? 0) & last;
  while (slots[at] !== 0) at = (at + 1) & last;
  slots[at] = entry + 1;
}

function hashOf(list: number, { bytes, from, to }: HolderBytes): number {
  let hash = Math.imul(list + 1, 0x9e3779b1);
  for (let index = from; index < to; index += 1) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return hash ^ (hash >>> 15);
}
