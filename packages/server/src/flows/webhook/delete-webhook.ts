import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { requireOwnWebhook } from './own-webhook.ts';

/** Its owner deletes a receiver with its deliveries. @throws Fault `object.not_found`; `auth.forbidden` for others'. */
export const deleteWebhook = command(
  { id: 'deleteWebhook', faults: ['object.not_found'] },
  async (step: Step<'object.not_found'>, input: { readonly webhookId: string }): Promise<{ deleted: true }> => {
    const row = await requireOwnWebhook(step, input.webhookId);
    // Another request may have been faster.
    if (!(await step.tx.webhooks.delete(row.id))) throw step.fault('object.not_found');
    await recordAudit(step, 'WebhookDeleted', { kind: 'webhook', id: row.id }, { host: new URL(row.url).host });
    return { deleted: true };
  },
);
