import { sealAudit } from '../flows/audit/seal-audit.ts';
import { keepCodeClock } from '../flows/code/code-clock.ts';
import type { FlowDeps } from '../flows/command/deps.ts';
import { finishLapses } from '../flows/filing/lapse/finish-lapses.ts';
import { sweepOverdue } from '../flows/filing/sweep-overdue.ts';
import { retryGate } from '../flows/gate/closed-names.ts';
import { retryReseal } from '../flows/keys/reseal.ts';
import { sweepMaterials } from '../flows/materials/sweep-materials.ts';
import { remind } from '../flows/notice/remind.ts';
import { clearOld } from '../flows/upkeep/clear-old.ts';
import { keepTime } from '../flows/upkeep/keep-time.ts';
import { pollVerifications } from '../flows/verification/poll-verifications.ts';
import { Rounds } from './rounds.ts';
import { guarded, reporterOf, type WorkerOptions } from './worker-part.ts';

/** How often the audit is sealed; rows wait for `sealMarginMs` on top. */
const sealEveryMs = 3 * 60_000;
/** How often it is looked for what is old: nobody waits for that. */
const clearEveryMs = 60_000;

type UpkeepOptions = Pick<WorkerOptions, 'pollMs' | 'onError' | 'clockGuard'>;

/** What the database alone gives to do: what is overdue, stop days of codes, old rows, seals of the audit, retries. */
export class Upkeep {
  readonly #deps: FlowDeps;
  readonly #options: UpkeepOptions;
  readonly #rounds: Rounds;
  #sealDueMs = Number.NEGATIVE_INFINITY;
  #clearDueMs = Number.NEGATIVE_INFINITY;
  /** The round before, if it goes on: two at a time would find each other's locks and take that for nothing to do. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(deps: FlowDeps, options: UpkeepOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#rounds = new Rounds(() => this.#inTurn(() => performance.now() >= this.#clearDueMs), options.pollMs);
  }

  get rounds(): Pick<Rounds, 'state' | 'wake'> {
    return this.#rounds;
  }

  /** One round of everything. @returns how many things were done */
  tick(): Promise<number> {
    return this.#inTurn(() => true);
  }

  start(): void {
    this.#rounds.start();
  }

  /** Ends after the present round. */
  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  #inTurn(clears: () => boolean): Promise<number> {
    const round = this.#before.then(() => this.#round(clears()));
    this.#before = round.catch(() => {});
    return round;
  }

  async #round(clears: boolean): Promise<number> {
    const resealed = await this.#guard('reseal', retryReseal);
    const opened = await this.#guard('gate', retryGate);
    const dated = await guarded(this.#options, 'clock', () => this.#actOnDates(clears));
    return resealed + opened + dated;
  }

  /** What is done because its time has come, most of it for good: only by a clock that is right. */
  async #actOnDates(clears: boolean): Promise<number> {
    const fault = (await this.#options.clockGuard?.findFault()) ?? null;
    if (fault !== null) throw fault;
    const takenBack = clears ? await this.#guard('clock', keepTime) : 0;
    const swept = await this.#guard('sweep', sweepOverdue);
    const finished = await this.#guard('sweep', finishLapses);
    const reminded = await this.#guard('sweep', remind);
    const polled = await this.#guard('sweep', pollVerifications);
    const notified = await this.#guard('clock', keepCodeClock);
    const cleared = clears ? await guarded(this.#options, 'clearing', () => this.#clear()) : 0;
    const sealed = await guarded(this.#options, 'seals', () => this.#seal());
    return takenBack + swept + finished + reminded + polled + notified + cleared + sealed;
  }

  async #clear(): Promise<number> {
    const report = reporterOf(this.#options, 'clearing');
    const rows = await clearOld(this.#deps, report);
    const swept = await sweepMaterials(this.#deps, report);
    if (rows + swept === 0) this.#clearDueMs = performance.now() + clearEveryMs;
    return rows + swept;
  }

  async #seal(): Promise<number> {
    const nowMs = Date.parse(this.#deps.clock.now());
    if (nowMs < this.#sealDueMs) return 0;
    const rows = await sealAudit(this.#deps);
    if (rows === 0) this.#sealDueMs = nowMs + sealEveryMs;
    return rows;
  }

  #guard(
    during: 'reseal' | 'gate' | 'sweep' | 'clock',
    work: (deps: FlowDeps, report: (error: unknown) => void) => Promise<number>,
  ): Promise<number> {
    return guarded(this.#options, during, () => work(this.#deps, reporterOf(this.#options, during)));
  }
}
