import { Fault, type FaultCode, type FaultExtras } from '@openbeian/model/fault';
import type { StoreTransaction } from '../../ports/index.ts';
import { worker } from './actors.ts';
import type { Actor } from './call.ts';
import type { FlowDeps } from './deps.ts';
import { VisitorsLane } from './visitors-lane.ts';

/**
 * Faults that any operation may give without declaring them. The doors in front of the flows give some of them, the
 * store and the vault the others.
 */
export const commonFaults = [
  'input.invalid',
  'auth.required',
  'auth.forbidden',
  'idempotency.key_reused',
  'store.unavailable',
  'store.unreadable',
  'secret.unknown_key',
  'internal',
] as const satisfies readonly FaultCode[];
type CommonFault = (typeof commonFaults)[number];

/**
 * What a flow works with before and beside its transactions.
 *
 * `Declared` are the faults that the operation declares. A function that takes a `Step<'object.changed'>` can only be
 * called by operations that declare `object.changed`: the type checker holds thrown faults to the declared ones, however
 * deep they are thrown.
 */
export interface FlowRequest<Declared extends FaultCode = never> {
  readonly deps: FlowDeps;
  readonly actor: Actor;
  /** The instant at which everything in this request or transaction happens. */
  readonly at: string;
  /** Makes the fault to throw: `throw step.fault('object.changed')`. */
  readonly fault: (code: Declared | CommonFault, extras?: FaultExtras) => Fault;
}

/** As `FlowRequest`, inside one transaction: the one parameter that every part of a flow takes first. */
export interface Step<Declared extends FaultCode = never> extends FlowRequest<Declared> {
  readonly tx: StoreTransaction;
}

export const makeFault = (code: FaultCode, extras?: FaultExtras): Fault => new Fault(code, extras);

/**
 * Runs `work` in one transaction, which has an instant of its own. After a deadlock it runs again. Those of visitors wait for
 * each other: none is begun within another.
 */
export function inTransaction<Declared extends FaultCode, Result>(
  request: FlowRequest<Declared>,
  work: (step: Step<Declared>) => Promise<Result>,
): Promise<Result> {
  return inTurn(request, () => request.deps.store.transaction((tx) => work(stepOf(request, tx))));
}

/** The same of what only reads, without a transaction, and from a replica where one is good enough; see `Store.read`. */
export function inReading<Declared extends FaultCode, Result>(
  request: FlowRequest<Declared>,
  after: string | null | undefined,
  work: (step: Step<Declared>) => Promise<Result>,
): Promise<Result> {
  return inTurn(request, () => request.deps.store.read((tx) => work(stepOf(request, tx)), { after }));
}

const stepOf = <Declared extends FaultCode>(
  { deps, actor, fault }: FlowRequest<Declared>,
  tx: StoreTransaction,
): Step<Declared> => ({ deps, actor, fault, tx, at: deps.clock.now() });

function inTurn<Result>(
  { deps, actor }: Pick<FlowRequest, 'deps' | 'actor'>,
  run: () => Promise<Result>,
): Promise<Result> {
  if (actor.userId !== 'visitor') return run();
  return laneOf(deps).run(actor.source?.network ?? '', run);
}

/** Of the connections to the database, which are ten unless configured, and one where it is embedded. */
const mostOfVisitors = 4;
const lanes = new WeakMap<FlowDeps['store'], VisitorsLane>();

function laneOf({ store }: FlowDeps): VisitorsLane {
  const known = lanes.get(store) ?? new VisitorsLane(mostOfVisitors);
  lanes.set(store, known);
  return known;
}

/** One transaction of background work. Nobody waits for an answer, so any fault may end it. */
export function inWorkerTransaction<Result>(
  deps: FlowDeps,
  work: (step: Step<FaultCode>) => Promise<Result>,
): Promise<Result> {
  return inTransaction<FaultCode, Result>({ deps, actor: worker, at: deps.clock.now(), fault: makeFault }, work);
}
