import type { DeliveryRow, WebhookRow } from '../../ports/index.ts';
import type { Actor } from '../command/call.ts';
import type { Step } from '../command/step.ts';

/** A receiver as its owner sees it, never its key. Others see the host only: path or query may be a secret of the receiver's. */
export function webhookViewOf(row: WebhookRow, waiting: number, { actor, at: now }: Pick<Step, 'actor' | 'at'>) {
  const { sealedSecret: _sealed, secretMadeAt: _made, previousSealedSecret: _previous, types, ...shown } = row;
  const { pausedAt, previousSecretUntil } = row;
  return {
    ...shown,
    url: ownsWebhook(actor, row) ? row.url : (URL.parse(row.url)?.origin ?? '***'),
    types: [...types],
    state: pausedAt === null ? ('active' as const) : ('paused' as const),
    previousSecretUntil: previousSecretUntil !== null && previousSecretUntil > now ? previousSecretUntil : null,
    waiting,
  };
}

/** A customer owns its account's receivers, an operator the provider's; nobody in support access. */
export const ownsWebhook = ({ role, accountId, support }: Actor, row: WebhookRow): boolean =>
  support !== true &&
  (row.accountId === null ? role === 'operator' : role === 'customer' && row.accountId === accountId);

export type WebhookView = ReturnType<typeof webhookViewOf>;

export function deliveryViewOf(row: DeliveryRow) {
  const { orderKey, seq: _seq, firstAttemptAt: _first, ...shown } = row;
  return { ...shown, codeId: orderKey };
}
export type DeliveryView = ReturnType<typeof deliveryViewOf>;
