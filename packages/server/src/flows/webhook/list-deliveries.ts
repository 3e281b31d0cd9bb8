import type { DeliveryState } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { requireWebhook } from './own-webhook.ts';
import { type DeliveryView, deliveryViewOf } from './webhook-view.ts';

interface DeliveriesAsked {
  readonly webhookId: string;
  readonly state?: DeliveryState | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** What was sent to a receiver, or waits to be, newest first. @throws Fault `object.not_found`. */
export const listDeliveries = query(
  { id: 'listDeliveries', faults: ['object.not_found'] },
  async (
    step: Step<'object.not_found'>,
    { webhookId, state, before, limit }: DeliveriesAsked,
  ): Promise<{ deliveries: DeliveryView[]; next: string | null }> => {
    const webhook = await requireWebhook(step, webhookId);
    const rows = await step.tx.deliveries.list(webhook.id, {
      limit,
      ...(state !== undefined && { state }),
      ...(before !== undefined && { before }),
    });
    const next = rows.length === limit ? (rows.at(-1)?.id ?? null) : null;
    return { deliveries: rows.map(deliveryViewOf), next };
  },
);
