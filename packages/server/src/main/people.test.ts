import { afterAll, describe, expect, test, vi } from 'vitest';
import { invitePersonByCommand, resetPersonByCommand } from './people-by-command.ts';
import { goodPassword, openPeopleWorld } from './testing/people-world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const world = await openPeopleWorld();
afterAll(() => world.close());

const operator = await world.signedIn(await world.person('operator'));
const { client } = operator;
const secretIn = (link: string | null) => link?.split('#')[1] ?? '';
const idOf = async (login: string) => (await client.listPeople({ query: { search: login } })).people[0]?.id ?? '';
const params = async (login: string) => ({ params: { personId: await idOf(login) } });
const newPassword = 'nine slow foxes by the river';
let invited = 0;
async function invite(mail: string | null = null, role: 'reviewer' | 'operator' = 'reviewer') {
  invited += 1;
  const body = { login: `new-${invited}`, displayName: '新同事', role, mail };
  return { ...(await client.invitePerson({ body })), login: body.login };
}
const use = (token: string, password = newPassword) =>
  world.refusal(world.visitor().client.useLink({ body: { token, password } }));
const signIn = (login: string, password: string) =>
  world.refusal(world.visitor().client.signIn({ body: { login, password } }));

describe('an invitation', () => {
  test('is a link, shown once, by which the person alone sets the password, once', async () => {
    const { link, person, login } = await invite();
    expect(person).toMatchObject({ state: 'invited', role: 'reviewer' });
    const token = secretIn(link);
    expect(await world.visitor().client.openLink({ body: { token } })).toMatchObject({ purpose: 'invitation', login });
    expect(await use(token, '1234567890')).toBe('input.invalid');
    const outcomes = await Promise.all([use(token), use(token), use(token)]);
    expect(outcomes.filter((outcome) => outcome === 'none')).toHaveLength(1);
    expect(await use(token)).toBe('auth.link_not_usable');
    expect(await signIn(login, newPassword)).toBe('none');
    expect(JSON.stringify(await world.rows('SELECT * FROM one_time_token'))).not.toContain(token);
  });

  test('goes by mail where there is an address: then nobody else sees the link', async () => {
    const { link, login } = await invite('new@people.example');
    expect(link).toBeNull();
    const [mail] = await world.mails();
    expect(mail?.to).toBe('new@people.example');
    expect(await use(mail?.link ?? '')).toBe('none');
    expect(await signIn(login, newPassword)).toBe('none');
    expect(await world.mails()).toEqual([]);
    expect(JSON.stringify(await world.rows('SELECT * FROM auth_user'))).not.toContain('new@people.example');
  });

  test('ends after three days, when a newer one was made, and when the person is disabled', async () => {
    const late = await invite();
    world.wall.nowMs += 73 * 3_600_000;
    expect(await use(secretIn(late.link))).toBe('auth.link_not_usable');
    world.wall.nowMs -= 73 * 3_600_000;
    const replaced = await invite();
    const { link } = await client.createPersonLink(await params(replaced.login));
    expect(await use(secretIn(replaced.link))).toBe('auth.link_not_usable');
    await client.disablePerson(await params(replaced.login));
    expect(await use(secretIn(link))).toBe('auth.link_not_usable');
  });

  test('is refused for a login that is taken, and for a customer without an account', async () => {
    const { login } = await invite();
    const body = { login, displayName: '新', role: 'reviewer' as const };
    expect(await world.refusal(client.invitePerson({ body }))).toBe('person.login_taken');
    const customer = { login: 'c-1', displayName: '新', role: 'customer' as const };
    expect(await world.refusal(client.invitePerson({ body: customer }))).toBe('input.invalid');
  });
});

describe('a reset by mail', () => {
  test('is answered the same for everybody, and mailed to who has an address, not again at once', async () => {
    const [withMail, without] = [await world.person('customer'), await world.person('customer')];
    const own = await world.signedIn(withMail);
    await own.client.putOwnMail({ body: { mail: 'own@people.example' } });
    const ask = (login: string) => world.visitor().client.requestPasswordReset({ body: { login } });
    for (const login of [withMail, withMail, without, 'nobody-at-all'])
      expect(await ask(login)).toEqual({ accepted: true });
    const mails = await world.mails();
    expect(mails.map(({ to }) => to)).toEqual(['own@people.example']);
    await ask(withMail);
    expect(await world.mails()).toEqual([]);
    expect(await use(mails[0]?.link ?? '')).toBe('none');
    expect(await world.refusal(own.client.getSession())).toBe('auth.required');
    expect(await signIn(withMail, newPassword)).toBe('none');
  });

  test('is good for an hour', async () => {
    const login = await world.person('reviewer');
    const { link } = await client.createPersonLink(await params(login));
    world.wall.nowMs += 61 * 60_000;
    expect(await use(secretIn(link))).toBe('auth.link_not_usable');
    world.wall.nowMs -= 61 * 60_000;
  });
});

