/**
 * Which of very many texts were given before, in a memory of fixed size: a Bloom filter in blocks of a cache line, as in
 * Putze, Sanders and Singler, "Cache-, Hash- and Space-Efficient Bloom Filters" (2007). `mayBeSeen` never misses a text
 * that was given, and is rarely true of one that was not; whoever needs to be sure compares those few.
 */
export interface SeenIds {
  /** Notes the text; true where it may have been given before. */
  mayBeSeen(text: string): boolean;
}

const blockWords = 16;

/** `bytes`: how much memory to take, rounded up to a power of two between 64 KiB and 64 MiB; 16 bytes a text are plenty. */
export function seenIds(bytes: number): SeenIds {
  const size = 2 ** Math.ceil(Math.log2(Math.min(Math.max(bytes, 1 << 16), 1 << 26)));
  const words = new Uint32Array(size / 4);
  const blocks = words.length / blockWords;
  return {
    mayBeSeen: (text) => {
      let one = 0x811c9dc5;
      let other = 0x9e3779b9;
      for (let index = 0; index < text.length; index += 1) {
        const unit = text.charCodeAt(index);
        one = Math.imul(one ^ unit, 0x01000193);
        other = Math.imul(other ^ unit, 0x85ebca6b);
      }
      const block = (mixed(one) & (blocks - 1)) * blockWords;
      let picks = mixed(other ^ one);
      let seen = true;
      for (let bit = 0; bit < 8; bit += 1) {
        const word = block + (picks & 15);
        const mask = 1 << ((picks >>> 4) & 31);
        if (((words[word] ?? 0) & mask) === 0) {
          seen = false;
          words[word] = (words[word] ?? 0) | mask;
        }
        picks = mixed(picks + 0x6d2b79f5);
      }
      return seen;
    },
  };
}

function mixed(hash: number): number {
  let value = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  value = Math.imul(value ^ (value >>> 15), 0x846ca68b);
  return value ^ (value >>> 16);
}
