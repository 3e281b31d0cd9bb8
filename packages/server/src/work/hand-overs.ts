import { isFault } from '@openbeian/model/fault';
import { forwardFiling } from '../flows/authority/forward-filing.ts';
import type { FlowDeps } from '../flows/command/deps.ts';
import { Rounds } from './rounds.ts';
import { guarded, reporterOf, type WorkerOptions } from './worker-part.ts';

/** Short, so that a killed worker's jobs are soon taken up; renewed while a hand-over is under way. */
const leaseMs = 15_000;
const renewEveryMs = 5_000;
/** Under way in this process at a time: every province at its own limit has room. */
const inFlightLimit = 200;
const defaultPerLine = 4;

type HandOverOptions = Pick<WorkerOptions, 'owner' | 'pollMs' | 'onError' | 'perLine' | 'inTurn'>;
type Leased = Awaited<ReturnType<FlowDeps['store']['leaseJobs']>>[number];

/**
 * Hands filings over to the authority: several of each province at a time, each province apart from the others, so that one
 * that hangs holds up nothing but its own. Any number of workers may run; together they keep to each province's limit.
 */
export class HandOvers {
  readonly #deps: FlowDeps;
  readonly #options: HandOverOptions;
  readonly #rounds: Rounds;
  readonly #inFlight = new Map<string, Promise<void>>();
  /** The line of each hand-over under way, by the job's id. */
  readonly #lines = new Map<string, string>();
  /** Lines whose authority did not answer last: one at a time is tried until it does. */
  readonly #silent = new Set<string>();
  #renewing: NodeJS.Timeout | null = null;

  constructor(deps: FlowDeps, options: HandOverOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#rounds = new Rounds(() => this.#startDue(), options.pollMs);
  }

  get rounds(): Pick<Rounds, 'state' | 'wake'> {
    return this.#rounds;
  }

  /** Hand-overs under way. */
  get underWay(): number {
    return this.#inFlight.size;
  }

  /** Starts what is due and waits for it. @returns how many were started */
  async tick(): Promise<number> {
    const started = await this.#startDue();
    await this.#settled();
    return started;
  }

  start(): void {
    this.#rounds.start();
  }

  /** Ends when the hand-overs under way are over. */
  async stop(): Promise<void> {
    await this.#rounds.stop();
    await this.#settled();
  }

  async #settled(): Promise<void> {
    await Promise.all(this.#inFlight.values());
  }

  #startDue(): Promise<number> {
    return guarded(this.#options, 'jobs', async () => {
      const room = inFlightLimit - this.#inFlight.size;
      if (room <= 0 || this.#rounds.stopping) return 0;
      const { store, clock } = this.#deps;
      const { owner, perLine = defaultPerLine, inTurn = [] } = this.#options;
      const silent = new Set(this.#silent);
      const jobs = await store.leaseJobs({
        topics: ['authority.submit'],
        limit: room,
        owner,
        at: clock.now(),
        leaseMs,
        perLine,
        fewer: new Map([...silent].map((line) => [line, 1])),
        inTurn,
      });
      for (const job of jobs) {
        // It stopped answering while these were being taken.
        const isLate = this.#silent.has(job.line) && !silent.has(job.line);
        if (isLate && [...this.#lines.values()].includes(job.line)) await this.#giveBack(job);
        else this.#begin(job);
      }
      return jobs.length;
    });
  }

  /** Nothing was asked about it. */
  async #giveBack({ id }: Leased): Promise<void> {
    const { store, clock } = this.#deps;
    const { owner } = this.#options;
    await store.transaction(async ({ jobs }) => {
      await jobs.markAnswered(id, owner);
      await jobs.release(id, owner, clock.now());
    });
  }

  #begin(job: Leased): void {
    this.#lines.set(job.id, job.line);
    const ended = this.#handOver(job).finally(() => {
      this.#inFlight.delete(job.id);
      this.#lines.delete(job.id);
      if (this.#inFlight.size === 0) this.#stopRenewing();
      // There is room in its line now.
      this.#rounds.wake();
    });
    this.#inFlight.set(job.id, ended);
    this.#renewing ??= setInterval(() => void this.#renew(), renewEveryMs);
  }

  async #handOver(job: Leased): Promise<void> {
    const { owner } = this.#options;
    const report = reporterOf(this.#options, 'jobs');
    let isSilent = false;
    try {
      await forwardFiling(this.#deps, { job, owner }, report, (waitMs) => {
        isSilent = true;
        this.#silent.add(job.line);
        this.#rounds.wakeIn(waitMs);
      });
      if (!isSilent) this.#silent.delete(job.line);
    } catch (error) {
      // The lease runs out and somebody tries again.
      if (!isFault(error, 'object.changed')) report(error);
    }
  }

  async #renew(): Promise<void> {
    const { store, clock } = this.#deps;
    const ids = [...this.#inFlight.keys()];
    await guarded(this.#options, 'jobs', async () => {
      await store.renewJobs({ ids, owner: this.#options.owner, at: clock.now(), leaseMs });
      return 0;
    });
  }

  #stopRenewing(): void {
    if (this.#renewing !== null) clearInterval(this.#renewing);
    this.#renewing = null;
  }
}
