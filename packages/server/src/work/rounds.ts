/** What can be told of work that goes round by round. */
export interface RoundsState {
  /** When the round that is under way began, by `performance.now()`; null in a pause. */
  readonly beganMs: number | null;
  /** When the last one ended; null before the first did. */
  readonly endedMs: number | null;
  /** How many ended. */
  readonly count: number;
}

/**
 * Runs rounds of work for ever: at once again while there was something to do, else after a pause, which `wake` ends.
 * Never two rounds at a time.
 */
export class Rounds {
  readonly #round: () => Promise<number>;
  readonly #pauseMs: () => number;
  #stopping = false;
  #running: Promise<void> | null = null;
  #endPause: () => void = () => {};
  /** Something came up: in a round that is under way, too. */
  #isWoken = false;
  /** When something is due before the pause would end. */
  #dueMs = Number.POSITIVE_INFINITY;
  #state: RoundsState = { beganMs: null, endedMs: null, count: 0 };

  /**
   * @param round does what is due and never throws. It gives how much that was; 0 means that there is nothing now.
   * @param pauseMs asked before each pause
   */
  constructor(round: () => Promise<number>, pauseMs: number | (() => number)) {
    this.#round = round;
    this.#pauseMs = typeof pauseMs === 'number' ? () => pauseMs : pauseMs;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  get state(): RoundsState {
    return this.#state;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the present round. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.wake();
    await this.#running;
  }

  /** Something is due now: ends a pause; a round that is under way is followed by another one. */
  wake(): void {
    this.#isWoken = true;
    this.#endPause();
  }

  /** Something is due in `waitMs`: the pause ends then, if not before. */
  wakeIn(waitMs: number): void {
    const dueMs = performance.now() + Math.max(0, waitMs);
    if (dueMs >= this.#dueMs) return;
    this.#dueMs = dueMs;
    // A pause that has begun is timed again, which costs no round.
    this.#endPause();
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      this.#isWoken = false;
      this.#state = { ...this.#state, beganMs: performance.now() };
      const done = await this.#round();
      this.#state = { beganMs: null, endedMs: performance.now(), count: this.#state.count + 1 };
      if (done === 0) await this.#pause();
    }
  }

  async #pause(): Promise<void> {
    const endMs = performance.now() + this.#pauseMs();
    for (;;) {
      const nowMs = performance.now();
      const leftMs = Math.min(endMs, this.#dueMs) - nowMs;
      if (this.#isWoken || this.#stopping || leftMs <= 0) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.#endPause = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    if (this.#dueMs <= performance.now()) this.#dueMs = Number.POSITIVE_INFINITY;
  }
}
