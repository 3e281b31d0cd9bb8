import { isSubscribed } from '@openbeian/model/filing';
import type { CodeEventRow, DeliveryRow, WebhookRow } from '../../ports/index.ts';
import { followCodes } from '../code/code-clock.ts';
import { attemptBatch, type ReportFailure } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import { accountsOf, eventBodyOf } from './event-body.ts';

const batch = 200;

type NewDelivery = Pick<DeliveryRow, 'id' | 'webhookId' | 'eventId' | 'seq' | 'type' | 'orderKey' | 'body'>;

/**
 * Takes the oldest events out of the outbox of codes and creates a delivery for every receiver subscribed to them, in one
 * transaction: an event is relayed once, however many workers run and whenever they are killed. An event that fails puts
 * off the events of its code, which keep their order, and no other.
 * @returns how many events were relayed.
 */
export function relayEvents(deps: FlowDeps, report: ReportFailure): Promise<number> {
  const take = ({ tx }: Step, codeId?: string) =>
    tx.codeEvents.takeUnrelayed({ limit: batch, ...(codeId !== undefined && { codeId }) });
  return attemptBatch(
    deps,
    {
      kind: 'event',
      work: async (step, codeId) => relay(step, await take(step, codeId)),
      due: async (step) => [...new Set((await take(step)).map((event) => event.codeId))],
    },
    report,
  );
}

async function relay({ deps, tx, at }: Step, events: readonly CodeEventRow[]): Promise<number> {
  if (events.length === 0) return 0;
  const webhooks = await tx.webhooks.listForAccounts([...new Set(events.flatMap(accountsOf))]);
  if (webhooks.length > 0) {
    const tails = await tx.codeEvents.tailsOf([...new Set(events.map((event) => event.codeId))]);
    const deliveries = events.flatMap((event) => {
      const concerned = accountsOf(event);
      const wants = ({ accountId, types }: WebhookRow): boolean =>
        (accountId === null || concerned.includes(accountId)) && isSubscribed(types, event.type);
      return webhooks.filter(wants).map(
        (webhook): NewDelivery => ({
          id: deps.ids.next('whd'),
          webhookId: webhook.id,
          eventId: event.id,
          seq: event.seq,
          type: event.type,
          orderKey: event.codeId,
          body: eventBodyOf(event, tails.get(event.codeId) ?? '', webhook.accountId),
        }),
      );
    });
    if (deliveries.length > 0) await tx.deliveries.insert(deliveries, at);
  }
  await followCodes(tx, events);
  await tx.codeEvents.markRelayed(
    events.map((event) => event.seq),
    at,
  );
  return events.length;
}
