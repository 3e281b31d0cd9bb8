import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { at } from '../testing/world.ts';
import { openStore } from './open-store.ts';

// Making an embedded database takes 3 s of a whole processor, which tests seldom have to themselves.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const forced = vi.hoisted(() => ({ count: 0 }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const fsyncSync = (file: number): void => {
    forced.count += 1;
    fs.fsyncSync(file);
  };
  return { ...fs, fsyncSync };
});

test('every commit of the embedded database forces its files to the disk before it is acknowledged', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'openbeian-fsync-'));
  const { store, close } = await openStore({ dataDir });
  for (let commit = 1; commit <= 5; commit += 1) {
    const before = forced.count;
    await store.transaction((tx) => tx.accounts.put({ id: `acct_${commit}`, realName: 'none', displayName: '' }, at));
    expect(forced.count).toBeGreaterThan(before);
  }
  const before = forced.count;
  await store.transaction((tx) => tx.accounts.list({ limit: 9 }));
  expect(forced.count).toBe(before);
  await close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('when the disk refuses, the process ends without acknowledging; the next start goes on from what was', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'openbeian-fsync-'));
  const program = `import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    import { openStore } from ${JSON.stringify(join(import.meta.dirname, '../index.ts'))};
    const { store } = await openStore({ dataDir: ${JSON.stringify(dataDir)} });
    const put = (id) => store.transaction((tx) => tx.accounts.put({ id, realName: 'none', displayName: '' }, '${at}'));
    await put('acct_before');
    fs.fsyncSync = () => { throw Object.assign(new Error('EIO'), { code: 'EIO' }); };
    syncBuiltinESMExports();
    await put('acct_lost').finally(() => console.log('answered'));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'pipe' });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  expect(await once(child, 'exit')).toEqual([74, null]);
  const [out, error] = await said;
  expect(out).toBe('');
  expect(error).toMatch(/Check the disk.*could not fsync/);

  const { store, close } = await openStore({ dataDir });
  const before = await store.transaction((tx) => tx.accounts.find('acct_before'));
  expect(before).not.toBeNull();
  await close();
  const closed = store.transaction((tx) => tx.accounts.list({ limit: 9 }));
  await expect(closed).rejects.toMatchObject({ code: 'store.unavailable' });
  rmSync(dataDir, { recursive: true, force: true });
});
