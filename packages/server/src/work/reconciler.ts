import type { FlowDeps } from '../flows/command/deps.ts';
import { Rounds } from './rounds.ts';
import { guarded, reporterOf, type WorkerOptions } from './worker-part.ts';

/** Loaded where there are lines to compare: most deployments have none. */
const reconciling = () => import('../flows/authority/reconcile/run-reconciliation.ts');

type ReconcilerOptions = Pick<WorkerOptions, 'owner' | 'pollMs' | 'onError'>;

/**
 * Compares what is on record here with what the authorities have, where an operator has asked for that: a batch at a time, apart from
 * everything else, so that an authority that answers slowly holds up no filing.
 */
export class Reconciler {
  readonly #deps: FlowDeps;
  readonly #options: ReconcilerOptions;
  readonly #rounds: Rounds;

  constructor(deps: FlowDeps, options: ReconcilerOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#rounds = new Rounds(() => this.tick(), options.pollMs);
  }

  get rounds(): Pick<Rounds, 'state' | 'wake'> {
    return this.#rounds;
  }

  /** One batch of a run that is due. @returns 0: none is */
  tick(): Promise<number> {
    const report = reporterOf(this.#options, 'reconciliation');
    return guarded(this.#options, 'reconciliation', async () => {
      if (this.#deps.authorityDesk === null) return 0;
      const { runReconciliation } = await reconciling();
      return runReconciliation(this.#deps, this.#options.owner, report);
    });
  }

  start(): void {
    this.#rounds.start();
  }

  /** Ends after the batch that is under way. */
  stop(): Promise<void> {
    return this.#rounds.stop();
  }
}
