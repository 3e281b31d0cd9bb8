import { expect, test } from 'vitest';
import { describeEmbedded } from '../../main/testing/rule-world.ts';
import { runAuditCheck } from './run-audit-check.ts';
import { sealAudit, sealMarginMs } from './seal-audit.ts';

describeEmbedded('runAuditCheck', (get) => {
  let asked = 0;
  const check = async () => {
    const { deps } = get();
    await deps.store.transaction(async ({ auditChecks, auditSeals }) => {
      asked += 1;
      const upTo = (await auditSeals.findLast())?.sequence ?? 0;
      await auditChecks.ask({ id: `auc_${asked}`, askedAt: deps.clock.now(), askedBy: 'usr_1', upTo });
    });
    while ((await runAuditCheck(deps)) > 0);
    get().clock.nowMs += 1000;
    return deps.store.read(({ auditChecks }) => auditChecks.findLast());
  };

  test('finds the whole audit as it was sealed, day after day; then a removed newest seal, and a row that was added', async () => {
    const world = get();
    expect(await runAuditCheck(world.deps)).toBe(0);
    expect(await check()).toMatchObject({ rows: 0, throughSeal: 0, difference: null });
    await world.account();
    world.clock.nowMs += 86_400_000;
    await world.account();
    world.clock.nowMs += 2 * sealMarginMs;
    while ((await sealAudit(world.deps)) > 0);
    const whole = await check();
    expect(whole).toMatchObject({ rows: 2, throughSeal: 2, difference: null });
    // As if it had been asked for before the newest seal was removed.
    await world.deps.store.transaction(({ auditChecks }) =>
      auditChecks.ask({ id: 'auc_gone', askedAt: world.deps.clock.now(), askedBy: 'usr_1', upTo: 3 }),
    );
    while ((await runAuditCheck(world.deps)) > 0);
    const gone = await world.deps.store.read(({ auditChecks }) => auditChecks.findLast());
    expect(gone?.difference).toMatchObject({ what: 'seal_missing', seal: 3 });
    world.clock.nowMs = Date.parse('2026-11-21T01:29:00.000Z');
    await world.account();
    world.clock.nowMs = Date.parse('2026-11-23T00:00:00.000Z');
    expect((await check())?.difference).toMatchObject({ what: 'added', seal: 1, row: { id: expect.any(String) } });
  });

  /** Four days of one seal each; what the owner of the tables does to them is undone afterwards. */
  test('finds what the owner of the tables did to seals and rows, and does not go on for ever about it', async () => {
    const world = get();
    for (const table of ['audit', 'audit_seal']) await world.run(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    for (const table of ['audit', 'audit_seal', 'audit_check']) await world.run(`DELETE FROM ${table}`);
    for (let day = 0; day < 4; day += 1) {
      await world.account();
      world.clock.nowMs += 86_400_000;
    }
    while ((await sealAudit(world.deps)) > 0);
    expect(await check()).toMatchObject({ throughSeal: 4, difference: null });
    await world.run('CREATE TABLE kept_seal AS TABLE audit_seal');
    await world.run('CREATE TABLE kept_audit AS TABLE audit');
    const done: readonly (readonly [sql: string, found: object])[] = [
      [`UPDATE audit_seal SET day = '2027-06-01' WHERE sequence = 2`, { what: 'seal_changed', seal: 2 }],
      [`UPDATE audit_seal SET day = '2020-01-01' WHERE sequence = 3`, { what: 'seal_changed', seal: 3 }],
      [`UPDATE audit SET at = 'infinity' WHERE id = (SELECT max(id) FROM audit)`, { what: 'missing', seal: 4 }],
      // Twice: what an earlier check had seen is not forgotten with a check that had nothing to look at.
      ['DELETE FROM audit_seal', { what: 'seal_missing', seal: 4 }],
      ['DELETE FROM audit_seal WHERE sequence > 2', { what: 'seal_missing', seal: 4 }],
    ];
    for (const [sql, difference] of done) {
      await world.run(sql);
      expect([sql, await check()]).toMatchObject([sql, { difference }]);
      await world.run('DELETE FROM audit_seal');
      await world.run('INSERT INTO audit_seal TABLE kept_seal');
      await world.run('DELETE FROM audit');
      await world.run('INSERT INTO audit TABLE kept_audit');
    }
    expect(await check()).toMatchObject({ throughSeal: 4, difference: null });
  });

  test('is left to the worker that is at it until its lease is over', async () => {
    const { deps, clock } = get();
    await deps.store.transaction(({ auditChecks }) =>
      auditChecks.ask({ id: 'auc_leased', askedAt: deps.clock.now(), askedBy: 'usr_1', upTo: 0 }),
    );
    const lease = (minutes: number) =>
      deps.store.transaction(({ auditChecks }) =>
        auditChecks.lease(deps.clock.now(), new Date(clock.nowMs + minutes * 60_000).toISOString()),
      );
    expect(await lease(5)).toMatchObject({ id: 'auc_leased' });
    expect(await lease(5)).toBeNull();
    expect(await runAuditCheck(deps)).toBe(0);
    clock.nowMs += 6 * 60_000;
    expect(await runAuditCheck(deps)).toBe(1);
  });
});
