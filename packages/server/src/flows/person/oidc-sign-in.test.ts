import { operations } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { outcomeOf } from '../../main/testing/operation-tests.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { person } from '../../main/testing/persons.ts';
import type { OidcBinding, OidcCustomer, OidcPerson } from '../../ports/index.ts';

describe('single sign-on', () => {
  let world: OperationWorld;
  /** Whom the provider names; the binding of the round is what it was begun with. */
  let named: OidcPerson;
  const bindings: OidcBinding[] = [];
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => {
    world.reset();
    named = {
      subject: world.fresh('sub'),
      login: world.fresh('zhang').replace('_', '.'),
      displayName: '张薇',
      role: 'auditor',
    };
    bindings.length = 0;
    const oidc = {
      begin: async (binding: OidcBinding) => {
        bindings.push(binding);
        return `https://sso.example/?state=${binding.state}`;
      },
      finish: async (query: string, binding: OidcBinding) => {
        if (query !== `state=${binding.state}`) throw new Fault('auth.provider_refused');
        return named;
      },
    };
    world.replace({ people: { oidc } });
  });

  const call = () => ({ actor: world.people.visitor.actor });
  const given = { beginOidcSignIn: new Set<string>(), signInWithOidc: new Set<string>() };
  const noting = async (id: keyof typeof given, work: Promise<unknown>) => {
    const outcome = await outcomeOf(work);
    if (outcome !== 'done') given[id].add(outcome);
    return outcome;
  };
  const begin = () => world.flows.beginOidcSignIn(call(), {});
  async function signIn() {
    const { secret } = await begin();
    return world.flows.signInWithOidc(call(), { query: `state=${bindings.at(-1)?.state}`, secret, devices: null });
  }
  const outcome = () => noting('signInWithOidc', signIn());
  const unreachable = () => Promise.reject(new Fault('auth.provider_unreachable'));

  test('beginOidcSignIn leads to the provider, bound to a secret of this browser, and writes nothing', async () => {
    const before = await world.books();
    const { url, secret } = await begin();
    const [{ state, nonce, codeVerifier } = { state: '', nonce: '', codeVerifier: '' }] = bindings;
    expect(url).toContain(state);
    expect(new Set([state, nonce, codeVerifier, secret]).size).toBe(4);
    expect(await world.books()).toEqual(before);
  });

  test('signInWithOidc makes somebody of the staff the first time, and follows the role of the provider', async () => {
    const { session } = await signIn();
    expect(session).toMatchObject({ role: 'auditor', displayName: '张薇', login: named.login, accountId: null });
    named = { ...named, role: 'operator', displayName: '张大薇' };
    expect((await signIn()).session).toEqual({ ...session, role: 'operator', displayName: '张大薇' });
    const rows = (await world.audit()).filter(({ objectId }) => objectId === session.userId);
    expect(rows.map(({ action }) => action)).toEqual(['PersonJoined', 'SignedIn', 'PersonRoleChanged', 'SignedIn']);
  });

  test('nobody without a role there, without a login, or with the login of somebody known by a password here', async () => {
    const { login } = await person(world, 'reviewer');
    const first = named;
    for (const some of [{ role: null }, { login: null }, { login }]) {
      named = { ...first, subject: world.fresh('sub'), ...some };
      expect(await outcome()).toBe('auth.provider_refused');
    }
  });

  test('a round is finished once, within ten minutes, by the browser that began it', async () => {
    const { secret } = await begin();
    const query = `state=${bindings.at(-1)?.state}`;
    const finish = (input: { readonly query: string; readonly secret: string | null }) =>
      noting('signInWithOidc', world.flows.signInWithOidc(call(), { ...input, devices: null }));
    expect(await finish({ query, secret: null })).toBe('auth.provider_refused');
    expect(await finish({ query, secret: (await begin()).secret })).toBe('auth.provider_refused');
    expect(await finish({ query, secret })).toBe('done');
    expect(await finish({ query, secret })).toBe('auth.provider_refused');
    const late = await begin();
    const lateQuery = `state=${bindings.at(-1)?.state}`;
    const wall = { now: () => new Date(Date.now() + 600_001).toISOString() };
    world.replace({ people: { oidc: world.deps.people.oidc, wall } });
    expect(await finish({ query: lateQuery, secret: late.secret })).toBe('auth.provider_refused');
  });

  test('customers: the account of the claims, made or brought up to date; apart from staff of the same provider', async () => {
    const { subject } = named;
    const accountId = world.fresh('acct');
    const first = { subject, displayName: '钱一', accountId, accountName: '海运公司', realName: 'individual' as const };
    let customer: OidcCustomer = first;
    const finish = async () => customer;
    const staff = await signIn();
    world.replace({ people: { oidc: world.deps.people.oidc, customerOidc: { begin: async () => '', finish } } });
    const enter = async () => {
      const { secret } = await world.flows.beginOidcSignIn(call(), { side: 'customers' });
      const input = { side: 'customers' as const, query: '', secret, devices: null };
      return world.flows.signInWithOidc(call(), input);
    };
    const { session } = await enter();
    expect(session).toMatchObject({ role: 'customer', accountId, displayName: '钱一', secondFactorDue: false });
    expect(session.userId).not.toBe(staff.session.userId);
    const account = () => world.deps.store.transaction((tx) => tx.accounts.find(accountId));
    expect(await account()).toMatchObject({ realName: 'individual', displayName: '海运公司' });
    // What the claims do not say stays.
    customer = { ...first, displayName: '钱大一', accountName: null, realName: null };
    expect((await enter()).session).toEqual({ ...session, displayName: '钱大一' });
    expect(await account()).toMatchObject({ realName: 'individual', displayName: '海运公司' });
    const other = world.fresh('acct');
    customer = { ...first, accountId: other };
    expect((await enter()).session).toMatchObject({ accountId: other });
    customer = { ...first, accountId: null };
    expect(await noting('signInWithOidc', enter())).toBe('auth.provider_refused');
  });

  test('somebody disabled here stays out', async () => {
    const { session } = await signIn();
    await world.people.operator.client.disablePerson({ params: { personId: session.userId } });
    expect(await outcome()).toBe('auth.person_disabled');
  });

  test('a provider that cannot be reached, and none at all', async () => {
    world.replace({ people: { oidc: { begin: unreachable, finish: unreachable } } });
    expect(await noting('beginOidcSignIn', begin())).toBe('auth.provider_unreachable');
    world.replace({ people: { oidc: { begin: async () => '', finish: unreachable } } });
    expect(await outcome()).toBe('auth.provider_unreachable');
    world.replace({ people: { oidc: null } });
    expect(await noting('beginOidcSignIn', begin())).toBe('auth.provider_refused');
  });

  test.each(['beginOidcSignIn', 'signInWithOidc'] as const)('%s: exactly the declared faults were given', (id) => {
    expect([...given[id]].sort()).toEqual([...operations[id].faults].sort());
  });
});
