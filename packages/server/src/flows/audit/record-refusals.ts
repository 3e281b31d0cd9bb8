import type { FaultCode } from '@openbeian/model/fault';
import type { RefusedAccess } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import type { Actor, QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inTransaction, makeFault, type Step } from '../command/step.ts';

/** Requests of one caller that were refused, as a door counts them; the actor carries the source of the first one. */
export interface Refusal {
  readonly actor: Actor;
  readonly operation: string;
  readonly fault: string;
  readonly count: number;
}

const hourMs = 3_600_000;
const hourOf = (at: string): string => new Date(Math.floor(Date.parse(at) / hourMs) * hourMs).toISOString();

/**
 * Counts requests that were refused, with an audit row for the first of an actor, operation and hour: however many there are,
 * two rows come of them.
 */
export async function recordRefusals(deps: FlowDeps, _call: QueryCall, refusals: readonly Refusal[]): Promise<void> {
  for (const { actor, operation, fault, count } of refusals) {
    await inTransaction({ deps, actor, at: deps.clock.now(), fault: makeFault }, async (step) => {
      const refused: RefusedAccess = {
        actorId: actor.userId,
        actorRole: actor.role,
        accountId: actor.accountId,
        operation,
        fault,
        count,
      };
      if (await step.tx.auditEvents.countRefused(refused, hourOf(step.at))) await record(step, refused);
    });
  }
}

/** Writes how many there were in hours that are over, where there was more than the first. @returns how many were looked at. */
export async function closeRefusals({ tx, at, ...rest }: Step<FaultCode>, batch: number): Promise<number> {
  const over = await tx.auditEvents.takeRefusedBefore(hourOf(at), batch);
  for (const { hour, ...refused } of over) {
    // The role was an actor's when it was counted.
    const role = refused.actorRole as Actor['role'];
    const actor: Actor = { userId: refused.actorId, role, accountId: refused.accountId };
    if (refused.count > 1) await record({ ...rest, tx, at, actor }, refused, { count: refused.count, hour });
  }
  return over.length;
}

function record(step: Step, { operation, fault }: RefusedAccess, more: object = {}): Promise<void> {
  return recordAudit(step, 'AccessRefused', { kind: 'operation', id: operation }, { fault, ...more });
}
