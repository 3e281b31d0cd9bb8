interface Due {
  readonly id: string;
  /** An instant as `now` gives it, so that texts compare as times do. */
  readonly at: string;
}

/**
 * What falls due and when, the first at hand however many wait (a binary heap). Something may be in it more than once, and may no longer
 * be due by then: whoever takes it looks.
 */
export class DueTimes {
  readonly #heap: Due[] = [];

  add(id: string, at: string): void {
    const heap = this.#heap;
    let place = heap.length;
    heap.push({ id, at });
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.#at(parent) <= at) return;
      this.#swap(place, parent);
      place = parent;
    }
  }

  /** Takes everything that is due by then. */
  take(now: string): ReadonlySet<string> {
    const taken = new Set<string>();
    while (this.#heap.length > 0 && this.#at(0) <= now) {
      taken.add(this.#heap[0]?.id ?? '');
      this.#removeFirst();
    }
    return taken;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    this.#swap(0, heap.length - 1);
    heap.pop();
    for (let place = 0; ; ) {
      const left = 2 * place + 1;
      const child = this.#at(left + 1) < this.#at(left) ? left + 1 : left;
      if (this.#at(place) <= this.#at(child)) return;
      this.#swap(place, child);
      place = child;
    }
  }

  /** Later than any instant where there is none. */
  #at(place: number): string {
    return this.#heap[place]?.at ?? '~';
  }

  #swap(one: number, other: number): void {
    const [first, second] = [this.#heap[one], this.#heap[other]];
    if (first === undefined || second === undefined) return;
    this.#heap[one] = second;
    this.#heap[other] = first;
  }
}
