import type { Client } from '@openbeian/contract/client';
import { expect, test } from 'vitest';
import { describeOperation, outcomeOf } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';
import { customerPerson, type Person, person } from '../../main/testing/persons.ts';
import type { MemberRight } from '../../ports/index.ts';

const personId = (one: { readonly actor: { readonly userId: string } }) => ({ params: { personId: one.actor.userId } });
const nobody = { params: { personId: 'usr_nobody' } };
const loginFor = (world: OperationWorld) => world.fresh('new').replace('_', '-');

/** Somebody else of the account, with a password. */
async function member(world: OperationWorld, { accountId }: Customer, right: MemberRight): Promise<Person> {
  const one = await person(world, 'customer', accountId);
  const { store, people } = world.deps;
  await store.transaction((tx) => tx.people.update(one.actor.userId, { right }, people.wall.now()));
  return { ...world.as({ ...one.actor, right }), login: one.login, sessionId: one.sessionId };
}

async function invited(world: OperationWorld, owner: Customer, right: MemberRight = 'filer') {
  const body = { login: loginFor(world), displayName: '新同事', right };
  return owner.client.inviteMember({ body });
}

/** Whoever was an owner when the request came in, and is none any more. */
async function formerOwner(world: OperationWorld, owner: Customer): Promise<Client> {
  const { actor } = await member(world, owner, 'filer');
  return world.as({ ...actor, right: 'owner' }).client;
}

describeOperation(
  'listMembers',
  { may: ['customer'], sample: () => ({}), leaves: 'nothing', byPeople: true },
  (get) => {
    test('shows the own account alone; addresses and sign-ins to owners only', async () => {
      const world = get();
      const [owner, stranger] = [await customerPerson(world), await customerPerson(world)];
      const viewer = await member(world, owner, 'viewer');
      const mail = 'li@people.example';
      await owner.client.inviteMember({ body: { login: loginFor(world), displayName: '李', right: 'filer', mail } });
      const { members } = await owner.client.listMembers({});
      expect(members.map(({ right, state }) => [right, state]).sort()).toEqual([
        ['filer', 'invited'],
        ['owner', 'active'],
        ['viewer', 'active'],
      ]);
      expect(members.find(({ right }) => right === 'filer')).toMatchObject({ mail: 'l***@people.example' });
      const signedIn = members.map(({ state, lastSignInAt }) => state === 'active' && lastSignInAt !== null);
      expect(signedIn.filter(Boolean)).toHaveLength(2);
      const seen = await viewer.client.listMembers({});
      expect(seen.members.map(({ id }) => id)).toEqual(members.map(({ id }) => id));
      expect(seen.members.filter((one) => one.mail !== null || one.lastSignInAt !== null)).toEqual([]);
      const theirs = await stranger.client.listMembers({});
      expect(theirs.members.map(({ id }) => id)).toEqual([stranger.actor.userId]);
      const first = await owner.client.listMembers({ query: { limit: 2 } });
      expect(first.members).toHaveLength(2);
      const rest = await owner.client.listMembers({ query: { limit: 2, after: first.next ?? '' } });
      expect([...first.members, ...rest.members].map(({ id }) => id)).toEqual(members.map(({ id }) => id));
    });
  },
);

describeOperation(
  'inviteMember',
  {
    may: ['customer'],
    sample: (world) => ({ body: { login: loginFor(world), displayName: '新同事', right: 'viewer' } }),
    leaves: ['PersonInvited', 'PersonLinkMade'],
    repeated: { without: 'link' },
    byPeople: true,
  },
  (get) => {
    test('into the own account; a link to be shown, or by mail; a login is taken once', async () => {
      const world = get();
      const owner = await customerPerson(world);
      const login = loginFor(world);
      const body = { login, displayName: '新同事', right: 'viewer' as const };
      const { member: made, link } = await owner.client.inviteMember({ body });
      expect(made).toMatchObject({ login, state: 'invited', right: 'viewer', lastSignInAt: null });
      const token = link?.split('#')[1] ?? '';
      expect(await world.people.visitor.client.openLink({ body: { token } })).toMatchObject({ purpose: 'invitation' });
      const { people } = await world.people.operator.client.listPeople({ query: { search: login } });
      expect(people).toMatchObject([{ role: 'customer', accountId: owner.accountId, right: 'viewer' }]);
      const again = { ...body, login: login.toUpperCase() };
      expect(await outcomeOf(owner.client.inviteMember({ body: again }))).toBe('person.login_taken');
      world.replace({ notifier: { enabled: true } });
      const mailed = { ...body, login: loginFor(world), mail: 'new@people.example' };
      expect((await owner.client.inviteMember({ body: mailed })).link).toBeNull();
    });

    test('by owners, as they are at this moment; two hundred people are the most', async () => {
      const world = get();
      const owner = await customerPerson(world);
      const filer = await member(world, owner, 'filer');
      const body = { login: loginFor(world), displayName: '新', right: 'owner' as const };
      expect(await outcomeOf(filer.client.inviteMember({ body }))).toBe('auth.right_missing');
      const former = await formerOwner(world, owner);
      expect(await outcomeOf(former.inviteMember({ body }))).toBe('auth.right_missing');
      world.answer('people', 'countMembers', async () => 200);
      expect(await outcomeOf(owner.client.inviteMember({ body }))).toBe('input.invalid');
    });
  },
);

