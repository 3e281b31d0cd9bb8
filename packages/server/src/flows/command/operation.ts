import { Fault, type FaultCode, isFault } from '@openbeian/model/fault';
import type { CommandCall, QueryCall } from './call.ts';
import type { FlowDeps } from './deps.ts';
import { type CommandRequest, onceForKey } from './once-for-key.ts';
import { withWords } from './said.ts';
import { commonFaults, type FlowRequest, inReading, inTransaction, makeFault, type Step } from './step.ts';

/** What an operation declares; a test compares `faults` with the contract. */
export interface Declaration<Declared extends FaultCode> {
  /** As in the contract; idempotency keys are kept per operation. */
  readonly id: string;
  readonly faults: readonly Declared[];
}

interface QueryDeclaration<Declared extends FaultCode> extends Declaration<Declared> {
  /**
   * Lists, counts and reports for people: what they show may be some seconds old and nothing is decided by it, so they are read from
   * a replica where there is one. Never what guards, reveals or hands out something, nor what shows one's own access.
   */
  readonly mayLag?: true;
}

/** An operation as the table of flows takes it. */
export interface Flow<Call extends QueryCall, Input, Answer> {
  (deps: FlowDeps, call: Call, input: Input): Promise<Answer>;
  readonly faults: readonly FaultCode[];
  readonly mayLag?: boolean;
}

/** A command in one transaction: done once per idempotency key, its answer stored and given again. */
export function command<Declared extends FaultCode, Input, Answer>(
  declaration: Declaration<Declared>,
  work: (step: Step<Declared>, input: Input) => Promise<Answer>,
): Flow<CommandCall, Input, Answer> {
  return commandInParts(declaration, (request, input: Input) =>
    onceForKey(request, input, (step) => work(step, input)),
  );
}

/** A command that does more than one transaction, or decides itself what is stored under its idempotency key. */
export function commandInParts<Declared extends FaultCode, Input, Answer>(
  declaration: Declaration<Declared>,
  run: (request: CommandRequest<Declared>, input: Input) => Promise<Answer>,
): Flow<CommandCall, Input, Answer> {
  return flowOf(declaration, (deps, { actor, idempotencyKey }, input) =>
    run({ ...requestOf(deps, actor), operation: declaration.id, idempotencyKey }, input),
  );
}

/** A query: its statements follow each other on one session, and write nothing. */
export function query<Declared extends FaultCode, Input, Answer>(
  declaration: QueryDeclaration<Declared>,
  read: (step: Step<Declared>, input: Input) => Promise<Answer>,
): Flow<QueryCall, Input, Answer> {
  const mayLag = declaration.mayLag === true;
  const flow = flowOf(declaration, (deps, { actor, readAfter }: QueryCall, input: Input) => {
    const request: FlowRequest<Declared> = requestOf(deps, actor);
    return inReading(request, mayLag ? readAfter : null, (step: Step<Declared>) => read(step, input));
  });
  return Object.assign(flow, { mayLag });
}

/** What changes something and needs no idempotency key, such as a challenge for a device: in one transaction. */
export function keylessCommand<Declared extends FaultCode, Input, Answer>(
  declaration: Declaration<Declared>,
  work: (step: Step<Declared>, input: Input) => Promise<Answer>,
): Flow<QueryCall, Input, Answer> {
  return queryInParts(declaration, (request, input: Input) => inTransaction(request, (step) => work(step, input)));
}

/** A query that needs no transaction, or does something beside it. */
export function queryInParts<Declared extends FaultCode, Input, Answer>(
  declaration: Declaration<Declared>,
  run: (request: FlowRequest<Declared>, input: Input) => Promise<Answer>,
): Flow<QueryCall, Input, Answer> {
  return flowOf(declaration, (deps, { actor }, input) => run(requestOf(deps, actor), input));
}

const requestOf = (deps: FlowDeps, actor: QueryCall['actor']): FlowRequest<FaultCode> => ({
  deps,
  actor,
  at: deps.clock.now(),
  fault: makeFault,
});

function flowOf<Call extends QueryCall, Input, Answer>(
  { id, faults }: Declaration<FaultCode>,
  run: (deps: FlowDeps, call: Call, input: Input) => Promise<Answer>,
): Flow<Call, Input, Answer> {
  const allowed: ReadonlySet<FaultCode> = new Set([...commonFaults, ...faults]);
  const flow = async (deps: FlowDeps, call: Call, input: Input): Promise<Answer> => {
    try {
      return await withWords(deps, await run(deps, call, input));
    } catch (error) {
      if (!isFault(error) || allowed.has(error.code)) throw error;
      // Callers handle the declared faults only: any other is a bug, and the log has its cause.
      throw new Fault('internal', { cause: new Error(`${id} does not declare ${error.code}`, { cause: error }) });
    }
  };
  return Object.assign(flow, { faults });
}
