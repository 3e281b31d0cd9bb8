import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/shared-postgres.ts';
import { sealAudit, sealMarginMs } from '../flows/audit/seal-audit.ts';
import { verifyAudit } from '../flows/audit/verify-audit.ts';
import { createLogger } from '../http/log.ts';
import { makeKeyRing, writeNewKeyRing } from '../secrets/index.ts';
import { parseConfig } from './config.ts';
import { type Deployment, openDeployment } from './deployment.ts';
import { resealAll } from './key-file.ts';
import { runWorker } from './worker.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const start = Date.parse('2026-11-21T15:50:00.000Z'); // ten minutes before midnight in Shanghai
const range = { from: null, to: null };
const clock = { nowMs: start };
let deployment: Deployment;
let database: { readonly url: string; drop(): Promise<void> } | null;

const folder = mkdtempSync(join(tmpdir(), 'openbeian-audit-'));

beforeAll(async () => {
  database = await createTestDatabase();
  const keyRingFile = join(folder, 'keys.json');
  writeNewKeyRing(keyRingFile, makeKeyRing());
  const config = parseConfig({
    provider: 'tencent',
    name: { zh: '测试', en: 'Test' },
    database: { url: database?.url ?? null },
    keyRingFile,
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
    worker: { pollMs: 60_000 },
  });
  deployment = await openDeployment(config, {
    clock: { now: () => new Date(clock.nowMs).toISOString() },
    logger: createLogger('silent'),
    inMemory: database === null,
  });
});
afterAll(async () => {
  await deployment.close();
  await database?.drop();
  rmSync(folder, { recursive: true });
});

const run = async (text: string) => (await sql.raw<Record<string, unknown>>(text).execute(deployment.open.kysely)).rows;

let made = 0;
async function addRows(count: number): Promise<void> {
  await deployment.deps.store.transaction(async (tx) => {
    for (let one = 0; one < count; one += 1) {
      made += 1;
      clock.nowMs += 1000;
      await tx.audit.append({
        id: `aud_${String(made).padStart(6, '0')}`,
        at: new Date(clock.nowMs).toISOString(),
        actorId: 'usr_1',
        actorRole: 'operator',
        accountId: null,
        action: 'CodesIssued',
        objectKind: 'code',
        objectId: `code_${made}`,
        detail: { note: '备注', count: made },
        address: made % 2 === 0 ? '203.0.113.7' : null,
        sessionId: null,
      });
    }
  });
}
const sealAll = async () => {
  clock.nowMs += sealMarginMs + 1000;
  let sealed = 0;
  for (let rows = await sealAudit(deployment.deps); rows > 0; rows = await sealAudit(deployment.deps)) sealed += rows;
  return sealed;
};
const verify = () => verifyAudit(deployment.deps, range);

/** Does what only the tables' owner can, looks what is found, and undoes it. */
async function afterTampering(statements: readonly string[], undo: readonly string[]) {
  const asOwner = async (texts: readonly string[]) => {
    await run('ALTER TABLE audit DISABLE TRIGGER USER; ALTER TABLE audit_seal DISABLE TRIGGER USER');
    for (const text of texts) await run(text);
    await run('ALTER TABLE audit ENABLE TRIGGER USER; ALTER TABLE audit_seal ENABLE TRIGGER USER');
  };
  await asOwner(statements);
  const { difference } = await verify();
  await asOwner(undo);
  expect((await verify()).difference).toBeNull();
  return difference;
}

