import { expect, test } from 'vitest';
import { keptCase } from '../../../main/testing/kept-case.ts';
import { fictionalDesk } from '../../../main/testing/line-desk.ts';
import { describeOperation, refusal } from '../../../main/testing/operation-tests.ts';

const reason = '已通知相关客户';

describeOperation(
  'settleAuthorityCases',
  {
    may: ['operator'],
    sample: async (world) => {
      world.useDesk(fictionalDesk());
      return { body: { caseIds: [await keptCase(world)], reason } };
    },
    leaves: ['AuthorityCaseSettled'],
  },
  (get) => {
    test('all of them at once, each with its row in the audit and the reason; what was settled already is counted as left', async () => {
      const world = get();
      world.useDesk(fictionalDesk());
      const { client } = world.people.operator;
      const caseIds = [await keptCase(world), await keptCase(world, { kind: 'unfiled_site' })];
      const settle = (ids: readonly string[]) => client.settleAuthorityCases({ body: { caseIds: [...ids], reason } });
      expect(await settle([...caseIds, ...caseIds, 'cas_none'])).toEqual({ settled: 2, left: 1 });
      const rows = (await world.audit()).filter(({ objectId }) => caseIds.includes(objectId));
      expect(rows.map(({ objectId, detail }) => [objectId, detail])).toEqual([
        [caseIds[0], { kind: 'subject_blacklisted', provinceCode: '440000', act: 'seen', reason }],
        [caseIds[1], { kind: 'unfiled_site', provinceCode: '440000', act: 'seen', reason }],
      ]);
      expect(await settle(caseIds)).toEqual({ settled: 0, left: 2 });
    });

    test('cases are settled for a reason, and where there are lines', async () => {
      const world = get();
      world.useDesk(fictionalDesk());
      const { client } = world.people.operator;
      const body = { caseIds: [await keptCase(world)], reason };
      expect(await refusal(client.settleAuthorityCases({ body: { ...body, reason: ' ' } }))).toEqual(['input.invalid']);
      expect(await refusal(client.settleAuthorityCases({ body: { ...body, caseIds: [] } }))).toEqual(['input.invalid']);
      world.reset();
      expect(await refusal(client.settleAuthorityCases({ body }))).toEqual(['object.not_found']);
    });
  },
);
