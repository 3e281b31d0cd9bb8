import type { DeliveryRow, WebhookRow } from '../../ports/index.ts';

/** A receiver as its owner sees it; never its key. */
export function webhookViewOf(row: WebhookRow, waiting: number, now: string) {
  const { sealedSecret: _sealed, secretMadeAt: _made, previousSealedSecret: _previous, types, ...shown } = row;
  const { pausedAt, previousSecretUntil } = row;
  return {
    ...shown,
    types: [...types],
    state: pausedAt === null ? ('active' as const) : ('paused' as const),
    previousSecretUntil: previousSecretUntil !== null && previousSecretUntil > now ? previousSecretUntil : null,
    waiting,
  };
}
export type WebhookView = ReturnType<typeof webhookViewOf>;

export function deliveryViewOf(row: DeliveryRow) {
  const { orderKey, seq: _seq, firstAttemptAt: _first, ...shown } = row;
  return { ...shown, codeId: orderKey };
}
export type DeliveryView = ReturnType<typeof deliveryViewOf>;
