import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, createCookieJar } from '@openbeian/contract/client';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { TestDatabase } from '../../../../tests/support/private-postgres.ts';
import { createTestDatabase } from '../../../../tests/support/shared-postgres.ts';
import { createUser } from '../auth/users.ts';
import { createLogger } from '../http/log.ts';
import { formatKeyRing, makeKeyRing } from '../secrets/index.ts';
import { parseConfig } from './config.ts';
import { openDeployment } from './deployment.ts';
import { type RunningServer, startServer } from './server.ts';

const database = await createTestDatabase();
afterAll(() => database?.drop());

describe.skipIf(database === null)('a database that takes no writes any more', () => {
  // Left out where there is none.
  const own = database as TestDatabase;
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-read-only-'));
  const cookies = createCookieJar();
  let server: RunningServer;
  let key: string | null;

  beforeAll(async () => {
    const keyRingFile = join(folder, 'keys.json');
    writeFileSync(keyRingFile, formatKeyRing(makeKeyRing('test')), { mode: 0o600 });
    const config = parseConfig({
      provider: 'xingyun',
      name: { zh: '星云', en: 'Xingyun' },
      database: { url: own.url },
      keyRingFile,
      http: { port: 0 },
      authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
    });
    const logger = createLogger('silent');
    const deployment = await openDeployment(config, { logger });
    const account = { id: 'acct-li', realName: 'enterprise', displayName: '' };
    await deployment.deps.store.transaction((tx) => tx.accounts.put(account, new Date().toISOString()));
    const password = 'the right one';
    const person = { login: 'li', password, displayName: 'li', role: 'customer', accountId: account.id } as const;
    expect(await createUser(await deployment.library(), person)).toBe(true);
    await deployment.close();
    server = await startServer(config, { logger });
    const client = createClient({ baseUrl: server.url, cookies });
    await client.signIn({ body: { login: 'li', password } });
    key = (await client.createApiKey({ body: { name: 'key', scopes: ['resources:read'] } })).secret;
  }, 120_000);
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  async function onDatabase(...statements: string[]): Promise<readonly unknown[]> {
    const client = new Client({ connectionString: own.url });
    await client.connect();
    try {
      let rows: readonly unknown[] = [];
      for (const text of statements) ({ rows } = await client.query<Record<string, unknown>>(text));
      return rows;
    } finally {
      await client.end();
    }
  }
  const name = new URL(own.url).pathname.slice(1);
  const endOthers = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`;

  test('whoever is signed in, or has a key, goes on reading after the time at which their last request is noted', async () => {
    await onDatabase(
      `UPDATE auth_session SET "lastSeenAt" = now() - interval '10 minutes'`,
      `UPDATE api_key SET last_used_at = now() - interval '2 hours'`,
      `ALTER DATABASE ${name} SET default_transaction_read_only = on`,
      endOthers,
    );
    const ask = (headers: Record<string, string>) => fetch(`${server.url}/api/v1/resources`, { headers });
    const bySession = { cookie: cookies.header() };
    const byKey = { authorization: `Bearer ${key}` };
    // Sessions that were ended are found out by their next use.
    await vi.waitUntil(async () => (await ask(byKey)).ok && (await ask(bySession)).ok, { timeout: 20_000 });
    for (const headers of [bySession, byKey, bySession, byKey]) expect((await ask(headers)).status).toBe(200);
    const change = await fetch(`${server.url}/api/v1/api-keys`, {
      method: 'POST',
      headers: { ...bySession, 'content-type': 'application/json', 'idempotency-key': 'once' },
      body: JSON.stringify({ name: 'another', scopes: ['resources:read'] }),
    });
    expect(change.status).toBe(503);

    await onDatabase(
      'SET default_transaction_read_only = off',
      `ALTER DATABASE ${name} RESET default_transaction_read_only`,
      endOthers,
    );
    const noted = `SELECT FROM auth_session, api_key
      WHERE "lastSeenAt" > now() - interval '1 minute' AND last_used_at > now() - interval '1 minute'`;
    await vi.waitUntil(
      async () => {
        await ask(bySession);
        await ask(byKey);
        return (await onDatabase(noted)).length === 1;
      },
      { timeout: 30_000, interval: 200 },
    );
  }, 90_000);
});
