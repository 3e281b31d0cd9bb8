import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { freePort } from '../../../../tests/lifecycle/free-port.ts';
import {
  type PrivatePostgres,
  startPrivatePostgres,
  type TestDatabase,
} from '../../../../tests/support/private-postgres.ts';
import { createLogger } from '../http/log.ts';
import { formatKeyRing, makeKeyRing } from '../secrets/index.ts';
import { type Config, loadConfig } from './config.ts';
import { openDeployment } from './deployment.ts';
import type { Running } from './running.ts';
import { startServer } from './server.ts';
import { startWorker } from './worker.ts';

const postgres = await startPrivatePostgres({ fsync: false });
const folder = mkdtempSync(join(tmpdir(), 'openbeian-waits-'));
afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(postgres === null)('a process that starts', () => {
  // Left out where there is none.
  const own = postgres as PrivatePostgres;
  let database: TestDatabase;
  let config: Config;
  beforeAll(async () => {
    database = await own.createDatabase();
    const keyRingFile = join(folder, 'keys.json');
    writeFileSync(keyRingFile, formatKeyRing(makeKeyRing('first')), { mode: 0o600 });
    const file = join(folder, 'openbeian.json');
    const settings = {
      provider: 'xingyun',
      name: { zh: '星云', en: 'Xingyun' },
      database: { url: database.url },
      keyRingFile,
      http: { port: 0 },
      authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
    };
    writeFileSync(file, JSON.stringify(settings), { mode: 0o600 });
    config = loadConfig(file, {});
    await (await openDeployment(config, { logger: createLogger('silent') })).close();
  });

  const started: Promise<Running>[] = [];
  afterEach(async () => {
    for (const one of started.splice(0)) await (await one).close();
  });

  /** Starts it, and gives what it logs. */
  function begin(program: 'server' | 'worker', changed = config) {
    const said: string[] = [];
    const sink = new Writable({
      write(line, _, done) {
        said.push(String(line));
        done();
      },
    });
    const parts = { logger: createLogger('info', sink) };
    const running = program === 'server' ? startServer(changed, parts) : startWorker(changed, parts);
    running.catch(() => {});
    started.push(running);
    const says = (text: string) => vi.waitFor(() => expect(said.join('')).toContain(text), { timeout: 20_000 });
    return { running, says, said };
  }

  const waiting = 'cannot start yet: waiting for the database';

  test.for(['server', 'worker'] as const)(
    '%s: waits for a database that is away, and starts when it comes',
    async (program) => {
      await own.crash();
      const { running, says, said } = begin(program);
      try {
        await says(waiting);
        expect(said.join('')).toContain('ECONNREFUSED');
      } finally {
        await own.restart();
      }
      await running;
      await says('the database is back');
      // Tried every second and said once in thirty.
      expect(said.filter((line) => line.includes(waiting))).toHaveLength(1);
      expect(said.join('')).not.toContain(new URL(database.url).password);
    },
  );

  test.for(['server', 'worker'] as const)('%s: answers probes at its own address while it waits', async (program) => {
    const port = await freePort();
    const ask = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      return { status: answer.status, text: await answer.text(), retryAfter: answer.headers.get('retry-after') };
    };
    await own.crash();
    const changed =
      program === 'server'
        ? { ...config, http: { ...config.http, port } }
        : { ...config, worker: { ...config.worker, port } };
    const { running } = begin(program, changed);
    try {
      await vi.waitFor(async () => expect((await ask('/healthz')).status).toBe(200), { timeout: 20_000 });
      const unavailable = {
        status: 503,
        text: '{"status":"unavailable","reason":"store.unavailable"}',
        retryAfter: '1',
      };
      for (const path of ['/readyz', '/', '/api/v1/session']) expect(await ask(path)).toEqual(unavailable);
    } finally {
      await own.restart();
    }
    await running;
    expect((await ask('/readyz')).status).toBe(200);
  });

  test.for(['server', 'worker'] as const)('%s: waits while the database takes no writes', async (program) => {
    const name = new URL(database.url).pathname.slice(1);
    const alter = async (state: 'on' | 'off') => {
      const client = new Client({ connectionString: own.url });
      await client.connect();
      await client.query(`ALTER DATABASE "${name}" SET default_transaction_read_only = ${state}`);
      await client.end();
    };
    await alter('on');
    const { running, says, said } = begin(program);
    try {
      await says(waiting);
      expect(said.join('')).toContain('takes no writes');
    } finally {
      await alter('off');
    }
    await running;
  });

  test('waits for a database that takes connections and says nothing', { timeout: 60_000 }, async () => {
    let isSilent = true;
    const target = Number(new URL(database.url).port);
    const sockets = new Set<Socket>();
    const proxy = createServer((inner) => {
      sockets.add(inner);
      inner.on('error', () => {});
      if (isSilent) return;
      const outer = connect(target, '127.0.0.1').on('error', () => {});
      sockets.add(outer);
      inner.pipe(outer).pipe(inner);
    });
    await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
    const url = new URL(database.url);
    url.port = String((proxy.address() as AddressInfo).port);
    const port = await freePort();
    const changed = { ...config, database: { ...config.database, url: url.href }, http: { ...config.http, port } };
    const { running, says, said } = begin('server', changed);
    await says(waiting);
    // Long before a session is given up that is only slow.
    const line = said.find((one) => one.includes(waiting)) ?? '{}';
    expect(JSON.parse(line).waitedSeconds).toBeLessThan(8);
    const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
    await vi.waitFor(async () => expect(await ask('/healthz')).toBe(200), { timeout: 20_000 });
    expect(await ask('/readyz')).toBe(503);
    isSilent = false;
    await (await running).close();
    void started.pop();
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });

  test('ends where waiting would change nothing', async () => {
    const url = new URL(database.url);
    url.password = 'wrong';
    const { running } = begin('server', { ...config, database: { ...config.database, url: url.href } });
    void started.pop();
    await expect(running).rejects.toMatchObject({ code: 'store.role_refused' });
  });
});
