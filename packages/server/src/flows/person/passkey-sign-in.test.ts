import { operations } from '@openbeian/contract';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { outcomeOf } from '../../main/testing/operation-tests.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { type Person, person } from '../../main/testing/persons.ts';
import { simplePasskeys } from '../../main/testing/simple-passkeys.ts';

describe('signing in by passkey', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => {
    world.reset();
    world.replace({ people: { passkeys: simplePasskeys } });
  });

  async function withPasskey(role: 'reviewer' | 'auditor' = 'reviewer'): Promise<Person & { readonly id: string }> {
    const one = await person(world, role);
    const id = world.fresh('credential');
    const { userId } = one.actor;
    const row = {
      credentialId: id,
      publicKey: 'key',
      counter: 1,
      transports: [],
      name: '手机',
      madeAt: '2026-11-21T00:00:00Z',
    };
    await world.deps.store.transaction((tx) =>
      tx.secondFactors.insertPasskey({ ...row, id: world.fresh('psk'), userId, lastUsedAt: null }),
    );
    return { ...one, id };
  }
  const challenge = async () => {
    const { options } = await world.people.visitor.client.beginPasskeySignIn({ body: {} });
    return String(options['challenge']);
  };
  const signIn = (response: Record<string, unknown>) =>
    world.people.visitor.client.signInWithPasskey({ body: { response } });
  const outcome = (response: Record<string, unknown>) => outcomeOf(signIn(response));

  test('beginPasskeySignIn asks for nobody and writes nothing', async () => {
    const before = await world.books();
    expect(await challenge()).not.toBe(await challenge());
    expect(await world.books()).toEqual(before);
  });

  test('signInWithPasskey opens a session of its owner, without another factor', async () => {
    const { id, actor } = await withPasskey();
    const { staff } = world.deps.people;
    world.replace({ people: { passkeys: simplePasskeys, staff: { ...staff, secondFactor: 'required' } } });
    const session = await signIn({ id, challenge: await challenge(), counter: 2 });
    expect(session).toMatchObject({ userId: actor.userId, secondFactorDue: false });
    const row = (await world.audit()).findLast(({ action }) => action === 'SignedIn');
    expect(row).toMatchObject({ actorId: actor.userId, detail: { by: 'passkey' } });
  });

  test('of several who bring one answer, one gets in', async () => {
    const { id } = await withPasskey();
    const response = { id, challenge: await challenge(), counter: 2 };
    const outcomes = await Promise.all([1, 2, 3].map(() => outcome(response)));
    expect(outcomes.sort()).toEqual(['auth.passkey_refused', 'auth.passkey_refused', 'done']);
  });

  test.each<[string, (id: string, asked: string) => Record<string, unknown>]>([
    ['no answer to a challenge', (id) => ({ id })],
    ['a challenge of nobody’s', (id) => ({ id, challenge: 'invented', counter: 2 })],
    ['an unknown passkey', (_, asked) => ({ id: 'unknown', challenge: asked, counter: 2 })],
    ['a signature that does not verify', (id, asked) => ({ id, challenge: asked, counter: null })],
  ])('%s is refused', async (_, responseOf) => {
    const { id } = await withPasskey();
    expect(await outcome(responseOf(id, await challenge()))).toBe('auth.passkey_refused');
  });

  test('a challenge is good for five minutes', async () => {
    const { id } = await withPasskey();
    const response = { id, challenge: await challenge(), counter: 2 };
    const wall = { now: () => new Date(Date.now() + 300_001).toISOString() };
    world.replace({ people: { passkeys: simplePasskeys, wall } });
    expect(await outcome(response)).toBe('auth.passkey_refused');
  });

  test('somebody disabled is told so', async () => {
    const { id, actor } = await withPasskey();
    await world.people.operator.client.disablePerson({ params: { personId: actor.userId } });
    expect(await outcome({ id, challenge: await challenge(), counter: 2 })).toBe('auth.person_disabled');
  });

  test.each(['beginPasskeySignIn', 'signInWithPasskey'] as const)('%s: every declared fault was given', (id) => {
    const given = [...(world.provoked.get(id) ?? [])];
    expect(operations[id].faults.filter((code) => !given.includes(code))).toEqual([]);
  });
});
