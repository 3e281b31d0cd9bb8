import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, createCookieJar } from '@openbeian/contract/client';
import { Client } from 'pg';
import { afterAll, expect, it } from 'vitest';
import { chaosLogin, chaosResource, openChaosDeployment } from '../chaos/chaos-deployment.ts';
import { requireProgram } from '../support/require-program.ts';
import { startShippedPgBouncer } from '../support/shipped-pgbouncer.ts';
import { startOpenbeian } from './child-process.ts';
import { freePort } from './free-port.ts';

const endings: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

it('through PgBouncer in transaction mode, by the shipped file: migrates, starts and serves', {
  timeout: 240_000,
}, async (context) => {
  const program = requireProgram('pgbouncer');
  const chaos = program === null ? null : await openChaosDeployment(500, 10);
  if (program === null || chaos === null) return context.skip('no PgBouncer or no PostgreSQL');
  endings.push(() => chaos.close());
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-pgbouncer-'));
  endings.push(() => rmSync(folder, { recursive: true, force: true }));
  const target = new URL(chaos.databaseUrl);
  const users = { postgres: decodeURIComponent(target.password) };

  /** A pooler before a database, and what leads to it. */
  const through = async (database: string) => {
    const port = await freePort();
    const place = mkdtempSync(join(tmpdir(), 'openbeian-pooler-'));
    endings.push(() => rmSync(place, { recursive: true, force: true }));
    const options = { program, folder: place, port, target: { port: Number(target.port), database }, users };
    const pooler = await startShippedPgBouncer({ ...options, certificate: null });
    endings.push(() => pooler.stop());
    const url = new URL(chaos.databaseUrl);
    url.port = String(port);
    url.pathname = '/openbeian';
    return url.href;
  };
  const configFor = (url: string) => {
    const file = join(folder, 'openbeian.json');
    const config = JSON.parse(readFileSync(chaos.configFile, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...config, database: { url, maxConnections: 10 } }), { mode: 0o600 });
    return file;
  };

  // An empty database is brought up to date.
  const empty = await chaos.postgres.createDatabase();
  const emptyUrl = await through(new URL(empty.url).pathname.slice(1));
  await startOpenbeian(['migrate', '--config', configFor(emptyUrl)], /数据库已是本版本的结构/);
  const direct = new Client({ connectionString: empty.url });
  await direct.connect();
  expect((await direct.query(`SELECT count(*)::int AS count FROM schema_migration`)).rows[0].count).toBeGreaterThan(20);
  await direct.end();

  // Two servers and a worker share its sessions, and meet each other's prepared statements.
  const config = configFor(await through(target.pathname.slice(1)));
  const server = () =>
    startOpenbeian(['server', '--config', config, '--no-console'], /"url":"(http:[^"]+)".*server listens/);
  const started = await Promise.all([
    server(),
    server(),
    startOpenbeian(['worker', '--config', config], /worker runs/),
  ]);
  for (const one of started) endings.push(() => one.stop());
  const cookies = createCookieJar();
  const clients = started.slice(0, 2).map(({ ready }) => createClient({ baseUrl: ready[1] ?? '', cookies }));
  await clients[0]?.signIn({ body: chaosLogin });
  const issue = async (turn: number) => {
    const client = clients[turn % clients.length] as (typeof clients)[number];
    const { codes } = await client.issueCodes({ params: { resourceId: chaosResource }, body: { count: 1 } });
    return client.getCode({ params: { codeId: codes[0]?.code.id ?? '' } });
  };
  const codes = await Promise.all(Array.from({ length: 200 }, (_, turn) => issue(turn)));
  expect(new Set(codes.map(({ id }) => id)).size).toBe(200);
});
