import { z } from 'zod';
import { sealingContexts } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import { readWebhookView, requireWebhook } from './own-webhook.ts';
import { webhookSecretOf } from './sign.ts';
import type { WebhookView } from './webhook-view.ts';

const secretBytes = 32;

/** `secret` is null in the answer to a repetition once the secret has been replaced. */
export interface WebhookWithSecret {
  readonly webhook: WebhookView;
  readonly secret: string | null;
}

/** What is kept under the idempotency key; the secret itself is stored sealed only. */
export const madeSecretShape = z.object({ webhookId: z.string(), secretMadeAt: z.string() });
export type MadeSecret = z.output<typeof madeSecretShape>;

export function newSealedSecret(deps: FlowDeps, webhookId: string): string {
  return deps.vault.seal(webhookSecretOf(deps.ids.randomBytes(secretBytes)), sealingContexts.webhooks(webhookId));
}

/** The answer that shows the secret: to the same request again as well, as long as the secret is the one it made. */
export async function presentSecret(step: Step<'object.not_found'>, made: MadeSecret): Promise<WebhookWithSecret> {
  const row = await requireWebhook(step, made.webhookId);
  const isSame = row.secretMadeAt === made.secretMadeAt;
  return {
    webhook: await readWebhookView(step, row.id),
    secret: isSame ? step.deps.vault.open(row.sealedSecret, sealingContexts.webhooks(row.id)) : null,
  };
}
