import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFault } from '@openbeian/model/fault';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, sharedPostgres } from '../../../../../tests/support/shared-postgres.ts';
import { openStore } from './open-store.ts';

const cluster = await sharedPostgres();
const database = await createTestDatabase();
const folder = mkdtempSync(join(tmpdir(), 'openbeian-database-tls-'));

/** Debian's package of PostgreSQL depends on it. */
const program = 'openssl';

function openssl(...args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
}

const path = (file: string) => join(folder, file);
const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

function makeCertificates(): void {
  for (const name of ['ours', 'other']) {
    const subject = ['-subj', `/CN=CA ${name}`];
    openssl(
      'req',
      '-x509',
      ...curve,
      '-days',
      '1',
      ...subject,
      '-keyout',
      path(`${name}.key`),
      '-out',
      path(`${name}.crt`),
    );
  }
  openssl('req', ...curve, '-subj', '/CN=localhost', '-keyout', path('server.key'), '-out', path('server.csr'));
  // For the name alone, not for its address.
  writeFileSync(path('names'), 'subjectAltName=DNS:localhost');
  const signedBy = ['-CA', path('ours.crt'), '-CAkey', path('ours.key'), '-CAcreateserial', '-days', '1'];
  openssl(
    'x509',
    '-req',
    '-in',
    path('server.csr'),
    ...signedBy,
    '-extfile',
    path('names'),
    '-out',
    path('server.crt'),
  );
}

/** As the superuser: connections that are open already stay as they are, and plain ones go on to be taken. */
async function atCluster(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: cluster?.url ?? '' });
  await client.connect();
  await work(client).finally(() => client.end());
}

/** The server's own user must own its key, and nobody else read it: so the server writes it. */
async function writeAtServer(client: pg.Client, name: string): Promise<void> {
  const command = `umask 077; cat > openbeian-test-${name}`;
  await client.query(`CREATE TEMPORARY TABLE file_of_test (line text)`);
  for (const line of readFileSync(path(name), 'utf8').trim().split('\n')) {
    await client.query('INSERT INTO file_of_test VALUES ($1)', [line]);
  }
  await client.query(`COPY file_of_test TO PROGRAM '${command}'`);
  await client.query('DROP TABLE file_of_test');
}

const at = (host: string, parameters: string) => {
  const url = new URL(database?.url ?? 'postgres://none/');
  url.hostname = host;
  return `${url.href}?${parameters}`;
};

/** How the connection is encrypted, or the fault's code and text. */
async function outcomeOf(databaseUrl: string): Promise<unknown> {
  try {
    const open = await openStore({ databaseUrl, maxConnections: 1 });
    const encrypted = await sql<{ ssl: boolean }>`SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()`
      .execute(open.kysely)
      .finally(() => open.close());
    return encrypted.rows[0];
  } catch (error) {
    if (!isFault(error)) throw error;
    return `${error.code}: ${error.extras.detail?.en}`;
  }
}

describe.skipIf(cluster === null || database === null)('PostgreSQL over TLS', () => {
  beforeAll(async () => {
    makeCertificates();
    await atCluster(async (client) => {
      for (const name of ['server.key', 'server.crt']) await writeAtServer(client, name);
      await client.query(`ALTER SYSTEM SET ssl_key_file = 'openbeian-test-server.key'`);
      await client.query(`ALTER SYSTEM SET ssl_cert_file = 'openbeian-test-server.crt'`);
    });
  });
  const switchTls = (on: boolean) =>
    atCluster(async (client) => {
      await client.query(`ALTER SYSTEM SET ssl = ${on ? 'on' : 'off'}`);
      await client.query('SELECT pg_reload_conf()');
    });
  afterAll(async () => {
    await switchTls(false);
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a server without TLS is not spoken to in the clear', async () => {
    for (const mode of ['verify-full', 'require']) {
      expect(await outcomeOf(at('localhost', `sslmode=${mode}&sslrootcert=${path('ours.crt')}`))).toMatch(
        /^store.unavailable: .*TLS/,
      );
    }
  });

  test('the certificate must be of the authority that is named, and for the host that is asked', async () => {
    await switchTls(true);
    const ours = `sslmode=verify-full&sslrootcert=${path('ours.crt')}`;
    // The signal to read the configuration again comes a moment later.
    await expect.poll(() => outcomeOf(at('localhost', ours)), { timeout: 15_000 }).toEqual({ ssl: true });
    expect(await outcomeOf(at('localhost', `sslmode=verify-full&sslrootcert=${path('other.crt')}`))).toMatch(
      /^store.unavailable: .*certificate/,
    );
    expect(await outcomeOf(at('localhost', 'sslmode=verify-full'))).toMatch(/^store.unavailable: .*certificate/);
    expect(await outcomeOf(at('127.0.0.1', ours))).toMatch(/^store.unavailable: .*certificate/);
  });
});
