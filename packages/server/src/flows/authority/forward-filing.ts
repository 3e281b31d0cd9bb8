import { type Fault, type FaultCode, isFault } from '@openbeian/model/fault';
import { forwardActionOf } from '@openbeian/model/filing';
import { type AuthorityReceipt, type AuthoritySubmission, type Job, readableOf } from '../../ports/index.ts';
import { longestRetryMs, putOff, type ReportFailure, retryDelayMs } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { endFiling } from '../filing/end-filing.ts';
import { evaluateHolding, findingOfReason } from '../filing/holding/evaluate-holding.ts';
import { filingKindFlows } from '../filing/kinds.ts';
import { unmetOfRecord } from '../filing/refuse-record-ended.ts';
import { submissionOf } from './submission-of.ts';

/** A job, and the worker that holds its lease. */
interface LeasedJob {
  readonly job: Job;
  readonly owner: string;
}

/**
 * Hands one passed filing to the authority: evaluates its resource once more, submits (idempotent per submission id, so
 * doing it twice does no harm), records the receipt. An authority that cannot be reached is tried again, later and later; a job
 * that fails otherwise is put off and parked after some failures, and the other jobs go on.
 * @param onUnreachable told before the job is free again, with how long it waits
 * @throws Fault that is not about the job: the database is unavailable, or another worker was faster
 */
export async function forwardFiling(
  deps: FlowDeps,
  leased: LeasedJob,
  report: ReportFailure,
  onUnreachable: (waitMs: number) => void = () => {},
): Promise<void> {
  let isAsked = false;
  try {
    const submission = await inWorkerTransaction(deps, (step) => submissionToSend(step, leased));
    if (submission === null) return;
    isAsked = true;
    const receipt = await deps.authority.submit(submission);
    await inWorkerTransaction(deps, (step) => recordReceipt(step, leased, receipt));
  } catch (error) {
    if (isFault(error, 'authority.unreachable')) {
      const waitMs = retryDelayMs(leased.job.attempts + 1);
      onUnreachable(waitMs);
      await tryAgain(deps, leased, waitMs, error);
    } else {
      await giveUp(deps, { ...leased, isAnswered: !isAsked || isFault(error, 'authority.refused') }, report, error);
    }
  }
}

async function recordReceipt(
  step: Step<FaultCode>,
  leased: LeasedJob,
  { receipt, receivedAt }: AuthorityReceipt,
): Promise<void> {
  const { submissionId, filingId } = readableOf(leased.job.payload);
  await step.tx.exchange.recordReceipt(submissionId, receipt, receivedAt);
  const filing = await step.tx.filings.findForUpdate(filingId);
  if (filing?.state === 'awaiting_forward' && filing.submissionId === submissionId) {
    await advanceFiling(step, filing, forwardActionOf(filing.kind), { detail: { receipt } });
  }
  await complete(step, leased);
}

const after = (deps: FlowDeps, waitMs: number): string => new Date(Date.parse(deps.clock.now()) + waitMs).toISOString();

const tryAgain = (deps: FlowDeps, { job, owner }: LeasedJob, waitMs: number, error: Fault): Promise<void> =>
  deps.store.transaction((tx) => tx.jobs.retry(job.id, owner, after(deps, waitMs), error.message));

interface FailedAttempt extends LeasedJob {
  /** Is it known that the authority has nothing of it? */
  readonly isAnswered: boolean;
}

/** Counts a failure of the job. One that the authority refused waits longest: an operator has to look first. */
async function giveUp(
  deps: FlowDeps,
  { job, owner, isAnswered }: FailedAttempt,
  report: ReportFailure,
  error: unknown,
): Promise<void> {
  await putOff(deps, { kind: 'forward', id: job.id }, report, error);
  await deps.store.transaction(async ({ jobs }) => {
    if (isAnswered) await jobs.markAnswered(job.id, owner);
    if (isFault(error, 'authority.refused'))
      await jobs.retry(job.id, owner, after(deps, longestRetryMs), error.message);
    else await jobs.release(job.id, owner, deps.clock.now());
  });
}

/** What to hand over; null when there is nothing to hand over any more, or the resource is no longer eligible. What was about a record that is not on record any more ends. */
async function submissionToSend(step: Step<FaultCode>, leased: LeasedJob): Promise<AuthoritySubmission | null> {
  const { submissionId, filingId } = readableOf(leased.job.payload);
  const filing = await step.tx.filings.findForUpdate(filingId);
  // Recalled, or overtaken by the authority's own messages.
  if (filing === null || filing.state !== 'awaiting_forward' || filing.submissionId !== submissionId) {
    await complete(step, leased);
    return null;
  }
  if ((await unmetOfRecord(step, filing)) !== null) {
    await endFiling(step, filing, 'void');
    await complete(step, leased);
    return null;
  }
  const reasons = await evaluateHolding(step, filing);
  if (reasons.length === 0) return submissionOf(step, filing, submissionId);
  await advanceFiling(step, filing, 'hold', { change: { findings: reasons.map(findingOfReason) }, detail: {} });
  await filingKindFlows[filing.kind].onEnded(step, filing);
  await complete(step, leased);
  return null;
}

async function complete({ tx, at, fault }: Step<'object.changed'>, { job, owner }: LeasedJob): Promise<void> {
  await tx.workFailures.clear('forward', job.id);
  // A lost lease means that another worker has the job: its effects count, not ours.
  if (!(await tx.jobs.complete(job.id, owner, at))) throw fault('object.changed');
}
