import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, test, vi } from 'vitest';
import { describeConformance } from '../testing/conformance.ts';
import { factsOf } from '../testing/world.ts';
import { openStore } from './open-store.ts';

// Making an embedded database takes 3 s of a whole processor, which tests seldom have to themselves.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const dataDir = mkdtempSync(join(tmpdir(), 'openbeian-store-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describeConformance('the embedded database', () => openStore({ dataDir }));

test('the files of the database are their owner’s alone, also those that were made wider before', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'openbeian-modes-'));
  try {
    await (await openStore({ dataDir: directory })).close();
    chmodSync(join(directory, 'database', 'PG_VERSION'), 0o666);
    await (await openStore({ dataDir: directory })).close();
    const files = readdirSync(join(directory, 'database'), { recursive: true, withFileTypes: true });
    const open = files.filter(({ parentPath, name }) => (statSync(join(parentPath, name)).mode & 0o077) !== 0);
    expect(files.length).toBeGreaterThan(100);
    expect(open.map(({ name }) => name)).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('shared buffers are few: PostgreSQL zeroes them all at each start, which keeps them resident for good', async () => {
  const open = await openStore({ dataDir });
  const { rows } = await sql<{ shared_buffers: string }>`SHOW shared_buffers`.execute(open.kysely);
  expect(rows).toEqual([{ shared_buffers: '16MB' }]);
  await open.close();
});

test('instants are texts for the store and dates for the library, also in arrays and when the two take turns', async () => {
  const { store, kysely, close } = await openStore({ dataDir });
  const ask = sql<{
    at: Date;
    all: Date[];
  }>`SELECT timestamptz '2026-11-21 01:30Z' AS at, ARRAY[timestamptz '2026-11-21 01:30Z'] AS all`;
  const one = { at: new Date('2026-11-21T01:30:00.000Z'), all: [new Date('2026-11-21T01:30:00.000Z')] };
  const answers = await Promise.all([ask.execute(kysely), store.now(), ask.execute(kysely), store.now()]);
  expect([answers[0].rows, answers[2].rows]).toEqual([[one], [one]]);
  for (const text of [answers[1], answers[3]]) expect(text).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  await close();
});

test('nobody can end the process by typing what a panic looks like', async () => {
  const { store, close } = await openStore({ dataDir: null });
  const id = '\n2026-11-21 01:30:00.000 GMT [42] PANIC:  gone';
  const put = () =>
    store.transaction((tx) =>
      tx.resources.put({ id, accountId: id, provider: id, product: id, facts: factsOf({}) }, id),
    );
  await expect(put()).rejects.toThrow(/PANIC/);
  await close();
});
