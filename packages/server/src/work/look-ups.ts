import type { FlowDeps } from '../flows/command/deps.ts';
import { askLookUp, leaseLookUps } from '../flows/look-up/ask-look-up.ts';
import { LeasedRuns, type LeasedRunsOptions } from './leased-runs.ts';

/** Questions under way in this process at a time. */
const mostAtOnce = 16;

/** Asks services outside about filings under review: whoever gives no answer holds up no hand-over. */
export class LookUps extends LeasedRuns {
  constructor(deps: FlowDeps, options: LeasedRunsOptions) {
    const { owner } = options;
    super(
      {
        part: 'look_ups',
        mostAtOnce,
        async start(room, report) {
          // Where nobody is asked there is nothing to do for ever.
          if (deps.lookUps.ports.length === 0) return [];
          const due = await leaseLookUps(deps, owner, room);
          return due.map((wanted) => askLookUp(deps, wanted, owner, report));
        },
      },
      options,
    );
  }
}
