import { dayOf } from '@openbeian/model/calendar';
import { createUser } from '../../auth/index.ts';
import type { Actor } from '../../flows/index.ts';
import type { Deployment } from '../deployment.ts';
import { sampleInventory } from './inventory.ts';
import { sampleAccounts, sampleUsers } from './people.ts';

/** Writes the sample inventory; there is no person behind it. */
const setUp: Actor = { userId: 'sample-set-up', role: 'operator', accountId: null };

/**
 * Fills an empty deployment with the sample accounts, people and servers. What is there stays as it is, and a filling
 * that was cut off is finished: the servers come last, in one transaction.
 * @returns whether anything was loaded
 */
export async function loadSample({ deps, flows, library }: Deployment): Promise<boolean> {
  const at = deps.clock.now();
  const isLoaded = await deps.store.transaction(async (tx) => (await tx.resources.find('xy-web-1')) !== null);
  if (isLoaded) return false;
  await deps.store.transaction(async (tx) => {
    for (const account of sampleAccounts) await tx.accounts.put(account, at);
  });
  await Promise.all(sampleUsers.map((user) => createUser(library, user)));
  const call = { actor: setUp, idempotencyKey: `sample ${at}` };
  await flows.putInventory(call, { body: sampleInventory(dayOf(at)) });
  return true;
}
