import type { WebhookRow } from '../../ports/index.ts';
import type { Actor } from '../command/call.ts';
import { maySee } from '../command/permission.ts';
import type { FlowRequest, Step } from '../command/step.ts';
import { type DeliveryView, deliveryViewOf, ownsWebhook, type WebhookView, webhookViewOf } from './webhook-view.ts';

/** Whose receivers an actor manages: a customer its account's, the provider's people the provider's. */
export const ownerOf = (actor: Actor): string | null => (actor.role === 'customer' ? actor.accountId : null);

/**
 * The receiver, if the actor may see it: its owner's, and all for the provider's people, who pause what customers
 * registered and do nothing else with it. @throws Fault `object.not_found`, also for another owner's.
 */
export async function requireWebhook(step: Step<'object.not_found'>, webhookId: string): Promise<WebhookRow> {
  const row = await step.tx.webhooks.find(webhookId);
  if (row === null || !maySee(step.actor, row.accountId)) throw step.fault('object.not_found');
  return row;
}

/**
 * As `requireWebhook`, for what only its owner does: an operator who resumed, tested or deleted a customer's would act in the
 * customer's name. @throws Fault `auth.forbidden` on top.
 */
export async function requireOwnWebhook(step: Step<'object.not_found'>, webhookId: string): Promise<WebhookRow> {
  const webhook = await requireWebhook(step, webhookId);
  if (!ownsWebhook(step.actor, webhook)) throw step.fault('auth.forbidden');
  return webhook;
}

/** As `requireOwnWebhook`. @throws Fault `webhook.paused` on top. */
export async function requireActiveWebhook(
  step: Step<'object.not_found' | 'webhook.paused'>,
  webhookId: string,
): Promise<WebhookRow> {
  const webhook = await requireOwnWebhook(step, webhookId);
  if (webhook.pausedAt !== null) throw step.fault('webhook.paused');
  return webhook;
}

/** The receiver as its owner sees it, with the number of its pending deliveries. */
export async function readWebhookView(step: Step<'object.not_found'>, webhookId: string): Promise<WebhookView> {
  const row = await requireWebhook(step, webhookId);
  const waiting = await step.tx.deliveries.countWaiting([webhookId]);
  return webhookViewOf(row, waiting.get(webhookId) ?? 0, step);
}

/** @throws Fault `object.not_found` for another receiver's. */
export async function requireDelivery(
  step: Step<'object.not_found'>,
  webhook: WebhookRow,
  deliveryId: string,
): Promise<DeliveryView> {
  const row = await step.tx.deliveries.find(deliveryId);
  if (row === null || row.webhookId !== webhook.id) throw step.fault('object.not_found');
  return deliveryViewOf(row);
}

/** @throws Fault `input.invalid` for an address that nothing is sent to. */
export function refuseUrl(
  { deps, fault }: Pick<FlowRequest, 'deps' | 'fault'>,
  url: string,
  owner: string | null,
): void {
  const problem = deps.outbound.problemOf(url, owner);
  if (problem !== null) throw fault('input.invalid', { places: [{ path: 'body.url', ...problem }] });
}