describe('the chain over the audit', () => {
  beforeAll(async () => {
    await addRows(8);
    await sealAll();
    clock.nowMs += 3_600_000; // the day has changed
    await addRows(5);
    await sealAll();
    await addRows(3);
    await sealAll();
    await addRows(2);
  });

  test('covers every row that is old enough, by days; the rest is counted', async () => {
    const found = await verify();
    expect(found).toMatchObject({ seals: 3, rows: 16, difference: null, unsealed: { rows: 2, late: false } });
    expect(await run('SELECT day::text, row_count FROM audit_seal ORDER BY sequence')).toEqual([
      { day: '2026-11-21', row_count: 8 },
      { day: '2026-11-22', row_count: 5 },
      { day: '2026-11-22', row_count: 3 },
    ]);
  });

  test('is verified by days as well', async () => {
    const only = await verifyAudit(deployment.deps, { from: '2026-11-22', to: '2026-11-22' });
    expect(only).toMatchObject({ seals: 2, rows: 8, difference: null });
    expect(await verifyAudit(deployment.deps, { from: null, to: '2026-11-21' })).toMatchObject({ seals: 1, rows: 8 });
  });

  test('is append only for the application, also where it is connected as the owner', async () => {
    for (const text of [
      `UPDATE audit_seal SET digest = 'x'`,
      'DELETE FROM audit_seal',
      'TRUNCATE audit_seal',
      `UPDATE audit_seal SET row_count = 1`,
    ]) {
      await expect(run(text)).rejects.toThrow(/only added/);
    }
  });

  const keep = (id: string) => `CREATE TABLE kept AS SELECT * FROM audit WHERE id = '${id}'`;
  const putBack = ['INSERT INTO audit SELECT * FROM kept', 'DROP TABLE kept'];

  test('names a row that was changed', async () => {
    const found = await afterTampering(
      [`UPDATE audit SET actor_id = 'usr_other' WHERE id = 'aud_000003'`],
      [`UPDATE audit SET actor_id = 'usr_1' WHERE id = 'aud_000003'`],
    );
    expect(found).toMatchObject({ what: 'changed', seal: 1, day: '2026-11-21', row: { id: 'aud_000003' } });
  });

  test('names where a row was removed', async () => {
    const found = await afterTampering([keep('aud_000010'), `DELETE FROM audit WHERE id = 'aud_000010'`], putBack);
    expect(found).toMatchObject({
      what: 'missing',
      seal: 2,
      after: { id: 'aud_000009' },
      before: { id: 'aud_000011' },
    });
  });

  test('names the last row of a seal when that is gone', async () => {
    const found = await afterTampering([keep('aud_000008'), `DELETE FROM audit WHERE id = 'aud_000008'`], putBack);
    expect(found).toMatchObject({ what: 'missing', seal: 1, after: { id: 'aud_000007' }, before: null });
  });

  test.each(['2026-11-21T15:50:03.500Z', '2026-11-21T15:50:03.000400Z', '1999-01-01T00:00:00Z', '-infinity'])(
    'names a row that was added late, at %s',
    async (at) => {
      const found = await afterTampering(
        [
          `INSERT INTO audit SELECT 'aud_late', '${at}', actor_id, actor_role, account_id, action, object_kind, object_id
          FROM audit WHERE id = 'aud_000001'`,
        ],
        [`DELETE FROM audit WHERE id = 'aud_late'`],
      );
      expect(found).toMatchObject({ what: 'added', seal: 1, row: { id: 'aud_late' } });
    },
  );

  test('names a seal that is missing', async () => {
    const found = await afterTampering(
      ['CREATE TABLE kept AS SELECT * FROM audit_seal WHERE sequence = 2', 'DELETE FROM audit_seal WHERE sequence = 2'],
      ['INSERT INTO audit_seal SELECT * FROM kept', 'DROP TABLE kept'],
    );
    expect(found).toEqual({ what: 'seal_missing', seal: 2, day: '2026-11-22' });
  });

  test.each([
    [`day = '2026-11-20'`, `day = '2026-11-22'`],
    [`row_digests = repeat('0', 60)`, null],
    [`made_at = '2020-01-01'`, null],
    [`digest = repeat('0', 64)`, null],
  ])('names a seal whose %s was set', async (change, back) => {
    const undo = [
      'UPDATE audit_seal SET day = kept.day, row_digests = kept.row_digests, made_at = kept.made_at, digest = kept.digest FROM kept WHERE audit_seal.sequence = kept.sequence',
      'DROP TABLE kept',
    ];
    const found = await afterTampering(
      [
        'CREATE TABLE kept AS SELECT * FROM audit_seal WHERE sequence = 2',
        `UPDATE audit_seal SET ${change} WHERE sequence = 2`,
      ],
      back === null ? undo : [...undo.slice(1), `UPDATE audit_seal SET ${back} WHERE sequence = 2`],
    );
    expect(found?.what).toMatch(/changed|missing/);
    expect(found?.seal).toBe(2);
  });

  test('names a seal that somebody without the keys has made: a rewritten chain does not pass', async () => {
    // The last seal taken over for another one: what is sealed belongs to its own place.
    const found = await afterTampering(
      [
        'CREATE TABLE kept AS SELECT * FROM audit_seal WHERE sequence = 3',
        'UPDATE audit_seal SET sealed_digest = (SELECT sealed_digest FROM audit_seal WHERE sequence = 2) WHERE sequence = 3',
      ],
      [
        'UPDATE audit_seal SET sealed_digest = kept.sealed_digest FROM kept WHERE audit_seal.sequence = 3',
        'DROP TABLE kept',
      ],
    );
    expect(found).toEqual({ what: 'seal_forged', seal: 3, day: '2026-11-22' });
  });

  test('goes on in a worker, which says nothing while rows are young', async () => {
    const worker = runWorker(deployment);
    try {
      const before = (await verify()).seals;
      await worker.settle();
      expect((await verify()).seals).toBe(before);
      clock.nowMs += 2 * sealMarginMs;
      await worker.settle();
      expect(await verify()).toMatchObject({ seals: before + 1, unsealed: { rows: 0 }, difference: null });
    } finally {
      await worker.close();
    }
  });

  test('is sealed by one of several at once, and holds', async () => {
    await addRows(20);
    clock.nowMs += 2 * sealMarginMs;
    const counts = await Promise.all(Array.from({ length: 4 }, () => sealAudit(deployment.deps)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20);
    expect((await verify()).difference).toBeNull();
  });

  test('stays valid when its keys are sealed again', async () => {
    const steps: string[] = [];
    await resealAll(deployment, async ({ kind, unreadable }) => {
      expect(unreadable).toEqual([]);
      steps.push(kind);
    });
    expect(steps).toContain('seals');
    expect((await verify()).difference).toBeNull();
  });

  test('says when rows have waited for a worker for too long', async () => {
    await addRows(1);
    clock.nowMs += 2 * 3_600_000;
    expect((await verify()).unsealed).toMatchObject({ rows: 1, late: true });
  });
});
