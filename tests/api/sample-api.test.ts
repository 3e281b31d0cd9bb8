import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient, createCookieJar, ProblemError } from '../../packages/contract/src/client.ts';
import { fictionalPerson } from '../../packages/model/src/fictional/index.ts';
import { createLogger, openSampleDeployment, type SampleDeployment } from '../../packages/server/src/main/index.ts';

const run = promisify(execFile);
const main = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src', 'main.ts');

let sample: SampleDeployment;
beforeAll(async () => {
  sample = await openSampleDeployment({ dataDir: null, calm: true, logger: createLogger('silent') });
});
afterAll(() => sample.close());

async function as(login: string): Promise<Client> {
  const client = createClient({ baseUrl: sample.url, cookies: createCookieJar() });
  const password = sample.logins.find((one) => one.login === login)?.password ?? '';
  await client.signIn({ body: { login, password } });
  return client;
}

async function faultOf(attempt: Promise<unknown>): Promise<ProblemError['problem']> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('it was accepted');
}

const issue = async (client: Client, body: object = {}) => {
  const { codes } = await client.issueCodes({ params: { resourceId: 'xy-web-1' }, body });
  const [code] = codes;
  if (code === undefined) throw new Error('no code');
  return code;
};

const startBody = (seed: number, domainName: string) => ({
  domainName,
  subjectKind: 'individual' as const,
  provinceCode: '440000',
  certificateType: 'resident_id',
  certificateNumber: fictionalPerson(seed).residentId,
});

describe('what is another account’s', () => {
  it('stays unseen: resources, codes and filings of others are not found', async () => {
    const [xinghe, yunfan] = [await as('xinghe'), await as('yunfan')];
    const code = await issue(xinghe);
    const { filing } = await xinghe.startFiling({ body: startBody(101, 'api-unseen.cn') });
    for (const attempt of [
      () => yunfan.getResource({ params: { resourceId: 'xy-web-1' } }),
      () => yunfan.getCode({ params: { codeId: code.code.id } }),
      () => yunfan.revealCode({ params: { codeId: code.code.id }, body: { reason: 'curious' } }),
      () => yunfan.grantCode({ params: { codeId: code.code.id }, body: { granteeAccountId: 'acct-yunfan' } }),
      () => yunfan.revokeCode({ params: { codeId: code.code.id } }),
      () => yunfan.getFiling({ params: { filingId: filing.id } }),
      () => yunfan.getFilingForm({ params: { filingId: filing.id } }),
      () => yunfan.abandonFiling({ params: { filingId: filing.id }, body: { version: filing.version } }),
      () => yunfan.issueCodes({ params: { resourceId: 'xy-web-1' }, body: {} }),
    ]) {
      expect((await faultOf(attempt())).code).toBe('object.not_found');
    }
    await xinghe.abandonFiling({ params: { filingId: filing.id }, body: { version: filing.version } });
  });

  it('a granted code works for its grantee alone, and a stranger cannot tell it from an unknown one', async () => {
    const [xinghe, individual, yunfan] = [await as('xinghe'), await as('individual'), await as('yunfan')];
    const { clear } = await issue(xinghe, { granteeAccountId: 'acct-individual' });
    const ask = (client: Client, code: string, accountId: string) => client.verifyCode({ body: { code, accountId } });
    expect(await ask(individual, clear, 'acct-individual')).toEqual({ usable: true, reasons: [] });
    const stranger = await ask(yunfan, clear, 'acct-yunfan');
    const unknown = await ask(yunfan, 'AAAAA-AAAAA-AAAAA-AAAAA', 'acct-yunfan');
    expect(stranger.reasons.map((one) => one.code)).toEqual(['code.unknown']);
    expect(stranger).toEqual(unknown);
    // The issuer is told what a stranger is not.
    expect((await ask(xinghe, clear, 'acct-yunfan')).reasons.map((one) => one.code)).toEqual(['code.not_grantee']);
  });

  it('an account has one open filing of a subject and of a domain; another account’s draft keeps nobody out', async () => {
    const [xinghe, yunfan] = [await as('xinghe'), await as('yunfan')];
    const { filing } = await xinghe.startFiling({ body: startBody(102, 'api-open-one.cn') });
    const second = await faultOf(xinghe.startFiling({ body: startBody(102, 'api-open-two.cn') }));
    expect(second.code).toBe('filing.already_open');
    const sameName = await faultOf(xinghe.startFiling({ body: startBody(103, 'www.api-open-one.cn') }));
    expect(sameName.code).toBe('filing.already_open');
    const { filing: free } = await yunfan.startFiling({ body: startBody(102, 'www.api-open-one.cn') });
    for (const [client, { id, version }] of [
      [xinghe, filing],
      [yunfan, free],
    ] as const) {
      await client.abandonFiling({ params: { filingId: id }, body: { version } });
    }
  });
});

