interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result | PromiseLike<Result>) => void;
  readonly reject: (error: unknown) => void;
}

interface BatcherOptions<Item, Result> {
  /**
   * Does these at once; one result for each, in their order. A result that is still to come does not hold up the next
   * run. An error it throws is passed to all of them.
   */
  run(items: readonly Item[]): Promise<readonly (Result | Promise<Result>)[]>;
  /** How many go together at most. */
  readonly most: number;
  /** How many of these, oldest first, can go together; at least 1. All of them when left out. */
  countTogether?(items: readonly Item[]): number;
}

/** A run that takes longer than this is waiting for a lock or a slow disk: the next one starts without waiting for it. */
const maxWaitMs = 100;

/**
 * Runs together what is asked for at the same time: while one run is under way, newcomers wait for the next, which takes
 * all of them. Nothing waits to fill a batch: with no run under way the next one starts in this turn of the event loop.
 */
export class Batcher<Item, Result> {
  readonly #options: BatcherOptions<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];
  #busy = false;
  #starting = false;

  constructor(options: BatcherOptions<Item, Result>) {
    this.#options = options;
  }

  /** True when nothing waits and the next one would start at once. */
  get idle(): boolean {
    return !this.#busy && this.#waiting.length === 0;
  }

  ask(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#startSoon();
    });
  }

  /** At the end of this turn of the loop: those who were answered together ask together again. */
  #startSoon(): void {
    if (this.#starting || this.#busy || this.#waiting.length === 0) return;
    this.#starting = true;
    setImmediate(() => {
      this.#starting = false;
      const { most, countTogether } = this.#options;
      const first = this.#waiting.slice(0, most).map(({ item }) => item);
      const together = this.#waiting.splice(0, countTogether?.(first) ?? first.length);
      void this.#run(together);
    });
  }

  async #run(together: readonly Waiting<Item, Result>[]): Promise<void> {
    this.#busy = true;
    let over = false;
    const end = () => {
      if (over) return;
      over = true;
      this.#busy = false;
      this.#startSoon();
    };
    const startNext = setTimeout(end, maxWaitMs);
    try {
      const results = await this.#options.run(together.map(({ item }) => item));
      if (results.length !== together.length) throw new Error('a run has one result for each that it was asked for');
      // As many results as items; a result may be a promise of its own.
      for (const [index, { resolve }] of together.entries()) resolve(results[index] as Result | Promise<Result>);
    } catch (error) {
      for (const { reject } of together) reject(error);
    } finally {
      clearTimeout(startNext);
      end();
    }
  }
}
