import type { FaultCode } from '@openbeian/model/fault';
import { z } from 'zod';
import { readableOf } from '../../ports/index.ts';
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
 * @throws Fault `idempotency.key_reused` for another request under the same key, `store.unreadable` where the stored answer
 *   is none of this operation's, and whatever `work` throws.
 */
export function onceForKey<Declared extends FaultCode, Answer>(
  request: CommandRequest<Declared>,
  input: unknown,
  work: (step: Step<Declared>) => Promise<Answer>,
): Promise<Answer> {
  const { deps, operation } = request;
  // The contract's shape of the operation's answer, which the table of flows holds every answer to.
  const stored = keeping(deps.answerShapes[operation] ?? z.unknown()) as z.ZodType<Answer>;
  return onceForKeyPresenting(request, input, work, { stored, present: async (_step, answer) => answer });
}

/** What is stored under an idempotency key, and how the answer is made from it. */
interface Presentation<Declared extends FaultCode, Stored, Answer> {
  readonly stored: z.ZodType<Stored>;
  readonly present: (step: Step<Declared>, stored: Stored) => Promise<Answer>;
}

/**
 * As `onceForKey`, for answers that carry personal data or clear codes: only what `work` gives (ids, never such data) is
 * stored, and `present` makes the answer from it, the first time and every time after.
 */
export function onceForKeyPresenting<Declared extends FaultCode, Stored, Answer>(
  request: CommandRequest<Declared>,
  input: unknown,
  work: (step: Step<Declared>) => Promise<Stored>,
  { stored: shape, present }: Presentation<Declared, Stored, Answer>,
): Promise<Answer> {
  const { deps, actor, operation, idempotencyKey: key } = request;
  const requestHash = hashOf(deps, operation, input);
  return inTransaction(request, async (step) => {
    const { tx, at } = step;
    const claim = await tx.idempotency.claim({ actorId: actor.userId, operation, key, requestHash, at }, shape);
    if (!claim.claimed) {
      if (claim.requestHash !== requestHash) throw request.fault('idempotency.key_reused');
      return present(step, readableOf(claim.response));
    }
    const stored = await work(step);
    await tx.idempotency.complete(actor.userId, operation, key, stored);
    return present(step, stored);
  });
}

/** Checks the shape and gives the value as it is, where parsing would leave out what the shape does not name. */
const keeping = (shape: z.ZodType): z.ZodType =>
  z.unknown().check(({ value, issues }) => {
    const parsed = shape.safeParse(value);
    for (const issue of parsed.error?.issues ?? []) issues.push({ ...issue, input: value } as (typeof issues)[number]);
  });
