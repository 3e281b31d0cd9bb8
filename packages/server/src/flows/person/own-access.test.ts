import { operations, roles } from '@openbeian/contract';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { describeOperation, outcomeOf } from '../../main/testing/operation-tests.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import {
  customerPerson,
  openSessionOf,
  otherPassword,
  ownPassword,
  type Person,
  person,
  quickly,
} from '../../main/testing/persons.ts';

/** As `one`, in a session that began so long ago. */
async function inOldSession(world: OperationWorld, { actor }: Person, begunMsAgo: number) {
  const sessionId = world.fresh('ses');
  await openSessionOf(world, actor.userId, sessionId, begunMsAgo);
  return world.as({ ...actor, source: { address: '192.0.2.1', sessionId } });
}

describeOperation('getOwnAccess', { may: roles, byPeople: true, sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('says how the caller signs in, and what the policy requires', async () => {
    const { client, login } = await customerPerson(get());
    expect(await client.getOwnAccess({})).toMatchObject({
      login,
      hasPassword: true,
      mail: null,
      totp: false,
      recoveryCodes: 0,
      passkeys: [],
      secondFactorRequired: false,
    });
  });

  test('of somebody who was deleted meanwhile is nothing', async () => {
    const { client, actor } = await person(get(), 'reviewer');
    await get().deps.store.transaction((tx) => tx.people.delete(actor.userId));
    expect(await outcomeOf(client.getOwnAccess({}))).toBe('auth.required');
  });
});

describeOperation(
  'putOwnMail',
  {
    may: roles,
    byPeople: true,
    sample: (world) => ({ body: { mail: `${world.fresh('own')}@people.example` } }),
    leaves: ['PersonMailSet'],
  },
  (get) => {
    test('is sealed, shown to its owner, taken away by null, and asks for a session of the last 15 minutes', async () => {
      const world = get();
      const owner = await customerPerson(world);
      const mail = 'own@people.example';
      expect(await owner.client.putOwnMail({ body: { mail } })).toMatchObject({ mail });
      const row = await world.deps.store.transaction((tx) =>
        tx.people.find(owner.actor.userId, '2026-11-21T00:00:00Z'),
      );
      expect(row?.sealedMail).not.toContain('people.example');
      expect(await owner.client.putOwnMail({ body: { mail: null } })).toMatchObject({ mail: null });
      const old = await inOldSession(world, owner, 15 * 60_000 + 1000);
      expect(await outcomeOf(old.client.putOwnMail({ body: { mail } }))).toBe('auth.sign_in_again');
      const recent = await inOldSession(world, owner, 14 * 60_000);
      expect(await outcomeOf(recent.client.putOwnMail({ body: { mail } }))).toBe('done');
    });
  },
);

describeOperation('listOwnSessions', { may: roles, byPeople: true, sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('lists one’s own, and which one asks', async () => {
    const world = get();
    const owner = await customerPerson(world);
    const other = world.fresh('ses');
    await openSessionOf(world, owner.actor.userId, other);
    const { sessions } = await owner.client.listOwnSessions({});
    const current = Object.fromEntries(sessions.map((one) => [one.id, one.current]));
    expect(current).toEqual({ [owner.sessionId]: true, [other]: false });
  });
});

describe('endOwnSession and endOtherSessions', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  test.each(roles)('a %s ends one session, then all others, and never somebody else’s', async (role) => {
    const accountId = role === 'customer' ? (await world.customer()).accountId : null;
    const owner = await person(world, role, accountId);
    const { client, actor } = owner;
    const others = [world.fresh('ses'), world.fresh('ses'), world.fresh('ses')];
    for (const id of others) await openSessionOf(world, actor.userId, id);
    const [first = ''] = others;
    const stranger = await person(world, 'reviewer');
    const end = (sessionId: string) => ({ params: { sessionId } });
    expect(await outcomeOf(stranger.client.endOwnSession(end(first)))).toBe('object.not_found');
    expect(await client.endOwnSession(end(first))).toEqual({ ended: 1 });
    expect(await outcomeOf(client.endOwnSession(end(first)))).toBe('object.not_found');
    expect(await client.endOtherSessions({})).toEqual({ ended: 2 });
    expect((await client.listOwnSessions({})).sessions.map(({ id }) => id)).toEqual([owner.sessionId]);
    const byOwner = (await world.audit()).filter(({ actorId }) => actorId === actor.userId);
    expect(byOwner.slice(-2)).toMatchObject([
      { action: 'SessionsEnded', detail: { ended: 1, by: 'own', session: first } },
      { action: 'SessionsEnded', detail: { ended: 2, by: 'own' } },
    ]);
  });
});

