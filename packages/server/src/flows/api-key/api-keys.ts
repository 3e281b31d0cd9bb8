import type { AuditAction } from '@openbeian/model/audit';
import { Fault } from '@openbeian/model/fault';
import type { ApiKeyRow, StoreTransaction } from '../../ports/index.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { Actor, CommandCall, QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { ownAccount, seen } from '../command/permission.ts';
import { runReferring } from '../command/run-command.ts';

/** What everybody who may see a key is told of it; never its secret. */
export interface ApiKeyView {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Derived at the time of asking. */
  readonly state: 'active' | 'expired' | 'revoked';
  readonly createdAt: string;
  readonly createdBy: string;
  readonly rotatedAt: string | null;
  /** Until when the secret before the last rotation is good; null when it no longer is. */
  readonly earlierUntil: string | null;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
}

/** `secret` is null in the answer to a repetition: it is given out once and kept nowhere. */
export interface ApiKeyWithSecret {
  readonly apiKey: ApiKeyView;
  readonly secret: string | null;
}

const secretBytes = 32;
const msPerHour = 3_600_000;
const msPerDay = 24 * msPerHour;
/** More than any account needs; what is above it is a program run wild. */
const mostKeys = 50;
/** Keys shown at once; an account cannot have more live ones than `mostKeys`. */
const listLimit = 500;

/** Makes a key for the caller's own account, or as an operator for any. */
export function createApiKey(
  deps: FlowDeps,
  call: CommandCall,
  input: {
    readonly accountId?: string | undefined;
    readonly name: string;
    readonly scopes: readonly string[];
    readonly lifetimeDays: number | null;
  },
): Promise<ApiKeyWithSecret> {
  const accountId = accountOf(call.actor, input.accountId);
  let secret: string | null = null;
  return runReferring<{ keyId: string }, ApiKeyWithSecret>(
    deps,
    call,
    'createApiKey',
    input,
    async (tx, at) => {
      await refuseAccount(tx, accountId, at);
      const id = deps.ids.next('key');
      secret = newSecret(deps);
      const { name, lifetimeDays } = input;
      const scopes = [...new Set(input.scopes)].sort();
      const expiresAt = lifetimeDays === null ? null : after(at, lifetimeDays * msPerDay);
      const createdBy = call.actor.userId;
      await tx.apiKeys.insert({
        ...{ id, accountId, name, scopes, expiresAt, createdAt: at, createdBy },
        secretHash: hashOfSecret(deps, id, secret),
      });
      await note(deps, tx, call.actor, at, 'ApiKeyCreated', id, { accountId, scopes, expiresAt });
      return { keyId: id };
    },
    async (tx, { keyId }) => ({ apiKey: await viewOfKey(deps, tx, keyId), secret: present(keyId, secret) }),
  );
}

/** A new secret for a key; the one before stays good for `overlapHours`. @throws Fault `object.not_found`, `object.changed`. */
export function rotateApiKey(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly keyId: string; readonly overlapHours: number },
): Promise<ApiKeyWithSecret> {
  let secret: string | null = null;
  return runReferring<{ keyId: string }, ApiKeyWithSecret>(
    deps,
    call,
    'rotateApiKey',
    input,
    async (tx, at) => {
      const { id } = seen(await tx.apiKeys.find(input.keyId), call.actor, (key) => [key.accountId]);
      secret = newSecret(deps);
      const earlierUntil = after(at, input.overlapHours * msPerHour);
      if (!(await tx.apiKeys.rotate(id, hashOfSecret(deps, id, secret), earlierUntil, at)))
        throw new Fault('object.changed');
      await note(deps, tx, call.actor, at, 'ApiKeyRotated', id, { earlierUntil });
      return { keyId: id };
    },
    async (tx, { keyId }) => ({ apiKey: await viewOfKey(deps, tx, keyId), secret: present(keyId, secret) }),
  );
}

/** Ends a key at once, both of its secrets. Revoking it again changes nothing. @throws Fault `object.not_found`. */
export function revokeApiKey(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly keyId: string },
): Promise<ApiKeyView> {
  return runReferring(
    deps,
    call,
    'revokeApiKey',
    input,
    async (tx, at) => {
      const { id } = seen(await tx.apiKeys.find(input.keyId), call.actor, (key) => [key.accountId]);
      if (await tx.apiKeys.revoke(id, at)) await note(deps, tx, call.actor, at, 'ApiKeyRevoked', id, {});
      return { keyId: id };
    },
    (tx, { keyId }) => viewOfKey(deps, tx, keyId),
  );
}

/** An account's keys, newest first; the provider's people see all or those of one account. */
export async function listApiKeys(
  deps: FlowDeps,
  call: QueryCall,
  input: { readonly accountId?: string | undefined },
): Promise<{ apiKeys: ApiKeyView[] }> {
  const accountId = call.actor.role === 'customer' ? ownAccount(call.actor) : (input.accountId ?? null);
  const at = deps.clock.now();
  return deps.store.transaction(async (tx) => ({
    apiKeys: (await tx.apiKeys.list({ accountId, limit: listLimit })).map((row) => viewOf(row, at)),
  }));
}

