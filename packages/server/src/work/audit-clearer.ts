import { clearAudit } from '../flows/audit/clear-audit.ts';
import type { FlowDeps } from '../flows/command/deps.ts';
import type { ClockGuard } from './clock-guard.ts';
import { Rounds } from './rounds.ts';

/** Nothing waits for it, and a day comes due once a day. */
const pauseMs = 10 * 60_000;

export interface AuditClearerOptions {
  readonly onError: (error: unknown, during: 'audit') => void;
  /** Asked before each round: nothing that was deleted comes back. */
  readonly clockGuard?: Pick<ClockGuard, 'findFault'>;
}

/** Clears old days of the audit away, apart from the other work: a day is verified before it goes, which takes its time. */
export class AuditClearer {
  readonly #deps: FlowDeps;
  readonly #options: AuditClearerOptions;
  readonly #rounds: Rounds;

  constructor(deps: FlowDeps, options: AuditClearerOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#rounds = new Rounds(() => this.round(), pauseMs);
  }

  get rounds(): Pick<Rounds, 'state' | 'wake'> {
    return this.#rounds;
  }

  /** One short step. @returns 0 where there is nothing to do now */
  async round(): Promise<number> {
    const { onError, clockGuard } = this.#options;
    try {
      const fault = (await clockGuard?.findFault()) ?? null;
      if (fault !== null) throw fault;
      return await clearAudit(this.#deps, (error) => onError(error, 'audit'));
    } catch (error) {
      onError(error, 'audit');
      return 0;
    }
  }

  start(): void {
    this.#rounds.start();
  }

  /** Ends after the present round. */
  stop(): Promise<void> {
    return this.#rounds.stop();
  }
}
