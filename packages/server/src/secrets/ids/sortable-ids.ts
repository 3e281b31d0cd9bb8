import { randomBytes } from 'node:crypto';
import type { Ids } from '../../ports/ids.ts';

/** Crockford's base 32: no I, L, O, U; its order is that of ASCII. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const randomBits = 80n;

/**
 * Ids as `fil_01JDQ2…`: 48 bits of time in ms and 80 random ones, in 26 characters. They sort by creation: within one
 * process always (a later one of the same millisecond, or after the clock was set back, continues from the one before),
 * between processes as far as their clocks agree.
 */
export class SortableIds implements Ids {
  readonly #now: () => number;
  readonly #random: (length: number) => Uint8Array;
  #timeMs = -1;
  #tail = 0n;

  /** `now` in ms since 1970; `random` gives unguessable bytes. */
  constructor(now: () => number, random: (length: number) => Uint8Array = randomBytes) {
    this.#now = now;
    this.#random = random;
  }

  next(prefix: Parameters<Ids['next']>[0]): string {
    const nowMs = Math.floor(this.#now());
    if (nowMs > this.#timeMs) {
      this.#timeMs = nowMs;
      this.#tail = toBigint(this.#random(10));
    } else {
      this.#tail += 1n + toBigint(this.#random(4));
      if (this.#tail >> randomBits !== 0n) {
        this.#timeMs += 1;
        this.#tail = toBigint(this.#random(10));
      }
    }
    return `${prefix}_${encode((BigInt(this.#timeMs) << randomBits) | this.#tail)}`;
  }

  randomBytes(length: number): Uint8Array {
    return this.#random(length);
  }
}

function toBigint(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

/** 128 bits in 26 characters of 5. */
function encode(value: bigint): string {
  let text = '';
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += alphabet[Number((value >> shift) & 31n)];
  return text;
}
