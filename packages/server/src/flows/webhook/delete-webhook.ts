import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { requireWebhook } from './own-webhook.ts';

/** Deletes a receiver with its deliveries. @throws Fault `object.not_found`. */
export const deleteWebhook = command(
  { id: 'deleteWebhook', faults: ['object.not_found'] },
  async (step: Step<'object.not_found'>, input: { readonly webhookId: string }): Promise<{ deleted: true }> => {
    const row = await requireWebhook(step, input.webhookId);
    await step.tx.webhooks.delete(row.id);
    await recordAudit(step, 'WebhookDeleted', { kind: 'webhook', id: row.id }, { host: new URL(row.url).host });
    return { deleted: true };
  },
);
