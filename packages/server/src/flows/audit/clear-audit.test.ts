import { expect, test } from 'vitest';
import { describeEmbedded, failTest } from '../../main/testing/rule-world.ts';
import { settleTime } from '../../main/testing/settled-time.ts';
import { clearAudit } from './clear-audit.ts';
import { sealAudit, sealMarginMs } from './seal-audit.ts';
import { verifyAudit } from './verify-audit.ts';

const dayMs = 86_400_000;

describeEmbedded('clearAudit', (get) => {
  test('clears the days that are older than the audit is kept, and says so; the rest verifies', async () => {
    const world = get();
    const { clock } = world;
    // What goes by its age is kept for a term longer; tested in clear-old.
    const deps = { ...world.deps, keep: { ...world.deps.keep, undoDays: 0 } };
    const last = clock.nowMs;
    const keepDays = deps.keep.auditDays ?? 0;
    clock.nowMs = last - (keepDays + 2) * dayMs;
    await deps.store.transaction(async (tx) => {
      for (const id of ['aud_1', 'aud_2']) {
        const who = { actorId: 'usr_1', actorRole: 'operator', accountId: null, address: null, sessionId: null };
        const what = { action: 'CodesIssued', objectKind: 'code', objectId: 'code_1', detail: {} };
        await tx.audit.append({ id, at: new Date(clock.nowMs).toISOString(), ...who, ...what });
      }
    });
    clock.nowMs = last;
    await world.account();
    clock.nowMs += 2 * sealMarginMs;
    while ((await sealAudit(deps)) > 0);
    await settleTime(deps);
    expect(await clearAudit({ ...deps, keep: { ...deps.keep, auditDays: keepDays + 3 } }, failTest)).toBe(0);
    while ((await clearAudit(deps, failTest)) > 0);
    const found = await verifyAudit(deps, { from: null, to: null });
    expect(found).toMatchObject({ rows: 1, cleared: [{ rows: 2, keepDays, isDone: true }], difference: null });
  });
});
