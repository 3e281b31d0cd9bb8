import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock } from '@openbeian/authority-sim';
import { type Client, createClient, createCookieJar } from '@openbeian/contract/client';
import { provinces } from '@openbeian/model/province';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSampleDeployment, type SampleDeployment } from './open-sample-deployment.ts';

const folder = mkdtempSync(join(tmpdir(), 'openbeian-sample-test-'));
let sample: SampleDeployment;
const clock = manualClock('2026-11-21T01:30:00.000Z');
const open = () => openSampleDeployment({ dataDir: folder, clock });

beforeAll(async () => {
  sample = await open();
});
afterAll(async () => {
  await sample.close();
  rmSync(folder, { recursive: true, force: true });
});

async function signedIn(login: string): Promise<Client> {
  const client = createClient({ baseUrl: sample.url, cookies: createCookieJar() });
  const password = sample.logins.find((one) => one.login === login)?.password ?? '';
  await client.signIn({ body: { login, password } });
  return client;
}
const isOperator = ({ login }: { readonly login: string }) => login === 'operator';
const fault = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.code,
  );

describe('the sample deployment', () => {
  it('shows its logins before signing in, and every one of them works', async () => {
    const deployment = await createClient({ baseUrl: sample.url }).getDeployment();
    expect(deployment).toMatchObject({ sample: true, now: '2026-11-21T01:30:00.000Z' });
    expect(deployment.authorityPages?.sms).toBe(`${sample.authorityUrl}/sms`);
    // As it is set when nothing is: its text is for readers of both languages.
    const { url, text } = deployment.policeFiling ?? {};
    expect([url, text?.zh, text?.en]).toEqual([
      'https://beian.mps.gov.cn/',
      '办理公安联网备案（网站开通后 30 日内）',
      'Public-security filing, within 30 days after going live',
    ]);
    for (const { login, role } of deployment.sampleLogins) {
      expect(await (await signedIn(login)).getSession()).toMatchObject({ login, role });
    }
  });

  it('shows every kind of answer that a check gives', async () => {
    const { at, resources } = await (await signedIn('operator')).listResources();
    expect(at).toBe('2026-11-21');
    const outcomes = new Set(resources.flatMap(({ check }) => [check.file.outcome, check.issue.outcome]));
    expect([...outcomes].sort()).toEqual(['eligible', 'ineligible', 'not_applicable', 'not_required']);
    const reasons = resources.flatMap(({ check }) => [...check.file.reasons, ...check.issue.reasons]);
    expect([...new Set(reasons.map((reason) => reason.code))]).toEqual(
      expect.arrayContaining([
        'resource.billing_not_prepaid',
        'resource.purchased_term_too_short',
        'resource.remaining_term_too_short',
        'resource.expired',
        'resource.no_public_ip',
        'resource.region_not_mainland',
        'resource.trial',
        'resource.not_running',
        'resource.quota_exhausted',
        'resource.product_not_fileable',
        'resource.not_initialised',
        'resource.load_balancer_ip',
        'code.product_cannot_issue',
        'code.issuer_not_enterprise',
        'code.limit_reached',
      ]),
    );
    expect(reasons.every((reason) => reason.source !== null)).toBe(true);
  });

  it('lets a customer see its own things only, and a role do its own work only', async () => {
    const xinghe = await signedIn('xinghe');
    const owners = (await xinghe.listResources()).resources.map((resource) => resource.accountId);
    expect(new Set(owners)).toEqual(new Set(['acct-xinghe']));
    expect(await fault(xinghe.getResource({ params: { resourceId: 'xy-individual' } }))).toBe('object.not_found');
    expect(await fault(xinghe.listAudit())).toBe('auth.forbidden');
    expect(await fault((await signedIn('auditor')).putInventory({ body: {} }))).toBe('auth.forbidden');
    expect(await fault(createClient({ baseUrl: sample.url }).listResources())).toBe('auth.required');
  });

  it('blocks an unfiled name at its gate and exempts its own names', async () => {
    await sample.rest();
    const ask = async (host: string) => {
      const answer = await fetch(`${sample.gateUrl}/auth`, { headers: { 'x-original-host': host } });
      return [answer.status, answer.headers.get('x-openbeian-reason')];
    };
    await expect.poll(() => ask('unfiled-example.cn')).toEqual([403, 'unfiled']);
    expect(await ask('shop.apps.xingyun-example.cn')).toEqual([204, 'exempt_provider_name']);
  });

  it('has a line over interface V3.0 to every province, and shows each with its last exchange', async () => {
    await sample.rest();
    const { lines } = await (await signedIn('operator')).listAuthorityLines();
    expect(lines.map(({ provinceCode }) => provinceCode)).toEqual(provinces.map(({ code }) => code).sort());
    expect(new Set(lines.map(({ state, lastOperation }) => `${state} ${lastOperation}`))).toEqual(
      new Set(['open isp_download']),
    );
  });

  it('speaks plain JSON where that is asked for', async () => {
    const plain = await openSampleDeployment({ dataDir: null, clock, wire: 'plain' });
    try {
      const client = createClient({ baseUrl: plain.url, cookies: createCookieJar() });
      await client.signIn({ body: { login: 'operator', password: plain.logins.find(isOperator)?.password ?? '' } });
      expect(await client.listAuthorityLines()).toMatchObject({ lines: [] });
    } finally {
      await plain.close();
    }
  });

  it('counts its filings and jobs for Prometheus', async () => {
    const page = await (await fetch(`${sample.url}/metrics`)).text();
    expect(page).toContain('openbeian_database_up 1');
    expect(await (await fetch(`${sample.url}/readyz`)).json()).toEqual({ status: 'ready' });
  });

  it('refuses a second process on its folder with a clear message, and goes on itself', async () => {
    await expect(open()).rejects.toMatchObject({ code: 'store.directory_in_use' });
    expect((await fetch(`${sample.url}/readyz`)).status).toBe(200);
  });

  it('names a port that is taken, and leaves nothing open', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    for (const key of ['port', 'gatePort', 'authorityPort']) {
      const attempt = openSampleDeployment({ dataDir: null, clock, [key]: port });
      await expect(attempt, key).rejects.toMatchObject({ code: 'config.invalid' });
      await expect(attempt, key).rejects.toThrow(String(port));
    }
    await new Promise((done) => other.close(done));
  });

  it('keeps what was done over a restart, and loads its data once', async () => {
    const client = await signedIn('xinghe');
    const { codes } = await client.issueCodes({ params: { resourceId: 'xy-web-1' }, body: { note: '重启前' } });
    const before = (await (await signedIn('operator')).listResources()).resources.length;
    await sample.close();
    sample = await open();
    expect(sample.isNew).toBe(false);
    const again = await (await signedIn('xinghe')).listCodes();
    expect(again.codes.map((code) => [code.id, code.note])).toEqual([[codes[0]?.code.id, '重启前']]);
    expect((await (await signedIn('operator')).listResources()).resources.length).toBe(before);
  });

  it('logs to its folder, without passwords, cookies or codes', async () => {
    const log = readFileSync(join(folder, 'openbeian.log'), 'utf8');
    expect(log).toContain('"route":"/api/v1/session"');
    for (const { password } of sample.logins) expect(log).not.toContain(password);
    expect(log).not.toContain('session_token');
    expect(log).not.toContain('重启前');
  });
});
