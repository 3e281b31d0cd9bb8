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
  const stored = storedAnswer<Answer>(request);
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

/** The contract's shape of the operation's answer. */
function storedAnswer<Answer>({ deps, operation }: Pick<CommandRequest, 'deps' | 'operation'>): z.ZodType<Answer> {
  if (deps.answerShapes === null) throw new Error(`${operation} is a request, which a worker does not answer`);
  // The table of flows holds what this operation answers to its shape in the contract.
  return keeping(deps.answerShapes[operation] ?? z.unknown()) as z.ZodType<Answer>;
}

/** Checks the shape and gives the value as it is, where parsing would leave out what the shape does not name. */
const keeping = (shape: z.ZodType): z.ZodType =>
  z.unknown().check(({ value, issues }) => {
    const parsed = shape.safeParse(value);
    for (const issue of parsed.error?.issues ?? []) issues.push({ ...issue, input: value } as (typeof issues)[number]);
  });

/** How long a claim without an answer holds: longer than asking takes, so that only a process that died leaves it behind. */
const askingMs = 60_000;

/** What `onceForKeyAsking` does, in this order. */
interface AskingWork<Declared extends FaultCode, Asked, Answer> {
  /** In the transaction that claims the key; what it throws leaves the key free. */
  readonly before: (step: Step<Declared>) => Promise<void>;
  /** Beside any transaction, since it asks somebody outside. */
  readonly ask: () => Promise<Asked>;
  readonly work: (step: Step<Declared>, asked: Asked) => Promise<Answer>;
}

type Claimed<Answer> =
  | { readonly isNew: true; readonly at: string }
  | { readonly isNew: false; readonly answer: Answer };

/**
 * As `onceForKey`, for work that asks somebody outside first: the key is claimed before anybody is asked, so that however
 * often a request is sent, it is asked about once. What fails gives the key back.
 * @throws Fault `idempotency.in_progress` for a repetition while the first request is being worked on.
 */
export async function onceForKeyAsking<Declared extends FaultCode, Asked, Answer>(
  request: CommandRequest<Declared | 'idempotency.in_progress'>,
  input: unknown,
  { before, ask, work }: AskingWork<Declared | 'idempotency.in_progress', Asked, Answer>,
): Promise<Answer> {
  const { deps, actor, operation, idempotencyKey: key } = request;
  const requestHash = hashOf(deps, operation, input);
  const own = { actorId: actor.userId, operation, key };
  const claimed = await inTransaction(request, async (step): Promise<Claimed<Answer>> => {
    const { tx, at } = step;
    // Null: claimed, and not answered yet.
    const shape = z.union([z.null(), storedAnswer<Answer>(request)]);
    const claim = await tx.idempotency.claim({ ...own, requestHash, at }, shape);
    if (!claim.claimed) {
      if (claim.requestHash !== requestHash) throw request.fault('idempotency.key_reused');
      const answer = readableOf(claim.response);
      if (answer !== null) return { isNew: false, answer };
      const diedBefore = new Date(Date.parse(at) - askingMs).toISOString();
      if (!(await tx.idempotency.reclaim(own, at, diedBefore))) throw inProgress(request);
    }
    await before(step);
    return { isNew: true, at };
  });
  if (!claimed.isNew) return claimed.answer;
  try {
    const asked = await ask();
    return await inTransaction(request, async (step) => {
      if (!(await step.tx.idempotency.hold(own, claimed.at))) throw inProgress(request);
      const answer = await work(step, asked);
      await step.tx.idempotency.complete(actor.userId, operation, key, answer);
      return answer;
    });
  } catch (error) {
    // A claim that cannot be given back now ends by itself.
    await inTransaction(request, ({ tx }) => tx.idempotency.release(own, claimed.at)).catch(() => {});
    throw error;
  }
}

const inProgress = ({ fault }: Pick<FlowRequest<'idempotency.in_progress'>, 'fault'>) =>
  fault('idempotency.in_progress', { retryAfterSeconds: 1 });
