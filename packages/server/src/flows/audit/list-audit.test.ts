import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation('listAudit', { may: ['auditor', 'operator'], sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('of one object or of all, newest first, by pages', async () => {
    const world = get();
    const owner = await world.customer();
    const { id: codeId } = await world.issue(owner.accountId, await world.eligible(owner));
    await owner.client.revealCode({ params: { codeId }, body: { reason: '第一次' } });
    world.clock.nowMs += 60_000;
    await owner.client.revealCode({ params: { codeId }, body: { reason: '第二次' } });
    const { client } = world.people.auditor;
    const first = await client.listAudit({ query: { objectId: codeId, limit: 1 } });
    const rest = await client.listAudit({ query: { objectId: codeId, limit: 1, after: first.next ?? '' } });
    const rows = [...first.rows, ...rest.rows];
    expect(rows.map(({ action, detail }) => [action, detail])).toEqual([
      ['CodeRevealed', { reason: '第二次' }],
      ['CodeRevealed', { reason: '第一次' }],
    ]);
    expect(rest.next).toBeNull();
    for (const row of rows) expect(row).toMatchObject({ actorId: owner.actor.userId, actorRole: 'customer' });
    expect((await client.listAudit({ query: { limit: 2 } })).rows).toHaveLength(2);
  });
});
