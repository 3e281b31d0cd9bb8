import { isFault } from '@openbeian/model/fault';
import { sealAudit } from '../flows/audit/seal-audit.ts';
import { forwardFiling } from '../flows/authority/forward-filing.ts';
import { keepUnreadable, keepWithoutId } from '../flows/authority/keep-unreadable.ts';
import { recordMessage, retryMessages } from '../flows/authority/record-message.ts';
import { keepCodeClock } from '../flows/code/code-clock.ts';
import type { FlowDeps } from '../flows/command/deps.ts';
import { sweepOverdue } from '../flows/filing/sweep-overdue.ts';
import { retryGate } from '../flows/gate/closed-names.ts';
import { retryReseal } from '../flows/keys/reseal.ts';
import { clearOld } from '../flows/upkeep/clear-old.ts';
import type { ClockGuard } from './clock-guard.ts';
import { Rounds } from './rounds.ts';

type WorkerPart = 'jobs' | 'messages' | 'sweep' | 'clock' | 'clearing' | 'seals' | 'reseal' | 'gate';

export interface WorkerOptions {
  /** Names this worker in leases; unique among all that run. */
  readonly owner: string;
  readonly pollMs: number;
  /** Told of what went wrong in a round; the worker goes on. */
  readonly onError: (error: unknown, during: WorkerPart) => void;
  /** Asked before what a deadline makes irreversible; left out where the time is a story's own. */
  readonly clockGuard?: Pick<ClockGuard, 'findFault'>;
}

/** A lease outlives one hand-over with its time-out, and is short enough that a killed worker's job is soon taken up. */
const leaseMs = 15_000;
/** How often the audit is sealed; rows wait for `sealMarginMs` on top. */
const sealEveryMs = 3 * 60_000;
/** Most jobs and messages of one round. */
const batch = 20;
const mostRefused = 500;

/**
 * The background work of one process: hands filings over, takes the authority's messages, sweeps what is overdue. Any
 * number of workers may run on one database; everything they do is idempotent.
 */
export class Worker {
  readonly #deps: FlowDeps;
  readonly #options: WorkerOptions;
  readonly #rounds: Rounds;
  #sealDueMs = Number.NEGATIVE_INFINITY;
  /** Messages whose acknowledgement the authority refuses; they come first in every batch, so as many more are asked for. */
  readonly #refused = new Set<string>();

  constructor(deps: FlowDeps, options: WorkerOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#rounds = new Rounds(() => this.tick(), options.pollMs);
  }

  /** One round of everything. @returns how many things were done; 0 means that there is nothing to do now. */
  async tick(): Promise<number> {
    const jobs = await this.#guard('jobs', () => this.#runJobs());
    const messages = await this.#guard('messages', () => this.#takeMessages());
    const again = await this.#guard('messages', () => retryMessages(this.#deps, this.#reporterOf('messages')));
    const resealed = await this.#guard('reseal', () => retryReseal(this.#deps, this.#reporterOf('reseal')));
    const opened = await this.#guard('gate', () => retryGate(this.#deps, this.#reporterOf('gate')));
    const dated = await this.#guard('clock', () => this.#actOnDates());
    return jobs + messages + again + resealed + opened + dated;
  }

  /** What is done because its time has come, most of it for good: only by a clock that is right. */
  async #actOnDates(): Promise<number> {
    const fault = (await this.#options.clockGuard?.findFault()) ?? null;
    if (fault !== null) throw fault;
    const swept = await this.#guard('sweep', () => sweepOverdue(this.#deps, this.#reporterOf('sweep')));
    const notified = await this.#guard('clock', () => keepCodeClock(this.#deps, this.#reporterOf('clock')));
    const cleared = await this.#guard('clearing', () => clearOld(this.#deps, this.#reporterOf('clearing')));
    const sealed = await this.#guard('seals', () => this.#seal());
    return swept + notified + cleared + sealed;
  }

  /** Rounds until nothing is left to do, for stories and tests. @throws Error when it does not come to rest. */
  async settle(): Promise<void> {
    for (let round = 0; round < 1000; round += 1) if ((await this.tick()) === 0) return;
    throw new Error('the worker does not come to rest');
  }

  /** Rounds for ever, with a pause of `pollMs` whenever there was nothing to do. */
  start(): void {
    this.#rounds.start();
  }

  /** Ends after the present round. */
  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  async #runJobs(): Promise<number> {
    const { store, clock } = this.#deps;
    let done = 0;
    // One at a time: each job has the whole of its lease, however slow the ones before it were.
    while (done < batch && !this.#rounds.stopping) {
      const [job] = await store.leaseJobs({
        topics: ['authority.submit'],
        limit: 1,
        owner: this.#options.owner,
        at: clock.now(),
        leaseMs,
      });
      if (job === undefined) break;
      done += 1;
      await forwardFiling(this.#deps, job, this.#options.owner, this.#reporterOf('jobs'));
    }
    return done;
  }

  async #takeMessages(): Promise<number> {
    const report = this.#reporterOf('messages');
    const messages = await this.#deps.authority.fetchMessages(batch + this.#refused.size);
    let taken = 0;
    for (const message of messages) {
      if (message.kind === 'unreadable' && message.withoutId === true) {
        // Parked for an operator, who has the authority take it back; until then it comes again and is passed over.
        if (await keepWithoutId(this.#deps, message, report)) taken += 1;
        continue;
      }
      if (message.kind === 'unreadable') await keepUnreadable(this.#deps, message, report);
      else await recordMessage(this.#deps, message, report);
      // Acknowledged only after the commit: a crash in between means that it comes again and is known.
      if (await this.#acknowledge(message.messageId, report)) taken += 1;
    }
    return taken;
  }

  /** False for one whose acknowledgement is refused: it is known when it comes again, and no other message waits for it. */
  async #acknowledge(messageId: string, report: (error: unknown) => void): Promise<boolean> {
    try {
      await this.#deps.authority.acknowledge(messageId);
      this.#refused.delete(messageId);
      return true;
    } catch (error) {
      if (!isFault(error, 'authority.refused')) throw error;
      if (this.#refused.size < mostRefused) this.#refused.add(messageId);
      report(error);
      return false;
    }
  }

  async #seal(): Promise<number> {
    const nowMs = Date.parse(this.#deps.clock.now());
    if (nowMs < this.#sealDueMs) return 0;
    const rows = await sealAudit(this.#deps);
    if (rows === 0) this.#sealDueMs = nowMs + sealEveryMs;
    return rows;
  }

  #reporterOf(during: WorkerPart): (error: unknown) => void {
    return (error) => this.#options.onError(error, during);
  }

  async #guard(during: WorkerPart, round: () => Promise<number>): Promise<number> {
    try {
      return await round();
    } catch (error) {
      // Another worker was faster, or the authority is away for now: both are normal.
      if (!isFault(error, 'object.changed')) this.#options.onError(error, during);
      return 0;
    }
  }
}
