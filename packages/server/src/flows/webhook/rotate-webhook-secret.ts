import { recordAudit } from '../command/audit.ts';
import { type CommandRequest, onceForKeyPresenting } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { requireWebhook } from './own-webhook.ts';
import { type MadeSecret, madeSecretShape, newSealedSecret, presentSecret } from './webhook-secret.ts';
import { ownsWebhook } from './webhook-view.ts';

interface Rotation {
  readonly webhookId: string;
  readonly overlapHours: number;
}

type Faults = 'object.not_found' | 'object.changed';

const msPerHour = 3_600_000;

/**
 * Replaces the signing secret. Until `overlapHours` are over, requests carry the signatures of both.
 * @throws Fault `object.not_found`, `object.changed`; `auth.forbidden` for all but its owner.
 */
export const rotateWebhookSecret = commandInParts(
  { id: 'rotateWebhookSecret', faults: ['object.not_found', 'object.changed'] },
  (request: CommandRequest<Faults>, input: Rotation) =>
    onceForKeyPresenting(request, input, (step) => replaceSecret(step, input), {
      stored: madeSecretShape,
      present: (step, made) => presentSecret(step, made),
    }),
);

async function replaceSecret(step: Step<Faults>, { webhookId, overlapHours }: Rotation): Promise<MadeSecret> {
  const { deps, tx, at } = step;
  const row = await requireWebhook(step, webhookId);
  // Anyone with the secret can sign requests that the receiver accepts.
  if (!ownsWebhook(step.actor, row)) throw step.fault('auth.forbidden');
  const until = new Date(Date.parse(at) + overlapHours * msPerHour).toISOString();
  const overlaps = overlapHours > 0;
  const change = {
    sealedSecret: newSealedSecret(deps, row.id),
    secretMadeAt: at,
    previousSealedSecret: overlaps ? row.sealedSecret : null,
    previousSecretUntil: overlaps ? until : null,
  };
  if (!(await tx.webhooks.update(row.id, row.version, change))) throw step.fault('object.changed');
  await recordAudit(step, 'WebhookSecretRotated', { kind: 'webhook', id: row.id }, { overlapHours });
  return { webhookId: row.id, secretMadeAt: at };
}