describe('administration of people', () => {
  test('disabling ends sessions and keys at once, and keeps the person out until enabled', async () => {
    const login = await world.person('customer');
    const person = await world.signedIn(login);
    const { secret } = await person.client.createApiKey({ body: { name: 'k', scopes: ['codes:read'] } });
    expect(await client.disablePerson(await params(login))).toMatchObject({ state: 'disabled', sessions: 0 });
    expect(await world.refusal(person.client.getSession())).toBe('auth.required');
    const answer = await fetch(`${world.url}/api/v1/codes`, { headers: { authorization: `Bearer ${secret}` } });
    expect(answer.status).toBe(401);
    expect(await signIn(login, 'a wrong password')).toBe('auth.wrong_credentials');
    expect(await signIn(login, goodPassword)).toBe('auth.person_disabled');
    await client.enablePerson(await params(login));
    expect(await signIn(login, goodPassword)).toBe('none');
  });

  test('deleting removes what is known of the person; the audit keeps the id', async () => {
    const login = await world.person('reviewer');
    const personId = await idOf(login);
    await client.deletePerson({ params: { personId } });
    expect(await signIn(login, goodPassword)).toBe('auth.wrong_credentials');
    for (const table of ['auth_user', 'auth_credential', 'auth_session']) {
      expect(JSON.stringify(await world.rows(`SELECT * FROM ${table}`))).not.toContain(login);
    }
    expect((await world.audit(personId)).map(({ action }) => action)).toContain('PersonDeleted');
  });

  test('a role is changed among staff, ends sessions, and never makes staff of a customer', async () => {
    const login = await world.person('reviewer');
    const person = await world.signedIn(login);
    const changed = await client.changePersonRole({ ...(await params(login)), body: { role: 'auditor' } });
    expect(changed.role).toBe('auditor');
    expect(await world.refusal(person.client.getSession())).toBe('auth.required');
    const customer = await params(await world.person('customer'));
    expect(await world.refusal(client.changePersonRole({ ...customer, body: { role: 'operator' } }))).toBe(
      'object.changed',
    );
  });

  test('nobody does it to oneself, and one operator is always left, also when two disable each other', async () => {
    const own = await client.getSession();
    const self = { params: { personId: own.userId } };
    for (const call of [client.disablePerson(self), client.deletePerson(self), client.createPersonLink(self)]) {
      expect(await world.refusal(call)).toBe('person.own_account');
    }
    const other = await world.signedIn(await world.person('operator'));
    const { userId } = await other.client.getSession();
    const outcomes = await Promise.all([
      world.refusal(client.disablePerson({ params: { personId: userId } })),
      world.refusal(other.client.disablePerson(self)),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'none')).toHaveLength(1);
    const rows = await world.rows(`SELECT 1 FROM auth_user WHERE role = 'operator' AND "disabledAt" IS NULL`);
    expect(rows).toHaveLength(1);
    await world.rows(`UPDATE auth_user SET "disabledAt" = NULL`);
    await client.signIn({ body: { login: own.login, password: goodPassword } });
  });

  test('is for operators only', async () => {
    for (const role of ['customer', 'reviewer', 'auditor'] as const) {
      const { client: asker } = await world.signedIn(await world.person(role));
      const target = await params(await world.person('reviewer'));
      expect(await world.refusal(asker.disablePerson(target))).toBe('auth.forbidden');
      expect(await world.refusal(asker.resetSecondFactor(target))).toBe('auth.forbidden');
    }
  });

  test('is in the audit with address and session', async () => {
    const login = await world.person('reviewer');
    const personId = await idOf(login);
    await client.resetSecondFactor({ params: { personId } });
    await client.endPersonSessions({ params: { personId } });
    const { sessions } = await client.listOwnSessions();
    const session_id = sessions.find(({ current }) => current)?.id;
    expect(await world.audit(personId)).toEqual([
      { action: 'SecondFactorReset', address: '127.0.0.1', session_id },
      { action: 'SessionsEnded', address: '127.0.0.1', session_id },
    ]);
  });
});

