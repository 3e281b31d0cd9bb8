import { expect, test } from 'vitest';
import { reach } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'getFiling',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    scope: 'filings:read',
    sample: async (world, owner) => ({ params: { filingId: (await reach(world, owner, 'draft')).filingId } }),
    leaves: 'nothing',
    foreign: 'object.not_found',
  },
  (get) => {
    test('says who confirms the SMS while it is due, with their mobiles masked, and by which rules', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId } = await reach(world, owner, 'passed');
      const params = { filingId };
      expect((await owner.client.getFiling({ params })).sms).toBeNull();
      await world.message({ kind: 'sms_requested', filingId, dueAt: '2026-11-22T01:30:00.000Z' });
      for (const { client } of [owner, world.people.auditor]) {
        const { sms } = await client.getFiling({ params });
        expect(sms).toMatchObject({ tries: 5, resends: 3, source: 'TC-SMS' });
        expect(sms?.people.map(({ who }) => who)).toEqual(['subject_principal', 'service_principal']);
        for (const { mobile } of sms?.people ?? []) expect(mobile).toMatch(/^1\d{2}\*+\d{4}$/);
      }
      await world.message({ kind: 'sms_confirmed', filingId });
      expect((await owner.client.getFiling({ params })).sms).toBeNull();
    });

    test('says whether the site may be reached meanwhile, until the filing has ended', async () => {
      const world = get();
      const owner = await world.customer();
      const draft = await world.draft(owner.accountId);
      const params = { filingId: draft.filingId };
      const { site } = await owner.client.getFiling({ params });
      expect(site).toMatchObject({
        text: { zh: expect.stringMatching(/^取得备案号之前须关闭/) },
        source: 'tencent-filing-kinds',
      });
      await owner.client.abandonFiling({ params, body: { version: draft.version } });
      expect((await owner.client.getFiling({ params })).site).toBeNull();
    });

    test('shows the filing, what the asker may do with it now, and its history', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId } = await reach(world, owner, 'submitted');
      const { filing, events } = await owner.client.getFiling({ params: { filingId } });
      expect(filing).toMatchObject({ id: filingId, state: 'awaiting_review', owner: 'reviewer' });
      expect(events.map(({ type }) => type)).toEqual(['FilingStarted', 'ResourceBound', 'FilingSubmitted']);
      for (const { text } of events) expect(text.zh).not.toBe('');
      const actionsOf = async ({ client }: typeof owner | typeof world.people.reviewer) =>
        (await client.getFiling({ params: { filingId } })).filing.actions;
      expect(await actionsOf(owner)).toEqual(['withdraw', 'abandon']);
      expect((await actionsOf(world.people.reviewer)).toSorted()).toEqual(['ask', 'claim', 'pass', 'return']);
      expect(await actionsOf(world.people.auditor)).toEqual([]);
      const none = owner.client.getFiling({ params: { filingId: 'fil_none' } });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });

    test('one that waits for the authority says so in plain words, and its people why', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId } = await reach(world, owner, 'passed');
      const { store, clock } = world.deps;
      const told = async ({ client }: typeof owner | typeof world.people.operator) =>
        (await client.getFiling({ params: { filingId } })).handOver;
      const job = await store.transaction((tx) => tx.jobs.findOfFiling(filingId));
      const { id = '' } = job ?? {};
      expect(await told(owner)).toMatchObject({ text: { zh: expect.stringContaining('正在提交管局') }, job: null });
      // A worker could not reach the authority.
      const lease = {
        topics: ['authority.submit'],
        limit: 1000,
        owner: 'worker',
        at: clock.now(),
        leaseMs: 1,
      } as const;
      await store.leaseJobs(lease);
      const nextAt = '2026-12-01T00:00:00.000Z';
      const lastFault = { code: 'authority.unreachable', zh: '无法连接', en: 'away' };
      const cause = { lastError: 'authority.unreachable: away', lastFault };
      await store.transaction((tx) => tx.jobs.retry(id, 'worker', nextAt, cause));
      expect(await told(owner)).toMatchObject({ text: { zh: expect.stringContaining('无需操作') }, job: null });
      expect(JSON.stringify(await told(owner))).not.toContain('unreachable');
      const failed = { id, attempts: 1, nextAt, ...cause, notCarried: [] };
      expect((await told(world.people.operator))?.job).toEqual(failed);
      // It failed otherwise until it was parked.
      const failure = { payload: null, sealedPayload: null, failedAt: clock.now(), lastError: 'TypeError' } as const;
      await store.transaction((tx) => tx.workFailures.put({ kind: 'forward', itemId: id, retryAt: null, ...failure }));
      expect((await told(world.people.reviewer))?.job).toMatchObject({
        nextAt: null,
        lastError: 'TypeError',
        // Of the last failure, not of the one before.
        lastFault: null,
      });
      expect(await told(owner)).toMatchObject({ text: { zh: expect.stringContaining('工作人员正在处理') }, job: null });
      const { failures } = await world.people.operator.client.listWorkFailures({ query: { limit: 500 } });
      expect(failures).toContainEqual(expect.objectContaining({ kind: 'forward', itemId: id, filingId }));
    });
  },
);
