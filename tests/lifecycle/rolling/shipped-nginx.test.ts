import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { requireProgram } from '../../support/require-program.ts';
import { freePort } from '../free-port.ts';
import { startShippedNginx } from './shipped-nginx.ts';

const nginx = requireProgram('nginx');
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function startUpstream(answer: Answer) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.headers['x-openbeian-retry'] ?? '-'}`);
    request.resume().on('end', () => answer(request, response));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    if (!server.listening) return;
    server.close().closeAllConnections();
    await once(server, 'close');
  };
  endings.push(stop);
  return { port: (server.address() as AddressInfo).port, seen, stop };
}

const ok: Answer = (_, response) => response.end('ok');
const dies: Answer = (request) => request.socket.destroy();
const refuses: Answer = (_, response) => response.writeHead(504).end();

/** The shipped file before two servers that do as told. */
async function world(first: Answer | 'away', second: Answer) {
  const a = await startUpstream(first === 'away' ? ok : first);
  const b = await startUpstream(second);
  if (first === 'away') await a.stop();
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-nginx-'));
  endings.push(() => rmSync(folder, { recursive: true, force: true }));
  const place = { nginx: nginx ?? '', folder, port: await freePort() };
  const proxy = await startShippedNginx(place, { ports: [a.port, b.port] });
  endings.push(() => proxy.stop());
  const ask = async (method: string, headers: Record<string, string> = {}, path = '/api/v1/codes') => {
    const answer = await fetch(`http://127.0.0.1:${place.port}${path}`, { method, headers });
    await answer.text();
    return answer.status;
  };
  return { a, b, ask };
}

const keyed = { 'idempotency-key': 'k-1' };

describe.skipIf(nginx === null)('the shipped nginx file for console and API', () => {
  it('repeats what may be repeated at the other server when the first one dies of it', async () => {
    for (const [method, headers] of [
      ['GET', {}],
      ['POST', keyed],
      ['PUT', keyed],
      ['DELETE', keyed],
    ] as const) {
      const { a, b, ask } = await world(dies, ok);
      expect([await ask(method, headers), await ask(method, headers)]).toEqual([200, 200]);
      expect([a.seen, b.seen]).toEqual([[`${method} 504`], [`${method} 504`, `${method} 504`]]);
    }
  });

  it('never repeats a change without a key that a server has had', async () => {
    const { a, b, ask } = await world(dies, ok);
    const statuses = [await ask('POST', { 'x-openbeian-retry': '504' }), await ask('POST')];
    expect(statuses.sort()).toEqual([200, 502]);
    expect([a.seen, b.seen]).toEqual([['POST -'], ['POST -']]);
  });

  it('sends everything to the other server when the first one is away', async () => {
    const { b, ask } = await world('away', ok);
    expect([await ask('POST'), await ask('GET'), await ask('POST', keyed), await ask('POST')]).toEqual(
      Array(4).fill(200),
    );
    expect(b.seen).toHaveLength(4);
  });

  it('passes on what a server refuses as it stops, and leaves that server alone', async () => {
    const { a, b, ask } = await world(refuses, ok);
    expect([await ask('GET'), await ask('POST', keyed), await ask('POST'), await ask('GET')]).toEqual(
      Array(4).fill(200),
    );
    expect([a.seen, b.seen.length]).toEqual([['GET 504'], 4]);
  });

  it('asks a server that was down a moment ago when the other one refuses', async () => {
    const does = { first: dies, second: ok };
    const { ask } = await world(
      (...asked) => does.first(...asked),
      (...asked) => does.second(...asked),
    );
    // The first one is considered down from here on, and is back before nginx would try it again.
    expect([await ask('GET'), await ask('GET')]).toEqual([200, 200]);
    Object.assign(does, { first: ok, second: refuses });
    expect(await Promise.all(['GET', 'GET', 'GET', 'GET'].map((method) => ask(method)))).toEqual(Array(4).fill(200));
  });

  it('hands every other answer to whoever asked', async () => {
    for (const status of [500, 502, 503, 429]) {
      const { a, b, ask } = await world((_, response) => response.writeHead(status).end(), ok);
      expect([await ask('GET'), await ask('GET')].sort()).toEqual([200, status]);
      expect([a.seen.length, b.seen.length]).toEqual([1, 1]);
    }
  });

  it('shows nobody outside the pages of the machines', async () => {
    const { a, b, ask } = await world(ok, ok);
    for (const path of ['/metrics', '/readyz', '/healthz']) expect(await ask('GET', {}, path)).toBe(404);
    expect([...a.seen, ...b.seen]).toEqual([]);
  });
});
