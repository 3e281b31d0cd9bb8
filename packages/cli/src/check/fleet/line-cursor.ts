import { type ByteTexts, PaddedBytes, partOf } from './byte-texts.ts';
import type { KeyTable } from './key-table.ts';

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const closeBrace = 0x7d;
const zero = 0x30;
const nine = 0x39;
const point = 0x2e;
const dash = 0x2d;
/** Powers of ten, for numbers with so many decimals. */
const scales = [1, 10, 100];

/** A walk over the bytes of a line. It ends, with `at` at -1, where it meets what it does not read. */
export class LineCursor {
  padded = new PaddedBytes(Buffer.alloc(0));
  bytes: Buffer = this.padded.bytes;
  view: DataView = this.padded.view;
  at = 0;

  open(padded: PaddedBytes): void {
    this.padded = padded;
    this.bytes = padded.bytes;
    this.view = padded.view;
  }

  skipBlanks(): void {
    const { bytes } = this;
    let at = this.at;
    while (bytes[at] === 0x20 || bytes[at] === 0x09) at += 1;
    this.at = at;
  }

  /** Steps into an object or a list; false where it is empty, or none. */
  opens(opening: number, closing: number): boolean {
    this.skipBlanks();
    if (this.at < 0 || this.bytes[this.at] !== opening) return this.#end();
    this.at += 1;
    this.skipBlanks();
    if (this.bytes[this.at] !== closing) return true;
    this.at += 1;
    return false;
  }

  /** Steps over the comma to the next, or over the end. */
  goesOn(closing: number): boolean {
    if (this.at < 0) return false;
    this.skipBlanks();
    const byte = this.bytes[this.at];
    if (byte !== comma && byte !== closing) return this.#end();
    this.at += 1;
    return byte === comma;
  }

  /**
   * The number of the key at this position; the walk is behind its colon. -1: an unknown key, and the walk ends. The key that is
   * probably there is looked for first.
   */
  key(keys: KeyTable, probable: number): number {
    const passed = keys.passed(this.view, this.at, probable);
    if (passed < 0) return this.#keyOf(keys);
    this.at = passed;
    return probable;
  }

