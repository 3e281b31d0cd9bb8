import { expect, test } from 'vitest';
import { boundByCode, reach } from '../../main/testing/filing-steps.ts';
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

    test('to the filing that holds its last place it is not full; to any other it is', async () => {
      const world = get();
      const owner = await world.customer();
      const resourceId = await world.eligible(owner, { used: { codes: 0, sites: 4 } });
      const held = await world.bind(await world.draft(owner.accountId), { resourceId });
      const other = await reach(world, owner, 'draft');
      const asked = async (filingId?: string) => {
        const { check } = await owner.client.getResource({ params: { resourceId }, query: { filingId } });
        return [check.file.outcome, check.file.quota?.used, ...check.file.reasons.map(({ code }) => code)];
      };
      const full = ['ineligible', 5, 'resource.quota_exhausted'];
      expect([await asked(), await asked(other.filingId)]).toEqual([full, full]);
      expect(await asked(held.filingId)).toEqual(['eligible', 4]);
      const stranger = await reach(world, await world.customer(), 'bound');
      expect(await refusal(asked(stranger.filingId))).toEqual(['object.not_found']);
    });

    test('to a filing by a code it says what speaks against the code, not that places without one are taken', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId, resourceId, codeId } = await boundByCode(world, owner);
      const { facts } = await owner.client.getResource({ params: { resourceId } });
      const put = (changed: object) =>
        world.people.operator.client.putInventory({ body: { accounts: [], resources: [{ ...facts, ...changed }] } });
      await put({ used: { codes: 0, sites: 5 } });
      const asked = async () => {
        const input = { params: { resourceId }, query: { filingId } };
        const { file } = (await world.people.reviewer.client.getResource(input)).check;
        return [file.outcome, file.quota, ...file.reasons.map(({ code }) => code)];
      };
      expect(await asked()).toEqual(['eligible', null]);
      await put({ expiresAt: '2026-11-01' });
      expect(await asked()).toEqual(['ineligible', null, ...(await suspended(codeId))]);
      async function suspended(id: string) {
        return (await owner.client.getCode({ params: { codeId: id } })).reasons.map(({ code }) => code);
      }
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
