const firstWaitMs = 5_000;
const growth = 4;
const longestWaitMs = 12 * 3_600_000;
/** A wait is drawn from this part of it up to the whole, so that many receivers do not come back at the same time. */
const leastPart = 0.75;

/**
 * How long to wait after the attempt of that number (from 1) failed: 5 s, 20 s, 80 s, 5 min, 21 min, 85 min, 6 h, then
 * 12 h each, all shortened by up to a quarter by chance. In three days that is about 13 attempts.
 * @param chance from 0 (inclusive) to 1
 */
export function waitAfterAttemptMs(attempt: number, chance: number): number {
  const wholeMs = Math.min(longestWaitMs, firstWaitMs * growth ** Math.max(0, attempt - 1));
  return Math.round(wholeMs * (leastPart + (1 - leastPart) * chance));
}

/** A number from 0 to 1 out of four random bytes. */
export function chanceFrom(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) / 2 ** 32;
}
