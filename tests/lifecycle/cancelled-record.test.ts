import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSimControls, manualClock } from '@openbeian/authority-sim';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClient, createCookieJar } from '../../packages/contract/src/client.ts';
import { createLogger, openSampleDeployment, type SampleDeployment } from '../../packages/server/src/main/index.ts';

/** From the authority's message, and from an operator's command, to the gate that serves the name no more. */
const run = promisify(execFile);
const main = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src', 'main.ts');
const host = 'xinghe-example.cn';
let sample: SampleDeployment;
beforeAll(async () => {
  const clock = manualClock('2026-11-21T01:30:00.000Z');
  const logger = createLogger('silent');
  // Interface V3.0 has no message for an access that the authority ends; a check says so, to an operator.
  const wire = 'plain';
  sample = await openSampleDeployment({ dataDir: null, calm: true, clock, withHistory: true, logger, wire });
}, 60_000);
afterAll(() => sample?.close());

const passwordOf = (login: string) => sample.logins.find((one) => one.login === login)?.password ?? '';
const signedIn = async (login: string) => {
  const client = createClient({ baseUrl: sample.url, cookies: createCookieJar() });
  await client.signIn({ body: { login, password: passwordOf(login) } });
  return client;
};
const cancel = (login: string, ...given: string[]) => {
  const { OPENBEIAN_API_KEY: _key, ...others } = process.env;
  const env = {
    ...others,
    OPENBEIAN_SERVER: sample.url,
    OPENBEIAN_LOGIN: login,
    OPENBEIAN_PASSWORD: passwordOf(login),
  };
  return run(process.execPath, [main, 'records', 'cancel', ...given, '--reason', '客户来函'], { env });
};

it('the gate stops serving a cancelled name, and the slot is free again', async () => {
  const customer = await signedIn('xinghe');
  const used = async () => {
    const { check } = await customer.getResource({ params: { resourceId: 'xy-web-1' } });
    return check.file.quota?.used;
  };
  const gate = async () => {
    const { reason } = await customer.explainHost({ query: { host } });
    const { headers, status } = await fetch(`${sample.gateUrl}/auth`, { headers: { 'x-original-host': host } });
    return [reason, status, headers.get('x-openbeian-reason')];
  };
  const { records } = await customer.listRecords();
  const record = records.find(({ domainName }) => domainName === host);
  const number = record?.serviceNumber ?? '';
  expect(await used()).toBe(1);
  await expect.poll(gate).toMatchObject(['filed_here', expect.anything(), 'filed_here']);

  await createSimControls(sample.authorityUrl).cancelRecord('access', number, 'xingyun');
  await sample.rest();
  expect(await used()).toBe(0);
  await expect.poll(gate).toMatchObject(['access_missing', 403, 'access_missing']);

  await expect(cancel('xinghe', number, '--scope', 'service')).rejects.toMatchObject({ code: 1 });
  await expect(cancel('operator', 'nothing', '--scope', 'service')).rejects.toMatchObject({ code: 1 });
  await expect(cancel('operator', number)).rejects.toMatchObject({ code: 2 });
  const answer = JSON.parse((await cancel('operator', number, '--scope', 'service', '--json')).stdout);
  expect(answer).toMatchObject({ changed: true, services: [{ serviceNumber: number, filings: [] }] });
  expect((await cancel('operator', number, '--scope', 'service')).stdout).toContain('此前已登记');
  await expect.poll(gate).toMatchObject(['cancelled', 403, 'cancelled']);
}, 60_000);
