/** A text is kept in so many bytes; a longer one is read again each time. */
const width = 48;
const wordsOfText = width / 4;

/**
 * Texts that come again and again in a fleet (products, regions, account ids), each read once: what `read` made of the
 * bytes is kept in a table of fixed size, and bytes that are in it already cost a comparison instead of a string. Only for
 * bytes of ASCII. `read` answers null for what it refuses.
 */
export class ByteTexts<T> {
  readonly #read: (text: string) => T | null;
  /** Four bytes in each, the last one filled up with zeros. */
  readonly #words: Int32Array;
  readonly #lengths: Uint8Array;
  readonly #values: (T | null)[];
  readonly #last: number;

  /** `size`: a power of two. */
  constructor(read: (text: string) => T | null, size: number) {
    this.#read = read;
    this.#last = size - 1;
    this.#words = new Int32Array(size * wordsOfText);
    // No text has this length, so a free place is never taken for a known text.
    this.#lengths = new Uint8Array(size).fill(255);
    this.#values = Array.from({ length: size }, () => null);
  }

  /** What the bytes from `from` up to `to` are; `hash` is any hash of them. */
  read(bytes: PaddedBytes, from: number, to: number, hash: number): T | null {
    const slot = (hash ^ (hash >>> 15)) & this.#last;
    const length = to - from;
    if (this.#lengths[slot] !== length) return this.#readAnew(bytes, from, to, slot);
    const { view } = bytes;
    const words = this.#words;
    let word = slot * wordsOfText;
    let at = from;
    for (const end = to - 3; at < end; at += 4, word += 1) {
      if (words[word] !== view.getInt32(at, true)) return this.#readAnew(bytes, from, to, slot);
    }
    if (at < to && words[word] !== partOf(view.getInt32(at, true), to - at)) {
      return this.#readAnew(bytes, from, to, slot);
    }
    return this.#values[slot] ?? null;
  }

  #readAnew({ bytes, view }: PaddedBytes, from: number, to: number, slot: number): T | null {
    for (let index = from; index < to; index += 1) if (!isPlain(bytes[index] ?? 0)) return null;
    const value = this.#read(bytes.toString('latin1', from, to));
    if (to - from > width) return value;
    this.#lengths[slot] = to - from;
    this.#values[slot] = value;
    for (let at = from, word = slot * wordsOfText; at < to; at += 4, word += 1) {
      this.#words[word] = partOf(view.getInt32(at, true), Math.min(4, to - at));
    }
    return value;
  }
}

/** So many bytes beyond the last line can be read, see `PaddedBytes`. */
export const paddingBytes = 8;

/**
 * Bytes of lines that are read four at a time: behind the last line feed come `paddingBytes` quotes, which end whatever text
 * its line does not.
 */
export class PaddedBytes {
  readonly bytes: Buffer;
  readonly view: DataView;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Room for lines of so many bytes, and for the padding. */
  static ofSize(length: number): PaddedBytes {
    return new PaddedBytes(Buffer.allocUnsafeSlow(length + paddingBytes));
  }

  /** Writes the padding behind the bytes up to `end`. */
  pad(end: number): void {
    this.bytes.fill(quote, end, end + paddingBytes);
  }
}

/** The first bytes of a word of four, of which `count` are meant. */
export function partOf(word: number, count: number): number {
  return count > 3 ? word : word & ((1 << (count * 8)) - 1);
}

const quote = 0x22;

/** ASCII that a text of JSON holds as it is. */
function isPlain(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e && byte !== quote && byte !== 0x5c;
}
