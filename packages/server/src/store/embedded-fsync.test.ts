import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { at } from './conformance/world.ts';
import { openStore } from './open-store.ts';

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
  await store.transaction((tx) => tx.accounts.list());
  expect(forced.count).toBe(before);
  await close();
  rmSync(dataDir, { recursive: true, force: true });
});
