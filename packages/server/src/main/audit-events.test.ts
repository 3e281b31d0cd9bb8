import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordConfiguration } from '../flows/audit/record-configuration.ts';
import type { Actor } from '../flows/command/call.ts';
import { recordReseal } from '../flows/keys/reseal.ts';
import { createLogger } from '../http/log.ts';
import { parseConfig } from './config.ts';
import { type Deployment, openDeployment } from './deployment.ts';
import { runWorker } from './worker.ts';

const customer: Actor = {
  userId: 'usr_1',
  role: 'customer',
  accountId: 'acct_1',
  source: { address: '203.0.113.7', sessionId: 'ses_1' },
};
let nowMs = Date.parse('2026-11-21T02:10:00.000Z');
let deployment: Deployment;
beforeAll(async () => {
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
    worker: { pollMs: 60_000 },
  });
  const clock = { now: () => new Date(nowMs).toISOString() };
  deployment = await openDeployment(config, { clock, inMemory: true, logger: createLogger('silent') });
}, 60_000);
afterAll(() => deployment.close());

const rowsOf = (objectId: string) =>
  deployment.deps.store.transaction(async (tx) => (await tx.audit.list({ objectId, limit: 50 })).reverse());

describe('refused access', () => {
  test('is in the audit at once, and again with its count when the hour is over: two rows, however many there were', async () => {
    const refuse = (count: number) =>
      deployment.flows.recordRefusals({ actor: customer }, [
        { actor: customer, operation: 'listAudit', fault: 'auth.forbidden', count },
      ]);
    for (const count of [1, 400, 3]) await refuse(count);
    const [first, ...more] = await rowsOf('listAudit');
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      action: 'AccessRefused',
      actorId: 'usr_1',
      objectKind: 'operation',
      address: '203.0.113.7',
      sessionId: 'ses_1',
      detail: { fault: 'auth.forbidden' },
    });
    const worker = runWorker(deployment);
    try {
      await worker.settle();
      expect(await rowsOf('listAudit')).toHaveLength(1);
      nowMs += 3_600_000;
      await worker.settle();
      await worker.settle();
    } finally {
      await worker.close();
    }
    expect(await rowsOf('listAudit')).toEqual([
      first,
      expect.objectContaining({ detail: { fault: 'auth.forbidden', count: 404, hour: '2026-11-21T02:00:00.000Z' } }),
    ]);
  });

  test('that came once in its hour has one row', async () => {
    await deployment.flows.recordRefusals({ actor: customer }, [
      { actor: customer, operation: 'listJobs', fault: 'auth.forbidden', count: 1 },
    ]);
    nowMs += 3_600_000;
    const worker = runWorker(deployment);
    await worker.settle().finally(() => worker.close());
    expect(await rowsOf('listJobs')).toHaveLength(1);
  });
});

describe('the configuration at start', () => {
  const settings = (port: string, secret: string, ...more: string[]) => [
    { path: 'http.port', value: port, secret: false },
    { path: 'authority.secret', value: `"${secret}"`, secret: true },
    ...more.map((path) => ({ path, value: 'true', secret: false })),
  ];
  const start = (...some: Parameters<typeof settings>) =>
    recordConfiguration(deployment.deps, 'server', settings(...some));

  test('is written whole at the first start, then what differs; never a secret', async () => {
    await start('8600', 'first-secret-value');
    await start('8600', 'first-secret-value');
    await start('8700', 'other-secret-value', 'webhooks.allowHttp');
    await start('8700', 'other-secret-value');
    const rows = await rowsOf('server');
    expect(rows.map(({ action, detail }) => [action, detail])).toEqual([
      [
        'ConfigurationChanged',
        {
          firstStart: true,
          changed: [
            { path: 'http.port', before: null, after: '8600' },
            { path: 'authority.secret', secret: true },
          ],
          removed: [],
        },
      ],
      [
        'ConfigurationChanged',
        {
          firstStart: false,
          changed: [
            { path: 'http.port', before: '8600', after: '8700' },
            { path: 'authority.secret', secret: true },
            { path: 'webhooks.allowHttp', before: null, after: 'true' },
          ],
          removed: [],
        },
      ],
      ['ConfigurationChanged', { firstStart: false, changed: [], removed: ['webhooks.allowHttp'] }],
    ]);
    const kept = await deployment.deps.store.transaction((tx) => tx.auditEvents.findConfiguration('server'));
    expect(JSON.stringify([rows, kept])).not.toContain('secret-value');
  });
});

test('keys that are retired, and data brought under newer ones, are in the audit', async () => {
  await deployment.forgetKey('key-former');
  await recordReseal(deployment.deps, 12);
  expect(await rowsOf('key-former')).toMatchObject([{ action: 'KeyRetired', objectKind: 'key', actorRole: 'system' }]);
  expect(await rowsOf(deployment.deps.vault.newest.sealing)).toMatchObject([
    { action: 'DataResealed', detail: { changed: 12 } },
  ]);
});
