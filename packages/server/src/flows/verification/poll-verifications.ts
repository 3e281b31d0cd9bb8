import { isFault } from '@openbeian/model/fault';
import type { VerificationRow } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';
import { nextPollAt } from './poll-times.ts';
import { recordResult } from './record-result.ts';

const mostAtOnce = 20;
/** Longer than asking takes: nobody else asks about the same meanwhile. */
const leaseMs = 5 * 60_000;

/** Asks the service about tries whose result has not come by itself. @returns how many were asked about */
export async function pollVerifications(deps: FlowDeps, report: (error: unknown) => void): Promise<number> {
  if (deps.verifier.by === 'reviewer') return 0;
  const due = await inWorkerTransaction(deps, ({ tx, at }) => {
    const until = new Date(Date.parse(at) + leaseMs).toISOString();
    return tx.verification.takeToPoll(at, until, mostAtOnce);
  });
  for (const row of due) {
    try {
      await pollOne(deps, row);
    } catch (error) {
      report(error);
      // The service is away for all of them; they are asked about again when the lease is over.
      if (isFault(error, 'verification.unreachable')) break;
    }
  }
  return due.length;
}

async function pollOne(deps: FlowDeps, row: VerificationRow): Promise<void> {
  const result = row.outsideId === null ? null : await deps.verifier.ask(row.outsideId);
  await inWorkerTransaction(deps, async (step) => {
    const { tx, at } = step;
    const locked = await tx.verification.findForUpdate(row.id);
    if (locked === null) return;
    if (result === null) await tx.verification.putPoll(row.id, nextPollAt(at, row.polls, row.linkUntil));
    else await recordResult(step, locked, result);
  });
}
