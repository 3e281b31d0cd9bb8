import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, createCookieJar } from '@openbeian/contract/client';
import { Client } from 'pg';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import type { TestDatabase } from '../../../../tests/support/private-postgres.ts';
import { createTestDatabase } from '../../../../tests/support/shared-postgres.ts';
import { createUser } from '../auth/users.ts';
import { createLogger } from '../http/log.ts';
import { formatKeyRing, makeKeyRing } from '../secrets/index.ts';
import { parseConfig } from './config.ts';
import { DatabaseClock } from './database-clock.ts';
import { openForService } from './open-for-service.ts';
import { startServer } from './server.ts';

const dayMs = 86_400_000;
const begin = Date.parse('2026-11-21T01:30:00.000Z');

describe('the time that all processes on a database share', () => {
  function clockWith() {
    const times = { oursMs: begin, steadyMs: 0, theirsMs: begin };
    const said: (number | null)[] = [];
    const clock = new DatabaseClock({
      databaseNowMs: async () => times.theirsMs,
      onDifference: (aheadMs) => said.push(aheadMs),
      nowMs: () => times.oursMs,
      steadyMs: () => times.steadyMs,
    });
    const pass = (ms: number) => {
      for (const key of ['oursMs', 'steadyMs', 'theirsMs'] as const) times[key] += ms;
    };
    return { clock, times, said, pass, nowMs: () => Date.parse(clock.now()) };
  }

  test.each([90 * dayMs, -90 * dayMs, 30_000, -30_000])(
    'is the database’s where this machine’s is %d ms off',
    async (off) => {
      const { clock, times, said, pass, nowMs } = clockWith();
      times.oursMs += off;
      await clock.look();
      pass(5000);
      expect(nowMs()).toBe(begin + 5000);
      await clock.look();
      expect(said).toEqual([off]);
      times.oursMs -= off;
      await clock.look();
      expect(said).toEqual([off, null]);
    },
  );

  test('is this machine’s own where both agree, and before anybody looked', async () => {
    const { clock, times, said, pass, nowMs } = clockWith();
    times.oursMs += 7000;
    expect(nowMs()).toBe(begin + 7000);
    times.theirsMs += 7300;
    await clock.look();
    pass(60_000);
    expect(nowMs()).toBe(begin + 67_000);
    expect(said).toEqual([]);
  });

  test('goes on when this machine’s jumps between two looks', async () => {
    const { clock, times, pass, nowMs } = clockWith();
    await clock.look();
    pass(1000);
    times.oursMs += 90 * dayMs;
    expect(nowMs()).toBe(begin + 1000);
  });

  test('does not go by an answer that was long under way', async () => {
    const { times } = clockWith();
    const clock = new DatabaseClock({
      databaseNowMs: async () => {
        const told = times.theirsMs;
        for (const key of ['oursMs', 'steadyMs', 'theirsMs'] as const) times[key] += slowMs;
        return told;
      },
      onDifference: () => {},
      nowMs: () => times.oursMs + dayMs,
      steadyMs: () => times.steadyMs,
    });
    let slowMs = 0;
    await clock.look();
    slowMs = 20_000;
    await clock.look();
    expect(Date.parse(clock.now())).toBe(begin + 20_000);
  });
});

const database = await createTestDatabase();
afterAll(() => database?.drop());

describe.skipIf(database === null)('a process on a machine whose clock is 90 days ahead', () => {
  // Left out where there is none.
  const { url } = database as TestDatabase;
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-clock-'));
  const logger = createLogger('silent');
  const keyRingFile = join(folder, 'keys.json');
  writeFileSync(keyRingFile, formatKeyRing(makeKeyRing('test')), { mode: 0o600 });
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    database: { url },
    keyRingFile,
    http: { port: 0 },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(() => void vi.useRealTimers());
  const setAhead = () => {
    const ahead = Date.now() + 90 * dayMs;
    vi.useFakeTimers({ toFake: ['Date'], now: ahead });
  };

  test('goes by the database’s time in all that it writes', async () => {
    const rightMs = Date.now();
    setAhead();
    const deployment = await openForService(config, 'worker', { logger });
    try {
      expect(Math.abs(Date.parse(deployment.deps.clock.now()) - rightMs)).toBeLessThan(10 * 60_000);
      expect(Math.abs(Date.parse(deployment.deps.people.wall.now()) - rightMs)).toBeLessThan(10 * 60_000);
    } finally {
      await deployment.close();
    }
  }, 60_000);

  test('ends nobody’s session', async () => {
    const deployment = await openForService(config, 'server', { logger });
    const password = 'the right one';
    const person = { login: 'chen', password, displayName: 'chen', role: 'operator', accountId: null } as const;
    await createUser(await deployment.library(), person);
    await deployment.close();
    const server = await startServer(config, { logger });
    try {
      const client = createClient({ baseUrl: server.url, cookies: createCookieJar() });
      await client.signIn({ body: { login: 'chen', password } });
      setAhead();
      expect((await client.getSession({})).login).toBe('chen');
      vi.useRealTimers();
      expect((await client.getSession({})).login).toBe('chen');
    } finally {
      await server.close();
    }
    const sql = new Client({ connectionString: url });
    await sql.connect();
    const { rowCount } = await sql.query(`SELECT FROM audit WHERE at > now() + interval '1 day'`);
    await sql.end();
    expect(rowCount).toBe(0);
  }, 60_000);
});
