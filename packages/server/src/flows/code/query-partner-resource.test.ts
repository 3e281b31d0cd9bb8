import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'queryPartnerResource',
  {
    may: ['customer'],
    scope: 'codes:read',
    sample: async (world, owner) => ({ body: { resourceId: await world.eligible(owner) } }),
    leaves: 'nothing',
  },
  (get) => {
    test('lists what the resource issued by pages, with what it may still issue; others’ is unknown', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const resourceId = await world.eligible(owner);
      const older = await world.issue(owner.accountId, resourceId);
      const newer = await world.issue(owner.accountId, resourceId);
      const first = await owner.client.queryPartnerResource({ body: { resourceId, limit: 1 } });
      expect([first.found, first.remaining, first.codes.map(({ code }) => code.id)]).toEqual([true, 3, [newer.id]]);
      const rest = await owner.client.queryPartnerResource({ body: { resourceId, limit: 1, after: first.next ?? '' } });
      expect([rest.codes.map(({ code }) => code.id), rest.next]).toEqual([[older.id], null]);
      const unknown = await other.client.queryPartnerResource({ body: { resourceId } });
      expect(unknown).toMatchObject({ found: false, remaining: 0, codes: [], next: null });
      expect(unknown.reasons.map(({ code }) => code)).toEqual(['object.not_found']);
      await owner.client.revokeCode({ params: { codeId: older.id } });
      const revoked = await owner.client.queryPartnerResource({ body: { resourceId, state: 'revoked' } });
      expect(revoked.codes.map(({ code }) => code.id)).toEqual([older.id]);
    });
  },
);
