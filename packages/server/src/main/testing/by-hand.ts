import { createManualAuthority } from '../../authority/manual/manual-authority.ts';
import type { EnteredResult } from '../../flows/authority/by-hand/enter-result.ts';
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

export const byOperator = (world: RuleWorld) => ({ actor: world.operator, idempotencyKey: world.fresh('key') });

/** A filing that was handed over where there is no line to the authority. */
export async function handedOver(world: RuleWorld) {
  const hand = worldByHand(world);
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  const draft = await world.bind(await world.draft(account), { resourceId });
  const { filingId, domainName } = await world.pass(await world.submit(draft));
  await hand.handOver();
  const look = async () => (await hand.flows.getFiling({ actor: world.operator }, { filingId })).filing;
  const enter = async (result: EnteredResult) => {
    const { version } = await look();
    return hand.flows.enterAuthorityResult(byOperator(world), { filingId, version, result });
  };
  return { ...hand, account, filingId, domainName, look, enter };
}
