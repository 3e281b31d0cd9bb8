/**
 * Lets few transactions of visitors run at once, and those who wait take turns by their network: signed-in people do not stand in
 * line behind a flood of visitors, nor a visitor behind those of another address.
 */
export class VisitorsLane {
  readonly #most: number;
  #running = 0;
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(most: number) {
    this.#most = most;
  }

  /** @param network whose turn it is; '' for those whose address is not told */
  async run<Result>(network: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#most) await this.#turn(network);
    else this.#running += 1;
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  #turn(network: string): Promise<void> {
    return new Promise((resolve) => {
      const line = this.#waiting.get(network);
      if (line === undefined) this.#waiting.set(network, [resolve]);
      else line.push(resolve);
    });
  }

  /** Hands its place to the next network in turn. */
  #next(): void {
    for (const [network, line] of this.#waiting) {
      const begin = line.shift();
      // Behind all others, until it is its turn again.
      this.#waiting.delete(network);
      if (line.length > 0) this.#waiting.set(network, line);
      if (begin !== undefined) return begin();
    }
    this.#running -= 1;
  }
}
