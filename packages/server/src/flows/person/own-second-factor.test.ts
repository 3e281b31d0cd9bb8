import { type OperationId, operations, roles } from '@openbeian/contract';
import { faultsOf } from '@openbeian/contract/openapi';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { outcomeOf } from '../../main/testing/operation-tests.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import {
  codeOf,
  openSessionOf,
  ownPassword,
  type Person,
  person,
  quickly,
  setUpApp,
} from '../../main/testing/persons.ts';
import { simplePasskeys } from '../../main/testing/simple-passkeys.ts';

let world: OperationWorld;
beforeAll(async () => {
  world = await openOperations();
});
beforeEach(() => {
  world.reset();
  world.replace({ people: { ...quickly, passkeys: simplePasskeys } });
});

type Role = (typeof roles)[number];
const somebody = async (role: Role = 'customer'): Promise<Person> =>
  person(world, role, role === 'customer' ? (await world.customer()).accountId : null);

/** As `one`, in a session that is too old to change how one signs in. */
async function inOldSession({ actor }: Person) {
  const sessionId = world.fresh('ses');
  await openSessionOf(world, actor.userId, sessionId, 16 * 60_000);
  return world.as({ ...actor, source: { address: '192.0.2.1', sessionId } }).client;
}

/** Staff must have a second factor from now on. */
function requireFactors() {
  const { staff } = world.deps.people;
  world.replace({ people: { ...quickly, passkeys: simplePasskeys, staff: { ...staff, secondFactor: 'required' } } });
}

const actionsOf = async ({ actor }: Person) =>
  (await world.audit()).filter(({ actorId }) => actorId === actor.userId).map(({ action }) => action);

/** Adds a passkey. @returns its id here */
async function addPasskey({ client }: Person): Promise<string> {
  const { options } = await client.beginPasskey({ body: {} });
  const response = { id: world.fresh('credential'), challenge: options['challenge'], counter: 0 };
  return (await client.addPasskey({ body: { name: '手机', response } })).id;
}

describe('an authenticator app', () => {
  test.each(roles)('of a %s is set up by one code, replaced by none, and removed', async (role) => {
    const one = await somebody(role);
    const { client, actor } = one;
    const first = await client.beginTotp({ body: {} });
    expect(first.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(first.uri).toContain(`secret=${first.secret}`);
    const former = await codeOf(world, actor.userId);
    expect((await client.beginTotp({ body: {} })).secret).not.toBe(first.secret);
    expect(await outcomeOf(client.confirmTotp({ body: { code: former } }))).toBe('auth.wrong_second_factor');
    const code = await codeOf(world, actor.userId);
    const key = { idempotencyKey: world.fresh('key') };
    const { recoveryCodes } = await client.confirmTotp(
      { body: { code: ` ${code.slice(0, 3)} ${code.slice(3)}` } },
      key,
    );
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await client.getOwnAccess({})).toMatchObject({ totp: true, recoveryCodes: 10 });
    expect(await outcomeOf(client.beginTotp({ body: {} }))).toBe('object.changed');
    expect(await client.removeTotp({})).toEqual({ removed: true });
    expect(await client.getOwnAccess({})).toMatchObject({ totp: false, recoveryCodes: 0 });
    expect(await outcomeOf(client.removeTotp({}))).toBe('object.not_found');
    expect(await actionsOf(one)).toEqual(['SecondFactorAdded', 'SecondFactorRemoved']);
  });

  test('confirmed again under one key answers without the recovery codes; without an app there is nothing to confirm', async () => {
    const { client, actor } = await somebody();
    expect(await outcomeOf(client.confirmTotp({ body: { code: '000000' } }))).toBe('object.changed');
    await client.beginTotp({ body: {} });
    const body = { code: await codeOf(world, actor.userId) };
    const key = { idempotencyKey: world.fresh('key') };
    expect((await client.confirmTotp({ body }, key)).recoveryCodes).toHaveLength(10);
    expect((await client.confirmTotp({ body }, key)).recoveryCodes).toBeNull();
  });

  test('cannot be tried out: after ten wrong codes there is a pause', async () => {
    const { client } = await somebody();
    await client.beginTotp({ body: {} });
    const confirm = () => outcomeOf(client.confirmTotp({ body: { code: 'none' } }));
    for (let turn = 0; turn < 10; turn += 1) expect(await confirm()).toBe('auth.wrong_second_factor');
    expect(await confirm()).toBe('auth.too_many_attempts');
  });

  test('new recovery codes are shown once; the earlier ones are no longer good', async () => {
    const one = await somebody('reviewer');
    expect(await outcomeOf(one.client.renewRecoveryCodes({}))).toBe('object.not_found');
    const [former = ''] = await setUpApp(world, one);
    const key = { idempotencyKey: world.fresh('key') };
    const { recoveryCodes } = await one.client.renewRecoveryCodes({}, key);
    expect((await one.client.renewRecoveryCodes({}, key)).recoveryCodes).toBeNull();
    const signIn = (code = '') =>
      outcomeOf(
        world.people.visitor.client.signIn({
          body: { login: one.login, password: ownPassword, code },
        }),
      );
    expect(await signIn(former)).toBe('auth.wrong_second_factor');
    expect(await signIn(recoveryCodes?.[0])).toBe('done');
  });
});

