import { afterAll, describe, expect, test, vi } from 'vitest';
import { totpCode } from '../flows/person/totp.ts';
import { goodPassword, openPeopleWorld } from './testing/people-world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const world = await openPeopleWorld({
  signIn: { staff: { secondFactor: 'required' }, portalTokens: ['portal-token-of-the-test'] },
});
afterAll(() => world.close());

type Visitor = Awaited<ReturnType<typeof world.signedIn>>;

/** Text of RFC 4648 back to bytes. */
function bytesOf(base32: string): Uint8Array {
  const bits = [...base32].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'));
  return new Uint8Array((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
const codeOf = (secret: string, stepsAhead = 0) =>
  totpCode(bytesOf(secret), Math.floor(world.wall.nowMs / 30_000) + stepsAhead);

async function enrol({ client }: Visitor) {
  const { secret, uri } = await client.beginTotp({ body: {} });
  expect(uri).toContain(`secret=${secret}`);
  const { recoveryCodes } = await client.confirmTotp({ body: { code: codeOf(secret) } });
  world.wall.nowMs += 30_000;
  return { secret, recoveryCodes: recoveryCodes ?? [] };
}
const signIn = (login: string, code?: string, password = goodPassword) => {
  const { client } = world.visitor();
  return world.refusal(client.signIn({ body: { login, password, ...(code !== undefined && { code }) } }));
};

test('codes of authenticator apps are those of RFC 6238', () => {
  const secret = Buffer.from('12345678901234567890');
  const vectors = {
    59: '287082',
    1111111109: '081804',
    1111111111: '050471',
    1234567890: '005924',
    2000000000: '279037',
  };
  for (const [seconds, code] of Object.entries(vectors)) {
    expect(totpCode(secret, Math.floor(Number(seconds) / 30))).toBe(code);
  }
});

describe('a second factor', () => {
  test('is due for staff: until it is set up, nothing else is open', async () => {
    const login = await world.person('operator');
    const { client, cookies } = await world.signedIn(login);
    expect(await client.getSession()).toMatchObject({ secondFactorDue: true });
    for (const call of [
      client.listPeople(),
      client.listAudit(),
      client.listOwnSessions(),
      client.putOwnMail({ body: { mail: null } }),
    ]) {
      expect(await world.refusal(call)).toBe('auth.second_factor_due');
    }
    await enrol({ client, cookies });
    expect(await client.getSession()).toMatchObject({ secondFactorDue: false });
    expect((await client.listPeople()).people.length).toBeGreaterThan(0);
  });

  test('is asked for beside the right password only, and each code is good once', async () => {
    const login = await world.person('reviewer');
    const { secret } = await enrol(await world.signedIn(login));
    expect(await signIn(login, undefined, 'a wrong password')).toBe('auth.wrong_credentials');
    expect(await signIn(login, codeOf(secret), 'a wrong password')).toBe('auth.wrong_credentials');
    expect(await signIn(login)).toBe('auth.second_factor_required');
    expect(await signIn(login, '000000')).toBe('auth.wrong_second_factor');
    const code = codeOf(secret);
    expect(await signIn(login, ` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe('none');
    expect(await signIn(login, code)).toBe('auth.wrong_second_factor');
    expect(await signIn(login, codeOf(secret, -1))).toBe('auth.wrong_second_factor');
    expect(await signIn(login, codeOf(secret, 3))).toBe('auth.wrong_second_factor');
  });

  test('of several who bring one code at once lets one in', async () => {
    const login = await world.person('reviewer');
    const { secret, recoveryCodes } = await enrol(await world.signedIn(login));
    for (const code of [codeOf(secret), recoveryCodes[0] ?? '']) {
      const outcomes = await Promise.all(Array.from({ length: 4 }, () => signIn(login, code)));
      expect(outcomes.filter((outcome) => outcome === 'none')).toHaveLength(1);
    }
  });

  test('cannot be tried out: after ten wrong codes there is a pause', async () => {
    const login = await world.person('reviewer');
    const { secret } = await enrol(await world.signedIn(login));
    for (let turn = 0; turn < 10; turn += 1) expect(await signIn(login, '000000')).toBe('auth.wrong_second_factor');
    expect(await signIn(login, codeOf(secret))).toBe('auth.too_many_attempts');
    world.wall.nowMs += 16 * 60_000;
    expect(await signIn(login, codeOf(secret))).toBe('none');
  });

  test('has recovery codes, each good once, until there are new ones', async () => {
    const login = await world.person('reviewer');
    const own = await world.signedIn(login);
    const { recoveryCodes } = await enrol(own);
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first = '', second = ''] = recoveryCodes;
    expect(await signIn(login, first.toLowerCase().replaceAll('-', ' '))).toBe('none');
    expect(await signIn(login, first)).toBe('auth.wrong_second_factor');
    expect((await own.client.getOwnAccess()).recoveryCodes).toBe(9);
    const { recoveryCodes: renewed } = await own.client.renewRecoveryCodes({});
    expect(await signIn(login, second)).toBe('auth.wrong_second_factor');
    expect(await signIn(login, renewed?.[0] ?? '')).toBe('none');
  });

  test('is stored sealed, its recovery codes as digests, and rotation of keys walks it', async () => {
    const { secret, recoveryCodes } = await enrol(await world.signedIn(await world.person('reviewer')));
    const stored = JSON.stringify(await world.rows('SELECT * FROM person_totp, person_recovery_code'));
    for (const clear of [secret, ...recoveryCodes]) expect(stored).not.toContain(clear);
    const { sealing } = world.deployment.deps.vault.newest;
    const uses = await world.deployment.countKeyUses();
    expect(uses.find(({ kind, keyId }) => kind === 'totp' && keyId === sealing)?.count).toBeGreaterThan(0);
  });

  test('stays: the last one cannot be removed where the policy asks for it', async () => {
    const { client, cookies } = await world.signedIn(await world.person('reviewer'));
    await enrol({ client, cookies });
    expect(await world.refusal(client.removeTotp({}))).toBe('person.second_factor_needed');
    const customer = await world.signedIn(await world.person('customer'));
    await enrol(customer);
    await customer.client.removeTotp({});
    expect(await customer.client.getOwnAccess()).toMatchObject({ totp: false, recoveryCodes: 0 });
  });

  test('is changed only soon after signing in', async () => {
    const customer = await world.signedIn(await world.person('customer'));
    world.wall.nowMs += 16 * 60_000;
    for (const call of [customer.client.beginTotp({ body: {} }), customer.client.beginPasskey({ body: {} })]) {
      expect(await world.refusal(call)).toBe('auth.sign_in_again');
    }
  });
});

describe('the own password', () => {
  test('is changed with the present one; all other sessions end', async () => {
    const login = await world.person('customer');
    const [here, there] = [await world.signedIn(login), await world.signedIn(login)];
    const change = (current: string, password: string) =>
      world.refusal(here.client.changeOwnPassword({ body: { current, password } }));
    expect(await change('a wrong password', 'nine slow foxes by the river')).toBe('auth.wrong_credentials');
    expect(await change(goodPassword, 'nine slow foxes by the river')).toBe('none');
    expect(await world.refusal(there.client.getSession())).toBe('auth.required');
    expect(await here.client.getSession()).toMatchObject({ login });
    expect(await signIn(login)).toBe('auth.wrong_credentials');
    expect(await signIn(login, undefined, 'nine slow foxes by the river')).toBe('none');
  });

  test.each([
    ['1234567890'],
    ['aaaaaaaaaa'],
    ['passw0rd12'],
    ['Password2026!'],
    ['qwertyuiop'],
    ['abcabcabcabc'],
    ['short'],
  ])('%j is refused', async (password) => {
    const { client } = await world.signedIn(await world.person('customer'));
    expect(await world.refusal(client.changeOwnPassword({ body: { current: goodPassword, password } }))).toBe(
      'input.invalid',
    );
  });

  test('must not carry the login', async () => {
    const login = await world.person('customer');
    const { client } = await world.signedIn(login);
    const body = { current: goodPassword, password: `my ${login} is long` };
    expect(await world.refusal(client.changeOwnPassword({ body }))).toBe('input.invalid');
  });
});
