import type { FaultCode } from '@openbeian/model/fault';
import { hashOf } from './request-hash.ts';
import { type FlowRequest, inTransaction, type Step } from './step.ts';

/** What a command works with before and beside its transactions. */
export interface CommandRequest<Declared extends FaultCode = never> extends FlowRequest<Declared> {
  readonly operation: string;
  readonly idempotencyKey: string;
}

/**
 * Does `work` once per idempotency key: claims the key, works, stores the answer, all in one transaction. The same
 * request again gives the stored answer, also after a crash between commit and answer.
 * @throws Fault `idempotency.key_reused` for another request under the same key, and whatever `work` throws.
 */
export function onceForKey<Declared extends FaultCode, Answer>(
  request: CommandRequest<Declared>,
  input: unknown,
  work: (step: Step<Declared>) => Promise<Answer>,
): Promise<Answer> {
  return onceForKeyPresenting(request, input, work, async (_step, stored) => stored);
}

/**
 * As `onceForKey`, for answers that carry personal data or clear codes: only what `work` gives (ids, never such data) is
 * stored, and `present` makes the answer from it, the first time and every time after.
 */
export function onceForKeyPresenting<Declared extends FaultCode, Stored, Answer>(
  request: CommandRequest<Declared>,
  input: unknown,
  work: (step: Step<Declared>) => Promise<Stored>,
  present: (step: Step<Declared>, stored: Stored) => Promise<Answer>,
): Promise<Answer> {
  const { deps, actor, operation, idempotencyKey: key } = request;
  const requestHash = hashOf(deps, operation, input);
  return inTransaction(request, async (step) => {
    const { tx, at } = step;
    const claim = await tx.idempotency.claim({ actorId: actor.userId, operation, key, requestHash, at });
    if (!claim.claimed) {
      if (claim.requestHash !== requestHash) throw request.fault('idempotency.key_reused');
      // The same actor, operation and input: this very `work` made it.
      return present(step, claim.response as Stored);
    }
    const stored = await work(step);
    await tx.idempotency.complete(actor.userId, operation, key, stored);
    return present(step, stored);
  });
}
