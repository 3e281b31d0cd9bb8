import { expect, test } from 'vitest';
import { reach, stepOf, testStep } from '../../main/testing/filing-steps.ts';
import { describeOperation } from '../../main/testing/operation-tests.ts';

const why = { comment: '管局长时间未返回' };

describeOperation(
  'recallFiling',
  {
    may: ['operator'],
    sample: async (world, owner) => stepOf(await reach(world, owner, 'passed'), why),
    leaves: ['FilingRecalled'],
  },
  (get) => {
    testStep(get, 'recallFiling', {
      by: 'operator',
      from: 'passed',
      elsewhere: 'bound',
      to: 'returned',
      event: 'FilingRecalled',
      more: why,
    });

    test('its hand-over that was parked is looked at once more, so that nothing of it stays behind', async () => {
      const world = get();
      const passed = await reach(world, await world.customer(), 'passed');
      const ofFiling = () => world.deps.store.transaction((tx) => tx.jobs.findOfFiling(passed.filingId));
      const job = await ofFiling();
      const at = world.deps.clock.now();
      const failure = { kind: 'forward', itemId: job?.id ?? '', payload: null, sealedPayload: null } as const;
      await world.deps.store.transaction((tx) =>
        tx.workFailures.put({ ...failure, failedAt: at, retryAt: null, lastError: 'authority.not_sendable' }),
      );
      expect((await ofFiling())?.nextAt).toBeNull();
      await world.people.operator.client.recallFiling(stepOf(passed, why));
      expect((await ofFiling())?.nextAt).toBe(at);
    });

    test('tells the customer why; what the authority says of it later changes nothing', async () => {
      const world = get();
      const owner = await world.customer();
      const sent = await reach(world, owner, 'sent');
      const recalled = await world.people.operator.client.recallFiling(stepOf(sent, why));
      expect(recalled.findings.map(({ rule, message }) => [rule, message.zh])).toEqual([
        ['recalled', `运营人员撤回：${why.comment}`],
      ]);
      await owner.client.submitFiling(stepOf({ ...sent, version: recalled.version }));
      expect(await world.message({ kind: 'sms_confirmed', filingId: sent.filingId })).toBe('stale');
    });
  },
);
