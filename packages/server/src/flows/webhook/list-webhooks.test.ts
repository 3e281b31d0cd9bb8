import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import { delivery, webhook } from '../../main/testing/webhooks.ts';

const may = ['customer', 'operator', 'auditor'] as const;

describeOperation('listWebhooks', { may, sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('a customer’s own with what waits for each; staff see everybody’s by host', async () => {
    const world = get();
    const [owner, other] = [await world.customer(), await world.customer()];
    const own = await webhook(world, owner);
    const foreign = await webhook(world, other);
    await delivery(world, own.id);
    const { webhooks } = await owner.client.listWebhooks({});
    expect(webhooks.map(({ id, url, waiting }) => [id, url, waiting])).toEqual([[own.id, own.url, 1]]);
    const all: Awaited<ReturnType<typeof owner.client.listWebhooks>>['webhooks'] = [];
    // Those of other tests of this process come first, and there may be pages of them.
    for (let after: string | null = ''; after !== null; ) {
      const query: { after?: string } = after === '' ? {} : { after };
      const page = await world.people.auditor.client.listWebhooks({ query });
      all.push(...page.webhooks);
      after = page.next;
    }
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([own.id, foreign.id]));
    expect(all.find(({ id }) => id === foreign.id)?.url).toBe('https://hooks.example.com');
  });

  test('by pages, the oldest first, to the last of those that are counted', async () => {
    const world = get();
    const owner = await world.customer();
    const made = [await webhook(world, owner), await webhook(world, owner), await webhook(world, owner)];
    const first = await owner.client.listWebhooks({ query: { limit: 2 } });
    const rest = await owner.client.listWebhooks({ query: { limit: 2, after: first.next ?? '' } });
    expect([...first.webhooks, ...rest.webhooks].map(({ id }) => id)).toEqual(made.map(({ id }) => id));
    expect(rest.next).toBeNull();
    expect(await owner.client.countWebhooks({})).toEqual({ total: 3 });
    const [paused, ...active] = made;
    await owner.client.updateWebhook({
      params: { webhookId: paused?.id ?? '' },
      body: { version: paused?.version ?? 0, state: 'paused' },
    });
    const inState = async (state: 'active' | 'paused') =>
      (await owner.client.listWebhooks({ query: { state } })).webhooks.map(({ id }) => id);
    expect([await inState('paused'), await inState('active')]).toEqual([[paused?.id], active.map(({ id }) => id)]);
  });
});

describeOperation('countWebhooks', { may, sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('one’s own, and everybody’s for staff', async () => {
    const world = get();
    const [owner, other] = [await world.customer(), await world.customer()];
    const before = (await world.people.auditor.client.countWebhooks({})).total;
    await webhook(world, owner);
    await webhook(world, other);
    expect(await owner.client.countWebhooks({})).toEqual({ total: 1 });
    expect(await world.people.auditor.client.countWebhooks({})).toEqual({ total: before + 2 });
  });
});

describeOperation(
  'getWebhook',
  {
    may,
    sample: async (world, owner) => ({ params: { webhookId: (await webhook(world, owner)).id } }),
    leaves: 'nothing',
    foreign: 'object.not_found',
  },
  (get) => {
    test('with what waits for it; its address whole for its owner only', async () => {
      const world = get();
      const owner = await world.customer();
      const { id, url } = await webhook(world, owner);
      await delivery(world, id);
      const params = { webhookId: id };
      expect(await owner.client.getWebhook({ params })).toMatchObject({ id, url, waiting: 1 });
      expect((await world.people.operator.client.getWebhook({ params })).url).toBe('https://hooks.example.com');
      const none = owner.client.getWebhook({ params: { webhookId: 'whk_none' } });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });
  },
);
