import { dayOf } from '@openbeian/model/calendar';
import { z } from 'zod';
import { createUser } from '../../auth/users.ts';
import type { Actor } from '../../flows/index.ts';
import type { Deployment } from '../deployment.ts';
import { sampleInventory } from './inventory.ts';
import { sampleAccounts, sampleAgencies, sampleUsers } from './people.ts';

/** Writes the sample inventory; there is no person behind it. */
const setUp: Actor = { userId: 'sample-set-up', role: 'operator', accountId: null };

/**
 * Fills an empty deployment with the sample accounts, people and servers, and then `more`. What is there stays as it
 * is; a filling that was cut off is finished.
 * @returns whether anything was loaded
 */
export async function loadSample(deployment: Deployment, more: () => Promise<void> = async () => {}): Promise<boolean> {
  const { deps, flows } = deployment;
  const at = deps.clock.now();
  if (await isLoaded(deployment)) return false;
  await deps.store.transaction(async (tx) => {
    for (const account of sampleAccounts) await tx.accounts.put(account, at);
    for (const id of sampleAgencies) await tx.accounts.setAgency(id, true, at);
  });
  // One by one: hashing lets only so many wait that have one turn.
  const library = await deployment.library();
  for (const user of sampleUsers) await createUser(library, user);
  const call = { actor: setUp, idempotencyKey: `sample inventory ${at}` };
  await flows.putInventory(call, { body: sampleInventory(dayOf(at)) });
  await more();
  await deps.store.transaction((tx) => tx.idempotency.claim({ ...loaded, at }, z.unknown()));
  return true;
}

/** Is in the database once everything is loaded. */
const loaded = { actorId: setUp.userId, operation: 'loadSample', key: 'done', requestHash: '' };

async function isLoaded({ deps }: Deployment): Promise<boolean> {
  const notYet = new Error('not loaded yet');
  try {
    await deps.store.transaction(async (tx) => {
      const { claimed } = await tx.idempotency.claim({ ...loaded, at: deps.clock.now() }, z.unknown());
      if (claimed) throw notYet; // and what was claimed is taken back
    });
    return true;
  } catch (error) {
    if (error === notYet) return false;
    throw error;
  }
}
