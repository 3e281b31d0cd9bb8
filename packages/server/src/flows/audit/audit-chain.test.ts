import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../main/testing/operation-world.ts';

/** One is under way for all who share the database. */
const noneUnderWay = async (world: OperationWorld) => {
  await world.run('DELETE FROM audit_check');
  return {};
};

describeOperation('getAuditChain', { may: ['auditor', 'operator'], sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('says what is under way, by whom, and what the last verification found', async () => {
    const world = get();
    await noneUnderWay(world);
    const { client, actor } = world.people.auditor;
    expect(await client.getAuditChain()).toMatchObject({ verified: null, underWay: null });
    await client.checkAuditChain({ body: {} });
    const { underWay } = await client.getAuditChain();
    expect(underWay).toMatchObject({ askedBy: actor.userId, throughSeal: 0, rows: 0, endedAt: null, difference: null });
    const found = { what: 'changed' as const, seal: 3, day: '2026-11-20', row: { at: 'then', id: 'aud_1' } };
    const difference = { ...found, after: null, before: null };
    await world.deps.store.transaction(async ({ auditChecks }) => {
      const open = await auditChecks.lease('2026-11-21T00:00:00.000Z', '2026-11-21T01:00:00.000Z');
      if (open === null) throw new Error('none is under way');
      await auditChecks.advance(open, { through: null, rows: 7, isDone: true, difference }, '2026-11-21T00:30:00.000Z');
    });
    const { verified, ...rest } = await client.getAuditChain();
    expect(rest.underWay).toBeNull();
    expect(verified).toMatchObject({ rows: 7, endedAt: '2026-11-21T00:30:00.000Z', difference });
  });
});

describeOperation(
  'checkAuditChain',
  { may: ['auditor', 'operator'], sample: noneUnderWay, leaves: ['AuditCheckAsked'] },
  (get) => {
    test('one is under way at a time', async () => {
      const world = get();
      await noneUnderWay(world);
      const { client } = world.people.operator;
      expect(await client.checkAuditChain({ body: {} })).toEqual({ started: true });
      expect(await client.checkAuditChain({ body: {} })).toEqual({ started: false });
    });
  },
);
