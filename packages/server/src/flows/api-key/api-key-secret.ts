import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import type { ApiKeyView } from './api-key-view.ts';

const secretBytes = 32;

/** `secret` is null in the answer to a repetition: it is given out once and kept nowhere. */
export interface ApiKeyWithSecret {
  readonly apiKey: ApiKeyView;
  readonly secret: string | null;
}

export function newApiKeySecret(deps: FlowDeps): string {
  return Buffer.from(deps.ids.randomBytes(secretBytes)).toString('base64url');
}

/** What the caller puts after `Bearer `; scanners for leaked secrets recognise it by its prefix. */
export const bearerOf = (keyId: string, secret: string | null): string | null =>
  secret === null ? null : `obk.${keyId}.${secret}`;

const hashedText = (keyId: string, secret: string): string => `${keyId}\n${secret}`;

/** What is stored of a secret. */
export const hashOfSecret = (deps: FlowDeps, keyId: string, secret: string): string =>
  deps.vault.hash(hashedText(keyId, secret), 'api_key');

/** As `hashOfSecret`, under every key that is configured, the newest first. */
export const hashesOfSecret = (deps: FlowDeps, keyId: string, secret: string): readonly string[] =>
  deps.vault.hashes(hashedText(keyId, secret), 'api_key');

/**
 * Whoever is disabled, or no owner any more, at this moment receives no secret that outlives it.
 * @throws Fault `auth.required`: the next request says why
 */
export async function requireStillOwner({ tx, actor, fault }: Step): Promise<void> {
  if (actor.source?.sessionId && !(await tx.people.lockOwner(actor.userId))) throw fault('auth.required');
}