describe('bad input', () => {
  it('names the place and writes nothing', async () => {
    const operator = await as('operator');
    const before = await operator.listResources();
    const good = {
      id: 'api-new',
      provider: 'xingyun',
      product: 'server',
      account: 'acct-xinghe',
      region: 'cn-south-1',
    };
    for (const [resources, path] of [
      [[good, { ...good, id: 'x2', billing: 'weekly' }], 'resources[1].billing'],
      [[good, { ...good, id: 'x2', colour: 'red' }], 'resources[1].colour'],
      [[good, { ...good, id: 'x2', account: 'nobody' }], 'resources[1].account'],
      [[good, { ...good, id: 'xy-web-1', account: 'acct-yunfan' }], 'resources[1].account'],
    ] as const) {
      const problem = await faultOf(operator.putInventory({ body: { resources: [...resources] } }));
      expect(problem.code).toBe('input.invalid');
      expect(problem.places?.map((place) => place.path)).toEqual([path]);
    }
    expect((await operator.listResources()).resources).toHaveLength(before.resources.length);
  });

  it('text that the database cannot keep is refused at its place', async () => {
    const xinghe = await as('xinghe');
    const problem = await faultOf(
      xinghe.issueCodes({ params: { resourceId: 'xy-web-1' }, body: { note: 'a\u0000b' } }),
    );
    expect(problem.code).toBe('input.invalid');
    expect(problem.places?.map((place) => place.path)).toEqual(['body.note']);
  });

  it('a mistyped certificate or name is told at the start', async () => {
    const xinghe = await as('xinghe');
    const wrong = { ...startBody(104, 'com.cn'), certificateNumber: '110105194912310021' };
    expect((await faultOf(xinghe.startFiling({ body: wrong }))).places?.[0]?.path).toBe('domainName');
    const id = await faultOf(xinghe.startFiling({ body: { ...wrong, domainName: 'api-id.cn' } }));
    expect(id.places?.[0]?.path).toBe('certificateNumber');
  });

  it('an unknown field of the form and a change of a fixed one are refused', async () => {
    const xinghe = await as('xinghe');
    const { filing } = await xinghe.startFiling({ body: startBody(105, 'api-form.cn') });
    const params = { filingId: filing.id };
    const values = { 'subject.nmae': 'x', 'subject.certificateNumber': 'other' };
    const problem = await faultOf(xinghe.saveFilingForm({ params, body: { version: filing.version, values } }));
    expect(problem.places?.map((place) => place.path)).toEqual([
      'values["subject.nmae"]',
      'values["subject.certificateNumber"]',
    ]);
    await xinghe.abandonFiling({ params, body: { version: filing.version } });
  });
});

describe('the same key twice', () => {
  it('does it once, and refuses another request under the same key', async () => {
    const xinghe = await as('xinghe');
    const params = { resourceId: 'xy-web-2' };
    const before = await xinghe.getResource({ params });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        xinghe.issueCodes({ params, body: { note: 'once' } }, { idempotencyKey: 'api-once' }),
      ),
    );
    expect(new Set(answers.map((answer) => answer.codes[0]?.clear)).size).toBe(1);
    const after = await xinghe.getResource({ params });
    expect(after.check.issue.quota?.used).toBe((before.check.issue.quota?.used ?? 0) + 1);
    const other = await faultOf(xinghe.issueCodes({ params, body: { note: 'other' } }, { idempotencyKey: 'api-once' }));
    expect(other.code).toBe('idempotency.key_reused');
  });
});

describe('openbeian codes', () => {
  const environment = () => ({
    ...process.env,
    OPENBEIAN_SERVER: sample.url,
    OPENBEIAN_LOGIN: 'individual',
    OPENBEIAN_PASSWORD: sample.logins.find((one) => one.login === 'individual')?.password,
  });
  const openbeian = async (...args: string[]) => run(process.execPath, [main, ...args], { env: environment() });

  it('verifies over the API in the contract’s shape', async () => {
    const { clear } = await issue(await as('xinghe'), { granteeAccountId: 'acct-individual' });
    const good = await openbeian('codes', 'verify', clear, '--account', 'acct-individual', '--json');
    expect(JSON.parse(good.stdout)).toEqual({ usable: true, reasons: [] });
    const typo = clear.replace(/.$/, (letter) => (letter === 'A' ? 'B' : 'A'));
    const bad = await openbeian(
      'codes',
      'verify',
      typo,
      '--account',
      'acct-individual',
      '--name',
      'example.cn',
      '--json',
    );
    expect(JSON.parse(bad.stdout).reasons[0].code).toBe('code.mistyped');
    const listed = await openbeian('codes', 'list', '--granted', '--json');
    expect(JSON.parse(listed.stdout).codes.length).toBeGreaterThan(0);
    expect(listed.stdout).not.toContain(clear);
  });

  it('bad input exits 1 and says where', async () => {
    const attempt = openbeian('codes', 'verify', 'X', '--account', 'acct-individual', '--name', 'com.cn');
    await expect(attempt).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('domainName') });
  });
});
