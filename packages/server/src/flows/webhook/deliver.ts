import {
  type AttemptResult,
  type DeliveryRow,
  type OutboundAnswer,
  sealingContexts,
  type WebhookRow,
} from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { newNotice } from '../notice/new-notice.ts';
import { chanceFrom, waitAfterAttemptMs } from './back-off.ts';
import { signatureHeaders } from './sign.ts';

/** The receiver answered 410 Gone: it no longer accepts events. */
const goneStatus = 410;

/** One attempt's delivery, and the sender that holds its lease. */
interface Attempt {
  readonly delivery: DeliveryRow;
  readonly owner: string;
}

/**
 * Makes one attempt at a leased delivery and records its result. An attempt whose lease was lost meanwhile counts for
 * nothing: another sender repeats it, under the same event id. One whose result cannot be written waits like one that failed, and
 * those behind it are sent.
 * @throws what kept the result from being written
 */
export async function deliver(deps: FlowDeps, delivery: DeliveryRow, owner: string): Promise<void> {
  try {
    await attemptDelivery(deps, delivery, owner);
  } catch (error) {
    const { id, attempts, lastStatus: status, lastError, lastExcerpt: excerpt } = delivery;
    const waitMs = waitAfterAttemptMs(attempts, chanceFrom(deps.ids.randomBytes(4)));
    await inWorkerTransaction(deps, ({ tx, at }) => {
      const nextAt = new Date(Date.parse(at) + waitMs).toISOString();
      return tx.deliveries.retry(id, owner, nextAt, { status, error: lastError, excerpt });
    });
    throw error;
  }
}

async function attemptDelivery(deps: FlowDeps, delivery: DeliveryRow, owner: string): Promise<void> {
  const attempt = { delivery, owner };
  const request = await inWorkerTransaction(deps, async (step) => {
    const webhook = await step.tx.webhooks.find(delivery.webhookId);
    if (webhook === null || webhook.pausedAt !== null) {
      await step.tx.deliveries.giveBack([delivery.id], owner);
      return null;
    }
    try {
      return { webhook, ...signedRequest(step, webhook, delivery) };
    } catch {
      // It counts as a failed attempt, so that it is given up in the end like any other.
      await recordFailure(step, attempt, { status: null, error: 'cannot_be_signed', excerpt: null });
      return null;
    }
  });
  if (request === null) return;
  const answer = await deps.outbound.post({
    url: request.webhook.url,
    owner: request.webhook.accountId,
    headers: request.headers,
    body: delivery.body,
  });
  const result = resultOf(answer, request.secrets);
  const record = result.error === null ? recordArrival : recordFailure;
  await inWorkerTransaction(deps, (step) => record(step, attempt, result));
}

function signedRequest({ deps, at }: Step, webhook: WebhookRow, delivery: DeliveryRow) {
  const sealed = [webhook.sealedSecret];
  const { previousSealedSecret, previousSecretUntil } = webhook;
  if (previousSealedSecret !== null && (previousSecretUntil ?? '') > at) sealed.push(previousSealedSecret);
  const secrets = sealed.map((one) => deps.vault.open(one, sealingContexts.webhooks(webhook.id)));
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    ...signatureHeaders(secrets, { id: delivery.eventId, atMs: Date.parse(at), body: delivery.body }),
  };
  return { headers, secrets };
}

async function recordArrival({ tx, at }: Step, { delivery, owner }: Attempt, result: AttemptResult): Promise<void> {
  if (!(await tx.deliveries.end({ id: delivery.id, owner }, { state: 'delivered', result, at }))) return;
  await tx.webhooks.markHealthy(delivery.webhookId);
}

async function recordFailure(step: Step, { delivery, owner }: Attempt, result: AttemptResult): Promise<void> {
  const { deps, tx, at } = step;
  const nowMs = Date.parse(at);
  const endsMs = Date.parse(delivery.firstAttemptAt ?? at) + deps.webhooks.giveUpAfterMs;
  const isGone = result.status === goneStatus;
  if (!isGone && nowMs < endsMs) {
    const waitMs = waitAfterAttemptMs(delivery.attempts, chanceFrom(deps.ids.randomBytes(4)));
    // The last attempt is made when the time is over, not half a day before.
    const nextAt = new Date(Math.min(nowMs + waitMs, endsMs)).toISOString();
    if (await tx.deliveries.retry(delivery.id, owner, nextAt, result)) {
      await tx.webhooks.markFailing(delivery.webhookId, at);
    }
    return;
  }
  if (!(await tx.deliveries.end({ id: delivery.id, owner }, { state: 'dead', result, at }))) return;
  await tx.webhooks.markFailing(delivery.webhookId, at);
  const consecutiveDeadDeliveries = await tx.webhooks.countDead(delivery.webhookId);
  if (isGone || consecutiveDeadDeliveries >= deps.webhooks.pauseAfterDead) {
    await pauseFailing(step, delivery.webhookId, { because: isGone ? 'gone' : 'failures', consecutiveDeadDeliveries });
  }
}

async function pauseFailing(
  step: Step,
  webhookId: string,
  failure: { readonly because: 'failures' | 'gone'; readonly consecutiveDeadDeliveries: number },
): Promise<void> {
  const { tx, at } = step;
  if (!(await tx.webhooks.pause(webhookId, failure.because, at))) return;
  await recordAudit(step, 'WebhookPaused', { kind: 'webhook', id: webhookId }, failure);
  const paused = await tx.webhooks.find(webhookId);
  const about = `WebhookPaused:${webhookId}:${at}`;
  const accountId = paused?.accountId ?? null;
  await tx.notices.add(newNotice(step, { accountId, type: 'WebhookPaused', about, webhookId }));
}

function resultOf(answer: OutboundAnswer, secrets: readonly string[]): AttemptResult {
  const { status } = answer;
  const isGood = status !== null && status >= 200 && status < 300;
  const error = answer.error ?? (isGood ? null : 'status');
  return { status, error, excerpt: withoutSecrets(answer.excerpt, secrets) };
}

/** Receivers repeat what they were sent: nothing that signs, signs in or could be a code is kept. */
function withoutSecrets(excerpt: string, secrets: readonly string[]): string {
  let text = excerpt;
  for (const secret of secrets) text = text.replaceAll(secret, '[…]').replaceAll(secret.replace(/^whsec_/, ''), '[…]');
  return text.replace(/[A-Za-z0-9+/_=-]{20,}/g, '[…]');
}