/**
 * Whose key this is and what it may do; null for an unknown, revoked or expired key and for a wrong secret alike, after
 * the same work.
 */
export async function findApiKey(
  deps: FlowDeps,
  _call: QueryCall,
  input: { readonly keyId: string; readonly secret: string },
): Promise<{ readonly actor: Actor; readonly scopes: readonly string[] } | null> {
  const at = deps.clock.now();
  const hashes = deps.vault.hashes(secretText(input.keyId, input.secret), 'api_key');
  const key = await deps.store.findApiKey(input.keyId);
  if (key === null || stateOf(key, at) !== 'active') return null;
  const isEarlier = isAmong(hashes, key.earlierHash) && key.earlierUntil !== null && at < key.earlierUntil;
  if (!isAmong(hashes, key.secretHash) && !isEarlier) return null;
  const [newest = ''] = hashes;
  // Nobody but its holder knows the secret: it is hashed anew when it is shown.
  if (!isEarlier && key.secretHash !== newest) {
    await deps.store.transaction((tx) => tx.apiKeys.rehash(key.id, key.secretHash, newest));
  }
  if (key.lastUsedAt === null || after(key.lastUsedAt, msPerHour) <= at) {
    await deps.store.transaction((tx) => tx.apiKeys.touch(key.id, at));
  }
  // The key acts for its account; its own id stands in audit rows and beside idempotency keys.
  return { actor: { userId: key.id, role: 'customer', accountId: key.accountId }, scopes: key.scopes };
}

function accountOf(actor: Actor, wanted: string | undefined): string {
  if (actor.role === 'customer') {
    const own = ownAccount(actor);
    if (wanted !== undefined && wanted !== own) throw new Fault('auth.forbidden');
    return own;
  }
  if (wanted !== undefined) return wanted;
  throw new Fault('input.invalid', {
    places: [{ path: 'accountId', expected: 'the account that the key is for', expectedZh: '应填写密钥所属的账号' }],
  });
}

async function refuseAccount(tx: StoreTransaction, accountId: string, at: string): Promise<void> {
  const place = (expected: string, expectedZh: string) =>
    new Fault('input.invalid', { places: [{ path: 'accountId', expected, expectedZh }] });
  if ((await tx.accounts.find(accountId)) === null) {
    throw place('the id of an account of this provider', '应为本接入商的账号编号');
  }
  const live = (await tx.apiKeys.list({ accountId, limit: listLimit })).filter((key) => stateOf(key, at) === 'active');
  if (live.length < mostKeys) return;
  throw place(
    `an account with fewer than ${mostKeys} live keys: revoke one that is no longer used`,
    `一个账号最多 ${mostKeys} 个有效密钥，请先吊销不再使用的`,
  );
}

function newSecret(deps: FlowDeps): string {
  return base64Url(deps.ids.randomBytes(secretBytes));
}

/** What the caller puts after `Bearer `; scanners for leaked secrets know it by its beginning. */
const present = (keyId: string, secret: string | null): string | null =>
  secret === null ? null : `obk.${keyId}.${secret}`;

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

const secretText = (keyId: string, secret: string): string => `${keyId}\n${secret}`;

const hashOfSecret = (deps: FlowDeps, keyId: string, secret: string): string =>
  deps.vault.hash(secretText(keyId, secret), 'api_key');

const isAmong = (hashes: readonly string[], hash: string | null): boolean => hash !== null && hashes.includes(hash);

const after = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

function stateOf(key: ApiKeyRow, at: string): ApiKeyView['state'] {
  if (key.revokedAt !== null) return 'revoked';
  return key.expiresAt !== null && key.expiresAt <= at ? 'expired' : 'active';
}

function viewOf(key: ApiKeyRow, at: string): ApiKeyView {
  const { secretHash: _secretHash, earlierHash: _earlierHash, earlierUntil, ...shown } = key;
  const isOver = earlierUntil === null || earlierUntil <= at || key.revokedAt !== null;
  return { ...shown, state: stateOf(key, at), earlierUntil: isOver ? null : earlierUntil };
}

async function viewOfKey(deps: FlowDeps, tx: StoreTransaction, keyId: string): Promise<ApiKeyView> {
  const key = await tx.apiKeys.find(keyId);
  if (key === null) throw new Fault('object.not_found');
  return viewOf(key, deps.clock.now());
}

function note(
  deps: FlowDeps,
  tx: StoreTransaction,
  actor: Actor,
  at: string,
  action: AuditAction,
  keyId: string,
  detail: unknown,
): Promise<void> {
  return tx.audit.append(auditFact(deps, actor, at, action, { kind: 'api_key', id: keyId }, detail));
}
