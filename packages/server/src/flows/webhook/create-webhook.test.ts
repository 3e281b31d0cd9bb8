import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import { deleteOfProvider, urlOf, webhook } from '../../main/testing/webhooks.ts';

describeOperation(
  'createWebhook',
  {
    may: ['customer', 'operator'],
    sample: async (world, _owner, role) => {
      if (role === 'operator') await deleteOfProvider(world);
      return { body: { url: urlOf(world) } };
    },
    leaves: ['WebhookCreated'],
  },
  (get) => {
    test('shows the key and the address to its owner; staff and the audit know the host alone', async () => {
      const world = get();
      const owner = await world.customer();
      const body = { url: urlOf(world), types: ['CodeIssued', 'CodeIssued'] as 'CodeIssued'[], description: '渠道' };
      const { webhook: made, secret } = await owner.client.createWebhook({ body });
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(made).toMatchObject({ accountId: owner.accountId, url: body.url, types: ['CodeIssued'], state: 'active' });
      // Not from the list of everybody's: it has pages, and other tests of this process fill them.
      const seen = await world.people.operator.client.getWebhook({ params: { webhookId: made.id } });
      expect(seen.url).toBe('https://hooks.example.com');
      const row = (await world.audit()).findLast(({ objectId }) => objectId === made.id);
      expect(row?.detail).toEqual({ host: 'hooks.example.com', types: body.types });
    });

    test('is refused for addresses inside, and beyond the limit of the account', async () => {
      const world = get();
      const owner = await world.customer();
      const create = (url: string) => refusal(owner.client.createWebhook({ body: { url } }));
      for (const url of ['http://hooks.example.com/', 'https://127.0.0.1/', 'https://user:word@hooks.example.com/']) {
        expect(await create(url)).toEqual(['input.invalid']);
      }
      for (let made = 0; made < 3; made += 1) await webhook(world, owner);
      expect(await create(urlOf(world))).toEqual(['webhook.too_many']);
    });

    test('a repetition after it was deleted has nothing to show', async () => {
      const world = get();
      const owner = await world.customer();
      const [body, key] = [{ url: urlOf(world) }, { idempotencyKey: world.fresh('key') }];
      const { webhook: made } = await owner.client.createWebhook({ body }, key);
      await owner.client.deleteWebhook({ params: { webhookId: made.id } });
      expect(await refusal(owner.client.createWebhook({ body }, key))).toEqual(['object.not_found']);
    });
  },
);
