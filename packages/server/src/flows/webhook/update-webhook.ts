import type { WebhookChange, WebhookEventType, WebhookRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { type CommandRequest, onceForKey } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { ownerOf, readWebhookView, refuseUrl, requireWebhook } from './own-webhook.ts';
import { ownsWebhook, type WebhookView } from './webhook-view.ts';

interface WebhookUpdate {
  readonly webhookId: string;
  readonly version: number;
  readonly url?: string | undefined;
  readonly types?: readonly WebhookEventType[] | undefined;
  readonly description?: string | undefined;
  readonly state?: 'active' | 'paused' | undefined;
}

type Faults = 'object.not_found' | 'object.changed';

/**
 * Changes what is given; resuming reschedules everything that waits to now. The provider's people pause what customers
 * registered, and change nothing else of it.
 * @throws Fault `input.invalid`, `object.not_found`, `object.changed`; `auth.forbidden` for others' settings.
 */
export const updateWebhook = commandInParts(
  { id: 'updateWebhook', faults: ['object.not_found', 'object.changed'] },
  (request: CommandRequest<Faults>, input: WebhookUpdate) => {
    if (input.url !== undefined) refuseUrl(request, input.url, ownerOf(request.actor));
    return onceForKey(request, input, (step) => applyUpdate(step, input));
  },
);

async function applyUpdate(step: Step<Faults>, input: WebhookUpdate): Promise<WebhookView> {
  const { tx, at } = step;
  const row = await requireWebhook(step, input.webhookId);
  const isPauseOnly =
    input.state === 'paused' && input.url === undefined && input.types === undefined && input.description === undefined;
  if (!isPauseOnly && !ownsWebhook(step.actor, row)) throw step.fault('auth.forbidden');
  const change = changeOf(row, input, at);
  if (!(await tx.webhooks.update(row.id, input.version, change))) throw step.fault('object.changed');
  const resumes = isResuming(row, input);
  if (resumes) await tx.deliveries.rescheduleNow(row.id, at);
  const action = input.state === 'paused' ? 'WebhookPaused' : resumes ? 'WebhookResumed' : 'WebhookChanged';
  await recordAudit(step, action, { kind: 'webhook', id: row.id }, auditDetailOf(row, change));
  return readWebhookView(step, row.id);
}

const isResuming = (row: WebhookRow, { state }: WebhookUpdate): boolean => state === 'active' && row.pausedAt !== null;

function changeOf(row: WebhookRow, input: WebhookUpdate, at: string): WebhookChange {
  return {
    ...(input.url !== undefined && { url: input.url }),
    ...(input.types !== undefined && { types: [...new Set(input.types)] }),
    ...(input.description !== undefined && { description: input.description }),
    ...(input.state === 'paused' && row.pausedAt === null && { pausedAt: at, pausedBecause: 'request' as const }),
    ...(isResuming(row, input) && {
      pausedAt: null,
      pausedBecause: null,
      failingSince: null,
      consecutiveDeadDeliveries: 0,
    }),
  };
}

/**
 * What changed, and what it was before: of the address only its host, since its path or query may be a secret of the receiver's, and
 * of what somebody wrote only that it changed.
 */
function auditDetailOf(row: WebhookRow, change: WebhookChange) {
  const { url, types, description } = change;
  const changed = [
    ...(url === undefined ? [] : [{ field: 'url', before: new URL(row.url).host, after: new URL(url).host }]),
    ...(types === undefined ? [] : [{ field: 'types', before: row.types, after: types }]),
    ...(description === undefined ? [] : ['description']),
  ];
  return { ...(changed.length > 0 && { changed }), ...('pausedAt' in change && { because: 'request' }) };
}