  #keyOf(keys: KeyTable): number {
    this.skipBlanks();
    const key = keys.find(this.bytes, this.at);
    if (key < 0) {
      this.at = -1;
      return -1;
    }
    this.at += keys.lengthOf(key);
    this.skipBlanks();
    if (this.bytes[this.at] !== colon) {
      this.at = -1;
      return -1;
    }
    this.at += 1;
    return key;
  }

  /** The text at this position, if it is an accepted one; otherwise the walk ends. */
  text<T>(known: ByteTexts<T>): T | undefined {
    if (this.bytes[this.at] !== quote) this.skipBlanks();
    const { view } = this;
    const from = this.at + 1;
    if (this.bytes[from - 1] !== quote) {
      this.at = -1;
      return undefined;
    }
    let hash = 7;
    let to = from;
    // Four bytes at a time, up to the quote. Whatever ends the text too early, or is no plain letter, is in no table; the line feed
    // ends the line.
    let word = view.getInt32(to, true);
    let stop = quotesIn(word);
    for (; stop === 0; stop = quotesIn(word)) {
      hash = Math.imul(hash ^ word, 0x9e3779b1);
      hash ^= hash >>> 15;
      to += 4;
      word = view.getInt32(to, true);
    }
    const rest = lowestByte(stop);
    to += rest;
    hash = Math.imul(hash ^ partOf(word, rest) ^ (rest << 29), 0x85ebca6b);
    const value = known.read(this.padded, from, to, hash ^ (hash >>> 16));
    this.at = value === null ? -1 : to + 1;
    return value ?? undefined;
  }

  /** Steps over a text in quotes of plain letters, 1 to 200, and returns where it begins; -1 for any other. */
  passText(): number {
    if (this.bytes[this.at] !== quote) this.skipBlanks();
    const { bytes, view } = this;
    const from = this.at + 1;
    let to = from;
    if (this.at < 0 || bytes[from - 1] !== quote) {
      this.at = -1;
      return -1;
    }
    let stop = unplainIn(view.getInt32(to, true));
    for (; stop === 0; stop = unplainIn(view.getInt32(to, true))) to += 4;
    to += lowestByte(stop);
    const good = bytes[to] === quote && to > from && to - from <= 200;
    this.at = good ? to + 1 : -1;
    return good ? from : -1;
  }

  /**
   * A day of ten digits and dashes, as the number that its digits make; 0, and the walk stays, where it is another text. For an
   * invalid day, such as 30 February, the number is returned as well.
   */
  dayNumber(): number {
    this.skipBlanks();
    const { bytes } = this;
    const { at } = this;
    if (at < 0 || bytes[at] !== quote || bytes[at + 5] !== dash || bytes[at + 8] !== dash) return 0;
    if (bytes[at + 11] !== quote) return 0;
    const year = twoDigits(bytes, at + 1) * 100 + twoDigits(bytes, at + 3);
    const number = year * 10_000 + twoDigits(bytes, at + 6) * 100 + twoDigits(bytes, at + 9);
    if (!(number > 0)) return 0;
    return number;
  }

  /** A whole number of up to fifteen digits. */
  whole(): number {
    this.skipBlanks();
    const { bytes } = this;
    const from = this.at;
    let at = from;
    let value = 0;
    for (let byte = bytes[at] ?? 0; byte >= zero && byte <= nine; byte = bytes[at] ?? 0) {
      value = value * 10 + byte - zero;
      at += 1;
    }
    const digits = at - from;
    // `01` is no JSON; `1.5`, `1e3` and their like are left to those who know every number.
    const bad = digits === 0 || digits > 15 || (digits > 1 && bytes[from] === zero) || !endsValue(bytes[at]);
    this.at = bad || from < 0 ? -1 : at;
    return value;
  }

  /** A number with at most two decimals: the division rounds as reading the decimals would. */
  hundredths(): number {
    this.skipBlanks();
    const { bytes } = this;
    const from = this.at;
    let at = from;
    let value = 0;
    let decimals = -1;
    for (let byte = bytes[at] ?? 0; byte !== 0; byte = bytes[at] ?? 0) {
      if (byte === point && decimals < 0) decimals = 0;
      else if (byte >= zero && byte <= nine) {
        value = value * 10 + byte - zero;
        if (decimals >= 0) decimals += 1;
      } else break;
      at += 1;
    }
    const length = at - from;
    const leading = bytes[from] === zero && length > 1 && bytes[from + 1] !== point;
    const shape = length === 0 || length > 15 || bytes[from] === point || leading;
    const bad = from < 0 || shape || decimals === 0 || decimals > 2 || !endsValue(bytes[at]);
    this.at = bad ? -1 : at;
    return decimals < 1 ? value : value / (scales[decimals] ?? 1);
  }

  truth(): boolean {
    this.skipBlanks();
    const { bytes, at } = this;
    const { letters, value } = bytes[at] === 0x74 ? yes : no;
    for (let index = 0; index < letters.length; index += 1) {
      if (bytes[at + index] !== letters[index]) return this.#end();
    }
    this.at = at + letters.length;
    return value;
  }

  #end(): false {
    this.at = -1;
    return false;
  }
}

const ones = 0x01010101;
const highBits = 0x80808080;

/*
 * Four bytes of a word at once: the high bit of a byte is set where it is what is looked for, and perhaps in bytes behind the first
 * one. "Determine if a word has a zero byte", "has a byte less than n" (S. E. Anderson, Bit Twiddling Hacks).
 */

function quotesIn(word: number): number {
  const other = word ^ 0x22222222;
  return (other - ones) & ~other & highBits;
}

/** Bytes that `isPlain` does not take. */
function unplainIn(word: number): number {
  const backslash = word ^ 0x5c5c5c5c;
  const deleted = word ^ 0x7f7f7f7f;
  const found =
    ((backslash - ones) & ~backslash) | ((deleted - ones) & ~deleted) | ((word - 0x20202020) & ~word) | word;
  return quotesIn(word) | (found & highBits);
}

/** Of high bits that are set, the first byte that has one: 0 to 3. */
function lowestByte(highBitsSet: number): number {
  return (31 - Math.clz32(highBitsSet & -highBitsSet)) >> 3;
}

const yes = { letters: Buffer.from('true'), value: true };
const no = { letters: Buffer.from('false'), value: false };

/** NaN where one of them is no digit. */
function twoDigits(bytes: Buffer, at: number): number {
  const one = (bytes[at] ?? 0) - zero;
  const two = (bytes[at + 1] ?? 0) - zero;
  return one >= 0 && one <= 9 && two >= 0 && two <= 9 ? one * 10 + two : Number.NaN;
}

function endsValue(byte: number | undefined): boolean {
  return byte === comma || byte === closeBrace || byte === 0x20 || byte === 0x09;
}
