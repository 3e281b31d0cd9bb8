import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Customer, type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { delivery, webhook } from '../../main/testing/webhooks.ts';
import type { OutboundAnswer } from '../../ports/index.ts';
import { deliver } from './deliver.ts';

describe('deliver', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  const sent: { url: string; headers: Readonly<Record<string, string>>; body: string }[] = [];
  beforeEach(() => {
    sent.length = 0;
  });
  /** One attempt at the delivery; the receiver answers this. */
  const attempt = async (id: string, answer: Partial<OutboundAnswer>) => {
    const post: typeof world.deps.outbound.post = async (request) => {
      sent.push(request);
      return { status: null, error: null, excerpt: '', ...answer };
    };
    world.replace({ outbound: { post } });
    const options = { owner: 'sender', at: world.deps.clock.now(), leaseMs: 1, limit: 1000, perWebhook: 1000 };
    const leased = await world.deps.store.leaseDeliveries(options);
    const own = leased.find((row) => row.id === id);
    if (own === undefined) throw new Error('the delivery is not due');
    await deliver(world.deps, own, 'sender');
  };
  const made = async () => {
    const owner = await world.customer();
    const receiver = await webhook(world, owner);
    return { owner, receiver, id: (await delivery(world, receiver.id)).id };
  };
  const seen = async ({ client }: Customer, webhookId: string) =>
    (await client.listDeliveries({ params: { webhookId } })).deliveries[0];

  test('signs what it sends; what arrives is over', async () => {
    const { owner, receiver, id } = await made();
    await attempt(id, { status: 204 });
    expect(sent).toMatchObject([
      { url: receiver.url, headers: { 'webhook-signature': expect.stringMatching(/^v1,/) } },
    ]);
    expect(await seen(owner, receiver.id)).toMatchObject({ state: 'delivered', attempts: 1, lastStatus: 204 });
  });

  test('what fails is tried again later and later; what the receiver repeats of its key is not kept', async () => {
    const { owner, receiver, id } = await made();
    const { secret } = await owner.client.rotateWebhookSecret({ params: { webhookId: receiver.id }, body: {} });
    await attempt(id, { status: 500, excerpt: `bad ${secret}` });
    const failed = await seen(owner, receiver.id);
    expect(failed).toMatchObject({ state: 'waiting', attempts: 1, lastStatus: 500, lastError: 'status' });
    expect(failed?.lastExcerpt).toBe('bad […]');
    const waitMs = Date.parse(failed?.nextAt ?? '') - world.clock.nowMs;
    expect(waitMs).toBeGreaterThanOrEqual(3_750);
    expect(waitMs).toBeLessThanOrEqual(5_000);
    expect((await owner.client.listWebhooks({})).webhooks[0]?.failingSince).toBe(world.deps.clock.now());
  });

  test('a receiver that is gone is paused, and its owner told', async () => {
    const { owner, receiver, id } = await made();
    await attempt(id, { status: 410 });
    expect(await seen(owner, receiver.id)).toMatchObject({ state: 'dead' });
    expect((await owner.client.listWebhooks({})).webhooks[0]).toMatchObject({ state: 'paused', pausedBecause: 'gone' });
    expect((await owner.client.listNotices({})).notices).toMatchObject([
      { type: 'WebhookPaused', webhookId: receiver.id },
    ]);
    const row = (await world.audit()).findLast(({ objectId }) => objectId === receiver.id);
    expect(row).toMatchObject({ action: 'WebhookPaused', actorRole: 'system' });
  });
});
