import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient, createCookieJar, ProblemError } from '../../packages/contract/src/client.ts';
import { createLogger, openSampleDeployment, type SampleDeployment } from '../../packages/server/src/main/index.ts';

/** Partners' programs: an API key instead of a session, batches of codes, numbered errors. */
let sample: SampleDeployment;
beforeAll(async () => {
  sample = await openSampleDeployment({ dataDir: null, calm: true, logger: createLogger('silent') });
});
afterAll(() => sample?.close());

async function as(login: string): Promise<Client> {
  const client = createClient({ baseUrl: sample.url, cookies: createCookieJar() });
  const password = sample.logins.find((one) => one.login === login)?.password ?? '';
  await client.signIn({ body: { login, password } });
  return client;
}
const withKey = (secret: string | null) => createClient({ baseUrl: sample.url, bearer: secret ?? '' });

async function problemOf(attempt: Promise<unknown>): Promise<ProblemError['problem']> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('it was accepted');
}

const all = ['resources:read', 'codes:read', 'codes:verify', 'codes:issue', 'codes:grant', 'codes:revoke'] as const;
const newKey = async (login: string, scopes: readonly (typeof all)[number][] = all) =>
  (await as(login)).createApiKey({ body: { name: 'billing', scopes: [...scopes] } });

describe('an API key', () => {
  it('is shown once, acts for its account with its scopes, and is named in the audit', async () => {
    const person = await as('xinghe');
    const body = { name: 'read only', scopes: ['resources:read' as const] };
    const first = await person.createApiKey({ body }, { idempotencyKey: 'key-once' });
    const again = await person.createApiKey({ body }, { idempotencyKey: 'key-once' });
    expect(first.secret).toMatch(/^obk\.key_\w+\.[\w-]{43}$/);
    expect(again).toMatchObject({ apiKey: { id: first.apiKey.id }, secret: null });
    const { apiKeys } = await person.listApiKeys();
    expect(JSON.stringify(apiKeys)).not.toContain(first.secret?.split('.')[2]);

    const program = withKey(first.secret);
    expect((await program.listResources()).resources.every((row) => row.accountId === 'acct-xinghe')).toBe(true);
    const refused = await problemOf(program.listCodes({ query: {} }));
    expect(refused).toMatchObject({ code: 'auth.scope_missing', en: expect.stringContaining('codes:read') });
    // What is for people only needs a sign-in, whatever the key may do.
    expect((await problemOf(program.listApiKeys())).code).toBe('auth.scope_missing');

    const issuing = await newKey('xinghe');
    await withKey(issuing.secret).issuePartnerCodes({ body: { resourceId: 'xy-web-1' } });
    const { rows } = await (await as('auditor')).listAudit({ query: { objectId: 'xy-web-1' } });
    expect(rows[0]).toMatchObject({ action: 'CodesIssued', actorId: issuing.apiKey.id });
  });

  it('opens nothing when mistyped or revoked; after a rotation both secrets are good for a while', async () => {
    const person = await as('xinghe');
    const { apiKey, secret } = await newKey('xinghe');
    const params = { keyId: apiKey.id };
    const wrong = `${secret?.slice(0, -2)}${secret?.endsWith('AA') ? 'BB' : 'AA'}`;
    for (const bad of [wrong, 'obk.key_1.x', 'nonsense']) {
      expect((await problemOf(withKey(bad).listResources())).code).toBe('auth.key_refused');
    }
    const rotated = await person.rotateApiKey({ params, body: { overlapHours: 1 } });
    for (const good of [secret, rotated.secret]) await withKey(good).listResources();
    const atOnce = await person.rotateApiKey({ params, body: { overlapHours: 0 } });
    expect((await problemOf(withKey(rotated.secret).listResources())).code).toBe('auth.key_refused');
    await withKey(atOnce.secret).listResources();
    expect((await person.revokeApiKey({ params })).state).toBe('revoked');
    expect((await problemOf(withKey(atOnce.secret).listResources())).code).toBe('auth.key_refused');
    // Another account's key is not there.
    expect((await problemOf((await as('yunfan')).revokeApiKey({ params }))).code).toBe('object.not_found');
  });
});

