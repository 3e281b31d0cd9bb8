import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFault } from '@openbeian/model/fault';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/shared-postgres.ts';
import { clearAudit } from '../flows/audit/clear-audit.ts';
import { exportedDays, recordExport } from '../flows/audit/export-audit.ts';
import { sealAudit, sealMarginMs } from '../flows/audit/seal-audit.ts';
import { verifyAudit } from '../flows/audit/verify-audit.ts';
import type { FlowDeps } from '../flows/command/deps.ts';
import { createLogger } from '../http/log.ts';
import { makeKeyRing, writeNewKeyRing } from '../secrets/index.ts';
import { AuditClearer } from '../work/audit-clearer.ts';
import { ClockGuard } from '../work/clock-guard.ts';
import { type Config, parseConfig } from './config.ts';
import { type Deployment, openDeployment } from './deployment.ts';
import { resealAll } from './key-file.ts';
import { settleTime } from './testing/settled-time.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const dayMs = 86_400_000;
const start = Date.parse('2023-03-01T02:00:00.000Z');
const clock = { nowMs: start };
const folder = mkdtempSync(join(tmpdir(), 'openbeian-retention-'));
let deployment: Deployment;
let database: { readonly url: string; drop(): Promise<void> } | null;

const configured = (keep: object): Config =>
  parseConfig({
    provider: 'tencent',
    name: { zh: '测试', en: 'Test' },
    database: { url: database?.url ?? null },
    keyRingFile: join(folder, 'keys.json'),
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
    worker: { pollMs: 60_000 },
    keep,
  });

beforeAll(async () => {
  database = await createTestDatabase();
  writeNewKeyRing(join(folder, 'keys.json'), makeKeyRing());
  deployment = await openDeployment(configured({ auditDays: 184 }), {
    clock: { now: () => new Date(clock.nowMs).toISOString() },
    logger: createLogger('silent'),
    inMemory: database === null,
  });
  // Four days, three of them over.
  for (let day = 0; day < 4; day += 1) {
    clock.nowMs = start + day * dayMs;
    await addRows(10);
    await sealAll();
    await addRows(3);
    await sealAll();
  }
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
        id: `aud_0${String(made).padStart(6, '0')}`,
        at: new Date(clock.nowMs).toISOString(),
        actorId: 'usr_1',
        actorRole: 'operator',
        accountId: null,
        action: 'CodesIssued',
        objectKind: 'code',
        objectId: `code_${made}`,
        detail: { count: made },
        address: null,
        sessionId: null,
      });
    }
  });
}
async function sealAll(): Promise<void> {
  clock.nowMs += sealMarginMs + 1000;
  while ((await sealAudit(deployment.deps)) > 0);
}
const verify = () => verifyAudit(deployment.deps, { from: null, to: null });
const depsWith = (keep: Partial<FlowDeps['keep']>): FlowDeps => ({
  ...deployment.deps,
  // What goes by its age is kept for a term longer; tested in clear-old.
  keep: { ...deployment.deps.keep, undoDays: 0, ...keep },
});
/** Steps until nothing is left to do, or so many; with what was reported. */
async function clear(deps: FlowDeps = depsWith({}), most = 100): Promise<unknown[]> {
  await settleTime(deps);
  const told: unknown[] = [];
  for (let step = 0; step < most; step += 1) if ((await clearAudit(deps, (error) => told.push(error))) === 0) break;
  return told;
}
const rowsOf = async (day: string) =>
  (await run(`SELECT id FROM audit WHERE (at AT TIME ZONE 'Asia/Shanghai')::date = '${day}'`)).length;

