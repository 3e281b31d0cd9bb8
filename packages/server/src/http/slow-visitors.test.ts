import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createHttpServer } from './server.ts';
import { needsWith } from './testing/http-world.ts';

describe('a visitor who keeps a connection and sends little', () => {
  const { needs } = needsWith({});
  const timeouts = { headersMs: 400, requestMs: 800, idleMs: 400, stalledMs: 60_000 };
  const app = createHttpServer({ ...needs, settings: { ...needs.settings, timeouts } });
  let port = 0;
  beforeAll(async () => {
    await app.listen({ host: '127.0.0.1', port: 0 });
    ({ port } = app.server.address() as { port: number });
  });
  afterAll(() => app.close());

  /** Sends the pieces 100 ms apart, again and again; how long until the server cuts it off, and what it said. */
  async function trickle(first: string, further: string) {
    const begun = performance.now();
    const socket = connect(port, '127.0.0.1');
    let said = '';
    socket.on('data', (chunk) => (said += chunk)).on('error', () => {});
    const ended = new Promise<void>((done) => socket.on('close', () => done()));
    socket.write(first);
    const sending = setInterval(() => further !== '' && socket.write(further), 100);
    await Promise.race([ended, sleep(10_000)]);
    clearInterval(sending);
    socket.destroy();
    return { ms: performance.now() - begun, said };
  }
  const head = 'POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';

  it.each([
    ['says nothing at all', '', ''],
    ['sends headers for ever', 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n', 'X-More: 1\r\n'],
    ['sends a body byte by byte', `${head}Content-Length: 2000\r\n\r\n{`, ' '],
    ['sends a body in chunks without end', `${head}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
    ['asks once and stays', 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', ''],
  ])('is cut off: %s', async (_, first, further) => {
    const { ms } = await trickle(first, further);
    expect(ms).toBeLessThan(6000);
  });

  it('holds up nobody else', async () => {
    const slow = Array.from({ length: 50 }, () => trickle(`${head}Content-Length: 2000\r\n\r\n{`, ' '));
    await sleep(50);
    const begun = performance.now();
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(1000);
    await Promise.all(slow);
  });
});

it('a visitor who reads no answer is cut off', async () => {
  // More than all buffers between the two hold.
  const long = { zh: 'x'.repeat(16_000_000), en: '' };
  const article = {
    id: 'a',
    title: long,
    body: long,
    topics: [],
    asked: { zh: [], en: [] },
    source: [],
    group: 'codes',
  };
  const { needs } = needsWith({ listHelp: async () => ({ articles: [article], groups: [], sources: [] }) });
  const timeouts = { headersMs: 60_000, requestMs: 60_000, idleMs: 60_000, stalledMs: 700 };
  const app = createHttpServer({ ...needs, settings: { ...needs.settings, timeouts } });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as { port: number };
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  socket.pause();
  socket.write('GET /api/v1/help HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  const connections = promisify(app.server.getConnections.bind(app.server));
  await vi.waitUntil(async () => (await connections()) === 1, { timeout: 5000 });
  await vi.waitUntil(async () => (await connections()) === 0, { timeout: 10_000 });
  socket.destroy();
  await app.close();
});

describe('the metrics', () => {
  const read = async (some: object, authorization?: string) => {
    const { needs } = needsWith({});
    const app = createHttpServer({ ...needs, settings: { ...needs.settings, ...some } });
    return (await app.inject({ url: '/metrics', headers: { ...(authorization && { authorization }) } })).statusCode;
  };

  it('are open only where nobody outside can reach them, or to whoever has the token', async () => {
    const metricsToken = 'a-token-of-sixteen';
    expect(await read({ metricsOpen: true })).toBe(200);
    expect(await read({ metricsOpen: false })).toBe(401);
    expect(await read({ metricsOpen: false, metricsToken })).toBe(401);
    expect(await read({ metricsOpen: true, metricsToken })).toBe(401);
    expect(await read({ metricsToken }, 'Bearer another')).toBe(401);
    expect(await read({ metricsOpen: false, metricsToken }, `Bearer ${metricsToken}`)).toBe(200);
  });

  it('count in the database once, however often they are read', async () => {
    let asked = 0;
    const counts = async () => {
      asked += 1;
      return {
        jobs: [{ topic: 'notify', waiting: asked, failing: 0 }],
        filings: [],
        failures: { total: 0, parked: 0 },
      };
    };
    const app = createHttpServer(needsWith({}, { counts }).needs);
    const pages = await Promise.all(Array.from({ length: 50 }, () => app.inject({ url: '/metrics' })));
    expect(asked).toBe(1);
    for (const { body } of pages) expect(body).toContain('openbeian_jobs{topic="notify",state="waiting"} 1');
  });
});
