/** Which of a few known keys a line holds at a position: one look into a table without collisions, and one comparison. */
export class KeyTable {
  /** With their quotes. */
  readonly #keys: readonly Uint8Array[];
  readonly #slots: Int8Array;
  readonly #factor: number;
  /** Of each key with quotes and colon: its words of four bytes, the last one overlapping the one before. */
  readonly #words: Int32Array;
  readonly #lengths: Uint8Array;

  /** @throws Error where no factor tells the names apart, which the tests of this table would see. */
  constructor(names: readonly string[]) {
    this.#keys = names.map((name) => Buffer.from(`"${name}"`));
    this.#factor = factorFor(this.#keys);
    this.#slots = new Int8Array(slotCount).fill(-1);
    this.#keys.forEach((key, index) => {
      this.#slots[slotOf(key, 0, this.#factor)] = index;
    });
    this.#words = new Int32Array(names.length * wordsOfKey);
    this.#lengths = Uint8Array.from(names, (name) => name.length + 3);
    names.forEach((name, index) => {
      const key = Buffer.from(`"${name}":`);
      if (key.length < 4 || key.length > wordsOfKey * 4) throw new Error(`${name} is too short or too long a key`);
      for (let word = 0; word * 4 < key.length; word += 1) {
        this.#words[index * wordsOfKey + word] = key.readInt32LE(Math.min(word * 4, key.length - 4));
      }
    });
  }

  /** The number of the key whose quote is at `from`; -1: none of these. */
  find(bytes: Uint8Array, from: number): number {
    const index = this.#slots[slotOf(bytes, from, this.#factor)] ?? -1;
    const key = this.#keys[index];
    if (key === undefined) return -1;
    for (let position = 0; position < key.length; position += 1) {
      if (key[position] !== bytes[from + position]) return -1;
    }
    return index;
  }

  /** Length of a key with its quotes. */
  lengthOf(index: number): number {
    return this.#keys[index]?.length ?? 0;
  }

  /** Where this key and its colon begin at `from`, as programs write them: behind the colon; otherwise -1. */
  passed(view: DataView, from: number, index: number): number {
    const words = this.#words;
    const length = this.#lengths[index] ?? 0;
    const last = from + length - 4;
    let word = index * wordsOfKey;
    for (let at = from; at < last; at += 4, word += 1) if (words[word] !== view.getInt32(at, true)) return -1;
    return words[word] === view.getInt32(last, true) ? from + length : -1;
  }
}

const wordsOfKey = 6;
const slotCount = 128;

/** By the first, second and fourth letter; of a key of two letters, by those. */
function slotOf(bytes: Uint8Array, from: number, factor: number): number {
  const fourth = bytes[from + 3] === 0x22 ? 0 : (bytes[from + 4] ?? 0);
  const letters = (bytes[from + 1] ?? 0) + (bytes[from + 2] ?? 0) * 31 + fourth * 1021;
  return (Math.imul(letters, factor) >>> 16) & (slotCount - 1);
}

function factorFor(keys: readonly Uint8Array[]): number {
  for (let factor = 1; factor < 100_000; factor += 2) {
    const wide = Math.imul(factor, 0x9e3779b1);
    if (new Set(keys.map((key) => slotOf(key, 0, wide))).size === keys.length) return wide;
  }
  throw new Error('the keys cannot be told apart by their letters');
}
