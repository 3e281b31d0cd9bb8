import { dayOf } from '@openbeian/model/calendar';
import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';
import { person } from '../../main/testing/persons.ts';

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

  test('by who, by what, and by days in Shanghai, each alone and together', async () => {
    const world = get();
    const owner = await world.customer();
    const { id: codeId } = await world.issue(owner.accountId, await world.eligible(owner));
    // Half an hour around midnight in Shanghai, which is 16:00 in UTC.
    const midnightMs = Math.ceil(world.clock.nowMs / 86_400_000) * 86_400_000 + 57_600_000;
    for (const [nowMs, reason] of [
      [midnightMs - 1_800_000, '前一日'],
      [midnightMs, '零点'],
      [midnightMs + 86_399_999, '当日末'],
      [midnightMs + 86_400_000, '后一日'],
    ] as const) {
      world.clock.nowMs = nowMs;
      await owner.client.revealCode({ params: { codeId }, body: { reason } });
    }
    const day = dayOf(new Date(midnightMs).toISOString());
    const { client } = world.people.auditor;
    const found = async (query: NonNullable<NonNullable<Parameters<typeof client.listAudit>[0]>['query']>) =>
      (await client.listAudit({ query })).rows.map(({ detail }) => (detail as { reason?: string }).reason);
    const actorId = owner.actor.userId;
    const revealed = { actorId, action: 'CodeRevealed' as const };
    expect(await found(revealed)).toEqual(['后一日', '当日末', '零点', '前一日']);
    expect(await found({ ...revealed, from: day, to: day })).toEqual(['当日末', '零点']);
    expect(await found({ ...revealed, from: '0001-01-01', to: '9999-12-31' })).toHaveLength(4);
    expect(await found({ ...revealed, from: day })).toEqual(['后一日', '当日末', '零点']);
    expect(await found({ ...revealed, to: day, objectId: codeId })).toEqual(['当日末', '零点', '前一日']);
    expect(await found({ ...revealed, objectId: 'code_other' })).toEqual([]);
    expect(await found({ actorId, action: 'FilingPassed' })).toEqual([]);
    const all = await client.listAudit({ query: { actorId: world.people.reviewer.actor.userId } });
    expect(all.rows.filter((row) => row.actorId === actorId)).toEqual([]);
  });

  test('names whom a row’s detail is about, too', async () => {
    const world = get();
    const owner = await world.customer();
    const other = await world.customer();
    const named = { id: other.accountId, realName: 'enterprise', displayName: '星河科技' } as const;
    await world.deps.store.transaction((tx) => tx.accounts.putAll([named], world.deps.clock.now()));
    const { id: codeId } = await world.issue(owner.accountId, await world.eligible(owner));
    await owner.client.grantCode({ params: { codeId }, body: { granteeAccountId: other.accountId } });
    const { rows, names } = await world.people.auditor.client.listAudit({
      query: { objectId: codeId, action: 'CodeGranted' },
    });
    expect(rows).toMatchObject([{ detail: { granteeAccountId: other.accountId } }]);
    expect(names).toEqual([{ id: other.accountId, name: '星河科技' }]);
  });

  test('says who and what it was by name, of those who are still there', async () => {
    const world = get();
    const operator = await person(world, 'operator');
    const target = await person(world, 'reviewer');
    const whom = { params: { personId: target.actor.userId }, body: {} };
    await operator.client.disablePerson(whom);
    const names = async () => {
      const { rows } = await world.people.auditor.client.listAudit({ query: { objectId: target.actor.userId } });
      return rows.map(({ action, actorName, objectName }) => [action, actorName, objectName]);
    };
    expect(await names()).toEqual([['PersonDisabled', '陈', '陈']]);
    world.clock.nowMs += 1000;
    await operator.client.deletePerson(whom);
    expect(await names()).toEqual([
      ['PersonDeleted', '陈', null],
      ['PersonDisabled', '陈', null],
    ]);
  });
});
