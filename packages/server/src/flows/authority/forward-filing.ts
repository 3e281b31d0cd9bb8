import { type FaultCode, isFault } from '@openbeian/model/fault';
import { type AuthoritySubmission, type Job, readableOf } from '../../ports/index.ts';
import { longestRetryMs, putOff, type ReportFailure, retryDelayMs } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { evaluateHolding, findingOfReason } from '../filing/holding/evaluate-holding.ts';
import { filingKindFlows } from '../filing/kinds.ts';
import { submissionOf } from './submission-of.ts';

/**
 * Hands one passed filing to the authority: evaluates its resource once more, submits (idempotent per submission id, so
 * doing it twice does no harm), records the receipt. An authority that cannot be reached is tried again, later and later.
 * @throws Fault `authority.refused` when the job is put off
 */
async function handOver(deps: FlowDeps, job: Job, owner: string): Promise<void> {
  const { submissionId, filingId } = readableOf(job.payload);
  const submission = await inWorkerTransaction(deps, (step) => submissionToSend(step, job, owner));
  if (submission === null) return;
  try {
    const receipt = await deps.authority.submit(submission);
    await inWorkerTransaction(deps, async (step) => {
      const { tx } = step;
      await tx.exchange.recordReceipt(submissionId, receipt.receipt, receipt.receivedAt);
      const filing = await tx.filings.findForUpdate(filingId);
      if (filing?.state === 'awaiting_forward' && filing.submissionId === submissionId) {
        await advanceFiling(step, filing, 'forward', { detail: { receipt: receipt.receipt } });
      }
      await complete(step, job, owner);
    });
  } catch (error) {
    if (!isFault(error, 'authority.unreachable') && !isFault(error, 'authority.refused')) throw error;
    // A refused one waits longest: an operator has to look first. After some refusals it is parked, as what fails otherwise.
    const waitMs = error.code === 'authority.refused' ? longestRetryMs : retryDelayMs(job.attempts + 1);
    const runAt = new Date(Date.parse(deps.clock.now()) + waitMs).toISOString();
    await deps.store.transaction((tx) => tx.jobs.retry(job.id, owner, runAt, error.message));
    if (error.code === 'authority.refused') throw error;
  }
}

/** As `handOver`; a job that fails otherwise is put off and parked after some failures, and the other jobs go on. */
export async function forwardFiling(deps: FlowDeps, job: Job, owner: string, report: ReportFailure): Promise<void> {
  try {
    await handOver(deps, job, owner);
  } catch (error) {
    await putOff(deps, { kind: 'forward', id: job.id }, report, error);
  }
}

/** What to hand over; null when there is nothing to hand over any more, or the resource is no longer eligible. */
async function submissionToSend(step: Step<FaultCode>, job: Job, owner: string): Promise<AuthoritySubmission | null> {
  const { submissionId, filingId } = readableOf(job.payload);
  const filing = await step.tx.filings.findForUpdate(filingId);
  // Recalled, or overtaken by the authority's own messages.
  if (filing === null || filing.state !== 'awaiting_forward' || filing.submissionId !== submissionId) {
    await complete(step, job, owner);
    return null;
  }
  const reasons = await evaluateHolding(step, filing);
  if (reasons.length === 0) return submissionOf(step, filing, submissionId);
  await advanceFiling(step, filing, 'hold', { change: { findings: reasons.map(findingOfReason) }, detail: {} });
  await filingKindFlows[filing.kind].onEnded(step, filing);
  await complete(step, job, owner);
  return null;
}

async function complete({ tx, at, fault }: Step<'object.changed'>, job: Job, owner: string): Promise<void> {
  await tx.workFailures.clear('forward', job.id);
  // A lost lease means that another worker has the job: its effects count, not ours.
  if (!(await tx.jobs.complete(job.id, owner, at))) throw fault('object.changed');
}
