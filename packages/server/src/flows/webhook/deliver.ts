import {
  type AttemptResult,
  type DeliveryRow,
  type OutboundAnswer,
  type StoreTransaction,
  sealingContexts,
  type WebhookRow,
} from '../../ports/index.ts';
import { worker } from '../command/actors.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { FlowDeps } from '../command/deps.ts';
import { chanceFrom, waitAfterAttemptMs } from './back-off.ts';
import { signatureHeaders } from './sign.ts';

/** The receiver is gone for good and says so. */
const goneStatus = 410;

/**
 * Makes one attempt at a leased delivery and records what came of it. An attempt whose lease was lost meanwhile counts
 * for nothing: somebody else makes it again, under the same event id.
 */
export async function deliver(deps: FlowDeps, delivery: DeliveryRow, owner: string): Promise<void> {
  const request = await deps.store.transaction(async (tx) => {
    const webhook = await tx.webhooks.find(delivery.webhookId);
    if (webhook !== null && webhook.pausedAt === null) return { webhook, ...signedRequest(deps, webhook, delivery) };
    await tx.deliveries.giveBack([delivery.id], owner);
    return null;
  });
  if (request === null) return;
  const answer = await deps.outbound.post({ url: request.webhook.url, headers: request.headers, body: delivery.body });
  const result = resultOf(answer, request.secrets);
  await deps.store.transaction((tx) =>
    result.error === null
      ? recordArrival(deps, tx, delivery, owner, result)
      : recordFailure(deps, tx, delivery, owner, result),
  );
}

function signedRequest(deps: FlowDeps, webhook: WebhookRow, delivery: DeliveryRow) {
  const at = deps.clock.now();
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

async function recordArrival(
  deps: FlowDeps,
  tx: StoreTransaction,
  delivery: DeliveryRow,
  owner: string,
  result: AttemptResult,
): Promise<void> {
  if (!(await tx.deliveries.end(delivery.id, owner, 'delivered', result, deps.clock.now()))) return;
  await tx.webhooks.noteWell(delivery.webhookId);
}

async function recordFailure(
  deps: FlowDeps,
  tx: StoreTransaction,
  delivery: DeliveryRow,
  owner: string,
  result: AttemptResult,
): Promise<void> {
  const at = deps.clock.now();
  const nowMs = Date.parse(at);
  const endsMs = Date.parse(delivery.firstAttemptAt ?? at) + deps.webhooks.giveUpAfterMs;
  const isGone = result.status === goneStatus;
  if (!isGone && nowMs < endsMs) {
    const waitMs = waitAfterAttemptMs(delivery.attempts, chanceFrom(deps.ids.randomBytes(4)));
    // The last attempt is made when the time is over, not half a day before.
    const nextAt = new Date(Math.min(nowMs + waitMs, endsMs)).toISOString();
    if (await tx.deliveries.retry(delivery.id, owner, nextAt, result)) {
      await tx.webhooks.noteFailing(delivery.webhookId, at);
    }
    return;
  }
  if (!(await tx.deliveries.end(delivery.id, owner, 'dead', result, at))) return;
  await tx.webhooks.noteFailing(delivery.webhookId, at);
  const deadInRow = await tx.webhooks.countDead(delivery.webhookId);
  if (isGone || deadInRow >= deps.webhooks.pauseAfterDead) {
    await pauseFailing(deps, tx, delivery.webhookId, isGone ? 'gone' : 'failures', deadInRow, at);
  }
}

async function pauseFailing(
  deps: FlowDeps,
  tx: StoreTransaction,
  webhookId: string,
  because: 'failures' | 'gone',
  deadInRow: number,
  at: string,
): Promise<void> {
  if (!(await tx.webhooks.pause(webhookId, because, at))) return;
  const object = { kind: 'webhook', id: webhookId };
  await tx.audit.append(auditFact(deps, worker, at, 'WebhookPaused', object, { because, deadInRow }));
  const paused = await tx.webhooks.find(webhookId);
  const notice = { type: 'WebhookPaused' as const, about: `WebhookPaused:${webhookId}:${at}`, at, webhookId, codes: 0 };
  const nothing = { resourceId: null, stopsOn: null, daysLeft: null };
  const accountId = paused?.accountId ?? null;
  await tx.notices.add({ id: deps.ids.next('ntc'), accountId, ...notice, ...nothing });
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
