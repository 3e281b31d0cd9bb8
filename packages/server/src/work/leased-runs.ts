import { Rounds } from './rounds.ts';
import { guarded, reporterOf, type WorkerOptions, type WorkerPart } from './worker-part.ts';

export type LeasedRunsOptions = Pick<WorkerOptions, 'owner' | 'pollMs' | 'onError'>;

/** Work of one kind that is leased from the database, each piece for itself. */
interface LeasedWork {
  readonly part: WorkerPart;
  /** Pieces that are under way in this process at a time. */
  readonly mostAtOnce: number;
  /** Leases what is due, so many at the most, and begins each. */
  start(room: number, report: (error: unknown) => void): Promise<readonly Promise<unknown>[]>;
  /** At a stop: what is under way need not come to its own end. */
  readonly hasten?: () => Promise<void>;
}

/**
 * Several pieces of leased work at a time, apart from everything else: one that hangs holds up no other. Any number of workers may
 * run; each piece is one worker's, and of one that failed or was killed the lease runs out and somebody tries again.
 */
export class LeasedRuns {
  readonly #work: LeasedWork;
  readonly #options: LeasedRunsOptions;
  readonly #rounds: Rounds;
  readonly #inFlight = new Set<Promise<unknown>>();

  constructor(work: LeasedWork, options: LeasedRunsOptions) {
    this.#work = work;
    this.#options = options;
    this.#rounds = new Rounds(() => this.#startDue(), options.pollMs);
  }

  get rounds(): Pick<Rounds, 'state' | 'wake'> {
    return this.#rounds;
  }

  /** Pieces under way. */
  get underWay(): number {
    return this.#inFlight.size;
  }

  /** Begins what is due and waits for it. @returns how much that was */
  async tick(): Promise<number> {
    const started = await this.#startDue();
    await Promise.all(this.#inFlight);
    return started;
  }

  start(): void {
    this.#rounds.start();
  }

  /** Begins nothing more, and ends when what is under way is over. */
  async stop(): Promise<void> {
    await this.#rounds.stop();
    await this.#work.hasten?.();
    await Promise.all(this.#inFlight);
  }

  #startDue(): Promise<number> {
    const { part, mostAtOnce } = this.#work;
    return guarded(this.#options, part, async () => {
      const room = mostAtOnce - this.#inFlight.size;
      if (room <= 0 || this.#rounds.stopping) return 0;
      const report = reporterOf(this.#options, part);
      const started = await this.#work.start(room, report);
      for (const piece of started) this.#follow(piece, report);
      return started.length;
    });
  }

  #follow(piece: Promise<unknown>, report: (error: unknown) => void): void {
    const run = piece.catch(report).finally(() => {
      this.#inFlight.delete(run);
      this.#rounds.wake();
    });
    this.#inFlight.add(run);
  }
}
