import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isFault } from '@openbeian/model/fault';
import { afterEach, expect, test, vi } from 'vitest';
import { createLogger } from '../http/log.ts';
import { ClockGuard } from '../work/clock-guard.ts';
import { MessageTaker } from '../work/message-taker.ts';
import { parseConfig } from './config.ts';
import { openDeployment } from './deployment.ts';
import { runWorker, startWorker } from './worker.ts';

vi.setConfig({ testTimeout: 90_000 });

const endings: (() => unknown)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  // The authority ends first: a worker waits for what it has asked.
  for (const end of endings.splice(0)) await end();
});

/** An authority that takes every question and answers none. */
async function silentAuthority(): Promise<string> {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  endings.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const configOf = (url: string, worker: object) =>
  parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    authority: { adapter: 'plain', url, secret: 'unused', timeoutMs: 120_000 },
    http: { metricsToken: 'a-token-of-sixteen' },
    worker,
  });

async function start(url: string) {
  const worker = await startWorker(configOf(url, { port: 0 }), { inMemory: true, logger: createLogger('silent') });
  endings.push(() => worker.close());
  const ask = (path: string) =>
    fetch(`${worker.url}${path}`, { headers: { authorization: 'Bearer a-token-of-sixteen' } });
  return { ask, metrics: async () => (await ask('/metrics')).text() };
}

test('a worker answers that it works, and what there is to tell of its work, the database and the authority', async () => {
  const { ask, metrics } = await start('http://127.0.0.1:1');
  expect(await (await ask('/healthz')).json()).toEqual({ status: 'ok' });
  expect(await (await ask('/readyz')).json()).toEqual({ status: 'ready' });
  await vi.waitFor(
    async () => {
      const text = await metrics();
      for (const work of ['hand_overs', 'messages', 'upkeep', 'webhooks', 'mail', 'audit']) {
        expect(text).toMatch(new RegExp(`openbeian_work_rounds_total\\{work="${work}"\\} [1-9]`));
      }
      expect(text).toMatch(/openbeian_work_errors_total\{work="messages"\} [1-9]/);
      expect(text).toMatch(
        /openbeian_authority_errors_total\{operation="messages",province="",code="authority.unreachable"\} [1-9]/,
      );
      expect(text).toMatch(
        /openbeian_authority_request_duration_seconds_count\{operation="messages",province=""\} [1-9]/,
      );
      expect(text).toMatch(/openbeian_info\{version="\d[^"]*",migration="\d{4}-[a-z-]+",policy="[^"]+"\} 1/);
      expect(text).toMatch(/openbeian_database_sessions\{state="waiting"\} \d/);
      expect(text).toContain('openbeian_queue_oldest_seconds{queue="job",topic="authority.submit"} 0');
      expect(text).toContain('openbeian_filing_oldest_seconds{state="awaiting_forward"} 0');
      expect(text).toContain('openbeian_work_failures{state="parked"} 0');
    },
    { timeout: 60_000, interval: 100 },
  );
  expect((await fetch((await ask('/metrics')).url)).status).toBe(401);
});

test('work that does not come to an end makes the worker unready, by its name', async () => {
  const { ask, metrics } = await start(await silentAuthority());
  expect((await ask('/readyz')).status).toBe(200);
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + 301_000);
  await vi.waitFor(
    async () => {
      const response = await ask('/readyz');
      expect(await response.json()).toEqual({ status: 'unavailable', reason: 'work.stalled', work: ['messages'] });
      expect(response.status).toBe(503);
      expect(await metrics()).toContain('openbeian_work_stalled{work="messages"} 1');
    },
    { timeout: 60_000, interval: 100 },
  );
  expect((await ask('/healthz')).status).toBe(200);
});

test('a clock that cannot be trusted is told of the work that rests for it', async () => {
  const { metrics } = await start('http://127.0.0.1:1');
  const held = async () => (await metrics()).match(/(?<=^openbeian_work_held_by_clock\{work=")\w+(?="\} 1$)/gm) ?? [];
  expect(await held()).toEqual([]);
  vi.spyOn(ClockGuard.prototype, 'isWrong', 'get').mockReturnValue(true);
  await expect.poll(held).toEqual(['upkeep', 'audit']);
});

test('an address that cannot be listened on ends the start, by its setting', async () => {
  const port = Number(new URL(await silentAuthority()).port);
  const config = configOf('http://127.0.0.1:1', { port });
  const error = await startWorker(config, { inMemory: true, logger: createLogger('silent') }).catch(
    (thrown: unknown) => thrown,
  );
  expect(isFault(error, 'config.invalid') && error.message).toContain('worker.port');
});

test('beyond this machine the metrics need a token', () => {
  const document = {
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:1', secret: 's' },
    worker: { port: 9465, host: '0.0.0.0' },
  };
  expect(() => parseConfig(document)).toThrow(/http.metricsToken/);
  expect(parseConfig({ ...document, http: { metricsToken: 'a-token-of-sixteen' } }).worker.port).toBe(9465);
});

test('work that is written is done at once, however long the rest would be', async () => {
  const config = configOf('http://127.0.0.1:1', { pollMs: 60_000, restMs: 600_000 });
  const deployment = await openDeployment(config, { inMemory: true, logger: createLogger('silent') });
  const worker = runWorker(deployment);
  endings.push(
    () => worker.close(),
    () => deployment.close(),
  );
  const roundsOf = (work: string) => worker.states().find((one) => one.work === work)?.rounds ?? 0;
  const rested = ['hand_overs', 'webhooks', 'mail'] as const;
  await vi.waitFor(() => expect(rested.every((work) => roundsOf(work) > 0)).toBe(true), { timeout: 30_000 });
  const before = rested.map(roundsOf);
  const { store } = deployment.deps;
  await store.transaction(async (tx) => {
    const payload = { submissionId: 'sub', filingId: 'fil' };
    await tx.jobs.enqueue({ id: 'out_1', topic: 'authority.submit', payload, runAt: deployment.deps.clock.now() });
    await tx.deliveries.restart('none', deployment.deps.clock.now());
  });
  await vi.waitFor(
    () => {
      expect(roundsOf('hand_overs')).toBeGreaterThan(before[0] ?? 0);
      expect(roundsOf('webhooks')).toBeGreaterThan(before[1] ?? 0);
    },
    { timeout: 30_000 },
  );
  expect(roundsOf('mail')).toBe(before[2]);
});

test('a worker that is to stop takes no message after the one that it is at; the others are there for the next', async () => {
  const deployment = await openDeployment(configOf('http://127.0.0.1:1', {}), {
    inMemory: true,
    logger: createLogger('silent'),
  });
  endings.push(() => deployment.close());
  const acknowledged: string[] = [];
  const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const authority = {
    ...deployment.deps.authority,
    fetchMessages: async () =>
      ['first', 'second', 'third']
        .filter((messageId) => !acknowledged.includes(messageId))
        .map((messageId) => ({ kind: 'unreadable', messageId, raw: '{}', places: [] }) as const),
    async acknowledge(messageId: string) {
      acknowledged.push(messageId);
      begun.resolve();
      await goOn.promise;
    },
  };
  const taker = () => new MessageTaker({ ...deployment.deps, authority }, { pollMs: 10, onError: () => {} });
  const leaving = taker();
  leaving.start();
  await begun.promise;
  const stopped = leaving.stop();
  goOn.resolve();
  await stopped;
  expect(acknowledged).toEqual(['first']);
  await taker().tick();
  expect(acknowledged).toEqual(['first', 'second', 'third']);
});
