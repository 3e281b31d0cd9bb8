import { createHash } from 'node:crypto';

/**
 * A whole number in [0, below) that depends on nothing but the seed and the words: the same question gets the same
 * answer in every run and whatever happened in between, which a stream of random numbers would not give.
 */
export function seededNumber(below: number, seed: number, ...words: readonly (string | number)[]): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, ...words]))
    .digest();
  // 48 bits against at most a million outcomes: the bias is below one in 10^8.
  return digest.readUIntBE(0, 6) % below;
}

/** True once in `outOf` questions. */
export function seededChance(outOf: number, seed: number, ...words: readonly (string | number)[]): boolean {
  return seededNumber(outOf, seed, ...words) === 0;
}

/** The same items in an order that the seed and the words decide. */
export function seededShuffle<T>(items: readonly T[], seed: number, ...words: readonly (string | number)[]): T[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i -= 1) {
    const j = seededNumber(i + 1, seed, ...words, i);
    // Both indexes are below the length.
    [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
  }
  return shuffled;
}
