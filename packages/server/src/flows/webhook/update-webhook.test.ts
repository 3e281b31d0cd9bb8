import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import { urlOf, webhook } from '../../main/testing/webhooks.ts';

describeOperation(
  'updateWebhook',
  {
    may: ['customer', 'operator'],
    sample: async (world, owner, role) => {
      const { id: webhookId, version } = await webhook(world, owner, role);
      return { params: { webhookId }, body: { version, description: '新的说明' } };
    },
    leaves: ['WebhookChanged'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('changes what is given, at the version that was read', async () => {
      const world = get();
      const owner = await world.customer();
      const { id, version, url } = await webhook(world, owner);
      const update = (more: object, at = version) =>
        owner.client.updateWebhook({ params: { webhookId: id }, body: { version: at, ...more } });
      const changed = await update({ types: ['CodeUsed'] });
      expect(changed).toMatchObject({ types: ['CodeUsed'], url, version: version + 1 });
      const { rows } = await world.people.auditor.client.listAudit({
        query: { objectId: id, action: 'WebhookChanged' },
      });
      expect(rows[0]?.detail).toEqual({ changed: [{ field: 'types', before: [], after: ['CodeUsed'] }] });
      expect(await refusal(update({ url: urlOf(world) }))).toEqual(['object.changed']);
      expect(await refusal(update({ url: 'https://10.0.0.1/' }, version + 1))).toEqual(['input.invalid']);
      const none = owner.client.updateWebhook({ params: { webhookId: 'whk_none' }, body: { version } });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });

    test('staff pause a customer’s, with an audit row, and neither resume it nor change anything of it', async () => {
      const world = get();
      const owner = await world.customer();
      const { id, version } = await webhook(world, owner);
      const { client } = world.people.operator;
      const update = (more: object, at: number) =>
        client.updateWebhook({ params: { webhookId: id }, body: { version: at, ...more } });
      expect(await refusal(update({ url: urlOf(world) }, version))).toEqual(['auth.forbidden']);
      expect(await refusal(update({ state: 'paused', description: 'x' }, version))).toEqual(['auth.forbidden']);
      const paused = await update({ state: 'paused' }, version);
      expect(paused).toMatchObject({ state: 'paused', pausedBecause: 'request' });
      expect(await refusal(update({ state: 'active' }, paused.version))).toEqual(['auth.forbidden']);
      expect(await refusal(update({}, paused.version))).toEqual(['auth.forbidden']);
      const resumed = await owner.client.updateWebhook({
        params: { webhookId: id },
        body: { version: paused.version, state: 'active' },
      });
      expect(resumed).toMatchObject({ state: 'active', pausedBecause: null });
      const rows = (await world.audit()).filter(({ objectId }) => objectId === id);
      expect(rows.map(({ action }) => action)).toEqual(['WebhookCreated', 'WebhookPaused', 'WebhookResumed']);
    });
  },
);
