import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '@openbeian/model/fault';
import { afterAll, expect, test, vi } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/shared-postgres.ts';
import { createLogger } from '../http/log.ts';
import type { HeardProcess } from '../ports/index.ts';
import { makeKeyRing, writeNewKeyRing } from '../secrets/index.ts';
import { parseConfig } from './config.ts';
import { openDeployment } from './deployment.ts';
import { startReports } from './process-reports.ts';
import { startServer } from './server.ts';
import { startWorker } from './worker.ts';

vi.setConfig({ testTimeout: 90_000 });
const logger = createLogger('silent');
const folder = mkdtempSync(join(tmpdir(), 'openbeian-reports-'));
const database = await createTestDatabase();
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true });
});

const keyRingFile = join(folder, 'keys.json');
writeNewKeyRing(keyRingFile, makeKeyRing());
const config = (http: object = {}, worker: object = {}) =>
  parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    database: database === null ? { directory: folder } : { url: database.url },
    keyRingFile,
    materials: { directory: join(folder, 'not-there-yet', 'pictures') },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
    http: { port: 0, ...http },
    worker,
  });

test.skipIf(database === null)('each server and worker is known by what it says, until it ends', async () => {
  const looking = await openDeployment(config(), { logger });
  const heard = async () => {
    const all = await looking.deps.store.read((tx) => tx.processReports.list(10));
    return all.filter((one): one is HeardProcess => !(one instanceof Fault));
  };
  const server = await startServer(config(), { logger });
  const worker = await startWorker(config({}, { port: 0 }), { logger });
  await vi.waitFor(async () => expect(await heard()).toHaveLength(2), { timeout: 20_000 });
  const own = {
    migration: looking.open.migration,
    files: { kept: 'directory', isReachable: true, freeBytes: expect.any(Number), totalBytes: expect.any(Number) },
  };
  expect(await heard()).toMatchObject([
    {
      kind: 'server',
      name: `${hostname()}:${new URL(server.url).port}`,
      version: expect.stringMatching(/^\d+\.\d+/),
      facts: { ...own, replica: null, certificate: null },
    },
    {
      kind: 'worker',
      name: `${hostname()}:${new URL(worker.url ?? '').port}`,
      facts: { ...own, stalled: [], isHeldByClock: false },
    },
  ]);
  for (const { kind, facts } of await heard()) {
    // One machine, one clock.
    if (kind !== 'gate') expect(Math.abs(facts.clockAheadMs)).toBeLessThan(1000);
  }
  await worker.close();
  expect((await heard()).map(({ kind }) => kind)).toEqual(['server']);
  await server.close();
  expect(await heard()).toEqual([]);
  await looking.close();
});

test('work that does not come to an end, and a disk that cannot be asked, are in the report', async () => {
  const deployment = await openDeployment(config(), { inMemory: true, logger });
  const state = { rounds: 1, secondsSinceRound: 900, underWay: 0, errors: 0 };
  const { blobs } = deployment.deps;
  vi.spyOn(blobs, 'get').mockRejectedValue(new Fault('material.store_unavailable'));
  const reporting = startReports(deployment, {
    worker: {
      url: null,
      states: () => [
        { ...state, work: 'messages', isStalled: true, isHeldByClock: false },
        { ...state, work: 'upkeep', isStalled: false, isHeldByClock: true },
      ],
    },
  });
  await vi.waitFor(
    async () =>
      expect(await deployment.deps.store.read((tx) => tx.processReports.list(10))).toMatchObject([
        {
          kind: 'worker',
          name: `${hostname()}/${process.pid}`,
          facts: { stalled: ['messages'], isHeldByClock: true, files: { isReachable: false } },
        },
      ]),
    { timeout: 20_000 },
  );
  await reporting.close();
  await deployment.close();
});
