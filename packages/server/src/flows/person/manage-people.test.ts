import type { Client } from '@openbeian/contract/client';
import { describe, expect, test } from 'vitest';
import { describeOperation, outcomeOf } from '../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../main/testing/operation-world.ts';
import { customerPerson, openSessionOf, person } from '../../main/testing/persons.ts';

const aReviewer = async (world: OperationWorld) => ({
  params: { personId: (await person(world, 'reviewer')).actor.userId },
});
const personId = (one: { readonly actor: { readonly userId: string } }) => ({ params: { personId: one.actor.userId } });
const nobody = { params: { personId: 'usr_nobody' } };

describeOperation('listPeople', { may: ['operator', 'auditor'], sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('finds people by login, a page at a time', async () => {
    const world = get();
    const logins = [(await person(world, 'auditor')).login, (await person(world, 'auditor')).login].sort();
    const { client } = world.people.operator;
    const { people, next } = await client.listPeople({ query: { search: 'auditor-', limit: 1 } });
    expect(people).toMatchObject([{ role: 'auditor' }]);
    expect(next).not.toBeNull();
    const found = await client.listPeople({ query: { search: logins[1] ?? '' } });
    expect(found.people).toMatchObject([{ role: 'auditor', state: 'active', signsInBy: 'here', mail: null }]);
    expect(found.people.map(({ login }) => login)).toEqual([logins[1]]);
  });

  test('of a role and a state, with a search and without', async () => {
    const world = get();
    const { client } = world.people.operator;
    const gone = await person(world, 'auditor');
    await client.disablePerson({ params: { personId: gone.actor.userId }, body: {} });
    const login = world.fresh('new').replace('_', '-');
    await client.invitePerson({ body: { login, displayName: '新同事', role: 'reviewer' } });
    const statesOf = async (query: NonNullable<NonNullable<Parameters<typeof client.listPeople>[0]>['query']>) =>
      (await client.listPeople({ query: { limit: 500, ...query } })).people;
    for (const search of [undefined, gone.login]) {
      const disabled = await statesOf({ ...(search && { search }), role: 'auditor', state: 'disabled' });
      expect(disabled.map((one) => one.login)).toContain(gone.login);
      expect(disabled.filter(({ role, state }) => role !== 'auditor' || state !== 'disabled')).toEqual([]);
    }
    expect(await statesOf({ search: gone.login, state: 'active' })).toEqual([]);
    const invited = await statesOf({ state: 'invited' });
    expect(invited.map((one) => one.login)).toContain(login);
    expect(new Set(invited.map(({ state }) => state))).toEqual(new Set(['invited']));
    expect((await statesOf({ state: 'active' })).filter(({ state }) => state !== 'active')).toEqual([]);
  });
});

