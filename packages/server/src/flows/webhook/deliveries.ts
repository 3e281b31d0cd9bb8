import { Fault } from '@openbeian/model/fault';
import type { DeliveryState, StoreTransaction, WebhookRow } from '../../ports/index.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { Actor, CommandCall, QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { runCommand } from '../command/run-command.ts';
import { testBodyOf } from './event-body.ts';
import { ownWebhook } from './manage.ts';
import { type DeliveryView, deliveryViewOf } from './webhook-view.ts';

const batch = 500;

/** Puts a test event into the queue of a receiver. @throws Fault `object.not_found`, `webhook.paused`. */
export function sendTestEvent(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly webhookId: string },
): Promise<DeliveryView> {
  return runCommand(deps, call, 'sendTestEvent', input, async (tx, at) => {
    const webhook = await activeWebhook(tx, call.actor, input.webhookId);
    const eventId = deps.ids.next('evt');
    const id = deps.ids.next('whd');
    const body = testBodyOf(eventId, at);
    const delivery = { id, webhookId: webhook.id, eventId, seq: 0, type: 'WebhookTest', orderKey: null, body };
    await tx.deliveries.insert([delivery], at);
    await tx.audit.append(auditFact(deps, call.actor, at, 'WebhookTested', { kind: 'webhook', id: webhook.id }));
    return viewOf(tx, webhook, id);
  });
}

/** What was sent to a receiver, or waits to be. @throws Fault `object.not_found`. */
export async function listDeliveries(
  deps: FlowDeps,
  call: QueryCall,
  input: {
    readonly webhookId: string;
    readonly state?: DeliveryState | undefined;
    readonly before?: string | undefined;
    readonly limit: number;
  },
): Promise<{ deliveries: DeliveryView[]; next: string | null }> {
  return deps.store.transaction(async (tx) => {
    const webhook = await ownWebhook(tx, call.actor, input.webhookId);
    const rows = await tx.deliveries.list(webhook.id, {
      limit: input.limit,
      ...(input.state !== undefined && { state: input.state }),
      ...(input.before !== undefined && { before: input.before }),
    });
    const next = rows.length === input.limit ? (rows.at(-1)?.id ?? null) : null;
    return { deliveries: rows.map(deliveryViewOf), next };
  });
}

/**
 * Sends an event again, whatever became of it. One that waits is tried now.
 * @throws Fault `object.not_found`, `webhook.paused`, `object.changed` while it is being sent.
 */
export function redeliver(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly webhookId: string; readonly deliveryId: string },
): Promise<DeliveryView> {
  return runCommand(deps, call, 'redeliver', input, async (tx, at) => {
    const webhook = await activeWebhook(tx, call.actor, input.webhookId);
    const delivery = await viewOf(tx, webhook, input.deliveryId);
    if (!(await tx.deliveries.restart(delivery.id, at))) throw new Fault('object.changed');
    const detail = { deliveryId: delivery.id, eventId: delivery.eventId };
    await tx.audit.append(
      auditFact(deps, call.actor, at, 'WebhookRedelivered', { kind: 'webhook', id: webhook.id }, detail),
    );
    return viewOf(tx, webhook, delivery.id);
  });
}

/**
 * Gives up what waited too long for paused receivers, and clears away old deliveries and old events.
 * @returns how many rows; 0: nothing is left to do.
 */
export async function clearDeliveries(deps: FlowDeps): Promise<number> {
  return deps.store.transaction(async (tx) => {
    const at = deps.clock.now();
    const before = (ageMs: number): string => new Date(Date.parse(at) - ageMs).toISOString();
    const buried = await tx.deliveries.buryWaitingForPaused(before(deps.webhooks.giveUpAfterMs), at, batch);
    const deleted = await tx.deliveries.deleteEndedBefore(before(deps.webhooks.keepMs), batch);
    const forgotten = await tx.codeEvents.deleteRelayedBefore(before(deps.webhooks.keepMs), batch);
    return buried + deleted + forgotten;
  });
}

async function activeWebhook(tx: StoreTransaction, actor: Actor, webhookId: string): Promise<WebhookRow> {
  const webhook = await ownWebhook(tx, actor, webhookId);
  if (webhook.pausedAt !== null) throw new Fault('webhook.paused');
  return webhook;
}

async function viewOf(tx: StoreTransaction, webhook: WebhookRow, deliveryId: string): Promise<DeliveryView> {
  const row = await tx.deliveries.find(deliveryId);
  if (row === null || row.webhookId !== webhook.id) throw new Fault('object.not_found');
  return deliveryViewOf(row);
}
