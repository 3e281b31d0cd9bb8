import { expect, test } from 'vitest';
import { differingRecord } from '../../../main/testing/differing-record.ts';
import { fictionalDesk } from '../../../main/testing/line-desk.ts';
import { describeOperation, refusal } from '../../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../../main/testing/operation-world.ts';
import { runReconciliation } from './run-reconciliation.ts';

const line = { provider: '7', provinceCode: '440000' };
const params = { provinceCode: '440000' };
const may = ['operator', 'auditor'] as const;

async function withLine(world: OperationWorld) {
  world.useDesk(fictionalDesk());
  await world.deps.store.transaction(async ({ authorityLedger }) => {
    await authorityLedger.putLine(line);
    const open = await authorityLedger.findOpenReconciliation(line);
    if (open !== null) await authorityLedger.callOffReconciliation(open.id, world.deps.clock.now());
  });
}

async function begun(world: OperationWorld): Promise<string> {
  await withLine(world);
  const id = world.fresh('rec');
  const started = { ...line, id, startedAt: world.deps.clock.now(), startedBy: 'usr_operator' };
  await world.deps.store.transaction((tx) => tx.authorityLedger.startReconciliation(started));
  return id;
}

describeOperation(
  'startReconciliation',
  {
    may: ['operator'],
    sample: async (world) => {
      await withLine(world);
      return { params };
    },
    leaves: ['ReconciliationStarted'],
  },
  (get) => {
    test('one of a line at a time; a line that there is not is none', async () => {
      const world = get();
      const { client } = world.people.operator;
      await withLine(world);
      const first = await client.startReconciliation({ params });
      expect(first.started).toBe(true);
      expect(await client.startReconciliation({ params })).toEqual({ ...first, started: false });
      const elsewhere = client.startReconciliation({ params: { provinceCode: '650000' } });
      expect(await refusal(elsewhere)).toEqual(['object.not_found']);
      const malformed = client.startReconciliation({ params: { provinceCode: 'gd' } });
      expect(await refusal(malformed)).toEqual(['input.invalid']);
    });
  },
);

describeOperation(
  'callOffReconciliation',
  {
    may: ['operator'],
    sample: async (world) => ({ params: { reconciliationId: await begun(world) } }),
    leaves: ['ReconciliationCalledOff'],
  },
  (get) => {
    test('it ends where it is, once, and no worker goes on with it', async () => {
      const world = get();
      const { client } = world.people.operator;
      const input = { params: { reconciliationId: await begun(world) } };
      expect(await client.callOffReconciliation(input)).toEqual({});
      expect(await refusal(client.callOffReconciliation(input))).toEqual(['object.changed']);
      const report = (error: unknown) => {
        throw error;
      };
      expect(await runReconciliation(world.deps, 'w1', report)).toBe(0);
      const unknown = client.callOffReconciliation({ params: { reconciliationId: 'rec_none' } });
      expect(await refusal(unknown)).toEqual(['object.not_found']);
    });
  },
);

describeOperation('listReconciliations', { may, sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('page after page, and of one province', async () => {
    const world = get();
    const { client } = world.people.auditor;
    const [older, newer] = [await begun(world), await begun(world)].toSorted();
    const first = await client.listReconciliations({ query: { limit: 1 } });
    const rest = await client.listReconciliations({ query: { limit: 100, after: first.next ?? '' } });
    const ids = [...first.reconciliations, ...rest.reconciliations].map(({ id }) => id);
    expect(ids.indexOf(newer ?? '')).toBeLessThan(ids.indexOf(older ?? ''));
    const { reconciliations } = await client.listReconciliations({ query: { provinceCode: '110000' } });
    expect(reconciliations).toEqual([]);
    const forged = client.listReconciliations({ query: { after: 'forged' } });
    expect(await refusal(forged)).toEqual(['input.invalid']);
  });
});

async function differs(world: OperationWorld, owner: Customer): Promise<string> {
  const record = await world.filed(owner.accountId, { resourceId: await world.eligible(owner) });
  return differingRecord(world, record, { desk: fictionalDesk() });
}

describeOperation('listDifferences', { may, sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('page after page, of one kind, state or province', async () => {
    const world = get();
    const { client } = world.people.auditor;
    const owner = await world.customer();
    const ids = [await differs(world, owner), await differs(world, await world.customer())];
    const first = await client.listDifferences({ query: { limit: 1 } });
    expect(first.differences.map(({ id }) => id)).toEqual(ids.slice(1));
    const rest = await client.listDifferences({ query: { after: first.next ?? '' } });
    expect(rest.differences.map(({ id }) => id)).toContain(ids[0]);
    type Query = NonNullable<Parameters<typeof client.listDifferences>[0]>['query'];
    const seen = async (query: Query = {}) => (await client.listDifferences({ query })).differences.map(({ id }) => id);
    expect(await seen({ kind: 'service_name_differs', state: 'open', provinceCode: '440000' })).toEqual(
      expect.arrayContaining(ids),
    );
    expect(await seen({ kind: 'missing_here' })).not.toContain(ids[0]);
    expect(await seen({ state: 'seen' })).not.toContain(ids[0]);
    expect(await seen({ provinceCode: '110000' })).toEqual([]);
  });

  test('a person’s name is masked, also where only the certificate says that it is a person', async () => {
    const world = get();
    const owner = await world.customer();
    const record = await world.filed(owner.accountId, { resourceId: await world.eligible(owner) });
    const namesWhere = async (of: { readonly nature: number | null; readonly certificateId: number | null }) => {
      const desk = fictionalDesk({ readOrganiser: async () => ({ name: '王小明', certificateNumber: null, ...of }) });
      const id = await differingRecord(world, record, { desk, said: {} });
      const { differences } = await world.people.auditor.client.listDifferences({ query: { kind: 'holder_differs' } });
      return differences.find((one) => one.id === id)?.theirs;
    };
    expect(await namesWhere({ nature: 4, certificateId: 1 })).toBe('王小明');
    const masked = await namesWhere({ nature: 5, certificateId: 2 });
    expect(masked).not.toContain('小明');
    expect(await namesWhere({ nature: null, certificateId: 2 })).toBe(masked);
  });
});