test('recovery codes that another request renewed meanwhile are refused', async () => {
  const one = await somebody('reviewer');
  await setUpApp(world, one);
  // Read before the other request ended.
  world.answer('secondFactors', 'listRecoveryCodes', async () => []);
  expect(await outcomeOf(one.client.renewRecoveryCodes({}))).toBe('object.changed');
  expect((await one.client.getOwnAccess({})).recoveryCodes).toBe(10);
});

describe('a passkey', () => {
  test.each(roles)('of a %s is added for one challenge and removed', async (role) => {
    const one = await somebody(role);
    const id = await addPasskey(one);
    expect((await one.client.getOwnAccess({})).passkeys).toMatchObject([{ id, name: '手机', lastUsedAt: null }]);
    const params = { params: { passkeyId: id } };
    expect(await one.client.removePasskey(params)).toEqual({ removed: true });
    expect(await outcomeOf(one.client.removePasskey(params))).toBe('object.not_found');
    expect(await actionsOf(one)).toEqual(['SecondFactorAdded', 'SecondFactorRemoved']);
  });

  test.each<[string, (challenge: unknown) => Record<string, unknown>]>([
    ['no answer to a challenge', () => ({ id: 'a', counter: 0 })],
    ['a challenge of nobody’s', () => ({ id: 'a', challenge: 'invented', counter: 0 })],
    ['an answer that does not verify', (challenge) => ({ id: 'a', challenge, counter: null })],
  ])('%s adds nothing', async (_, responseOf) => {
    const { client } = await somebody();
    const { options } = await client.beginPasskey({ body: {} });
    const response = responseOf(options['challenge']);
    expect(await outcomeOf(client.addPasskey({ body: { name: 'x', response } }))).toBe('auth.passkey_refused');
    expect((await client.getOwnAccess({})).passkeys).toEqual([]);
  });

  test('a challenge is its owner’s, and a credential is known once', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const challenge = async ({ client }: Person) => (await client.beginPasskey({ body: {} })).options['challenge'];
    const response = { id: world.fresh('credential'), challenge: await challenge(one), counter: 0 };
    const add = ({ client }: Person, given: Record<string, unknown>) =>
      outcomeOf(client.addPasskey({ body: { name: 'x', response: given } }));
    expect(await add(other, response)).toBe('auth.passkey_refused');
    const again = { ...response, challenge: await challenge(one) };
    expect(await add(one, again)).toBe('done');
    expect(await add(other, { ...response, challenge: await challenge(other) })).toBe('auth.passkey_refused');
  });
});

test('where the policy requires a factor, the last one stays', async () => {
  const one = await somebody('auditor');
  await setUpApp(world, one);
  const passkeyId = await addPasskey(one);
  requireFactors();
  expect(await outcomeOf(one.client.removeTotp({}))).toBe('done');
  expect(await outcomeOf(one.client.removePasskey({ params: { passkeyId } }))).toBe('person.second_factor_needed');
  const other = await somebody('auditor');
  await setUpApp(world, other);
  expect(await outcomeOf(other.client.removeTotp({}))).toBe('person.second_factor_needed');
});

const ids = [
  ...(['beginTotp', 'confirmTotp', 'removeTotp', 'renewRecoveryCodes'] as const),
  ...(['beginPasskey', 'addPasskey', 'removePasskey'] as const),
] satisfies OperationId[];

type Client = Person['client'];
const calls: Readonly<Record<(typeof ids)[number], (client: Client, response?: object) => Promise<unknown>>> = {
  beginTotp: (client) => client.beginTotp({ body: {} }),
  confirmTotp: (client) => client.confirmTotp({ body: { code: '000000' } }),
  removeTotp: (client) => client.removeTotp({}),
  renewRecoveryCodes: (client) => client.renewRecoveryCodes({}),
  beginPasskey: (client) => client.beginPasskey({ body: {} }),
  addPasskey: (client, response = {}) => client.addPasskey({ body: { name: 'x', response: { ...response } } }),
  removePasskey: (client) => client.removePasskey({ params: { passkeyId: 'psk_1' } }),
};

test('only within 15 minutes of signing in', async () => {
  const one = await somebody();
  await setUpApp(world, one);
  const { options } = await one.client.beginPasskey({ body: {} });
  const response = { id: world.fresh('credential'), challenge: options['challenge'], counter: 0 };
  const old = await inOldSession(one);
  for (const id of ids) expect([id, await outcomeOf(calls[id](old, response))]).toEqual([id, 'auth.sign_in_again']);
});

test.each(ids)('%s asks for somebody who is signed in; every declared fault was given, and no other', async (id) => {
  const { visitor, gate } = world.people;
  expect(await outcomeOf(calls[id](visitor.client))).toBe('auth.required');
  expect(await outcomeOf(calls[id](gate.client))).toBe('auth.key_refused');
  const given = [...(world.provoked.get(id) ?? [])];
  expect(operations[id].faults.filter((code) => !given.includes(code))).toEqual([]);
  expect(given.filter((code) => !faultsOf(operations[id]).includes(code))).toEqual([]);
});
