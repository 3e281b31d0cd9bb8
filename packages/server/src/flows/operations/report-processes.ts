import { type Day, dayOf } from '@openbeian/model/calendar';
import { Fault } from '@openbeian/model/fault';
import type { DayCount, GateFacts, ProcessReport } from '../../ports/index.ts';
import type { QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';

/** Writes what this process says of itself, for the page of operations. */
export async function reportProcesses(deps: FlowDeps, reports: readonly ProcessReport[]): Promise<void> {
  await inWorkerTransaction(deps, ({ tx }) => tx.processReports.put(reports));
}

/** This process ends as it should, and is not missed. */
export async function withdrawProcesses(
  deps: FlowDeps,
  reports: readonly Pick<ProcessReport, 'kind' | 'name'>[],
): Promise<void> {
  await inWorkerTransaction(deps, async ({ tx }) => {
    for (const { kind, name } of reports) await tx.processReports.remove(kind, name);
  });
}

export interface HeardGate {
  readonly name: string;
  readonly version: string;
  readonly facts: GateFacts;
}

/** Writes what gates said that asked for changes lately, and counts what they have decided since they said it before. */
export async function reportGates(deps: FlowDeps, _call: QueryCall, gates: readonly HeardGate[]): Promise<void> {
  await inWorkerTransaction(deps, async ({ tx, at }) => {
    const day = dayOf(at);
    const before = new Map<string, GateFacts>();
    for (const one of await tx.processReports.lockGates(gates.map(({ name }) => name)))
      if (!(one instanceof Fault) && one.kind === 'gate') before.set(one.name, one.facts);
    const decided = gates.flatMap(({ name, facts }) => decidedSince(before.get(name), facts, day));
    if (decided.length > 0) await tx.dayTallies.add(decided);
    await tx.processReports.put(gates.map((gate) => ({ kind: 'gate', ...gate })));
  });
}

/**
 * A gate counts from its start. One that was not heard before since it was started is counted from there if that was today; of
 * another day nobody can say when it decided.
 */
function decidedSince(before: GateFacts | undefined, { startedAt, decisions }: GateFacts, day: Day): DayCount[] {
  if (startedAt === null || decisions === null) return [];
  const isHeard = before?.startedAt === startedAt;
  if (!isHeard && dayOf(startedAt) !== day) return [];
  return decisions.flatMap(({ outcome, reason, count }) => {
    const known = isHeard
      ? before.decisions?.find((one) => one.outcome === outcome && one.reason === reason)
      : undefined;
    const more = count - (known?.count ?? 0);
    return more > 0 ? [{ topic: 'gate' as const, day, name: `${outcome} ${reason}`, count: more }] : [];
  });
}
