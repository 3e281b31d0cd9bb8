import type { AuditAction } from '@openbeian/model/audit';
import type { CodeEventType } from '@openbeian/model/code';
import { Fault } from '@openbeian/model/fault';
import { type StoreTransaction, sealingContexts, type WebhookChange, type WebhookRow } from '../../ports/index.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { Actor, CommandCall, QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { runCommand, runReferring } from '../command/run-command.ts';
import { webhookSecretOf } from './sign.ts';
import { type WebhookView, webhookViewOf } from './webhook-view.ts';

const secretBytes = 32;

/** Whose receivers an actor looks after: a customer its account's, the provider's people the provider's. */
const ownerOf = (actor: Actor): string | null => (actor.role === 'customer' ? actor.accountId : null);

/** A customer's own receivers; the provider's people see everybody's, with what is wrong with them. */
export async function listWebhooks(deps: FlowDeps, call: QueryCall): Promise<{ webhooks: WebhookView[] }> {
  return deps.store.transaction(async (tx) => {
    const rows = await tx.webhooks.list(call.actor.role === 'customer' ? { accountId: ownerOf(call.actor) } : {});
    const waiting = await tx.deliveries.countWaiting(rows.map(({ id }) => id));
    return { webhooks: rows.map((row) => webhookViewOf(row, waiting.get(row.id) ?? 0, deps.clock.now())) };
  });
}

/**
 * Registers a receiver. The key is in the answer, for this request only; it is stored sealed.
 * @throws Fault `input.invalid` for an address that cannot be one, `webhook.too_many`.
 */
export function createWebhook(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly url: string; readonly types: readonly CodeEventType[]; readonly description: string },
) {
  refuseUrl(deps, input.url);
  return runReferring(
    deps,
    call,
    'createWebhook',
    input,
    async (tx, at) => {
      const accountId = ownerOf(call.actor);
      const others = await tx.webhooks.list({ accountId });
      if (others.length >= deps.webhooks.perAccount) throw new Fault('webhook.too_many');
      const id = deps.ids.next('whk');
      await tx.webhooks.insert({
        ...{ id, accountId, url: input.url, types: [...new Set(input.types)], description: input.description },
        ...{ sealedSecret: newSealedSecret(deps, id), secretMadeAt: at },
        ...{ previousSealedSecret: null, previousSecretUntil: null, pausedAt: null, pausedBecause: null },
        ...{ failingSince: null, deadInRow: 0, version: 1, createdAt: at },
      });
      await note(deps, tx, call.actor, at, 'WebhookCreated', id, { host: new URL(input.url).host, types: input.types });
      return { webhookId: id, secretMadeAt: at };
    },
    (tx, stored) => withSecret(deps, tx, call.actor, stored),
  );
}

/** Changes what is given; resuming lets everything that waits go at once. @throws Fault `object.not_found`, `object.changed`. */
export function updateWebhook(
  deps: FlowDeps,
  call: CommandCall,
  input: {
    readonly webhookId: string;
    readonly version: number;
    readonly url?: string | undefined;
    readonly types?: readonly CodeEventType[] | undefined;
    readonly description?: string | undefined;
    readonly state?: 'active' | 'paused' | undefined;
  },
): Promise<WebhookView> {
  if (input.url !== undefined) refuseUrl(deps, input.url);
  return runCommand(deps, call, 'updateWebhook', input, async (tx, at) => {
    const row = await ownWebhook(tx, call.actor, input.webhookId);
    const resumes = input.state === 'active' && row.pausedAt !== null;
    const change: WebhookChange = {
      ...(input.url !== undefined && { url: input.url }),
      ...(input.types !== undefined && { types: [...new Set(input.types)] }),
      ...(input.description !== undefined && { description: input.description }),
      ...(input.state === 'paused' && row.pausedAt === null && { pausedAt: at, pausedBecause: 'request' as const }),
      ...(resumes && { pausedAt: null, pausedBecause: null, failingSince: null, deadInRow: 0 }),
    };
    if (!(await tx.webhooks.update(row.id, input.version, change))) throw new Fault('object.changed');
    if (resumes) await tx.deliveries.hurry(row.id, at);
    const { url, ...others } = change;
    const told = { changed: Object.keys(change), ...(url !== undefined && { host: new URL(url).host }) };
    const action = input.state === 'paused' ? 'WebhookPaused' : resumes ? 'WebhookResumed' : 'WebhookChanged';
    await note(deps, tx, call.actor, at, action, row.id, 'pausedAt' in others ? { ...told, because: 'request' } : told);
    return viewOf(deps, tx, row.id);
  });
}

