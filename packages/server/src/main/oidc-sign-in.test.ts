import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { afterAll, expect, test, vi } from 'vitest';
import { goodPassword, openPeopleWorld } from './testing/people-world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const publicUrl = 'https://beian.example';
/** Who is signed in at the provider; its own page of sign-in is answered by the test. */
let accountId = 'staff-1';
/** How the provider says that they signed in. */
let acr = 'two-factors';
const people: Readonly<Record<string, object>> = {
  'staff-1': { preferred_username: 'zhang.wei', name: '张 薇', roles: ['beian-ops', 'other'] },
  'staff-2': { preferred_username: 'nobody.here', name: '无', roles: ['other'] },
  'customer-1': { name: '钱一', account_id: 'acct-from-sso', account_name: '海运公司', real_name: 'verified-company' },
  'customer-2': { name: '无账号', roles: ['beian-ops'] },
  'staff-3': { preferred_username: 'local', name: '冒名', roles: ['beian-ops'] },
};
const { provider, issuer, close: closeProvider } = await openProvider();
const world = await openPeopleWorld({
  http: { publicUrl },
  signIn: {
    oidc: {
      issuer,
      clientId: 'openbeian',
      clientSecret: 'a secret of the test, long enough',
      name: { zh: '统一登录', en: 'Single sign-on' },
      roles: { 'beian-audit': 'auditor', 'beian-ops': 'operator' },
    },
    customerOidc: {
      issuer,
      clientId: 'openbeian-customers',
      clientSecret: 'another secret of the test, long enough',
      name: { zh: '云账号登录', en: 'Cloud account' },
      realNames: { 'verified-company': 'enterprise' },
      requiredAcr: ['two-factors'],
    },
  },
});
afterAll(async () => {
  await world.close();
  await closeProvider();
});

async function openProvider() {
  const { createServer } = await import('node:http');
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const made = new Provider(at, {
    clients: [
      {
        client_id: 'openbeian',
        client_secret: 'a secret of the test, long enough',
        redirect_uris: [`${publicUrl}/oidc`],
      },
      {
        client_id: 'openbeian-customers',
        client_secret: 'another secret of the test, long enough',
        redirect_uris: [`${publicUrl}/oidc/customers`],
      },
    ],
    claims: {
      openid: ['sub', 'roles'],
      profile: ['name', 'preferred_username', 'account_id', 'account_name', 'real_name'],
    },
    conformIdTokenClaims: false,
    acrValues: ['two-factors', 'password'],
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people[id] }) }),
  });
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void made.callback()(request, response);
    void answerInteraction(request, response);
  });
  return {
    provider: made,
    issuer: at,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** What the provider's pages would do with a person at them: sign in, and agree. */
async function answerInteraction(...[request, response]: Parameters<Provider['interactionDetails']>) {
  const { prompt, params, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    return provider.interactionFinished(
      request,
      response,
      { login: { accountId, acr } },
      { mergeWithLastSubmission: false },
    );
  }
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId, clientId: String(params['client_id']) });
  grant?.addOIDCScope('openid profile');
  const consent = { grantId: await grant?.save() };
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
}

/** Follows the browser's way through the provider; the query that it comes back with. */
async function through(url: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next = url;
  for (let hop = 0; hop < 12; hop += 1) {
    const header = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie: header } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    next = new URL(answer.headers.get('location') ?? '', next).toString();
    if (next.startsWith(publicUrl)) return new URL(next).search.slice(1);
  }
  throw new Error('the provider sends the browser in circles');
}

const enter = async (visitor = world.visitor()) => {
  const { url } = await visitor.client.beginOidcSignIn({ body: {} });
  const query = await through(url);
  return { visitor, query, outcome: await world.refusal(visitor.client.signInWithOidc({ body: { query } })) };
};