describe('changeOwnPassword', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => {
    world.reset();
    world.replace({ people: quickly });
  });
  const change = ({ client }: Person, current: string, password = otherPassword) =>
    outcomeOf(client.changeOwnPassword({ body: { current, password } }));

  test('takes the present one; all other sessions end', async () => {
    const owner = await customerPerson(world);
    await openSessionOf(world, owner.actor.userId, world.fresh('ses'));
    expect(await change(owner, ownPassword)).toBe('done');
    expect((await owner.client.listOwnSessions({})).sessions.map(({ id }) => id)).toEqual([owner.sessionId]);
    const body = { login: owner.login, password: otherPassword };
    expect(await outcomeOf(world.people.visitor.client.signIn({ body }))).toBe('done');
    const row = (await world.audit()).findLast(({ action }) => action === 'PasswordChanged');
    expect(row).toMatchObject({ objectId: owner.actor.userId, detail: { by: 'own', sessionsEnded: 1 } });
  });

  test('asked again under the same key, after its answer was lost, says that it is changed; another change is refused', async () => {
    const owner = await customerPerson(world);
    const call = { actor: owner.actor, idempotencyKey: world.fresh('key') };
    const change = (current: string, password: string) =>
      outcomeOf(world.flows.changeOwnPassword(call, { current, password }));
    expect(await change(ownPassword, otherPassword)).toBe('done');
    expect(await change(ownPassword, otherPassword)).toBe('done');
    expect(await change(ownPassword, `${otherPassword}!`)).toBe('idempotency.key_reused');
    const changes = (await world.audit()).filter(
      ({ action, objectId }) => action === 'PasswordChanged' && objectId === owner.actor.userId,
    );
    expect(changes).toHaveLength(1);
  });

  test('of many tries at once no more are looked at than of one after another; of two changes one counts', async () => {
    const owner = await customerPerson(world);
    const { passwords } = world.deps.people;
    let looks = 0;
    const counting = {
      ...passwords,
      verify: (...given: Parameters<typeof passwords.verify>) => ((looks += 1), passwords.verify(...given)),
    };
    world.replace({ people: { ...quickly, passwords: counting } });
    await Promise.all(Array.from({ length: 30 }, () => change(owner, 'a wrong one')));
    expect(looks).toBe(10);
    world.replace({ people: quickly });
    const other = await customerPerson(world);
    const changed = await Promise.all(
      ['one of two 77', 'two of two 77'].map((password) => change(other, ownPassword, password)),
    );
    expect(changed.toSorted()).toEqual(['auth.wrong_credentials', 'done']);
  });

  test.each(['1234567890', 'short', 'qwertyuiop', 'a'.repeat(201)])('%j is no password', async (password) => {
    expect(await change(await customerPerson(world), ownPassword, password)).toBe('input.invalid');
  });

  test('nor is one with the own login; and after ten wrong ones there is a pause', async () => {
    const owner = await customerPerson(world);
    expect(await change(owner, ownPassword, `my ${owner.login} is long`)).toBe('input.invalid');
    for (let turn = 0; turn < 10; turn += 1) expect(await change(owner, 'a wrong one')).toBe('auth.wrong_credentials');
    expect(await change(owner, ownPassword)).toBe('auth.too_many_attempts');
    const later = { now: () => new Date(Date.now() + 901_000).toISOString() };
    world.replace({ people: { ...quickly, wall: later } });
    expect(await change(owner, ownPassword)).toBe('done');
  });

  test.each(['changeOwnPassword', 'endOwnSession', 'endOtherSessions'] as const)(
    '%s: every declared fault was given',
    (id) => {
      const given = [...(world.provoked.get(id) ?? [])];
      expect(operations[id].faults.filter((code) => !given.includes(code))).toEqual([]);
    },
  );
});
