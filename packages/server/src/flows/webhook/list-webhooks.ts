import type { WebhookRow } from '../../ports/index.ts';
import type { Actor } from '../command/call.ts';
import { query } from '../command/operation.ts';
import { byId, type ListOrder, type PageInput, pageOf } from '../command/page.ts';
import type { Step } from '../command/step.ts';
import { ownerOf, readWebhookView } from './own-webhook.ts';
import { type WebhookView, webhookViewOf } from './webhook-view.ts';

const oldestFirst: ListOrder<WebhookRow> = byId('webhooks');

/** A customer's own receivers; the provider's people see everybody's, with what is wrong with them. */
const seenBy = (actor: Actor): { readonly accountId?: string | null } =>
  actor.role === 'customer' ? { accountId: ownerOf(actor) } : {};

interface Asked {
  readonly state?: 'active' | 'paused' | undefined;
}

export const listWebhooks = query(
  { id: 'listWebhooks', faults: [], mayLag: true },
  async (
    step: Step,
    { state, ...input }: Asked & PageInput,
  ): Promise<{ webhooks: WebhookView[]; next: string | null }> => {
    const { tx, actor } = step;
    const { rows, next } = await pageOf(oldestFirst, input, (page) =>
      tx.webhooks.list({ ...seenBy(actor), state, ...page }),
    );
    const waiting = await tx.deliveries.countWaiting(rows.map(({ id }) => id));
    return { webhooks: rows.map((row) => webhookViewOf(row, waiting.get(row.id) ?? 0, step)), next };
  },
);

export const countWebhooks = query({ id: 'countWebhooks', faults: [], mayLag: true }, async ({ tx, actor }) => ({
  total: await tx.webhooks.count(seenBy(actor)),
}));

/** @throws Fault `object.not_found`, also for another customer's. */
export const getWebhook = query(
  { id: 'getWebhook', faults: ['object.not_found'] },
  (step: Step<'object.not_found'>, { webhookId }: { readonly webhookId: string }): Promise<WebhookView> =>
    readWebhookView(step, webhookId),
);
