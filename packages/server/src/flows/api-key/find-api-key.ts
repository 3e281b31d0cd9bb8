import { isFault } from '@openbeian/model/fault';
import type { Actor } from '../command/call.ts';
import { queryInParts } from '../command/operation.ts';
import type { FlowRequest } from '../command/step.ts';
import { hashesOfSecret } from './api-key-secret.ts';
import { stateOf } from './api-key-view.ts';

const msPerHour = 3_600_000;

/**
 * Whose key this is and what it may do; null for an unknown, revoked or expired key and for a wrong secret alike, after
 * the same work.
 */
export const findApiKey = queryInParts(
  { id: 'findApiKey', faults: [] },
  async (
    { deps, at }: FlowRequest,
    input: { readonly keyId: string; readonly secret: string },
  ): Promise<{ readonly actor: Actor; readonly scopes: readonly string[] } | null> => {
    const { store } = deps;
    const hashes = hashesOfSecret(deps, input.keyId, input.secret);
    const key = await store.findApiKey(input.keyId);
    if (key === null || stateOf(key, at) !== 'active') return null;
    const isEarlier = isAmong(hashes, key.earlierHash) && key.earlierUntil !== null && at < key.earlierUntil;
    if (!isAmong(hashes, key.secretHash) && !isEarlier) return null;
    const [newest = ''] = hashes;
    // Only its holder knows the secret, so it is hashed under the newest key when it is used.
    if (!isEarlier && key.secretHash !== newest) {
      await noted(store.transaction((tx) => tx.apiKeys.rehash(key.id, key.secretHash, newest)));
    }
    if (key.lastUsedAt === null || Date.parse(key.lastUsedAt) + msPerHour <= Date.parse(at)) {
      await noted(store.transaction((tx) => tx.apiKeys.touch(key.id, at)));
    }
    // The key acts for its account; audit rows and idempotency keys carry the key's own id.
    return { actor: { userId: key.id, role: 'customer', accountId: key.accountId }, scopes: key.scopes };
  },
);

/** Where the database takes no writes (read-only, full) reading goes on; the next request notes it. */
async function noted(writing: Promise<unknown>): Promise<void> {
  await writing.catch((error: unknown) => {
    if (!isFault(error, 'store.unavailable')) throw error;
  });
}

const isAmong = (hashes: readonly string[], hash: string | null): boolean => hash !== null && hashes.includes(hash);
