import { operations } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { outcomeOf } from '../../main/testing/operation-tests.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { otherPassword, ownPassword, person, quickly } from '../../main/testing/persons.ts';
import { sealingContexts } from '../../ports/index.ts';
import { mailPeople } from './mail-people.ts';

describe('links', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => {
    world.reset();
    world.replace({ people: quickly });
  });

  const visitor = () => world.people.visitor.client;
  const linkFor = async (userId: string) => {
    const { link } = await world.people.operator.client.createPersonLink({ params: { personId: userId } });
    return link?.split('#')[1] ?? '';
  };
  const later = (ms: number) => {
    const wall = { now: () => new Date(Date.now() + ms).toISOString() };
    world.replace({ people: { ...quickly, wall } });
  };
  const open = (token: string) => outcomeOf(visitor().openLink({ body: { token } }));
  const use = (token: string, password = otherPassword) => outcomeOf(visitor().useLink({ body: { token, password } }));
  const signIn = (login: string, password: string) => outcomeOf(visitor().signIn({ body: { login, password } }));

  test('openLink says whose it is, as often as it is asked; useLink sets the password once and ends all sessions', async () => {
    const known = await person(world, 'reviewer');
    const token = await linkFor(known.actor.userId);
    const said = { purpose: 'reset', login: known.login, displayName: '陈' };
    expect(await visitor().openLink({ body: { token } })).toEqual(said);
    expect(await visitor().openLink({ body: { token } })).toEqual(said);
    expect(await use(token, 'password12')).toBe('input.invalid');
    expect(await visitor().useLink({ body: { token, password: otherPassword } })).toEqual({ login: known.login });
    expect([await open(token), await use(token)]).toEqual(['auth.link_not_usable', 'auth.link_not_usable']);
    expect(await world.deps.store.transaction((tx) => tx.signIns.findSession(known.sessionId))).toBeNull();
    expect(await signIn(known.login, ownPassword)).toBe('auth.wrong_credentials');
    expect(await signIn(known.login, otherPassword)).toBe('done');
    const rows = (await world.audit()).filter(({ objectId }) => objectId === known.actor.userId);
    expect(rows.find(({ action }) => action === 'PasswordChanged')).toMatchObject({
      actorId: known.actor.userId,
      detail: { by: 'reset', sessionsEnded: 1 },
    });
  });

  test.each([
    ['an hour later', async () => later(3_600_001)],
    ['once there is a newer one', async (userId: string) => void (await linkFor(userId))],
    [
      'once the person is disabled',
      async (userId: string) =>
        void (await world.people.operator.client.disablePerson({ params: { personId: userId } })),
    ],
  ])('neither opens nor is used %s', async (_, happens) => {
    const { actor } = await person(world, 'reviewer');
    const token = await linkFor(actor.userId);
    expect(await open(token)).toBe('done');
    await happens(actor.userId);
    expect([await open(token), await use(token)]).toEqual(['auth.link_not_usable', 'auth.link_not_usable']);
  });

  test('useLink is refused while too many passwords are hashed; the link stays good', async () => {
    const { actor } = await person(world, 'reviewer');
    const token = await linkFor(actor.userId);
    const hash = () => Promise.reject(new Fault('auth.too_many_attempts', { retryAfterSeconds: 1 }));
    world.replace({ people: { passwords: { hash, verify: async () => false } } });
    expect(await use(token)).toBe('auth.too_many_attempts');
    expect(await open(token)).toBe('done');
  });

  test('requestPasswordReset accepts every login alike; who has an address is mailed once in five minutes', async () => {
    const { login, actor } = await person(world, 'auditor');
    const to: string[] = [];
    world.replace({ notifier: { enabled: true, send: async (mail) => void to.push(mail.to) } });
    // What other tests left to be mailed goes first.
    await mailPeople(world.deps);
    to.length = 0;
    const own = world.as(actor);
    const sealedMail = world.deps.vault.seal('own@people.example', sealingContexts.people(actor.userId));
    await world.deps.store.transaction((tx) =>
      tx.people.update(actor.userId, { sealedMail }, world.deps.people.wall.now()),
    );
    expect((await own.client.getOwnAccess({})).mail).not.toBeNull();
    for (const asked of [login, ` ${login.toUpperCase()} `, 'nobody-at-all']) {
      expect(await visitor().requestPasswordReset({ body: { login: asked } })).toEqual({ accepted: true });
    }
    await mailPeople(world.deps);
    expect(to).toEqual(['own@people.example']);
    let outcome = 'done';
    for (let turn = 0; turn < 20 && outcome === 'done'; turn += 1) {
      outcome = await outcomeOf(visitor().requestPasswordReset({ body: { login } }));
    }
    expect(outcome).toBe('auth.too_many_attempts');
  });

  test.each(['openLink', 'useLink', 'requestPasswordReset'] as const)('%s: every declared fault was given', (id) => {
    const given = [...(world.provoked.get(id) ?? [])];
    expect(operations[id].faults.filter((code) => !given.includes(code))).toEqual([]);
  });
});
