import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, createCookieJar } from '../../packages/contract/src/client.ts';
import { createLogger, openSampleDeployment, type SampleDeployment } from '../../packages/server/src/main/index.ts';

/** `openbeian codes` with an API key, against a running server. */
const run = promisify(execFile);
const main = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src', 'main.ts');
let sample: SampleDeployment;
let apiKey = '';

beforeAll(async () => {
  sample = await openSampleDeployment({ dataDir: null, calm: true, logger: createLogger('silent') });
  const client = createClient({ baseUrl: sample.url, cookies: createCookieJar() });
  const password = sample.logins.find((one) => one.login === 'xinghe')?.password ?? '';
  await client.signIn({ body: { login: 'xinghe', password } });
  const scopes = ['codes:read', 'codes:issue', 'codes:grant', 'codes:reveal', 'codes:revoke'] as const;
  apiKey = (await client.createApiKey({ body: { name: 'cli', scopes: [...scopes] } })).secret ?? '';
});
afterAll(() => sample?.close());

const codes = (...given: string[]) => {
  const { OPENBEIAN_LOGIN: _login, OPENBEIAN_PASSWORD: _password, ...others } = process.env;
  const env = { ...others, OPENBEIAN_SERVER: sample.url, OPENBEIAN_API_KEY: apiKey };
  return run(process.execPath, [main, 'codes', ...given], { env });
};
const lines = (text: string) => text.trim().split('\n');

describe('openbeian codes', () => {
  it('issues once under one key, grants, shows, and revokes', async () => {
    const issue = ['issue', 'xy-web-1', '--count', '2', '--note', '=cmd()', '--key', 'cli-1', '--json'];
    const first = JSON.parse((await codes(...issue)).stdout);
    expect(JSON.parse((await codes(...issue)).stdout)).toEqual(first);
    const [one, two] = first.codes;
    const granted = JSON.parse((await codes('grant', one.code.id, 'acct-individual', '--json')).stdout);
    expect(granted.granteeAccountId).toBe('acct-individual');
    expect((await codes('revoke', two.code.id)).stdout).toContain('revoked');
    expect((await codes('show', one.code.id)).stdout).toContain(`…${one.clear.slice(-4)}`);
    const listed = lines((await codes('list', '--ndjson', '--state', 'revoked')).stdout).map((line) =>
      JSON.parse(line),
    );
    expect(listed.map((code) => code.id)).toEqual([two.code.id]);
    // Found by the index, which follows within a moment.
    const stopping = async () => (await codes('stopping', '--days', '400')).stdout;
    await expect.poll(stopping, { timeout: 30_000 }).toContain(one.code.id);
  });

  it('exports masked CSV that no spreadsheet runs, and whole codes only for a reason', async () => {
    const { clear } = JSON.parse((await codes('issue', 'xy-web-1', '--note', '=1+1', '--json')).stdout).codes[0];
    const masked = (await codes('export', '--bom')).stdout;
    expect(masked.startsWith('\uFEFFid,resourceId,')).toBe(true);
    expect(masked).toContain("'=1+1");
    expect(masked).not.toContain(clear);
    const revealed = (await codes('export', '--format', 'ndjson', '--reveal', '--reason', '对账')).stdout;
    expect(lines(revealed).map((line) => JSON.parse(line).clear)).toContain(clear);
    await expect(codes('export', '--reveal')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--reason'),
    });
  });

  it('says what is wrong: 1 for what the server refuses, 2 for usage', async () => {
    const refused = codes('issue', 'xy-no-ip', '--lang', 'en');
    await expect(refused).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('resource.no_public_ip') });
    // How to fix it is under each reason.
    await expect(refused).rejects.toMatchObject({ stderr: expect.stringMatching(/no_public_ip\]\n {4}→ \S/u) });
    expect((await codes('list', '--resource', 'xy-no-ip')).stdout).toBe('没有符合条件的授权码\n');
    await expect(codes('issue', 'xy-web-1', '--count', '21')).rejects.toMatchObject({ code: 2 });
    await expect(codes('list', '--state', 'lost')).rejects.toMatchObject({ code: 2 });
    const stranger = codes('verify', 'AAAAA-AAAAA-AAAAA-AAAAA', '--account', 'acct-xinghe');
    await expect(stranger).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('auth.scope_missing') });
  });
});
