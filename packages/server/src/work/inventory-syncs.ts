import type { FlowDeps } from '../flows/command/deps.ts';
import { Rounds } from './rounds.ts';
import { guarded, reporterOf, type WorkerOptions } from './worker-part.ts';

/** Loaded where inventories are configured to be read: most deployments have none. */
const syncing = () => import('../flows/resource/sync/run-inventory-sync.ts');

/** Clouds that are read in this process at a time. */
const mostAtOnce = 2;

type SyncOptions = Pick<WorkerOptions, 'owner' | 'pollMs' | 'onError'>;

/**
 * Reads clouds' inventories when they are due, apart from everything else: a cloud that hangs holds up nothing but itself. Any number of
 * workers may run; each sync is one worker's at a time.
 */
export class InventorySyncs {
  readonly #deps: FlowDeps;
  readonly #options: SyncOptions;
  readonly #rounds: Rounds;
  readonly #inFlight = new Set<Promise<void>>();

  constructor(deps: FlowDeps, options: SyncOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#rounds = new Rounds(() => this.#startDue(), options.pollMs);
  }

  get rounds(): Pick<Rounds, 'state' | 'wake'> {
    return this.#rounds;
  }

  /** Runs under way. */
  get underWay(): number {
    return this.#inFlight.size;
  }

  /** Runs what is due and waits for it. @returns how many runs there were */
  async tick(): Promise<number> {
    const started = await this.#startDue();
    await Promise.all(this.#inFlight);
    return started;
  }

  start(): void {
    this.#rounds.start();
  }

  /** A cloud that is being read is read again by another worker; what is being written is written to the end. */
  async stop(): Promise<void> {
    await this.#rounds.stop();
    await this.#deps.inventorySyncs.reader?.stop();
    await Promise.all(this.#inFlight);
  }

  #startDue(): Promise<number> {
    return guarded(this.#options, 'inventory_syncs', async () => {
      const { syncs, reader } = this.#deps.inventorySyncs;
      if (syncs.length === 0 || reader === null) return 0;
      if (this.#inFlight.size >= mostAtOnce || this.#rounds.stopping) return 0;
      const { leaseInventorySync, runInventorySync } = await syncing();
      const { owner } = this.#options;
      const report = reporterOf(this.#options, 'inventory_syncs');
      const sync = await leaseInventorySync(this.#deps, owner);
      if (sync === null) return 0;
      const run = runInventorySync(this.#deps, sync, owner, report)
        // The lease runs out and somebody tries again.
        .catch(report)
        .finally(() => {
          this.#inFlight.delete(run);
          this.#rounds.wake();
        });
      this.#inFlight.add(run);
      return 1;
    });
  }
}
