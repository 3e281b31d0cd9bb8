import { z } from 'zod';
import type { ApiKeyRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';

/** What is kept under the idempotency key; of the secret only its hash is stored. */
export const madeKeyShape = z.object({ keyId: z.string() });

/** What everybody who may see a key is shown of it; never its secret. */
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
  /** Until when the secret before the last rotation is valid; null when it no longer is. */
  readonly earlierUntil: string | null;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
}

export function stateOf(key: ApiKeyRow, at: string): ApiKeyView['state'] {
  if (key.revokedAt !== null) return 'revoked';
  return key.expiresAt !== null && key.expiresAt <= at ? 'expired' : 'active';
}

export function apiKeyViewOf(key: ApiKeyRow, at: string): ApiKeyView {
  const { secretHash: _secretHash, earlierHash: _earlierHash, earlierUntil, ...shown } = key;
  const isOver = earlierUntil === null || earlierUntil <= at || key.revokedAt !== null;
  return { ...shown, state: stateOf(key, at), earlierUntil: isOver ? null : earlierUntil };
}

/** A key that this very step wrote or found: keys are never deleted. */
export async function readApiKeyView({ tx, at }: Step, keyId: string): Promise<ApiKeyView> {
  const key = await tx.apiKeys.find(keyId);
  if (key === null) throw new Error(`API key ${keyId} was deleted, which the database refuses`);
  return apiKeyViewOf(key, at);
}
