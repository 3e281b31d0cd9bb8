import type { WebhookEventType, WebhookRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { type CommandRequest, onceForKeyPresenting } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { ownerOf, refuseUrl } from './own-webhook.ts';
import { type MadeSecret, madeSecretShape, newSealedSecret, presentSecret } from './webhook-secret.ts';

interface NewWebhook {
  readonly url: string;
  /** Empty: all. */
  readonly types: readonly WebhookEventType[];
  readonly description: string;
}

type Faults = 'webhook.too_many' | 'object.not_found';

/**
 * Registers a receiver. The secret is in the answer, for this request only; it is stored sealed.
 * @throws Fault `input.invalid` for an address that nothing is sent to, `webhook.too_many`; `object.not_found` for a
 *   repetition after the receiver was deleted.
 */
export const createWebhook = commandInParts(
  { id: 'createWebhook', faults: ['webhook.too_many', 'object.not_found'] },
  (request: CommandRequest<Faults>, input: NewWebhook) => {
    refuseUrl(request, input.url, ownerOf(request.actor));
    return onceForKeyPresenting(request, input, (step) => insertWebhook(step, input), {
      stored: madeSecretShape,
      present: (step, made) => presentSecret(step, made),
    });
  },
);

async function insertWebhook(step: Step<Faults>, { url, types, description }: NewWebhook): Promise<MadeSecret> {
  const { deps, tx, actor, at } = step;
  const accountId = ownerOf(actor);
  const id = deps.ids.next('whk');
  const row: WebhookRow = {
    id,
    accountId,
    url,
    types: [...new Set(types)],
    description,
    sealedSecret: newSealedSecret(deps, id),
    secretMadeAt: at,
    previousSealedSecret: null,
    previousSecretUntil: null,
    pausedAt: null,
    pausedBecause: null,
    failingSince: null,
    consecutiveDeadDeliveries: 0,
    version: 1,
    createdAt: at,
  };
  if (!(await tx.webhooks.insert(row, deps.webhooks.perAccount))) throw step.fault('webhook.too_many');
  // The address itself stays out of the audit: its path or query may be a secret of the receiver's.
  await recordAudit(step, 'WebhookCreated', { kind: 'webhook', id }, { host: new URL(url).host, types });
  return { webhookId: id, secretMadeAt: at };
}
