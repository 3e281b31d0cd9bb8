import type { Operations } from '@openbeian/contract';
import type { Input } from '@openbeian/contract/client';
import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

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

    test('to the filing that holds a last place the resource is among those that can be filed on', async () => {
      const world = get();
      const owner = await world.customer();
      const resourceId = await world.eligible(owner, { used: { codes: 0, sites: 4 } });
      const { filingId } = await world.bind(await world.draft(owner.accountId), { resourceId });
      const shown = async (query: NonNullable<Input<Operations['listResources']>['query']>) =>
        (await owner.client.listResources({ query })).resources.map(({ id }) => id);
      expect(await shown({ show: 'file' })).toEqual([]);
      expect(await shown({ show: 'file', filingId })).toEqual([resourceId]);
      const other = (await world.customer()).client.listResources({ query: { filingId } });
      expect(await refusal(other)).toEqual(['object.not_found']);
    });

    test('an account of which a resource cannot be read is left out of everybody’s, and refuses its own', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const server = (accountId: string) => world.server(accountId, 'alibaba', 'elastic_web_hosting');
      const [good, spoiled] = [await server(owner.accountId), await server(owner.accountId)];
      const others = await server(other.accountId);
      await world.run(`UPDATE resource SET facts = '{"id": 5}' WHERE id = '${spoiled}'`);
      const seen = async (id: string) => {
        const { resources } = await world.people.operator.client.listResources({ query: { search: id } });
        return resources.map((one) => one.id);
      };
      const ofAll = async () => {
        const found: string[] = [];
        for (let after: string | undefined, more = true; more; ) {
          const query = { limit: 200, ...(after !== undefined && { after }) };
          const { resources, next } = await world.people.operator.client.listResources({ query });
          found.push(...resources.map(({ id }) => id));
          [after, more] = [next ?? undefined, next !== null];
        }
        return found;
      };
      const ids = await ofAll();
      expect([ids.includes(others), ids.includes(good)]).toEqual([true, false]);
      expect(await seen(others)).toEqual([others]);
      await expect(world.flows.listResources({ actor: owner.actor }, {})).rejects.toThrow('store.unreadable');
      await world.run(`DELETE FROM resource WHERE id = '${spoiled}'`);
      expect(await seen(good)).toEqual([good]);
    });
  },
);
