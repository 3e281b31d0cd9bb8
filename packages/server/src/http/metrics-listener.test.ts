import { request } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';
import { listenForMetrics, type Obstacle } from './metrics-listener.ts';

const endings: (() => unknown)[] = [];
afterEach(() => Promise.all(endings.splice(0).map((end) => end())));

async function open(token: string | null, findObstacle?: () => Promise<Obstacle | null>) {
  const metrics = createMetrics(async () => ({
    jobs: [],
    filings: [{ state: 'filed', count: 7 }],
    failures: { total: 0, parked: 0 },
  }));
  const server = await listenForMetrics(metrics, { host: '127.0.0.1', port: 0, token }, findObstacle);
  endings.push(() => server.close().closeAllConnections());
  const { port } = server.address() as { port: number };
  return (path: string, options: { method?: string; headers?: Record<string, string> } = {}) =>
    new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const asked = request({ port, path, host: '127.0.0.1', agent: false, ...options }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk)).on('end', () => resolve({ status: response.statusCode, text }));
      });
      asked.on('error', reject).end();
    });
}

it('serves the metrics and nothing else', async () => {
  const ask = await open(null);
  expect(await ask('/metrics')).toMatchObject({
    status: 200,
    text: expect.stringContaining('openbeian_filings{state="filed"} 7'),
  });
  for (const path of ['/', '/healthz', '/api/v1/session', '/metrics/x']) expect((await ask(path)).status).toBe(404);
  expect((await ask('/metrics', { method: 'POST' })).status).toBe(405);
});

it('asks for the token where there is one', async () => {
  const ask = await open('a-token-of-sixteen');
  const bearing = async (authorization: string) => (await ask('/metrics', { headers: { authorization } })).status;
  expect((await ask('/metrics')).status).toBe(401);
  expect([await bearing('Bearer another'), await bearing('Bearer a-token-of-sixteen')]).toEqual([401, 200]);
});

it('of a process that says what is in its way: that it lives, and whether it does its work, to whoever asks', async () => {
  let obstacle: Obstacle | null = null;
  const ask = await open('a-token-of-sixteen', async () => obstacle);
  expect(await ask('/healthz')).toEqual({ status: 200, text: '{"status":"ok"}' });
  expect(await ask('/readyz')).toEqual({ status: 200, text: '{"status":"ready"}' });
  obstacle = { reason: 'work.stalled', work: ['messages'] };
  const { status, text } = await ask('/readyz');
  expect([status, JSON.parse(text)]).toEqual([503, { status: 'unavailable', ...obstacle }]);
  expect((await ask('/healthz')).status).toBe(200);
  expect((await ask('/readyz', { method: 'POST' })).status).toBe(405);
  expect((await ask('/')).status).toBe(404);
});

it('tells of a database that does not answer before a scraper gives up, and of what it says once it does', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const counts = async () => {
    await promise;
    return { jobs: [], filings: [{ state: 'filed', count: 7 }], failures: { total: 0, parked: 0 } };
  };
  const metrics = createMetrics(counts, {}, 50);
  const up = async () => /^openbeian_database_up (.*)$/m.exec((await metrics.page()).text)?.[1];
  expect(await up()).toBe('0');
  resolve();
  await expect.poll(up).toBe('1');
});
