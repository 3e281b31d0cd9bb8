import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSimControls, defaultSimSecret, startAuthoritySim } from '../../packages/authority-sim/src/index.ts';
import { createHttpWorld, until } from '../../packages/cli/src/demo/http-world.ts';
import { createStepReport } from '../../packages/cli/src/demo/step-report.ts';
import { runStory } from '../../packages/cli/src/demo/story.ts';
import { startGate } from '../../packages/gate/src/index.ts';
import {
  createLogger,
  formatKeyRing,
  loadConfig,
  loadSample,
  makeKeyRing,
  openDeployment,
  recordsElsewhere,
  sampleLogins,
  takenSiteName,
} from '../../packages/server/src/main/index.ts';
import { createTestDatabase } from '../support/shared-postgres.ts';
import { startOpenbeian } from './child-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'openbeian-processes-'));
const restWithinMs = 60_000;
const endings: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

describe('two servers and a worker on one PostgreSQL', () => {
  it('tell the story together, every request to the other server', async (context) => {
    const database = await createTestDatabase();
    if (database === null) return context.skip('no PostgreSQL');
    endings.push(() => database.drop());
    const authority = await startAuthoritySim({ verdictAfterMs: 0, seedRecords: recordsElsewhere(), log: () => {} });
    endings.push(() => authority.close());
    const gateToken = 'gate-token-of-this-test';
    const configFile = writeConfig(database.url, authority.url, gateToken);

    const deployment = await openDeployment(loadConfig(configFile, {}), { logger: createLogger('silent') });
    endings.push(() => deployment.close());
    await loadSample(deployment);

    const server = () =>
      startOpenbeian(['server', '--config', configFile, '--no-console'], /"url":"(http:[^"]+)".*server listens/);
    const [first, second, worker] = await Promise.all([
      server(),
      server(),
      startOpenbeian(['worker', '--config', configFile], /worker runs/),
    ]);
    endings.push(
      () => first.stop(),
      () => second.stop(),
      () => worker.stop(),
    );
    const urls = [first.ready[1] ?? '', second.ready[1] ?? ''];
    const gate = await startGate(
      {
        listen: { port: 0 },
        controlUrl: urls[0] ?? '',
        token: gateToken,
        snapshotFile: join(folder, 'gate-snapshot.json'),
      },
      { log: () => {} },
    );
    endings.push(() => gate.close());

    const controls = createSimControls(authority.url);
    let turn = 0;
    const world = createHttpWorld({
      serverUrl: () => urls[turn++ % urls.length] ?? '',
      gateUrl: gate.url,
      simUrl: authority.url,
      logins: {
        company: login('xinghe'),
        individual: login('individual'),
        reviewer: login('reviewer'),
        operator: login('operator'),
      },
      accounts: { company: 'acct-xinghe', individual: 'acct-individual' },
      takenSiteName,
      rest: async () => {
        let left: unknown = null;
        const isDone = async () => {
          const jobs = await deployment.deps.store.transaction((tx) => tx.jobs.list({ limit: 5 }));
          const { unacknowledgedMessages } = await controls.getState();
          left = {
            jobs: jobs.map(({ attempts, lastError }) => ({ attempts, lastError })),
            unacknowledgedMessages,
          };
          return jobs.length === 0 && unacknowledgedMessages === 0;
        };
        // This authority breaks connections, and a hand-over that failed thrice waits 20 s for its next attempt.
        await until('jobs and messages are done', isDone, restWithinMs).catch((error: unknown) => {
          throw new Error(`left: ${JSON.stringify(left)}`, { cause: error });
        });
      },
      advance: async () => {},
    });
    const lines: string[] = [];
    await runStory(
      world,
      createStepReport((line) => lines.push(line), 'zh'),
      false,
    );
    expect(lines.join('\n')).toMatch(/粤ICP备\d{4}000123号-1/);
    expect(turn).toBeGreaterThan(50);
  }, 240_000);
});

function login(name: string): { login: string; password: string } {
  const found = sampleLogins.find((one) => one.login === name);
  if (found === undefined) throw new Error(`no sample login ${name}`);
  return { login: name, password: found.password };
}

function writeConfig(databaseUrl: string, authorityUrl: string, gateToken: string): string {
  const keyRingFile = join(folder, 'keys.json');
  writeFileSync(keyRingFile, formatKeyRing(makeKeyRing('first')), { mode: 0o600 });
  const configFile = join(folder, 'openbeian.json');
  const config = {
    provider: 'xingyun',
    name: { zh: '星云示例云', en: 'Xingyun Sample Cloud' },
    database: { url: databaseUrl },
    keyRingFile,
    http: { port: 0 },
    authority: { adapter: 'plain', url: authorityUrl, secret: defaultSimSecret },
    // The story is that of the sample.
    verification: { required: false },
    gate: { tokens: [gateToken] },
    worker: { pollMs: 50 },
  };
  writeFileSync(configFile, JSON.stringify(config), { mode: 0o600 });
  return configFile;
}
