import type { FlowDeps } from '../flows/command/deps.ts';
import { askLookUp, leaseLookUps } from '../flows/look-up/ask-look-up.ts';
import { Rounds } from './rounds.ts';
import { guarded, reporterOf, type WorkerOptions } from './worker-part.ts';

/** Questions under way in this process at a time. */
const inFlightLimit = 16;

type LookUpOptions = Pick<WorkerOptions, 'owner' | 'pollMs' | 'onError'>;

/**
 * Asks services outside about filings under review, several at a time and apart from everything else: whoever gives no answer holds
 * up no hand-over. Any number of workers may run; each question is one worker's.
 */
export class LookUps {
  readonly #deps: FlowDeps;
  readonly #options: LookUpOptions;
  readonly #rounds: Rounds;
  readonly #inFlight = new Set<Promise<void>>();

  constructor(deps: FlowDeps, options: LookUpOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#rounds = new Rounds(() => this.#startDue(), options.pollMs);
  }

  get rounds(): Pick<Rounds, 'state' | 'wake'> {
    return this.#rounds;
  }

  /** Questions under way. */
  get underWay(): number {
    return this.#inFlight.size;
  }

  /** Asks what is due and waits for it. @returns how many questions were asked */
  async tick(): Promise<number> {
    const started = await this.#startDue();
    await Promise.all(this.#inFlight);
    return started;
  }

  /** Where nobody is asked there is nothing to do for ever. */
  start(): void {
    this.#rounds.start();
  }

  /** Ends when the questions under way are over. */
  async stop(): Promise<void> {
    await this.#rounds.stop();
    await Promise.all(this.#inFlight);
  }

  #startDue(): Promise<number> {
    return guarded(this.#options, 'look_ups', async () => {
      const room = inFlightLimit - this.#inFlight.size;
      if (room <= 0 || this.#rounds.stopping || this.#deps.lookUps.ports.length === 0) return 0;
      const { owner } = this.#options;
      const report = reporterOf(this.#options, 'look_ups');
      const due = await leaseLookUps(this.#deps, owner, room);
      for (const wanted of due) {
        const asked = askLookUp(this.#deps, wanted, owner, report)
          // The lease runs out and somebody tries again.
          .catch(report)
          .finally(() => {
            this.#inFlight.delete(asked);
            this.#rounds.wake();
          });
        this.#inFlight.add(asked);
      }
      return due.length;
    });
  }
}
