import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { testBodyOf } from './event-body.ts';
import { requireActiveWebhook, requireDelivery } from './own-webhook.ts';
import type { DeliveryView } from './webhook-view.ts';

/** Puts a test event into the queue of a receiver. @throws Fault `object.not_found`, `webhook.paused`; `auth.forbidden` for others'. */
export const sendTestEvent = command(
  { id: 'sendTestEvent', faults: ['object.not_found', 'webhook.paused'] },
  async (
    step: Step<'object.not_found' | 'webhook.paused'>,
    input: { readonly webhookId: string },
  ): Promise<DeliveryView> => {
    const { deps, tx, at } = step;
    const webhook = await requireActiveWebhook(step, input.webhookId);
    const eventId = deps.ids.next('evt');
    const id = deps.ids.next('whd');
    const body = testBodyOf(eventId, at);
    const delivery = { id, webhookId: webhook.id, eventId, seq: 0, type: 'WebhookTest', orderKey: null, body };
    await tx.deliveries.insert([delivery], at);
    await recordAudit(step, 'WebhookTested', { kind: 'webhook', id: webhook.id });
    return requireDelivery(step, webhook, id);
  },
);
