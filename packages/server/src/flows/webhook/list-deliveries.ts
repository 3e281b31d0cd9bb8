import type { DeliveryRow, DeliveryState } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { byId, type ListOrder, type OlderPageInput, olderPageOf } from '../command/page.ts';
import type { Step } from '../command/step.ts';
import { requireWebhook } from './own-webhook.ts';
import { type DeliveryView, deliveryViewOf } from './webhook-view.ts';

interface DeliveriesAsked extends OlderPageInput {
  readonly webhookId: string;
  readonly state?: DeliveryState | undefined;
}

const newestFirst: ListOrder<DeliveryRow> = byId('deliveries');

/** What was sent to a receiver, or waits to be, newest first. @throws Fault `object.not_found`. */
export const listDeliveries = query(
  { id: 'listDeliveries', faults: ['object.not_found'], mayLag: true },
  async (
    step: Step<'object.not_found'>,
    input: DeliveriesAsked,
  ): Promise<{ deliveries: DeliveryView[]; next: string | null }> => {
    const webhook = await requireWebhook(step, input.webhookId);
    const { rows, next } = await olderPageOf(newestFirst, input, (page) =>
      step.tx.deliveries.list(webhook.id, { state: input.state, ...page }),
    );
    return { deliveries: rows.map(deliveryViewOf), next };
  },
);
