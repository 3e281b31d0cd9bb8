import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Draining } from './draining.ts';
import { createMetrics } from './metrics.ts';
import { createHttpServer } from './server.ts';
import { needsWith } from './testing/http-world.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A server whose one slow answer waits until it is told. */
async function open() {
  const { promise: held, resolve: answer } = Promise.withResolvers<void>();
  const { needs } = needsWith({
    listCodes: async () => {
      await held;
      return { codes: [] };
    },
  });
  const draining = new Draining();
  const app = createHttpServer(needs, createMetrics(needs.counts), draining);
  await app.listen({ host: '127.0.0.1', port: 0 });
  endings.push(() => app.close());
  const { port } = app.server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  endings.push(() => agent.destroy());
  const ask = (path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number | undefined; connection: string | undefined; text: string }>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, headers, agent }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => (text += part));
        response.on('end', () =>
          resolve({ status: response.statusCode, connection: response.headers.connection, text }),
        );
      });
      asked.on('error', reject).end();
    });
  return { app, draining, ask, answer };
}

const fromNginx = { 'x-openbeian-retry': '504' };

describe('a server that is draining', () => {
  it('is unready at once and serves on, with the last answer of each connection', async () => {
    const { draining, ask } = await open();
    expect(await ask('/readyz')).toMatchObject({ status: 200, connection: 'keep-alive' });
    // Far longer than this test takes.
    void draining.begin(600_000);
    expect(await ask('/readyz')).toMatchObject({ status: 503, connection: 'close', text: '{"status":"stopping"}' });
    expect(await ask('/healthz', fromNginx)).toMatchObject({ status: 200, connection: 'close' });
    expect(await ask('/nowhere')).toMatchObject({ status: 404, connection: 'close' });
  });

  it('then refuses what its proxy asks another server for, and nothing else', async () => {
    const { draining, ask } = await open();
    await draining.begin(0);
    expect(await ask('/healthz', fromNginx)).toMatchObject({ status: 504, connection: 'close', text: '' });
    expect(await ask('/healthz', { 'x-openbeian-retry': '503' })).toMatchObject({ status: 200 });
    expect(await ask('/healthz')).toMatchObject({ status: 200, connection: 'close' });
  });

  it('refuses nothing before, whatever a visitor sends', async () => {
    const { ask } = await open();
    expect(await ask('/healthz', fromNginx)).toMatchObject({ status: 200, connection: 'keep-alive' });
  });

  it('answers what it had begun, on a connection that ends with it', async () => {
    const { app, draining, ask, answer } = await open();
    const slow = ask('/api/v1/codes', { cookie: 's=auditor' });
    // Its turn comes before the one that is asked after it.
    await ask('/healthz');
    await draining.begin(0);
    const closed = app.close();
    answer();
    expect(await slow).toMatchObject({ status: 200, connection: 'close' });
    await closed;
    expect(app.server.listening).toBe(false);
  });

  it('closes its port in the turn in which it took the connections that were waiting', async () => {
    const { app, draining } = await open();
    await draining.begin(0);
    let turns = 0;
    const count = () => {
      if (!app.server.listening) return;
      turns += 1;
      setImmediate(count);
    };
    setImmediate(count);
    await app.close();
    expect(turns).toBe(0);
  });
});
