/*
 * Where a name is stored in a snapshot: HalfSipHash-1-3 with a 64-bit key over the name's bytes FROM THE LAST TO THE FIRST
 * (docs/gate-snapshot.md). A keyed hash, because strangers choose the names that are asked for and customers those that
 * are filed: without the key it is not possible to construct names that share a bucket. From the end, because then the hashes of a host's
 * suffixes (cn, example.cn, www.example.cn) are all stops of one walk. 32-bit steps only, for LuaJIT's sake.
 */

/** The random secret of each base file: two unsigned 32-bit numbers. */
export interface NameKey {
  readonly k0: number;
  readonly k1: number;
}

/** A hash that is being taken. One object is used for many names: making one for each would take longer than hashing. */
export interface HashState {
  v0: number;
  v1: number;
  v2: number;
  v3: number;
}

/** A state to begin with. */
export function newHashState(): HashState {
  return { v0: 0, v1: 0, v2: 0, v3: 0 };
}

/** Begins a hash. */
export function beginHash(state: HashState, { k0, k1 }: NameKey): void {
  state.v0 = k0 | 0;
  state.v1 = k1 | 0;
  state.v2 = k0 ^ 0x6c796765;
  state.v3 = k1 ^ 0x74656462;
}

/** Takes the next four bytes, from the end of the name, the one nearest to the end lowest. */
export function hashWord(state: HashState, word: number): void {
  let { v0, v1, v2, v3 } = state;
  v3 ^= word;
  v0 = (v0 + v1) | 0;
  v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
  v0 = (v0 << 16) | (v0 >>> 16);
  v2 = (v2 + v3) | 0;
  v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
  v0 = (v0 + v3) | 0;
  state.v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
  v2 = (v2 + v1) | 0;
  state.v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
  state.v2 = (v2 << 16) | (v2 >>> 16);
  state.v0 = v0 ^ word;
}

/**
 * The hash of what was taken so far, as a signed 32-bit number; the state can go on with longer names of the same ending.
 * @param block the rest of the bytes, up to three, with the length of all modulo 256 on top
 */
export function hashSoFar(state: HashState, block: number): number {
  let { v0, v1, v2, v3 } = state;
  v3 ^= block;
  for (let round = 0; round < 4; round += 1) {
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    if (round === 0) {
      v0 ^= block;
      v2 ^= 0xff;
    }
  }
  return v1 ^ v3;
}

const ofName = newHashState();

/** The hash of an ASCII name, as an unsigned 32-bit number. */
export function hashName(name: string, key: NameKey): number {
  beginHash(ofName, key);
  let word = 0;
  let shift = 0;
  for (let at = name.length - 1; at >= 0; at -= 1) {
    word |= name.charCodeAt(at) << shift;
    shift += 8;
    if (shift < 32) continue;
    hashWord(ofName, word);
    word = 0;
    shift = 0;
  }
  return hashSoFar(ofName, word | (name.length << 24)) >>> 0;
}
