import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { requireActiveWebhook, requireDelivery } from './own-webhook.ts';
import type { DeliveryView } from './webhook-view.ts';

type Faults = 'object.not_found' | 'webhook.paused' | 'object.changed';

/**
 * Sends an event again, delivered or not. A pending one is attempted now.
 * @throws Fault `object.not_found`, `webhook.paused`, `object.changed` while it is being sent;
 *   `auth.forbidden` for others'.
 */
export const redeliver = command(
  { id: 'redeliver', faults: ['object.not_found', 'webhook.paused', 'object.changed'] },
  async (
    step: Step<Faults>,
    input: { readonly webhookId: string; readonly deliveryId: string },
  ): Promise<DeliveryView> => {
    const webhook = await requireActiveWebhook(step, input.webhookId);
    const { id, eventId } = await requireDelivery(step, webhook, input.deliveryId);
    if (!(await step.tx.deliveries.restart(id, step.at))) throw step.fault('object.changed');
    await recordAudit(step, 'WebhookRedelivered', { kind: 'webhook', id: webhook.id }, { deliveryId: id, eventId });
    return requireDelivery(step, webhook, id);
  },
);
