/**
 * Texts that come again and again in a fleet (products, regions, days, account ids), each read once: what `read` made of
 * the bytes is kept in a table of fixed size, and bytes that stand there already cost a comparison instead of a string.
 * Only for bytes of ASCII. `read` answers null for what it refuses.
 */
export class Remembered<T extends string> {
  readonly #read: (text: string) => T | null;
  readonly #texts: string[];
  readonly #values: (T | null)[];

  /** `size`: a power of two. */
  constructor(read: (text: string) => T | null, size: number) {
    this.#read = read;
    // No text of a fleet reads like this one, so a free place is never taken for a known text.
    this.#texts = Array.from({ length: size }, () => '\u0000');
    this.#values = Array.from({ length: size }, () => null);
  }

  /** What the bytes from `from` up to `to` are; `hash` is any hash of them. */
  read(bytes: Buffer, from: number, to: number, hash: number): T | null {
    const slot = (hash ^ (hash >>> 15)) & (this.#texts.length - 1);
    if (isThere(this.#texts[slot] ?? '', bytes, from, to)) return this.#values[slot] ?? null;
    const text = bytes.toString('latin1', from, to);
    const value = this.#read(text);
    this.#texts[slot] = text;
    this.#values[slot] = value;
    return value;
  }
}

function isThere(text: string, bytes: Buffer, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let index = from; index < to; index += 1) if (text.charCodeAt(index - from) !== bytes[index]) return false;
  return true;
}
