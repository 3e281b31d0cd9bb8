import type { GateReason } from '@openbeian/model/gate';

/** How often a name was blocked for a reason, at least. */
export interface NameCount {
  readonly name: string;
  readonly reason: GateReason;
  readonly count: number;
}

/** So many names are certainly kept; what any of them is counted too low by is at most the total divided by this. */
const surelyKept = 512;
/** Names in memory: a part of a text keeps all of it, which for a host that was read is 2,048 signs at most, so below 4 MB. */
const mostNames = 2 * surelyKept;

interface Counter {
  count: number;
}

/**
 * The most frequent of any number of names in a memory that does not grow (Misra and Gries, many counters lowered at once: Anderson et al.,
 * "A High-Performance Algorithm for Identifying Frequent Items in Data Streams", 2017). Where there is no room for another name, all are
 * lowered by what the 512th has, and those that have no more are forgotten: names that come once push out each other, and none that
 * is more frequent than that. No count is ever too high; each is too low by what was `lowered` at most, and so is one that is missing.
 */
export class FrequentNames {
  #reasons = new Map<GateReason, Map<string, Counter>>();
  #size = 0;
  #lowered = 0;

  add(name: string, reason: GateReason, count = 1): void {
    let names = this.#reasons.get(reason);
    if (names === undefined) {
      names = new Map();
      this.#reasons.set(reason, names);
    }
    const known = names.get(name);
    if (known !== undefined) {
      known.count += count;
      return;
    }
    if (this.#size === mostNames) this.#lower();
    names.set(name, { count });
    this.#size += 1;
  }

  /** The names, the most frequent first; they are no longer in here. */
  take(most: number): NameCount[] {
    const all: NameCount[] = [];
    for (const [reason, names] of this.#reasons)
      for (const [name, { count }] of names) all.push({ name, reason, count });
    all.sort((one, other) => other.count - one.count);
    const taken = all.slice(0, most);
    for (const { name, reason } of taken) this.#reasons.get(reason)?.delete(name);
    this.#size -= taken.length;
    return taken;
  }

  /** What was lost since this was asked last. */
  takeLowered(): number {
    const lowered = this.#lowered;
    this.#lowered = 0;
    return lowered;
  }

  /** Forgets the names that are left: each of them is too low by what the first of them had. */
  clear(): void {
    const [first] = this.take(mostNames);
    this.#lowered += first?.count ?? 0;
  }

  /** Other counts of the same kind, with what they are too low by. */
  merge(counts: readonly NameCount[], tooLowBy: number): void {
    for (const { name, reason, count } of counts) this.add(name, reason, count);
    this.#lowered += tooLowBy;
  }

  #lower(): void {
    const counts = new Float64Array(mostNames);
    let at = 0;
    for (const names of this.#reasons.values()) for (const { count } of names.values()) counts[at++] = count;
    const by = counts.sort()[mostNames - surelyKept] as number;
    for (const names of this.#reasons.values()) {
      for (const [name, counter] of names) {
        counter.count -= by;
        if (counter.count > 0) continue;
        names.delete(name);
        this.#size -= 1;
      }
    }
    this.#lowered += by;
  }
}
