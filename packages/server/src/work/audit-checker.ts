import { runAuditCheck } from '../flows/audit/run-audit-check.ts';
import type { FlowDeps } from '../flows/command/deps.ts';
import { Rounds } from './rounds.ts';
import { guarded, type WorkerOptions } from './worker-part.ts';

type AuditCheckerOptions = Pick<WorkerOptions, 'pollMs' | 'onError'>;

/** Verifies the audit where somebody has asked for that, apart from the other work: a large one takes its time. */
export class AuditChecker {
  readonly #rounds: Rounds;

  constructor(deps: FlowDeps, options: AuditCheckerOptions) {
    const round = () => guarded(options, 'audit_check', () => runAuditCheck(deps));
    this.#rounds = new Rounds(round, options.pollMs);
  }

  get rounds(): Pick<Rounds, 'state' | 'wake'> {
    return this.#rounds;
  }

  start(): void {
    this.#rounds.start();
  }

  /** Ends after the step that is under way. */
  stop(): Promise<void> {
    return this.#rounds.stop();
  }
}
