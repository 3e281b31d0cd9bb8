import { createManualAuthority } from '../../authority/manual/manual-authority.ts';
import type { FlowDeps } from '../../flows/command/deps.ts';
import { createFlows, type FlowTable } from '../../flows/index.ts';
import { Worker } from '../../work/worker.ts';
import { failTest, type RuleWorld } from './rule-world.ts';

/** The world as it is without a line to the authority. */
export interface WorldByHand {
  readonly deps: FlowDeps;
  readonly flows: FlowTable;
  /** Hands over what has passed. */
  handOver(): Promise<void>;
}

export function worldByHand(world: RuleWorld): WorldByHand {
  const authority = createManualAuthority(() => world.deps.clock.now());
  // The policies of the world may change while it runs.
  const deps: FlowDeps = Object.create(world.deps, {
    authority: { value: authority, enumerable: true },
    authorityByHand: { value: true, enumerable: true },
  });
  const { handOvers } = new Worker(deps, { owner: 'by-hand', pollMs: 1000, onError: failTest });
  return {
    deps,
    flows: createFlows(deps),
    async handOver() {
      while ((await handOvers.tick()) > 0);
    },
  };
}
