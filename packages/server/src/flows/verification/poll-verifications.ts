import { isFault } from '@openbeian/model/fault';
import type { StoreTransaction, VerificationRow } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';
import { nextPollAt } from './poll-times.ts';
import { recordResult } from './record-result.ts';

const mostAtOnce = 20;
/** After so many in a row that the service did not answer, it is away. */
const mostUnanswered = 3;
/** Longer than asking takes: nobody else asks about the same meanwhile. */
const leaseMs = 5 * 60_000;

/** Asks the service about tries whose result has not come by itself. @returns how many were asked about */
export async function pollVerifications(deps: FlowDeps, report: (error: unknown) => void): Promise<number> {
  if (deps.verifier.by === 'reviewer') return 0;
  const due = await inWorkerTransaction(deps, ({ tx, at }) => {
    const until = new Date(Date.parse(at) + leaseMs).toISOString();
    return tx.verification.takeToPoll(at, until, mostAtOnce);
  });
  let unanswered = 0;
  for (const row of due) {
    // The service is away for all of them; they are asked about again when the lease is over.
    if (unanswered === mostUnanswered) break;
    try {
      await pollOne(deps, row);
      unanswered = 0;
    } catch (error) {
      report(error);
      if (!isFault(error, 'verification.unreachable')) continue;
      unanswered += 1;
      // It may be about this one alone, of which the service knows nothing: it waits by itself, and not for ever.
      await inWorkerTransaction(deps, ({ tx, at }) => putOff(tx, row, at)).catch(report);
    }
  }
  return due.length;
}

const putOff = (tx: StoreTransaction, { id, polls, linkUntil }: VerificationRow, at: string): Promise<void> =>
  tx.verification.putPoll(id, nextPollAt(at, polls, linkUntil));

async function pollOne(deps: FlowDeps, row: VerificationRow): Promise<void> {
  const result = row.outsideId === null ? null : await deps.verifier.ask(row.outsideId);
  await inWorkerTransaction(deps, async (step) => {
    const { tx, at } = step;
    const locked = await tx.verification.findForUpdate(row.id);
    if (locked === null) return;
    if (result === null) await putOff(tx, row, at);
    else await recordResult(step, locked, result);
  });
}
