/** The run's seed: CHAOS_SEED repeats an earlier run’s choices, otherwise a new one; always printed. */
export function chaosSeed(what: string): number {
  const given = process.env.CHAOS_SEED;
  const seed = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
  if (!Number.isSafeInteger(seed)) throw new Error(`CHAOS_SEED is no whole number: ${given}`);
  console.info(`${what}: CHAOS_SEED=${seed}`);
  return seed;
}

/** Numbers from 0 up to, not including, 1: the same for the same seed (mulberry32, public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
