import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { startPrivatePostgres } from './private-postgres.ts';
import { createTestDatabase, sharedPostgres } from './shared-postgres.ts';

async function rowsOf(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a private PostgreSQL runs as another user than root, makes separate databases, and leaves nothing behind', async (ctx) => {
  const postgres = await startPrivatePostgres();
  if (postgres === null) return ctx.skip('PostgreSQL is missing');
  const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${postgres.pid}/status`, 'utf8'))?.[1];
  expect(uid).not.toBe('0');
  expect(await rowsOf(postgres.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
  expect(await rowsOf(postgres.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);

  const first = await postgres.createDatabase();
  await rowsOf(first.url, 'create table noted (word text)');
  await rowsOf(first.url, `insert into noted values ('备案')`);
  const second = await postgres.createDatabase();
  expect(await rowsOf(second.url, `select to_regclass('noted') as found`)).toEqual([{ found: null }]);
  const copy = await postgres.createDatabase({ template: new URL(first.url).pathname.slice(1) });
  expect(await rowsOf(copy.url, 'select word from noted')).toEqual([{ word: '备案' }]);
  await first.drop();
  await expect(rowsOf(first.url, 'select 1')).rejects.toThrow(/does not exist/);

  await postgres.stop();
  await postgres.stop();
  expect(isAlive(postgres.pid)).toBe(false);
  expect(existsSync(postgres.dataDirectory)).toBe(false);
});

test('it is stopped also while it comes back from a crash', async (ctx) => {
  const postgres = await startPrivatePostgres();
  if (postgres === null) return ctx.skip('PostgreSQL is missing');
  await postgres.crash();
  const crashed = postgres.pid;
  const comingBack = postgres.restart();
  comingBack.catch(() => {});
  expect(postgres.pid).not.toBe(crashed);
  await postgres.stop();
  await expect(comingBack).rejects.toThrow('PostgreSQL was stopped while it came back');
  expect(isAlive(postgres.pid)).toBe(false);
  expect(existsSync(postgres.dataDirectory)).toBe(false);
});

test('it dies with the process that started it, even when that is killed', async (ctx) => {
  if (process.platform !== 'linux') return ctx.skip('Linux only');
  const program = `
    const { startPrivatePostgres } = await import(${JSON.stringify(new URL('./private-postgres.ts', import.meta.url).href)});
    const postgres = await startPrivatePostgres({ fsync: false });
    console.log(postgres === null ? 'missing' : postgres.pid + ' ' + postgres.dataDirectory);
    setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await Promise.race([once(starter.stdout, 'data'), once(starter, 'exit')])) as [unknown];
  if (String(said).trim() === 'missing') return ctx.skip('PostgreSQL is missing');
  const [pid, dataDirectory = ''] = [Number.parseInt(String(said), 10), String(said).trim().split(' ')[1]];
  expect(isAlive(pid)).toBe(true);
  starter.kill('SIGKILL');
  await once(starter, 'exit');
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  rmSync(dirname(dataDirectory), { recursive: true });
});

test('one server serves the run, with a fresh database for each asker', async (ctx) => {
  const [one, two] = [await createTestDatabase(), await createTestDatabase()];
  if (one === null || two === null) return ctx.skip('PostgreSQL is missing');
  const [a, b] = [new URL(one.url), new URL(two.url)];
  expect(a.host).toBe(b.host);
  expect(a.pathname).not.toBe(b.pathname);
  expect(a.host).toBe(new URL((await sharedPostgres())?.url ?? '').host);
  expect(await rowsOf(one.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await Promise.all([one.drop(), two.drop()]);
});
