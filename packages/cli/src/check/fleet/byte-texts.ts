/** A text is kept in so many bytes; a longer one is read again each time. */
const width = 48;

/**
 * Texts that come again and again in a fleet (products, regions, account ids), each read once: what `read` made of the
 * bytes is kept in a table of fixed size, and bytes that are in it already cost a comparison instead of a string. Only for
 * bytes of ASCII. `read` answers null for what it refuses.
 */
export class ByteTexts<T> {
  readonly #read: (text: string) => T | null;
  readonly #bytes: Uint8Array;
  readonly #lengths: Uint8Array;
  readonly #values: (T | null)[];
  readonly #last: number;

  /** `size`: a power of two. */
  constructor(read: (text: string) => T | null, size: number) {
    this.#read = read;
    this.#last = size - 1;
    this.#bytes = new Uint8Array(size * width);
    // No text has this length, so a free place is never taken for a known text.
    this.#lengths = new Uint8Array(size).fill(255);
    this.#values = Array.from({ length: size }, () => null);
  }

  /** What the bytes from `from` up to `to` are; `hash` is any hash of them. */
  read(bytes: Buffer, from: number, to: number, hash: number): T | null {
    const slot = (hash ^ (hash >>> 15)) & this.#last;
    const length = to - from;
    if (this.#lengths[slot] !== length) return this.#readAnew(bytes, from, to, slot);
    const known = this.#bytes;
    const start = slot * width;
    for (let index = 0; index < length; index += 1) {
      if (known[start + index] !== bytes[from + index]) return this.#readAnew(bytes, from, to, slot);
    }
    return this.#values[slot] ?? null;
  }

  #readAnew(bytes: Buffer, from: number, to: number, slot: number): T | null {
    for (let index = from; index < to; index += 1) if (!isPlain(bytes[index] ?? 0)) return null;
    const value = this.#read(bytes.toString('latin1', from, to));
    if (to - from > width) return value;
    this.#lengths[slot] = to - from;
    this.#values[slot] = value;
    for (let index = from; index < to; index += 1) this.#bytes[slot * width + index - from] = bytes[index] ?? 0;
    return value;
  }
}

/** ASCII that a text of JSON holds as it is. */
export function isPlain(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e && byte !== 0x22 && byte !== 0x5c;
}