describe('the partner interface', () => {
  it('checks, issues, grants and queries, and one request twice is done once', async () => {
    const program = withKey((await newKey('xinghe')).secret);
    const { results } = await program.checkPartnerResources({
      body: { resourceIds: ['xy-web-2', 'xy-no-ip', 'nothing-there'] },
    });
    expect(results.map((one) => [one.mayIssue, one.reasons[0]?.number ?? null])).toEqual([
      [true, null],
      [false, 403],
      [false, 402],
    ]);
    const issue = () =>
      program.issuePartnerCodes({ body: { resourceId: 'xy-web-2', count: 2 } }, { idempotencyKey: 'order-1' });
    const { codes } = await issue();
    expect((await issue()).codes.map((one) => one.clear)).toEqual(codes.map((one) => one.clear));
    const after = await program.checkPartnerResources({ body: { resourceIds: ['xy-web-2'] } });
    expect(after.results[0]?.remaining).toBe((results[0]?.remaining ?? 0) - 2);

    const [one, two] = codes;
    const grants = [
      { code: one?.clear ?? '', granteeAccountId: 'acct-individual' },
      { codeId: two?.code.id ?? '', granteeAccountId: 'acct-yunfan' },
    ];
    const granted = await program.grantPartnerCodes({ body: { grants } });
    expect(granted.codes.map((code) => code.granteeAccountId)).toEqual(['acct-individual', 'acct-yunfan']);

    const ask = { body: { codes: [two?.clear ?? '', one?.clear ?? '', 'AAAAA-AAAAA-AAAAA-AAAAA'] } };
    const mine = await program.queryPartnerCodes(ask);
    expect(mine.results.map((found) => found.code?.id ?? null)).toEqual([two?.code.id, one?.code.id, null]);
    const grantee = await withKey((await newKey('yunfan')).secret).queryPartnerCodes(ask);
    expect(grantee.results.map((found) => found.reasons[0]?.number ?? null)).toEqual([null, 406, 406]);
    const ofResource = await program.queryPartnerResource({ body: { resourceId: 'xy-web-2', limit: 1 } });
    expect(ofResource).toMatchObject({
      found: true,
      remaining: after.results[0]?.remaining,
      reasons: [{ number: 609 }],
    });
    expect(ofResource.codes.map(({ code }) => code.id)).toEqual([two?.code.id]);
    const rest = await program.queryPartnerResource({ body: { resourceId: 'xy-web-2', after: ofResource.next ?? '' } });
    expect(rest.codes.map(({ code }) => code.id)).toContain(one?.code.id);
    const used = { body: { resourceId: 'xy-web-2', state: 'used' as const } };
    expect((await program.queryPartnerResource(used)).codes).toEqual([]);
    const unknown = { found: false, remaining: 0, codes: [], next: null, reasons: [{ number: 402 }] };
    for (const resourceId of ['nothing-there', 'xy-yunfan']) {
      expect(await program.queryPartnerResource({ body: { resourceId } })).toMatchObject(unknown);
    }
    // One that exists is told from one that does not by nothing at all.
    expect(grantee.results[1]).toEqual(grantee.results[2]);
  });

  it('grants all or none', async () => {
    const program = withKey((await newKey('xinghe')).secret);
    const { codes } = await program.issuePartnerCodes({ body: { resourceId: 'xy-web-1', count: 2 } });
    const [one, two] = codes.map((code) => code.code.id);
    await program.revokeCode({ params: { codeId: two ?? '' } });
    const to = (codeId = '', granteeAccountId = 'acct-yunfan') => ({ codeId, granteeAccountId });
    const refused = await problemOf(program.grantPartnerCodes({ body: { grants: [to(one), to(two)] } }));
    expect(refused).toMatchObject({ code: 'code.not_usable', number: 1204, reasons: [{ index: 1, number: 1204 }] });
    expect((await program.getCode({ params: { codeId: one ?? '' } })).granteeAccountId).toBeNull();
    const unknown = await problemOf(program.grantPartnerCodes({ body: { grants: [to(one, 'nobody')] } }));
    expect(unknown).toMatchObject({ number: 401, places: [{ path: 'grants[0].granteeAccountId' }] });
    const twice = await problemOf(program.grantPartnerCodes({ body: { grants: [to(one), to(one)] } }));
    expect(twice.places?.map((place) => place.path)).toEqual(['grants[1]']);
  });

  it('numbers its refusals', async () => {
    const program = withKey((await newKey('xinghe')).secret);
    const numberOf = async (attempt: Promise<unknown>) => (await problemOf(attempt)).number;
    const issue = (resourceId: string, count: number) => program.issuePartnerCodes({ body: { resourceId, count } });
    expect(await numberOf(issue('xy-web-1', 21))).toBe(603);
    expect(await numberOf(issue('xy-no-ip', 1))).toBe(403);
    expect(await numberOf(issue('nothing-there', 1))).toBe(402);
    const { results } = await program.checkPartnerResources({ body: { resourceIds: ['xy-web-2'] } });
    expect(await numberOf(issue('xy-web-2', (results[0]?.remaining ?? 0) + 1))).toBe(609);
    expect(await numberOf(withKey('obk.a.b').issuePartnerCodes({ body: { resourceId: 'xy-web-1' } }))).toBe(1002);
  });

  it('verifies a code with a name: which filing it would be, told only of a code that the asker may know', async () => {
    const program = withKey((await newKey('xinghe')).secret);
    const { codes } = await program.issuePartnerCodes({ body: { resourceId: 'xy-web-1' } });
    const ask = (domainName: string, code = codes[0]?.clear ?? '') =>
      program.verifyCode({ body: { code, accountId: 'acct-xinghe', domainName } });
    const name = { domainName: 'never-seen-example.cn', status: 'not_filed' };
    expect(await ask('www.never-seen-example.cn')).toMatchObject({ usable: true, reasons: [], name });
    expect(await ask('yunfan-example.cn')).toMatchObject({ usable: true, name: { status: 'filed_elsewhere' } });
    expect((await ask('yunfan-example.cn', 'AAAAA-AAAAA-AAAAA-AAAAA')).name).toBeUndefined();
  });

  it('counts every wrong code of a batch as a guess', async () => {
    const program = withKey((await newKey('school')).secret);
    const codes = Array.from({ length: 20 }, () => 'AAAAA-AAAAA-AAAAA-AAAAA');
    await program.queryPartnerCodes({ body: { codes } });
    const refused = await problemOf(program.queryPartnerCodes({ body: { codes: ['AAAAA-AAAAA-AAAAA-AAAAA'] } }));
    expect(refused).toMatchObject({ code: 'auth.too_many_attempts', number: 1006 });
  });
});
