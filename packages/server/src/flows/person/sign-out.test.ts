import { roles } from '@openbeian/contract';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { outcomeOf } from '../../main/testing/operation-tests.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { openSessionOf, person } from '../../main/testing/persons.ts';

describe('signOut', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  test.each(roles)('ends the session of one %s and no other', async (role) => {
    const owner = await person(world, role, role === 'customer' ? (await world.customer()).accountId : null);
    const { userId } = owner.actor;
    const elsewhere = world.fresh('ses');
    await openSessionOf(world, userId, elsewhere);
    expect(await owner.client.signOut({})).toEqual({ signedOut: true });
    expect((await owner.client.listOwnSessions({})).sessions.map(({ id }) => id)).toEqual([elsewhere]);
    const byOwner = (await world.audit()).filter(({ actorId }) => actorId === userId);
    expect(byOwner.at(-1)).toMatchObject({ action: 'SignedOut', objectId: userId });
  });

  test('asks for a session', async () => {
    const { visitor, gate } = world.people;
    expect(await outcomeOf(visitor.client.signOut({}))).toBe('auth.required');
    expect(await outcomeOf(gate.client.signOut({}))).toBe('auth.required');
  });
});
