import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'getResource',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    scope: 'resources:read',
    sample: async (world, owner) => ({ params: { resourceId: await world.eligible(owner) } }),
    leaves: 'nothing',
    foreign: 'object.not_found',
  },
  (get) => {
    test('shows its facts and all that is decided about it today', async () => {
      const world = get();
      const owner = await world.customer();
      const [good, expired] = [await world.eligible(owner), await world.expired(owner)];
      await world.issue(owner.accountId, good);
      const seen = await owner.client.getResource({ params: { resourceId: good } });
      expect(seen).toMatchObject({ id: good, accountId: owner.accountId, productName: { zh: '云服务器' }, version: 1 });
      expect([seen.check.file.outcome, seen.check.issue.quota?.used]).toEqual(['eligible', 1]);
      const { check } = await owner.client.getResource({ params: { resourceId: expired } });
      expect(check.file.outcome).toBe('ineligible');
      expect(check.file.reasons.map(({ code }) => code)).toEqual([
        'resource.remaining_term_too_short',
        'resource.expired',
      ]);
      const none = owner.client.getResource({ params: { resourceId: 'ins-none' } });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });

    test('another resource that cannot be read refuses it only where both count in one quota', async () => {
      const world = get();
      const owner = await world.customer();
      const server = (product: string) => world.server(owner.accountId, 'alibaba', product);
      const hosting = await server('elastic_web_hosting');
      const spoil = (id: string) => world.run(`UPDATE resource SET facts = '{"id": 5}' WHERE id = '${id}'`);
      const read = (resourceId: string) => owner.client.getResource({ params: { resourceId } });
      const unreadable = await server('ecs');
      await spoil(unreadable);
      expect((await read(hosting)).check.issue.quota).toMatchObject({ scope: 'account', used: 0 });
      const other = await server('elastic_web_hosting');
      await spoil(other);
      // Every operation may give this fault, so none declares it.
      const refused = world.flows.getResource({ actor: world.operator }, { resourceId: hosting });
      await expect(refused).rejects.toThrow('store.unreadable');
      // Whoever has nothing to do with that quota goes on.
      expect((await read(await server('ecs'))).check.file.outcome).toBe('eligible');
      // Others’ tests list everything that this database has.
      await world.run(`DELETE FROM resource WHERE id IN ('${other}', '${unreadable}')`);
      expect((await read(hosting)).id).toBe(hosting);
    });
  },
);
