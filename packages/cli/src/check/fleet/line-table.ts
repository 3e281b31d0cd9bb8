/** Of a text, two hashes of 32 bits each. */
export interface TextHash {
  readonly one: number;
  readonly other: number;
}

/** Numbers of a slot: the two hashes, and the offset with 1 added, in two parts; 0: free. */
const width = 4;
const half = 2 ** 32;

/**
 * Where in a file the lines are that somebody asks for, by the hash of what they are about: 16 bytes a slot, at most half of
 * them in use, whatever is in the lines. Different texts may have one hash, so who asks reads the lines and compares.
 */
export class LineTable {
  #slots: Int32Array<SharedArrayBuffer>;
  #count = 0;

  /** `memory`: of another thread's table, to be read. */
  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(width * 4 * 256)) {
    this.#slots = new Int32Array(memory);
  }

  /** For other threads, which may read it as long as nobody adds to it. */
  get memory(): SharedArrayBuffer {
    return this.#slots.buffer;
  }

  add(hash: TextHash, offset: number): void {
    this.#count += 1;
    if (this.#count * width * 2 > this.#slots.length) this.#grow();
    place(this.#slots, hash, offset + 1);
  }

  /** The line with this hash for which `is` holds; -1: none. */
  find({ one, other }: TextHash, is: (offset: number) => boolean): number {
    const slots = this.#slots;
    const last = slots.length - width;
    for (let at = startOf(one, other) & last; ; at = (at + width) & last) {
      const offset = offsetIn(slots, at);
      if (offset < 0) return -1;
      if (slots[at] === (one | 0) && slots[at + 1] === (other | 0) && is(offset)) return offset;
    }
  }

  #grow(): void {
    const slots = this.#slots;
    this.#slots = new Int32Array(new SharedArrayBuffer(2 * slots.byteLength));
    for (let at = 0; at < slots.length; at += width) {
      const offset = offsetIn(slots, at);
      if (offset >= 0) place(this.#slots, { one: slots[at] ?? 0, other: slots[at + 1] ?? 0 }, offset + 1);
    }
  }
}

/** -1: the slot is free. */
function offsetIn(slots: Int32Array, at: number): number {
  return ((slots[at + 2] ?? 0) >>> 0) + (slots[at + 3] ?? 0) * half - 1;
}

function place(slots: Int32Array, { one, other }: TextHash, offsetAndOne: number): void {
  const last = slots.length - width;
  let at = startOf(one, other) & last;
  while (slots[at + 2] !== 0 || slots[at + 3] !== 0) at = (at + width) & last;
  slots[at] = one;
  slots[at + 1] = other;
  slots[at + 2] = offsetAndOne | 0;
  slots[at + 3] = Math.floor(offsetAndOne / half);
}

/** The lower two bits, which are masked away, are of no use. */
function startOf(one: number, other: number): number {
  const mixed = Math.imul(one ^ (one >>> 15) ^ other, 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) << 2;
}
