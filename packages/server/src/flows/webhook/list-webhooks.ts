import { query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { ownerOf } from './own-webhook.ts';
import { type WebhookView, webhookViewOf } from './webhook-view.ts';

/** A customer's own receivers; the provider's people see everybody's, with what is wrong with them. */
export const listWebhooks = query(
  { id: 'listWebhooks', faults: [] },
  async (step: Step): Promise<{ webhooks: WebhookView[] }> => {
    const { tx, actor } = step;
    const rows = await tx.webhooks.list(actor.role === 'customer' ? { accountId: ownerOf(actor) } : {});
    const waiting = await tx.deliveries.countWaiting(rows.map(({ id }) => id));
    return { webhooks: rows.map((row) => webhookViewOf(row, waiting.get(row.id) ?? 0, step)) };
  },
);
