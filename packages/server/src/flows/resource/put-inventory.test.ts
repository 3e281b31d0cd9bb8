import { Fault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import { sampleRules } from '../../main/testing/sample-rules.ts';

const server = (id: string, account: string, more: object = {}) => ({
  id,
  account,
  provider: 'xingyun',
  product: 'server',
  region: 'cn-north-1',
  billing: 'prepaid',
  boughtAt: '2026-06-01',
  expiresAt: '2028-12-31',
  publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
  ...more,
});

describeOperation(
  'putInventory',
  {
    may: ['operator'],
    sample: (world) => {
      const account = world.fresh('acct');
      const accounts = [{ id: account, realName: 'enterprise' }];
      return { body: { accounts, resources: [server(world.fresh('ins'), account)] } };
    },
    leaves: ['InventoryLoaded'],
  },
  (get) => {
    const put = (...resources: object[]) =>
      get().people.operator.client.putInventory({ body: { accounts: [], resources } });

    test('answers what is new or different, and leaves what it does not name', async () => {
      const world = get();
      const { accountId } = await world.customer();
      const [one, two] = [world.fresh('ins'), world.fresh('ins')];
      const first = await put(server(one, accountId), server(two, accountId));
      expect(first).toEqual({ accounts: 0, resources: 2, changed: [one, two] });
      expect((await put(server(one, accountId))).changed).toEqual([]);
      expect((await put(server(one, accountId, { expiresAt: '2029-12-31' }))).changed).toEqual([one]);
      const { resources } = await world.people.operator.client.listResources({ query: { accountId } });
      expect(resources.map(({ id, facts }) => [id, facts['expiresAt']])).toEqual([
        [one, '2029-12-31'],
        [two, '2028-12-31'],
      ]);
    });

    test('names every wrong place and stores nothing of the whole', async () => {
      const world = get();
      const [{ accountId }, other] = [await world.customer(), await world.customer()];
      const id = world.fresh('ins');
      await put(server(id, accountId));
      const before = await world.books();
      for (const wrong of [
        server(world.fresh('ins'), 'acct-nobody'),
        server(id, other.accountId),
        { ...server(world.fresh('ins'), accountId), colour: 'red' },
        { ...server(world.fresh('ins'), accountId), account: undefined },
      ]) {
        expect(await refusal(put(server(world.fresh('ins'), accountId), wrong))).toEqual(['input.invalid']);
      }
      expect(await world.books()).toEqual(before);
    });

    test('is told to come again where too many wait', async () => {
      const world = get();
      const { accountId } = await world.customer();
      world.replace({ inventories: { read: () => Promise.reject(new Fault('server.busy')) } });
      expect(await refusal(put(server(world.fresh('ins'), accountId)))).toEqual(['server.busy']);
    });

    test('where nothing is revived, what is ineligible until the renewal has stopped for good', async () => {
      const world = get();
      const owner = await world.customer();
      world.useRules(sampleRules({ codes: { revivesOnRenewal: false } }));
      const id = world.fresh('ins');
      await put(server(id, owner.accountId, { expiresAt: '2027-01-31' }));
      const code = await world.issue(owner.accountId, id);
      world.clock.nowMs = Date.parse('2027-02-02T00:00:00Z');
      await put(server(id, owner.accountId));
      const { state, reasons } = await owner.client.getCode({ params: { codeId: code.id } });
      expect([state, reasons.map((reason) => reason.code)]).toEqual(['suspended', ['code.not_revived']]);
    });
  },
);