describeOperation(
  'invitePerson',
  {
    may: ['operator'],
    sample: (world) => ({
      body: { login: world.fresh('new').replace('_', '-'), displayName: '新同事', role: 'reviewer' },
    }),
    leaves: ['PersonInvited', 'PersonLinkMade'],
    repeated: { without: 'link' },
  },
  (get) => {
    test('shows the link to the inviter, or mails it where there is an address; a login is taken once', async () => {
      const world = get();
      const { client } = world.people.operator;
      const login = world.fresh('new').replace('_', '-');
      const body = { login, displayName: '新同事', role: 'auditor' as const };
      const invited = await client.invitePerson({ body });
      expect(invited.person).toMatchObject({ login, state: 'invited', role: 'auditor' });
      expect(invited.link).toMatch(/\/link#[\w-]{43}$/);
      expect(await outcomeOf(client.invitePerson({ body: { ...body, login: login.toUpperCase() } }))).toBe(
        'person.login_taken',
      );
      world.replace({ notifier: { enabled: true } });
      const mailed = { ...body, login: `${login}-2`, mail: 'new@people.example' };
      expect(await client.invitePerson({ body: mailed })).toMatchObject({
        link: null,
        person: { mail: 'n***@people.example' },
      });
    });

    test.each([
      ['customer', null],
      ['customer', 'acct-nobody'],
      ['reviewer', 'own'],
    ] as const)('%s with the account %j: refused', async (role, account) => {
      const world = get();
      const accountId = account === 'own' ? (await world.customer()).accountId : account;
      const body = { login: world.fresh('new').replace('_', '-'), displayName: '新', role, accountId };
      expect(await outcomeOf(world.people.operator.client.invitePerson({ body }))).toBe('input.invalid');
    });
  },
);

describeOperation(
  'createPersonLink',
  { may: ['operator'], sample: aReviewer, leaves: ['PersonLinkMade'], repeated: { without: 'link' } },
  (get) => {
    test('resets a password; not one’s own, nor of somebody disabled', async () => {
      const world = get();
      const { client } = world.people.operator;
      const known = personId(await person(world, 'reviewer'));
      const { link } = await client.createPersonLink(known);
      const token = link?.split('#')[1] ?? '';
      expect((await world.people.visitor.client.openLink({ body: { token } })).purpose).toBe('reset');
      await client.disablePerson(known);
      expect(await outcomeOf(client.createPersonLink(known))).toBe('object.changed');
      const self = await person(world, 'operator');
      expect(await outcomeOf(self.client.createPersonLink(personId(self)))).toBe('person.own_account');
      expect(await outcomeOf(client.createPersonLink(nobody))).toBe('object.not_found');
    });
  },
);

describeOperation(
  'unlockPerson',
  {
    may: ['operator'],
    sample: aReviewer,
    leaves: ['SignInUnlocked', 'PersonLinkMade'],
    repeated: { without: 'link' },
  },
  (get) => {
    test('for others who have a password: not oneself, nor somebody disabled', async () => {
      const world = get();
      const { client } = world.people.operator;
      const known = personId(await person(world, 'reviewer'));
      const { link } = await client.unlockPerson(known);
      const token = link?.split('#')[1] ?? '';
      expect((await world.people.visitor.client.openLink({ body: { token } })).purpose).toBe('unlock');
      await client.disablePerson(known);
      expect(await outcomeOf(client.unlockPerson(known))).toBe('object.changed');
      const self = await person(world, 'operator');
      expect(await outcomeOf(self.client.unlockPerson(personId(self)))).toBe('person.own_account');
      expect(await outcomeOf(client.unlockPerson(nobody))).toBe('object.not_found');
    });
  },
);

const disabled = async (world: OperationWorld) => {
  const target = await aReviewer(world);
  await world.people.operator.client.disablePerson(target);
  return target;
};
const aNewRole = async (world: OperationWorld) => ({ ...(await aReviewer(world)), body: { role: 'auditor' as const } });
/** Somebody who cannot be given a role among staff. */
const aCustomer = async (world: OperationWorld) => personId(await customerPerson(world));

/** The operations on somebody else: what each does, and for whom nothing is to be changed. */
describe.each([
  { id: 'changePersonRole', sample: aNewRole, leaves: 'PersonRoleChanged', unchanged: aCustomer },
  { id: 'disablePerson', sample: aReviewer, leaves: 'PersonDisabled', unchanged: disabled },
  { id: 'enablePerson', sample: disabled, leaves: 'PersonEnabled', unchanged: aReviewer },
  { id: 'deletePerson', sample: aReviewer, leaves: 'PersonDeleted', unchanged: null },
] as const)('$id', ({ id, sample, leaves, unchanged }) => {
  describeOperation(id, { may: ['operator'], sample, leaves: [leaves] }, (get) => {
    const outcome = (client: Client, target: typeof nobody) =>
      outcomeOf(
        id === 'changePersonRole'
          ? client.changePersonRole({ ...target, body: { role: 'auditor' } })
          : client[id]({ ...target, body: {} }),
      );

    test('is refused for oneself, for nobody, for the last operator, and where nothing is to be changed', async () => {
      const world = get();
      const { client } = world.people.operator;
      const self = await person(world, 'operator');
      expect(await outcome(self.client, personId(self))).toBe('person.own_account');
      expect(await outcome(client, nobody)).toBe('object.not_found');
      if (unchanged !== null) expect(await outcome(client, await unchanged(world))).toBe('object.changed');
      if (id === 'enablePerson') return;
      world.answer('people', 'countOtherOperators', async () => 0);
      expect(await outcome(client, personId(self))).toBe('person.last_operator');
    });

    test('ends the sessions of whom it keeps out or changes', async () => {
      const world = get();
      const target = await person(world, 'reviewer');
      const done = await outcome(world.people.operator.client, personId(target));
      const session = await world.deps.store.transaction((tx) => tx.signIns.findSession(target.sessionId));
      expect([done, session === null]).toEqual(id === 'enablePerson' ? ['object.changed', false] : ['done', true]);
    });
  });
});

describeOperation(
  'resetSecondFactor',
  { may: ['operator'], sample: aReviewer, leaves: ['SecondFactorReset'] },
  (get) => {
    test('removes every factor; not one’s own', async () => {
      const world = get();
      const target = await person(world, 'reviewer');
      const { userId } = target.actor;
      await world.deps.store.transaction(async ({ secondFactors }) => {
        await secondFactors.putTotp(userId, 'sealed', world.deps.people.wall.now());
        await secondFactors.putRecoveryCodes(userId, ['digest']);
      });
      const { client } = world.people.operator;
      expect(await client.resetSecondFactor(personId(target))).toMatchObject({ totp: false, passkeys: 0, sessions: 0 });
      const left = await world.deps.store.transaction(({ secondFactors }) => secondFactors.findTotp(userId));
      expect(left).toBeNull();
      const self = await person(world, 'operator');
      expect(await outcomeOf(self.client.resetSecondFactor(personId(self)))).toBe('person.own_account');
      expect(await outcomeOf(client.resetSecondFactor(nobody))).toBe('object.not_found');
    });
  },
);

describeOperation(
  'listPersonSessions',
  { may: ['operator', 'auditor'], sample: aReviewer, leaves: 'nothing' },
  (get) => {
    test('lists them, and which is the caller’s', async () => {
      const world = get();
      const target = await person(world, 'reviewer');
      const { client } = world.people.auditor;
      const { sessions } = await client.listPersonSessions(personId(target));
      expect(sessions).toMatchObject([{ id: target.sessionId, current: false, openedBy: 'password' }]);
      expect(await outcomeOf(client.listPersonSessions(nobody))).toBe('object.not_found');
      const self = await person(world, 'operator');
      await openSessionOf(world, self.actor.userId, world.fresh('ses'));
      const own = await self.client.listPersonSessions(personId(self));
      expect(own.sessions.filter(({ current }) => current).map(({ id }) => id)).toEqual([self.sessionId]);
      expect(own.sessions).toHaveLength(2);
    });
  },
);

describeOperation(
  'endPersonSession',
  {
    may: ['operator'],
    sample: async (world) => {
      const { actor, sessionId } = await person(world, 'reviewer');
      return { params: { personId: actor.userId, sessionId } };
    },
    leaves: ['SessionsEnded'],
  },
  (get) => {
    test('ends that one only; not one of somebody else', async () => {
      const world = get();
      const [target, other] = [await person(world, 'reviewer'), await person(world, 'reviewer')];
      const { userId } = target.actor;
      const second = world.fresh('ses');
      await openSessionOf(world, userId, second);
      const { client } = world.people.operator;
      const end = (personId: string, sessionId: string) =>
        outcomeOf(client.endPersonSession({ params: { personId, sessionId } }));
      expect(await end(userId, other.sessionId)).toBe('object.not_found');
      expect(await end('usr_nobody', target.sessionId)).toBe('object.not_found');
      expect(await end(userId, target.sessionId)).toBe('done');
      const { sessions } = await client.listPersonSessions(personId(target));
      expect(sessions.map(({ id }) => id)).toEqual([second]);
      expect(await end(userId, target.sessionId)).toBe('object.not_found');
      const { rows } = await client.listAudit({ query: { objectId: userId, action: 'SessionsEnded' } });
      expect(rows.map(({ detail }) => detail)).toEqual([{ ended: 1, by: 'operator', session: target.sessionId }]);
    });
  },
);

describeOperation('endPersonSessions', { may: ['operator'], sample: aReviewer, leaves: ['SessionsEnded'] }, (get) => {
  test('ends all of them', async () => {
    const world = get();
    const target = await person(world, 'reviewer');
    await openSessionOf(world, target.actor.userId, world.fresh('ses'));
    const { client } = world.people.operator;
    expect(await client.endPersonSessions(personId(target))).toEqual({ ended: 2 });
    expect(await outcomeOf(client.endPersonSessions(nobody))).toBe('object.not_found');
  });
});
