import type { GateFacts, ProcessReport } from '../../ports/index.ts';
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

/** Writes what gates said that asked for changes lately. */
export async function reportGates(deps: FlowDeps, _call: QueryCall, gates: readonly HeardGate[]): Promise<void> {
  await reportProcesses(
    deps,
    gates.map((gate) => ({ kind: 'gate', ...gate })),
  );
}