/**
 * Replaces the signing key. Until `overlapHours` are over, requests carry the signatures of both.
 * @throws Fault `object.not_found`, `object.changed`.
 */
export function rotateWebhookSecret(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly webhookId: string; readonly overlapHours: number },
) {
  return runReferring(
    deps,
    call,
    'rotateWebhookSecret',
    input,
    async (tx, at) => {
      const row = await ownWebhook(tx, call.actor, input.webhookId);
      const until = new Date(Date.parse(at) + input.overlapHours * 3_600_000).toISOString();
      const overlaps = input.overlapHours > 0;
      const change: WebhookChange = {
        sealedSecret: newSealedSecret(deps, row.id),
        secretMadeAt: at,
        previousSealedSecret: overlaps ? row.sealedSecret : null,
        previousSecretUntil: overlaps ? until : null,
      };
      if (!(await tx.webhooks.update(row.id, row.version, change))) throw new Fault('object.changed');
      await note(deps, tx, call.actor, at, 'WebhookSecretRotated', row.id, { overlapHours: input.overlapHours });
      return { webhookId: row.id, secretMadeAt: at };
    },
    (tx, stored) => withSecret(deps, tx, call.actor, stored),
  );
}

/** Deletes a receiver with its deliveries. @throws Fault `object.not_found`. */
export function deleteWebhook(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly webhookId: string },
): Promise<{ deleted: true }> {
  return runCommand(deps, call, 'deleteWebhook', input, async (tx, at) => {
    const row = await ownWebhook(tx, call.actor, input.webhookId);
    await tx.webhooks.delete(row.id);
    await note(deps, tx, call.actor, at, 'WebhookDeleted', row.id, { host: new URL(row.url).host });
    return { deleted: true as const };
  });
}

/** @throws Fault `object.not_found`, also for another owner's. */
export async function ownWebhook(tx: StoreTransaction, actor: Actor, webhookId: string): Promise<WebhookRow> {
  const row = await tx.webhooks.find(webhookId);
  // Who runs the system may pause, test and repair what its customers registered.
  const mayTouch = actor.role !== 'customer' || row?.accountId === actor.accountId;
  if (row === null || !mayTouch) throw new Fault('object.not_found');
  return row;
}

async function viewOf(deps: FlowDeps, tx: StoreTransaction, id: string): Promise<WebhookView> {
  const row = await tx.webhooks.find(id);
  if (row === null) throw new Fault('object.not_found');
  const waiting = await tx.deliveries.countWaiting([id]);
  return webhookViewOf(row, waiting.get(id) ?? 0, deps.clock.now());
}

/** The answer that shows the key: to the same request again as well, as long as the key is the one it made. */
async function withSecret(
  deps: FlowDeps,
  tx: StoreTransaction,
  actor: Actor,
  stored: { readonly webhookId: string; readonly secretMadeAt: string },
): Promise<{ webhook: WebhookView; secret: string | null }> {
  const row = await ownWebhook(tx, actor, stored.webhookId);
  const isSame = row.secretMadeAt === stored.secretMadeAt;
  return {
    webhook: await viewOf(deps, tx, row.id),
    secret: isSame ? deps.vault.open(row.sealedSecret, sealingContexts.webhooks(row.id)) : null,
  };
}

function newSealedSecret(deps: FlowDeps, webhookId: string): string {
  return deps.vault.seal(webhookSecretOf(deps.ids.randomBytes(secretBytes)), sealingContexts.webhooks(webhookId));
}

function refuseUrl(deps: FlowDeps, url: string): void {
  const problem = deps.outbound.problemOf(url);
  if (problem !== null) throw new Fault('input.invalid', { places: [{ path: 'body.url', ...problem }] });
}

/** The address itself stays out of the audit: its path or query may be a secret of the receiver's. */
async function note(
  deps: FlowDeps,
  tx: StoreTransaction,
  actor: Actor,
  at: string,
  action: AuditAction,
  webhookId: string,
  detail: unknown,
): Promise<void> {
  await tx.audit.append(auditFact(deps, actor, at, action, { kind: 'webhook', id: webhookId }, detail));
}
