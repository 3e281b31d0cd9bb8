import { operations } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { outcomeOf } from '../../main/testing/operation-tests.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { codeOf, ownPassword, person, quickly, setUpApp } from '../../main/testing/persons.ts';
import type { Slowness } from '../../ports/index.ts';

describe('signIn', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => {
    world.reset();
    world.replace({ people: quickly });
  });

  const signIn = (login: string, password: string, code?: string) =>
    outcomeOf(world.people.visitor.client.signIn({ body: { login, password, ...(code !== undefined && { code }) } }));

  test('opens a session of its own each time, whatever the case of the login, and says so in the audit', async () => {
    const { login, actor, client } = await person(world, 'reviewer');
    const body = { login: ` ${login.toUpperCase()} `, password: ownPassword };
    const session = await world.people.visitor.client.signIn({ body });
    expect(session).toMatchObject({ userId: actor.userId, role: 'reviewer', secondFactorDue: false });
    await world.people.visitor.client.signIn({ body });
    expect((await client.listOwnSessions({})).sessions).toHaveLength(3);
    const row = (await world.audit()).findLast(({ action }) => action === 'SignedIn');
    expect(row).toMatchObject({ actorId: actor.userId, detail: { by: 'password', newDevice: true } });
  });

  test('answers an unknown login, a wrong password and a password that is not set yet alike', async () => {
    const { login } = await person(world, 'reviewer');
    const invited = world.fresh('new').replace('_', '-');
    const body = { login: invited, displayName: '新', role: 'reviewer' as const };
    await world.people.operator.client.invitePerson({ body });
    for (const tried of [login, invited, 'nobody-at-all', 'no such: login!']) {
      expect(await signIn(tried, 'a wrong password')).toBe('auth.wrong_credentials');
    }
  });

  test('tells somebody who is disabled only beside the right password', async () => {
    const { login, actor } = await person(world, 'reviewer');
    await world.people.operator.client.disablePerson({ params: { personId: actor.userId } });
    expect(await signIn(login, 'a wrong password')).toBe('auth.wrong_credentials');
    expect(await signIn(login, ownPassword)).toBe('auth.person_disabled');
  });

  test('asks for a code beside the right password only; each is good once; after ten wrong ones there is a pause', async () => {
    const one = await person(world, 'reviewer');
    const [recoveryCode = ''] = await setUpApp(world, one);
    const { login, actor } = one;
    expect(await signIn(login, 'a wrong password')).toBe('auth.wrong_credentials');
    expect(await signIn(login, ownPassword)).toBe('auth.second_factor_required');
    const code = await codeOf(world, actor.userId, 1);
    const written = ` ${code.slice(0, 3)} ${code.slice(3)}`;
    expect(await signIn(login, ownPassword, written)).toBe('done');
    expect(await signIn(login, ownPassword, code)).toBe('auth.wrong_second_factor');
    expect(await signIn(login, ownPassword, recoveryCode.toLowerCase())).toBe('done');
    expect(await signIn(login, ownPassword, recoveryCode)).toBe('auth.wrong_second_factor');
    for (let turn = 2; turn < 10; turn += 1) {
      expect(await signIn(login, ownPassword, 'none')).toBe('auth.wrong_second_factor');
    }
    expect(await signIn(login, ownPassword, code)).toBe('auth.too_many_attempts');
  });

  test('failures slow the login down and never refuse the right password; a known browser is not slowed down', async () => {
    const { login, actor } = await person(world, 'reviewer');
    const slowed: Slowness[] = [];
    const { perLogin } = world.deps.people.limits;
    const limits = { ...world.deps.people.limits, perLogin: { ...perLogin, limit: 3 } };
    world.replace({
      people: { ...quickly, limits, pace: { wait: async (_, slowness) => void slowed.push(slowness) } },
    });
    for (let turn = 0; turn < 3; turn += 1) await signIn(login, 'a wrong password');
    expect(await signIn(login, ownPassword)).toBe('done');
    expect(slowed.map(({ delayMs }) => delayMs)).toEqual([0, 0, 0, 1000]);
    const call = { actor: world.people.visitor.actor };
    const opened = await world.flows.signIn(call, { login, password: ownPassword, devices: null });
    const known = { login, password: 'a wrong password', devices: opened.device };
    const { limit } = limits.perLoginAndAddress;
    for (let turn = 0; turn < limit; turn += 1) {
      expect(await outcomeOf(world.flows.signIn(call, known))).toBe('auth.wrong_credentials');
    }
    expect(slowed).toHaveLength(5);
    // Its own failures are another matter: they are nobody else's.
    expect(await outcomeOf(world.flows.signIn(call, known))).toBe('auth.too_many_attempts');
    const rows = (await world.audit()).filter(({ objectId }) => objectId === actor.userId);
    expect(rows.map(({ action }) => action)).toEqual([
      'SignInFailed',
      'SignedIn',
      'SignedIn',
      'SignInFailed',
      'SignInFailed',
    ]);
  });

  test('an attempt that waits opens nothing any more once the password is changed or an authenticator app is added', async () => {
    const one = await person(world, 'reviewer');
    const attemptWhile = (work: () => Promise<unknown>) => {
      world.replace({ people: { ...quickly, pace: { wait: async () => void (await work()) } } });
      return signIn(one.login, ownPassword);
    };
    expect(await attemptWhile(() => setUpApp(world, one))).toBe('auth.second_factor_required');
    const change = { current: ownPassword, password: 'quite another password 7' };
    expect(await attemptWhile(() => one.client.changeOwnPassword({ body: change }))).toBe('auth.wrong_credentials');
    expect((await one.client.listOwnSessions({})).sessions).toHaveLength(1);
  });

  test('beside too many others a right code, a recovery code or a known browser gets in; a password alone is asked for more', async () => {
    const one = await person(world, 'reviewer');
    const [recoveryCode = ''] = await setUpApp(world, one);
    const plain = await person(world, 'reviewer');
    const call = { actor: world.people.visitor.actor };
    const crowded = (login: string, more: { code?: string; devices?: string | null } = {}) =>
      world.flows.signIn(call, { login, password: ownPassword, devices: null, isCrowded: true, ...more });
    for (const { login } of [one, plain]) {
      expect(await outcomeOf(crowded(login))).toBe('auth.extra_proof_required');
      expect(await outcomeOf(crowded(login, { code: '000000' }))).toBe('auth.extra_proof_required');
    }
    expect(await outcomeOf(crowded(one.login, { code: await codeOf(world, one.actor.userId, 1) }))).toBe('done');
    // Codes are few to try: after ten wrong ones only a recovery code, which nobody can try out, is proof.
    for (let turn = 0; turn < 10; turn += 1) await outcomeOf(crowded(one.login, { code: '000000' }));
    const code = await codeOf(world, one.actor.userId, 1);
    expect(await outcomeOf(crowded(one.login, { code }))).toBe('auth.extra_proof_required');
    expect(await outcomeOf(crowded(one.login, { code: recoveryCode }))).toBe('done');
    // Who has no second factor is unlocked by an operator: the browser that opens the link is known.
    const { link } = await world.people.operator.client.unlockPerson({ params: { personId: plain.actor.userId } });
    const token = link?.split('#')[1] ?? '';
    const { device } = await world.flows.useLink(call, { token, devices: null });
    expect(await outcomeOf(world.flows.useLink(call, { token, devices: null }))).toBe('auth.link_not_usable');
    expect(await outcomeOf(crowded(plain.login, { devices: device }))).toBe('done');
    expect(await outcomeOf(crowded(one.login, { devices: device }))).toBe('auth.extra_proof_required');
  });

  test('where the line is full a password alone is asked for more, and a known browser does not wait in it', async () => {
    const { login } = await person(world, 'reviewer');
    const call = { actor: world.people.visitor.actor };
    const { device } = await world.flows.signIn(call, { login, password: ownPassword, devices: null });
    const full = () => Promise.reject(new Fault('auth.too_many_attempts', { retryAfterSeconds: 7 }));
    world.replace({ people: { ...quickly, pace: { wait: full } } });
    const body = { login, password: ownPassword };
    await expect(world.people.visitor.client.signIn({ body })).rejects.toMatchObject({
      code: 'auth.extra_proof_required',
      problem: { retryAfterSeconds: 7 },
    });
    expect(await outcomeOf(world.flows.signIn(call, { ...body, devices: device }))).toBe('done');
  });

  test('every declared fault was given', () => {
    const given = [...(world.provoked.get('signIn') ?? [])];
    expect(operations.signIn.faults.filter((code) => !given.includes(code))).toEqual([]);
  });
});
