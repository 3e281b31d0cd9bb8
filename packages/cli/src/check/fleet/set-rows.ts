/** Numbers of a row: whose set, the set, the facts that are missing, what is found. */
const width = 4;

/**
 * What was kept for a set of reasons and of missing facts, by whose they are. All numbers, so that a look is one place in memory; a
 * map of maps would be six, and a fleet has thousands of such sets.
 */
export class SetRows {
  #rows = new Int32Array(width * 256);
  #count = 0;

  /** -1: nothing was kept. `owner` is at least 1. */
  find(owner: number, set: number, missing: number): number {
    const rows = this.#rows;
    const last = rows.length - width;
    for (let at = startOf(owner, set, missing) & last; ; at = (at + width) & last) {
      if (rows[at] === 0) return -1;
      if (rows[at] === owner && rows[at + 1] === (set | 0) && rows[at + 2] === (missing | 0)) return rows[at + 3] ?? -1;
    }
  }

  /** Only what is not there yet. */
  add(owner: number, set: number, missing: number, found: number): void {
    this.#count += 1;
    if (2 * width * this.#count > this.#rows.length) this.#grow();
    this.#place(owner, set, missing, found);
  }

  /** In bytes. */
  get size(): number {
    return this.#rows.byteLength;
  }

  #place(owner: number, set: number, missing: number, found: number): void {
    const rows = this.#rows;
    const last = rows.length - width;
    let at = startOf(owner, set, missing) & last;
    while (rows[at] !== 0) at = (at + width) & last;
    rows[at] = owner;
    rows[at + 1] = set;
    rows[at + 2] = missing;
    rows[at + 3] = found;
  }

  #grow(): void {
    const rows = this.#rows;
    this.#rows = new Int32Array(2 * rows.length);
    for (let at = 0; at < rows.length; at += width) {
      if (rows[at] !== 0) this.#place(rows[at] ?? 0, rows[at + 1] ?? 0, rows[at + 2] ?? 0, rows[at + 3] ?? 0);
    }
  }
}

/** Where a row is looked for first; the lower two bits, which are masked away, are of no use. */
function startOf(owner: number, set: number, missing: number): number {
  const mixed = Math.imul(Math.imul(owner, 0x9e3779b1) ^ set ^ Math.imul(missing, 0xc2b2ae35), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) << 2;
}
