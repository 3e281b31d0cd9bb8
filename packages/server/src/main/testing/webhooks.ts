import type { Caller, Customer, OperationWorld } from './operation-world.ts';

/** Who manages a webhook for a sample: the customer its own, staff the provider's. */
const managerOf = (world: OperationWorld, owner: Customer, role: string): Caller =>
  role === 'operator' || role === 'auditor' || role === 'reviewer' ? world.people.operator : owner;

/** A webhook of the customer's, or the provider's where staff asks. The provider's are deleted first: they are limited. */
export async function webhook(world: OperationWorld, owner: Customer, role: string = 'customer') {
  const { client } = managerOf(world, owner, role);
  if (client === world.people.operator.client) await deleteOfProvider(world);
  const { webhook: made } = await client.createWebhook({ body: { url: urlOf(world) } });
  return made;
}

export async function deleteOfProvider({ people: { operator } }: OperationWorld): Promise<void> {
  const { webhooks } = await operator.client.listWebhooks({ query: { limit: 500 } });
  for (const { id, accountId } of webhooks)
    if (accountId === null) await operator.client.deleteWebhook({ params: { webhookId: id } });
}

export const urlOf = (world: OperationWorld): string => `https://hooks.example.com/${world.fresh('receiver')}`;

/** A test event that waits for the webhook; its owner sent it. */
export async function delivery(world: OperationWorld, webhookId: string) {
  const row = await world.deps.store.transaction((tx) => tx.webhooks.find(webhookId));
  const accountId = row?.accountId ?? null;
  const { client } = accountId === null ? world.people.operator : world.as(world.call(accountId).actor);
  return client.sendTestEvent({ params: { webhookId } });
}
