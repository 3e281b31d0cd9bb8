import { operations } from '@openbeian/contract';
import { describe, expect, test } from 'vitest';
import { describeOperation, outcomeOf } from '../../main/testing/operation-tests.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';

const ticketBody = (world: OperationWorld, realName = 'enterprise') => ({
  account: { id: world.fresh('acct'), displayName: '星河科技', realName: realName as 'enterprise' },
  person: { id: 'p-1', displayName: '王小明' },
});
const enter = (world: OperationWorld, ticket: string) =>
  world.people.visitor.client.signInWithTicket({ body: { ticket } });
const later = (world: OperationWorld, ms: number) =>
  world.replace({ people: { wall: { now: () => new Date(Date.now() + ms).toISOString() } } });

describeOperation(
  'createSignInTicket',
  {
    may: 'portal',
    sample: (world) => ({ body: ticketBody(world) }),
    leaves: ['PersonJoined', 'TicketIssued'],
  },
  (get) => {
    test('the same person of the same account is the same one here, with the newest name and real-name state', async () => {
      const world = get();
      const { client } = world.people.portal;
      const body = ticketBody(world, 'individual');
      const ticketFor = async (given: typeof body) => (await client.createSignInTicket({ body: given })).ticket;
      const first = await enter(world, await ticketFor(body));
      const renamed = {
        account: { ...body.account, realName: 'enterprise' as const },
        person: { ...body.person, displayName: '王大明' },
      };
      expect(await enter(world, await ticketFor(renamed))).toEqual({ ...first, displayName: '王大明' });
      expect(first).toMatchObject({ role: 'customer', accountId: body.account.id, secondFactorDue: false });
      const account = await world.deps.store.transaction((tx) => tx.accounts.find(body.account.id));
      expect(account?.realName).toBe('enterprise');
      const other = { ...body, account: { ...body.account, id: world.fresh('acct') } };
      expect((await enter(world, await ticketFor(other))).userId).not.toBe(first.userId);
    });

    test('is refused for somebody who was disabled here; the ticket before opens nothing', async () => {
      const world = get();
      const { client } = world.people.portal;
      const body = ticketBody(world);
      const { userId } = await enter(world, (await client.createSignInTicket({ body })).ticket);
      const { ticket } = await client.createSignInTicket({ body });
      await world.people.operator.client.disablePerson({ params: { personId: userId } });
      expect(await outcomeOf(client.createSignInTicket({ body }))).toBe('auth.person_disabled');
      expect(await outcomeOf(enter(world, ticket))).toBe('auth.link_not_usable');
    });
  },
);

describeOperation(
  'openTicket',
  {
    may: 'public',
    sample: async (world) => ({
      body: { ticket: (await world.people.portal.client.createSignInTicket({ body: ticketBody(world) })).ticket },
    }),
    leaves: 'nothing',
  },
  (get) => {
    test('says whose it is, as often as it is asked, and signs nobody in', async () => {
      const world = get();
      const body = ticketBody(world);
      const { ticket } = await world.people.portal.client.createSignInTicket({ body });
      const { account, person } = body;
      const said = { accountId: account.id, accountName: account.displayName, realName: account.realName };
      const { client } = world.people.visitor;
      for (let turn = 0; turn < 2; turn += 1) {
        expect(await client.openTicket({ body: { ticket } })).toMatchObject({
          ...said,
          displayName: person.displayName,
        });
      }
      expect(await outcomeOf(enter(world, ticket))).toBe('done');
      expect(await outcomeOf(client.openTicket({ body: { ticket } }))).toBe('auth.link_not_usable');
    });
  },
);

describe('signInWithTicket', () => {
  test('is good once and for a minute, and after `#` of an address', async () => {
    const world = await openOperations();
    world.reset();
    const { client } = world.people.portal;
    const made = await client.createSignInTicket({ body: ticketBody(world) });
    expect(made.url).toMatch(new RegExp(`/ticket#${made.ticket}$`));
    const outcomes = await Promise.all([1, 2, 3].map(() => outcomeOf(enter(world, made.ticket))));
    expect(outcomes.sort()).toEqual(['auth.link_not_usable', 'auth.link_not_usable', 'done']);
    const { ticket } = await client.createSignInTicket({ body: ticketBody(world) });
    later(world, 60_001);
    expect(await outcomeOf(enter(world, ticket))).toBe('auth.link_not_usable');
  });

  test('of somebody who is disabled at that moment is refused; every declared fault was given', async () => {
    const world = await openOperations();
    world.reset();
    const { client } = world.people.portal;
    const body = ticketBody(world);
    const { userId } = await enter(world, (await client.createSignInTicket({ body })).ticket);
    const { ticket } = await client.createSignInTicket({ body });
    const now = world.deps.people.wall.now();
    // As when another request disables the person while this one has taken the ticket already.
    await world.deps.store.transaction((tx) => tx.people.setDisabled(userId, now, now));
    expect(await outcomeOf(enter(world, ticket))).toBe('auth.person_disabled');
    const given = [...(world.provoked.get('signInWithTicket') ?? [])];
    expect(operations.signInWithTicket.faults.filter((code) => !given.includes(code))).toEqual([]);
  });
});