/** What only the tables' owner can do. */
async function asOwner(...texts: readonly string[]): Promise<void> {
  for (const table of ['audit', 'audit_seal', 'audit_clearing']) await run(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const text of texts) await run(text);
  for (const table of ['audit', 'audit_seal', 'audit_clearing']) await run(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}

describe('the days for which the audit is kept', () => {
  test.each([183, 1, 0, -1])('are never fewer than six months: %i is refused with its place', (auditDays) => {
    let refused: unknown = null;
    try {
      configured({ auditDays });
    } catch (error) {
      refused = error;
    }
    expect(isFault(refused, 'config.invalid') && refused.extras.places?.map(({ path }) => path)).toEqual([
      'config: keep.auditDays',
    ]);
  });

  test('are three years unless set, or without end', () => {
    expect(configured({}).keep).toMatchObject({ auditDays: 1096, auditExportedOnly: false });
    expect(configured({ auditDays: null }).keep.auditDays).toBeNull();
  });
});

describe('clearing the audit', () => {
  test('nothing goes before its day is kept for all the days, nor where they have no end', async () => {
    clock.nowMs = Date.parse('2023-09-01T15:59:59.000Z'); // 184 days after, one second before midnight
    expect(await clear()).toEqual([]);
    clock.nowMs = Date.parse('2030-01-01T00:00:00.000Z');
    expect(await clear(depsWith({ auditDays: null }))).toEqual([]);
    expect(await verify()).toMatchObject({ rows: 52, cleared: [], difference: null });
  });

  test('a day is kept for the term longer in which a wrong clock can be set right', async () => {
    const deps = depsWith({ undoDays: 30 });
    clock.nowMs = Date.parse('2023-09-01T16:00:00.000Z') + 30 * dayMs - 1000;
    expect(await clear(deps)).toEqual([]);
    // Months ahead: no time is known for so long.
    clock.nowMs = Date.parse('2024-09-01T16:00:00.000Z');
    for (let round = 0; round < 3; round += 1) expect(await clearAudit(deps, () => {})).toBe(0);
    expect(await rowsOf('2023-03-01')).toBe(13);
  });

  test('nothing goes by a clock that is far ahead of the database’s', async () => {
    const said: unknown[] = [];
    const clearer = new AuditClearer(deployment.deps, {
      onError: (error) => said.push(error),
      clockGuard: new ClockGuard({
        nowMs: () => Date.now() + 3650 * dayMs,
        databaseNowMs: async () => Date.now(),
        monotonicMs: () => performance.now(),
      }),
    });
    expect(await clearer.round()).toBe(0);
    expect(said.map((error) => isFault(error, 'clock.wrong'))).toEqual([true]);
    expect(await rowsOf('2023-03-01')).toBe(13);
  });

  test('only exported days go where that is asked', async () => {
    const deps = depsWith({ auditExportedOnly: true });
    expect(await clear(deps)).toEqual([]);
    expect(await rowsOf('2023-03-01')).toBe(13);
  });

  test('a whole day goes, seal after seal; what is left verifies at every step', async () => {
    clock.nowMs = Date.parse('2023-09-01T16:00:00.000Z');
    const steps: unknown[] = [];
    const deps = depsWith({});
    await settleTime(deps);
    for (;;) {
      const done = await clearAudit(deps, (error) => steps.push(error));
      const { difference, cleared, rows } = await verify();
      expect(difference).toBeNull();
      steps.push([done, rows, cleared.map(({ day, rows: gone, isDone }) => `${day} ${gone} ${isDone}`).join()]);
      if (done === 0) break;
    }
    expect(steps).toEqual([
      [1, 52, '2023-03-01 13 false'],
      [10, 42, '2023-03-01 13 false'],
      [3, 39, '2023-03-01 13 true'],
      [0, 39, '2023-03-01 13 true'],
    ]);
    expect(await rowsOf('2023-03-01')).toBe(0);
    expect(await rowsOf('2023-03-02')).toBe(13);
  });

  test('the clearing is in the audit, with the day, how many rows and the digest, and is chained', async () => {
    const [clearing] = (await verify()).cleared;
    const [said] = await run(`SELECT * FROM audit WHERE action = 'AuditDayCleared'`);
    expect(said).toMatchObject({
      id: clearing?.auditId,
      object_kind: 'audit_day',
      object_id: '2023-03-01',
      detail: { firstSeal: 1, lastSeal: 2, rows: 13, keepDays: 184, digest: clearing?.digest },
    });
    await sealAll();
    expect(await verify()).toMatchObject({ rows: 40, difference: null, unsealed: { rows: 0 } });
  });

  test('an export passes over the day, and has the next one', async () => {
    const days: string[] = [];
    for await (const day of exportedDays(deployment.deps, null, () => '')) {
      days.push(`${day.day} ${day.cleared}`);
      if (!day.cleared) for await (const line of day.lines()) expect(line).not.toBe('');
    }
    expect(days.slice(0, 2)).toEqual(['2023-03-01 true', '2023-03-02 false']);
  });

  test('a day that was exported goes', async () => {
    clock.nowMs = Date.parse('2023-09-02T16:00:00.000Z');
    await recordExport(deployment.deps, '2023-03-02');
    await recordExport(deployment.deps, '2023-03-02');
    expect(await run(`SELECT count(*) AS n FROM audit WHERE action = 'AuditExported'`)).toEqual([{ n: 1 }]);
    await clear(depsWith({ auditExportedOnly: true }));
    expect(await rowsOf('2023-03-02')).toBe(0);
    expect(await verify()).toMatchObject({ difference: null, cleared: [{ isDone: true }, { isDone: true }] });
  });

  test('the last day stays, however old it is: more of it may follow', async () => {
    const kept = await run(`SELECT max(day)::text AS day FROM audit_seal`);
    clock.nowMs = Date.parse('2026-01-01T00:00:00.000Z');
    const told = await clear(depsWith({}), 3);
    expect(told).toEqual([]);
    expect(await rowsOf(String(kept[0]?.['day']))).toBeGreaterThan(0);
  });
});

describe('what is not a clearing by policy', () => {
  test('the application cannot delete rows, nor clear a young day, nor change what was cleared', async () => {
    for (const text of [
      `DELETE FROM audit WHERE action = 'AuditDayCleared'`,
      'DELETE FROM audit_clearing',
      'TRUNCATE audit_clearing',
      'UPDATE audit_clearing SET row_count = 1',
      `INSERT INTO audit_clearing (day, first_seal, last_seal, row_count, digest, sealed_digest, audit_id, keep_days, decided_at)
       VALUES ((now() AT TIME ZONE 'Asia/Shanghai')::date - 184, 1, 1, 1, '', '', '', 184, now() + interval '9 years')`,
      `INSERT INTO audit_clearing (day, first_seal, last_seal, row_count, digest, sealed_digest, audit_id, keep_days, decided_at)
       VALUES ('2023-05-01', 1, 1, 1, '', '', '', 100, now())`,
    ]) {
      await expect(run(text), text).rejects.toThrow(/only added|only with the clearing|six months|six_months/);
    }
  });

  test('rows that were deleted by hand are missing', async () => {
    await asOwner(
      'CREATE TABLE kept AS SELECT * FROM audit WHERE at >= $$2023-03-04$$ AND at < $$2023-03-05$$',
      'DELETE FROM audit USING kept WHERE audit.id = kept.id',
    );
    expect((await verify()).difference).toMatchObject({ what: 'missing', day: '2023-03-04' });
  });

  test('and with a clearing that somebody without the keys wrote, it is named as forged', async () => {
    await asOwner(
      `INSERT INTO audit_clearing SELECT '2023-03-04', min(sequence), max(sequence), sum(row_count), repeat('0', 64),
         (SELECT sealed_digest FROM audit_clearing LIMIT 1), 'aud_x', 184, '2024-01-01', max(sequence)
       FROM audit_seal WHERE day = '2023-03-04'`,
    );
    expect((await verify()).difference).toEqual({ what: 'clearing_forged', seal: 7, day: '2023-03-04' });
    await asOwner(
      `DELETE FROM audit_clearing WHERE day = '2023-03-04'`,
      'INSERT INTO audit SELECT * FROM kept',
      'DROP TABLE kept',
    );
    expect((await verify()).difference).toBeNull();
  });

  test.each([
    ['a clearing that was removed', `DELETE FROM audit_clearing WHERE day = '2023-03-01'`, 'missing'],
    [
      'one that says other rows',
      `UPDATE audit_clearing SET row_count = 12 WHERE day = '2023-03-01'`,
      'clearing_forged',
    ],
    [
      'a seal of a cleared day',
      `UPDATE audit_seal SET row_count = 2, row_digests = repeat('0', 24) WHERE sequence = 2`,
      'clearing_forged',
    ],
    [
      'a row that says so, removed',
      `DELETE FROM audit WHERE action = 'AuditDayCleared' AND object_id = '2023-03-01'`,
      'clearing_forged',
    ],
    [
      'a row put back',
      `INSERT INTO audit (id, at, actor_id, actor_role, action, object_kind, object_id) VALUES
      ('aud_back', '2023-03-01T02:00:01Z', 'usr_1', 'operator', 'SignedIn', 'person', 'usr_1')`,
      'added',
    ],
  ])('%s is found', async (_name, change, what) => {
    await asOwner(
      'CREATE TABLE kept_c AS SELECT * FROM audit_clearing',
      'CREATE TABLE kept_s AS SELECT * FROM audit_seal',
      'CREATE TABLE kept_a AS SELECT * FROM audit',
      change,
    );
    expect((await verify()).difference?.what).toBe(what);
    await asOwner(
      'DELETE FROM audit_clearing; INSERT INTO audit_clearing SELECT * FROM kept_c; DROP TABLE kept_c',
      `UPDATE audit_seal SET row_count = kept_s.row_count, row_digests = kept_s.row_digests FROM kept_s
         WHERE kept_s.sequence = audit_seal.sequence; DROP TABLE kept_s`,
      'DELETE FROM audit; INSERT INTO audit SELECT * FROM kept_a; DROP TABLE kept_a',
    );
    expect((await verify()).difference).toBeNull();
  });

  test('a day whose rows differ from their seals is not cleared: it is parked for an operator', async () => {
    const [oldest] = await run(
      `SELECT min(day)::text AS day FROM audit_seal WHERE day > (SELECT max(day) FROM audit_clearing)`,
    );
    const day = String(oldest?.['day']);
    await addRows(1);
    await sealAll();
    const [row] = await run(
      `SELECT id, actor_id FROM audit WHERE (at AT TIME ZONE 'Asia/Shanghai')::date = '${day}' LIMIT 1`,
    );
    await asOwner(`UPDATE audit SET actor_id = 'usr_other' WHERE id = '${row?.['id']}'`);
    const told = await clear();
    expect(told.map((error) => isFault(error, 'audit.altered'))).toEqual([true]);
    expect(await run(`SELECT kind, item_id, retry_at FROM work_failure`)).toEqual([
      { kind: 'purge', item_id: 'audit', retry_at: null },
    ]);
    expect(await rowsOf(day)).toBeGreaterThan(0);
    await asOwner(`UPDATE audit SET actor_id = '${row?.['actor_id']}' WHERE id = '${row?.['id']}'`);
  });

  test('clearings stay proven when their keys are replaced', async () => {
    const kinds: string[] = [];
    await resealAll(deployment, async ({ kind }) => void kinds.push(kind));
    expect(kinds).toContain('clearings');
    expect((await verify()).difference).toBeNull();
  });
});

test('several workers clear one after the other, and whoever verifies meanwhile sees no tampering', async () => {
  const days = 12;
  await run('DELETE FROM work_failure');
  const from = clock.nowMs + dayMs;
  for (let day = 0; day <= days; day += 1) {
    clock.nowMs = from + day * dayMs;
    await addRows(20);
    await sealAll();
  }
  clock.nowMs = from + (days + 400) * dayMs;
  const deps = depsWith({});
  await settleTime(deps);
  const told: unknown[] = [];
  let working = 3;
  const work = async () => {
    // A worker that found nothing to do asks again later; here until the last of them is through.
    for (let idle = 0; idle < 5; ) idle = (await clearAudit(deps, (error) => told.push(error))) > 0 ? 0 : idle + 1;
    working -= 1;
  };
  const look = async () => {
    while (working > 0) expect((await verify()).difference).toBeNull();
  };
  await Promise.all([work(), work(), work(), look(), look()]);
  expect(told).toEqual([]);
  const left = await run(`SELECT count(DISTINCT day)::int AS n FROM audit_seal
    WHERE day NOT IN (SELECT day FROM audit_clearing WHERE cleared_to = last_seal)`);
  expect(left).toEqual([{ n: 1 }]);
  expect((await verify()).difference).toBeNull();
});
