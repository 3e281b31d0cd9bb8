import type { OperationWorld } from './operation-world.ts';

/** A notice to the account, or to the provider's people. @returns its id. */
export async function notify(world: Pick<OperationWorld, 'deps' | 'fresh'>, accountId: string | null): Promise<string> {
  const id = world.deps.ids.next('ntc');
  const notice = {
    id,
    accountId,
    type: 'CodeSuspended',
    about: world.fresh('about'),
    webhookId: null,
    codes: 1,
  } as const;
  const resource = { resourceId: 'ins-noticed', stopsOn: null, daysLeft: null };
  await world.deps.store.transaction((tx) => tx.notices.add({ ...notice, ...resource, at: world.deps.clock.now() }));
  return id;
}
