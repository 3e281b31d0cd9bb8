/**
 * Runs rounds of work for ever: at once again while there was something to do, else after a pause, which `wake` ends.
 * Never two rounds at a time.
 */
export class Rounds {
  readonly #round: () => Promise<number>;
  readonly #pauseMs: number;
  #stopping = false;
  #running: Promise<void> | null = null;
  #wake: () => void = () => {};

  /** @param round does what is due and never throws. It gives how much that was; 0 means that there is nothing now. */
  constructor(round: () => Promise<number>, pauseMs: number) {
    this.#round = round;
    this.#pauseMs = pauseMs;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the present round. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await this.#running;
  }

  /** Ends a pause: something is due now. */
  wake(): void {
    this.#wake();
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      if ((await this.#round()) > 0 || this.#stopping) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.#pauseMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}