test('signs staff in with the role that their claims map to, as the same person each time', async () => {
  accountId = 'staff-1';
  const { visitor, outcome } = await enter();
  expect(outcome).toBe('none');
  const session = await visitor.client.getSession();
  expect(session).toMatchObject({ login: 'zhang.wei', displayName: '张 薇', role: 'operator', secondFactorDue: false });
  const again = await enter();
  expect((await again.visitor.client.getSession()).userId).toBe(session.userId);
  expect((await world.audit(session.userId)).map(({ action }) => action)).toEqual([
    'PersonJoined',
    'SignedIn',
    'SignedIn',
  ]);
});

test('refuses who did not sign in at the provider as this deployment requires', async () => {
  accountId = 'customer-1';
  const customer = async () => {
    const visitor = world.visitor();
    const query = await through((await visitor.client.beginOidcSignIn({ body: { side: 'customers' } })).url);
    return world.refusal(visitor.client.signInWithOidc({ body: { side: 'customers', query } }));
  };
  acr = 'password';
  expect(await customer()).toBe('auth.provider_refused');
  acr = 'two-factors';
  expect(await customer()).toBe('none');
});

test('refuses an answer that was used, that another browser began, and that was changed', async () => {
  accountId = 'staff-1';
  const used = await enter();
  expect(await world.refusal(used.visitor.client.signInWithOidc({ body: { query: used.query } }))).toBe(
    'auth.provider_refused',
  );
  const [one, other] = [world.visitor(), world.visitor()];
  const query = await through((await one.client.beginOidcSignIn({ body: {} })).url);
  expect(await world.refusal(other.client.signInWithOidc({ body: { query } }))).toBe('auth.provider_refused');
  await other.client.beginOidcSignIn({ body: {} });
  expect(await world.refusal(other.client.signInWithOidc({ body: { query } }))).toBe('auth.provider_refused');
  const changed = query.replace(/state=[^&]{4}/, 'state=AAAA');
  expect(await world.refusal(one.client.signInWithOidc({ body: { query: changed } }))).toBe('auth.provider_refused');
});

test('lets nobody in without a role here, and nobody take over a login that has a password', async () => {
  accountId = 'staff-2';
  expect((await enter()).outcome).toBe('auth.provider_refused');
  await world.person('reviewer', 'local');
  accountId = 'staff-3';
  expect((await enter()).outcome).toBe('auth.provider_refused');
  await world.visitor().client.signIn({ body: { login: 'local', password: goodPassword } });
});

test('keeps somebody out who was disabled here', async () => {
  accountId = 'staff-1';
  const { visitor } = await enter();
  const { userId } = await visitor.client.getSession();
  await world.rows(`UPDATE auth_user SET "disabledAt" = now() WHERE id = '${userId}'`);
  expect((await enter()).outcome).toBe('auth.person_disabled');
  await world.rows(`UPDATE auth_user SET "disabledAt" = NULL WHERE id = '${userId}'`);
});

test('signs customers in at their own provider, into the account that their claims name, with its real-name state', async () => {
  accountId = 'customer-1';
  const round = async (side: 'staff' | 'customers' = 'customers') => {
    const visitor = world.visitor();
    const query = await through((await visitor.client.beginOidcSignIn({ body: { side: 'customers' } })).url);
    return { visitor, outcome: await world.refusal(visitor.client.signInWithOidc({ body: { side, query } })) };
  };
  const { visitor, outcome } = await round();
  expect(outcome).toBe('none');
  const session = await visitor.client.getSession();
  expect(session).toMatchObject({ role: 'customer', accountId: 'acct-from-sso', displayName: '钱一' });
  expect((await (await round()).visitor.client.getSession()).userId).toBe(session.userId);
  expect(await world.rows(`SELECT real_name, display_name FROM account WHERE id = 'acct-from-sso'`)).toEqual([
    { real_name: 'enterprise', display_name: '海运公司' },
  ]);
  // A round begun as a customer is none of staff's, whatever the claims say; and nobody comes in without an account.
  expect((await round('staff')).outcome).toBe('auth.provider_refused');
  accountId = 'customer-2';
  expect((await round()).outcome).toBe('auth.provider_refused');
});
