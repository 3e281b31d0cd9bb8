import type { FlowDeps } from '../flows/command/deps.ts';
import { LeasedRuns, type LeasedRunsOptions } from './leased-runs.ts';

/** Loaded where inventories are configured to be read: most deployments have none. */
const syncing = () => import('../flows/resource/sync/run-inventory-sync.ts');

/** Clouds that are read in this process at a time. */
const mostAtOnce = 2;

/** Reads clouds' inventories when they are due. */
export class InventorySyncs extends LeasedRuns {
  constructor(deps: FlowDeps, options: LeasedRunsOptions) {
    const { syncs, reader } = deps.inventorySyncs;
    const { owner } = options;
    super(
      {
        part: 'inventory_syncs',
        mostAtOnce,
        async start(_room, report) {
          if (syncs.length === 0 || reader === null) return [];
          const { leaseInventorySync, runInventorySync } = await syncing();
          // One a round; the next one follows at once.
          const sync = await leaseInventorySync(deps, owner);
          return sync === null ? [] : [runInventorySync(deps, sync, owner, report)];
        },
        // A cloud that is being read is read again by another worker; what is being written is written to the end.
        hasten: async () => reader?.stop(),
      },
      options,
    );
  }
}
