import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isFault } from '@openbeian/model/fault';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lockDirectory } from './directory-lock.ts';
import { openStore } from './open-store.ts';

// Making an embedded database takes 3 s of a whole processor, which tests seldom have to themselves.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let directory: string;
let path: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'openbeian-lock-')));
  path = join(directory, 'openbeian.lock');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

async function refusedBy(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return isFault(error, 'store.directory_in_use') ? error.message : `not refused: ${error}`;
}

/** Another process that holds the directory until it is killed. */
async function holder(): Promise<ChildProcess> {
  const program = `import { lockDirectory } from ${JSON.stringify(join(import.meta.dirname, 'directory-lock.ts'))};
    await lockDirectory(${JSON.stringify(directory)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

test('a second user in this process is refused, until the first lets go', async () => {
  const lock = await lockDirectory(directory);
  expect(await refusedBy(lockDirectory(directory))).toContain(`pid ${process.pid}`);
  expect(lock.lost()).toBe(false);
  await lock.release();
  expect(existsSync(path)).toBe(false);
  await (await lockDirectory(directory)).release();
});

test('another process is named; once it is killed the directory is free at once', async () => {
  const child = await holder();
  const message = await refusedBy(openStore({ dataDir: directory }));
  expect(message).toContain(`pid ${child.pid}`);
  expect(message).toContain(directory);
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  const lock = await lockDirectory(directory);
  expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.pid);
  await lock.release();
});

test('a place is taken whole: the database of a refused one is not touched', async () => {
  await holder();
  await refusedBy(openStore({ dataDir: directory }));
  expect(existsSync(join(directory, 'database'))).toBe(false);
});

describe('the lock file, where the socket says nothing', () => {
  const elsewhere = (some: object = {}) =>
    writeFileSync(path, JSON.stringify({ nonce: 'n', pid: 1, place: 'other-host boot pid:[1]', born: '1', ...some }));
  const silentForSeconds = (seconds: number) => utimesSync(path, new Date(), new Date(Date.now() - seconds * 1000));

  test('a holder in another container is believed while it is heard of, and replaced after 30 s of silence', async () => {
    elsewhere();
    silentForSeconds(25);
    expect(await refusedBy(lockDirectory(directory))).toContain('other-host');
    silentForSeconds(31);
    await (await lockDirectory(directory)).release();
  });

  test('an unreadable lock file is believed as long', async () => {
    writeFileSync(path, '');
    expect(await refusedBy(lockDirectory(directory))).toContain('unknown');
    silentForSeconds(31);
    await (await lockDirectory(directory)).release();
  });

  test('in the same place the process is asked for: dead, or another one with its pid, holds nothing', async () => {
    const lock = await lockDirectory(directory);
    const me = JSON.parse(readFileSync(path, 'utf8'));
    await lock.release();
    for (const dead of [{ pid: 2 ** 22 + 1 }, { pid: process.pid, born: '1' }]) {
      writeFileSync(path, JSON.stringify({ ...me, ...dead }));
      await (await lockDirectory(directory)).release();
    }
    const alive = spawn('sleep', ['30']);
    children.push(alive);
    const born = readFileSync(`/proc/${alive.pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19];
    writeFileSync(path, JSON.stringify({ ...me, pid: alive.pid, born }));
    expect(await refusedBy(lockDirectory(directory))).toContain(`pid ${alive.pid}`);
  });

  test('a holder that was replaced while it slept knows it, and leaves the other one’s file alone', async () => {
    const lock = await lockDirectory(directory, 20);
    elsewhere({ nonce: 'theirs' });
    await pause(100);
    expect(lock.lost()).toBe(true);
    await lock.release();
    expect(JSON.parse(readFileSync(path, 'utf8')).nonce).toBe('theirs');
  });

  test('while it is held it is touched', async () => {
    const lock = await lockDirectory(directory, 20);
    silentForSeconds(29);
    await pause(100);
    expect(Date.now() - statSync(path).mtimeMs).toBeLessThan(5_000);
    await lock.release();
  });
});
