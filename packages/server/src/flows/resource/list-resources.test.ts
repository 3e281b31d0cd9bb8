import type { Operations } from '@openbeian/contract';
import type { Input } from '@openbeian/contract/client';
import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'listResources',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    scope: 'resources:read',
    sample: () => ({}),
    leaves: 'nothing',
  },
  (get) => {
    test('a customer’s own, whatever account it names; narrowed by what is decided, and by pages', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const ids = [await world.eligible(owner), await world.eligible(owner), await world.expired(owner)];
      await world.eligible(other);
      const list = async (query: NonNullable<Input<Operations['listResources']>['query']>) => {
        const { resources, next } = await owner.client.listResources({ query });
        return { ids: resources.map(({ id }) => id), next };
      };
      const sorted = [...ids].sort();
      expect((await list({ accountId: other.accountId })).ids).toEqual(sorted);
      const first = await list({ limit: 2 });
      expect(first.ids).toEqual(sorted.slice(0, 2));
      expect(await list({ limit: 2, after: first.next ?? '' })).toEqual({ ids: sorted.slice(2), next: null });
      expect((await list({ show: 'blocked' })).ids).toEqual([ids[2]]);
      expect((await list({ show: 'issue' })).ids).toEqual(sorted.filter((id) => id !== ids[2]));
      expect((await list({ search: ids[0] ?? '' })).ids).toContain(ids[0]);
      const { resources } = await world.people.auditor.client.listResources({ query: { accountId: other.accountId } });
      expect(resources.map(({ accountId }) => accountId)).toEqual([other.accountId]);
    });
  },
);
