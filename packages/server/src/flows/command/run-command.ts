import { Fault } from '@openbeian/model/fault';
import type { StoreTransaction } from '../../ports/index.ts';
import type { CommandCall } from './call.ts';
import type { FlowDeps } from './deps.ts';

/**
 * Runs a command once per idempotency key: claims the key, works, stores the answer, all in one transaction. The same
 * request again gives the stored answer, also after a crash between commit and answer.
 * @throws Fault `idempotency.key_reused` for another request under the same key, and whatever `work` throws.
 */
export async function runCommand<Answer>(
  deps: FlowDeps,
  call: CommandCall,
  operation: string,
  input: unknown,
  work: (tx: StoreTransaction, at: string) => Promise<Answer>,
): Promise<Answer> {
  return runReferring(deps, call, operation, input, work, async (_tx, stored) => stored);
}

/**
 * As `runCommand`, for answers that carry personal data or clear codes: only what `work` gives (ids, never such data)
 * is stored, and `present` makes the answer from it, the first time and every time after.
 */
async function runReferring<Stored, Answer>(
  deps: FlowDeps,
  call: CommandCall,
  operation: string,
  input: unknown,
  work: (tx: StoreTransaction, at: string) => Promise<Stored>,
  present: (tx: StoreTransaction, stored: Stored) => Promise<Answer>,
): Promise<Answer> {
  const requestHash = hashOf(deps, operation, input);
  const actorId = call.actor.userId;
  return deps.store.transaction(async (tx) => {
    const at = deps.clock.now();
    const claim = await tx.idempotency.claim({ actorId, operation, key: call.idempotencyKey, requestHash, at });
    if (!claim.claimed) {
      if (claim.requestHash !== requestHash) throw new Fault('idempotency.key_reused');
      return present(tx, claim.response as Stored);
    }
    const stored = await work(tx, at);
    await tx.idempotency.complete(actorId, operation, call.idempotencyKey, stored);
    return present(tx, stored);
  });
}

/** A keyed hash, since a request may carry personal data. */
export function hashOf(deps: FlowDeps, operation: string, input: unknown): string {
  return deps.vault.hash(`${operation}\n${canonicalJson(input)}`, 'request');
}

/** JSON with sorted keys: equal requests have equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