describeOperation(
  'createMemberLink',
  {
    may: ['customer'],
    sample: async (world, owner) => ({ params: { personId: (await invited(world, owner)).member.id } }),
    leaves: ['PersonLinkMade'],
    repeated: { without: 'link' },
    foreign: 'object.not_found',
    byPeople: true,
  },
  (get) => {
    test('sends an invitation again, and never a link by which an owner could take over somebody’s sign-in', async () => {
      const world = get();
      const owner = await customerPerson(world);
      const first = await invited(world, owner);
      const target = { params: { personId: first.member.id } };
      const { link } = await owner.client.createMemberLink(target);
      const open = (one: string | null) =>
        outcomeOf(world.people.visitor.client.openLink({ body: { token: one?.split('#')[1] ?? '' } }));
      expect([await open(first.link), await open(link)]).toEqual(['auth.link_not_usable', 'done']);
      const settled = await member(world, owner, 'filer');
      expect(await outcomeOf(owner.client.createMemberLink(personId(settled)))).toBe('object.changed');
      expect(await outcomeOf(owner.client.createMemberLink(nobody))).toBe('object.not_found');
      const former = await formerOwner(world, owner);
      expect(await outcomeOf(former.createMemberLink(target))).toBe('auth.right_missing');
    });
  },
);

describeOperation(
  'changeMemberRight',
  {
    may: ['customer', 'operator'],
    sample: async (world, owner) => ({ ...personId(await member(world, owner, 'filer')), body: { right: 'viewer' } }),
    leaves: ['MemberRightChanged'],
    foreign: 'object.not_found',
    byPeople: true,
  },
  (get) => {
    const change = (client: Client, one: Person, right: MemberRight) =>
      outcomeOf(client.changeMemberRight({ ...personId(one), body: { right } }));

    test('the last owner who can sign in keeps the right, whoever asks', async () => {
      const world = get();
      const owner = await customerPerson(world);
      expect(await change(owner.client, owner, 'filer')).toBe('account.last_owner');
      expect(await change(world.people.operator.client, owner, 'viewer')).toBe('account.last_owner');
      // Somebody who has not followed the invitation yet owns nothing.
      const { member: next } = await invited(world, owner, 'owner');
      expect(await change(owner.client, owner, 'filer')).toBe('account.last_owner');
      const { link } = await owner.client.createMemberLink({ params: { personId: next.id } });
      const body = { token: link?.split('#')[1] ?? '', password: 'seven quiet herons at noon' };
      await world.people.visitor.client.useLink({ body });
      expect(await change(owner.client, owner, 'filer')).toBe('done');
    });

    test('API keys made by somebody who becomes a viewer end; a filer’s go on', async () => {
      const world = get();
      const owner = await customerPerson(world);
      const second = await member(world, owner, 'owner');
      await second.client.createApiKey({ body: { name: 'a', scopes: ['codes:issue'] } });
      const states = async () => (await owner.client.listApiKeys({})).apiKeys.map(({ state }) => state);
      expect(await change(owner.client, second, 'filer')).toBe('done');
      expect(await states()).toEqual(['active']);
      expect(await change(owner.client, second, 'viewer')).toBe('done');
      expect(await states()).toEqual(['revoked']);
    });

    test('refused without a change to make, for nobody, and to who is no owner any more', async () => {
      const world = get();
      const owner = await customerPerson(world);
      const viewer = await member(world, owner, 'viewer');
      expect(await change(owner.client, viewer, 'viewer')).toBe('object.changed');
      expect(await change(viewer.client, viewer, 'owner')).toBe('auth.right_missing');
      const none = { ...nobody, body: { right: 'filer' as const } };
      expect(await outcomeOf(owner.client.changeMemberRight(none))).toBe('object.not_found');
      const staff = await person(world, 'reviewer');
      expect(await change(world.people.operator.client, staff, 'viewer')).toBe('object.not_found');
      expect(await change(await formerOwner(world, owner), viewer, 'owner')).toBe('auth.right_missing');
      await owner.client.removeMember(personId(viewer));
      expect(await change(owner.client, viewer, 'filer')).toBe('object.changed');
    });
  },
);

describeOperation(
  'removeMember',
  {
    may: ['customer'],
    sample: async (world, owner) => personId(await member(world, owner, 'filer')),
    leaves: ['PersonDisabled'],
    foreign: 'object.not_found',
    byPeople: true,
  },
  (get) => {
    test('whoever is removed has no session and no key any more; nobody removes themselves', async () => {
      const world = get();
      const owner = await customerPerson(world);
      const second = await member(world, owner, 'owner');
      await second.client.createApiKey({ body: { name: 'a', scopes: ['codes:read'] } });
      expect(await owner.client.removeMember(personId(second))).toMatchObject({ state: 'disabled' });
      const { apiKeys } = await owner.client.listApiKeys({});
      expect(apiKeys.map(({ state }) => state)).toEqual(['revoked']);
      expect((await second.client.listOwnSessions({})).sessions).toEqual([]);
      expect(await outcomeOf(owner.client.removeMember(personId(second)))).toBe('object.changed');
      expect(await outcomeOf(owner.client.removeMember(personId(owner)))).toBe('person.own_account');
      expect(await outcomeOf(owner.client.removeMember(nobody))).toBe('object.not_found');
      const former = await formerOwner(world, owner);
      expect(await outcomeOf(former.removeMember(personId(owner)))).toBe('auth.right_missing');
    });
  },
);