describe('commands on the server’s machine', () => {
  test('invite, and help whoever lost everything: by links, as the system, in the audit', async () => {
    const given = { login: 'by-command', role: 'auditor', displayName: '审计', accountId: null, mail: null };
    const link = await invitePersonByCommand(world.deployment, given);
    expect(link).toMatch(/^http:\/\/localhost:\d+\/link#/);
    expect(await use(secretIn(link))).toBe('none');
    const visitor = world.visitor();
    await visitor.client.signIn({ body: { login: 'by-command', password: newPassword } });
    const again = await resetPersonByCommand(world.deployment, 'BY-COMMAND', { secondFactor: true });
    expect(await world.refusal(visitor.client.getSession())).toBe('auth.required');
    expect(await use(secretIn(again), goodPassword)).toBe('none');
    expect(await signIn('by-command', goodPassword)).toBe('none');
    const actions = (await world.audit(await idOf('by-command'))).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['PersonInvited', 'SecondFactorReset', 'PersonLinkMade']));
    await expect(invitePersonByCommand(world.deployment, { ...given, login: '王' })).rejects.toMatchObject({
      code: 'input.invalid',
    });
    await expect(resetPersonByCommand(world.deployment, 'nobody', { secondFactor: false })).rejects.toMatchObject({
      code: 'object.not_found',
    });
  });
});

describe('a ticket of the portal', () => {
  const ticketFor = async (some: object = {}, person: object = {}) => {
    const answer = await fetch(`${world.url}/api/v1/portal/sign-in-tickets`, {
      method: 'POST',
      headers: { authorization: 'Bearer portal-token-of-the-test', 'content-type': 'application/json' },
      body: JSON.stringify({
        account: { id: 'acct-portal', displayName: '星河科技', realName: 'enterprise', ...some },
        person: { id: 'p-1', displayName: '王小明', ...person },
      }),
    });
    return (await answer.json()) as { ticket: string; url: string };
  };
  const enter = async (ticket: string) => {
    const visitor = world.visitor();
    return { visitor, outcome: await world.refusal(visitor.client.signInWithTicket({ body: { ticket } })) };
  };

  test('signs the customer in once, as the same person each time, with account and real-name state', async () => {
    const first = await ticketFor();
    expect(first.url).toBe(`/ticket#${first.ticket}`);
    const tries = await Promise.all([enter(first.ticket), enter(first.ticket), enter(first.ticket)]);
    expect(tries.filter(({ outcome }) => outcome === 'none')).toHaveLength(1);
    expect((await enter(first.ticket)).outcome).toBe('auth.link_not_usable');
    const { visitor } = await enter((await ticketFor({ realName: 'individual' })).ticket);
    const session = await visitor.client.getSession();
    expect(session).toMatchObject({ role: 'customer', accountId: 'acct-portal', displayName: '王小明' });
    const again = await enter((await ticketFor()).ticket);
    expect((await again.visitor.client.getSession()).userId).toBe(session.userId);
    const other = await enter((await ticketFor({ id: 'acct-other' })).ticket);
    expect((await other.visitor.client.getSession()).userId).not.toBe(session.userId);
    const { accounts } = await client.listAccounts({ query: { search: 'acct-portal' } });
    expect(accounts).toEqual([
      { id: 'acct-portal', displayName: '星河科技', realName: 'enterprise', mayFileForOthers: false },
    ]);
  });

  test('is good for a minute', async () => {
    const { ticket } = await ticketFor();
    world.wall.nowMs += 61_000;
    expect((await enter(ticket)).outcome).toBe('auth.link_not_usable');
    world.wall.nowMs -= 61_000;
  });

  test('gives nobody a password, and opens nothing for somebody disabled', async () => {
    const { ticket } = await ticketFor({}, { id: 'p-2' });
    const { visitor } = await enter(ticket);
    const { userId } = await visitor.client.getSession();
    expect(await world.refusal(client.createPersonLink({ params: { personId: userId } }))).toBe('object.changed');
    const pending = await ticketFor({}, { id: 'p-2' });
    await client.disablePerson({ params: { personId: userId } });
    expect((await enter(pending.ticket)).outcome).toBe('auth.link_not_usable');
    expect(await ticketFor({}, { id: 'p-2' })).toMatchObject({ code: 'auth.person_disabled' });
  });
});
