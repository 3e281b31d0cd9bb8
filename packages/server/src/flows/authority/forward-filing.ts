import { type Fault, type FaultCode, isFault } from '@openbeian/model/fault';
import { forwardActionOf } from '@openbeian/model/filing';
import {
  type AuthorityEnclosures,
  type AuthorityReceipt,
  type AuthoritySubmission,
  type FilingRow,
  type Job,
  readableOf,
} from '../../ports/index.ts';
import { failureCauseOf, longestRetryMs, putOff, type ReportFailure, retryDelayMs } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { endFiling } from '../filing/end-filing.ts';
import { evaluateHolding, findingOfReason } from '../filing/holding/evaluate-holding.ts';
import { filingKindFlows } from '../filing/kinds.ts';
import { unmetOfRecord } from '../filing/refuse-record-ended.ts';
import { enclosuresOf } from './enclosures-of.ts';
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
 * @throws Fault that is not about the job: the database is away, or another worker was faster
 */
export async function forwardFiling(
  deps: FlowDeps,
  leased: LeasedJob,
  report: ReportFailure,
  onUnreachable: (waitMs: number) => void = () => {},
): Promise<void> {
  let isAsked = false;
  try {
    const toSend = await inWorkerTransaction(deps, (step) => submissionToSend(step, leased));
    if (toSend === null) return;
    isAsked = true;
    const receipt = await deps.authority.submit(toSend.submission, toSend.enclosed);
    await inWorkerTransaction(deps, (step) => recordReceipt(step, leased, receipt));
  } catch (error) {
    // Another worker has the job: what came of it is not ours to write.
    if (isFault(error, 'object.changed')) throw error;
    if (isFault(error, 'authority.unreachable')) {
      const waitMs = waitAfter(leased, error);
      onUnreachable(waitMs);
      await tryAgain(deps, leased, waitMs, error);
    } else if (isFault(error, 'authority.occupied')) {
      // Nothing was asked, and nothing is wrong with the line: those behind it go on.
      await deps.store.transaction(({ jobs }) => jobs.markAnswered(leased.job.id, leased.owner));
      await tryAgain(deps, leased, waitAfter(leased, error), error);
    } else {
      const isAnswered = !isAsked || isFault(error, 'authority.refused') || isFault(error, 'authority.not_sendable');
      await giveUp(deps, { ...leased, isAnswered }, report, error);
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

/** As the authority’s side says, or later and later. */
function waitAfter({ job }: LeasedJob, { extras }: Fault): number {
  const longest = retryDelayMs(job.attempts + 1);
  const { retryAfterSeconds } = extras;
  return retryAfterSeconds === undefined ? longest : Math.min(longestRetryMs, Math.max(1000, retryAfterSeconds * 1000));
}

const tryAgain = (deps: FlowDeps, { job, owner }: LeasedJob, waitMs: number, error: Fault): Promise<void> =>
  deps.store.transaction((tx) => tx.jobs.retry(job.id, owner, after(deps, waitMs), failureCauseOf(error)));

interface ToSend {
  readonly submission: AuthoritySubmission;
  readonly enclosed: AuthorityEnclosures;
}

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
      await jobs.retry(job.id, owner, after(deps, longestRetryMs), failureCauseOf(error));
    else await jobs.release(job.id, owner, deps.clock.now());
  });
}

/** What to hand over; null when there is nothing to hand over any more, or the resource is no longer eligible. What was about a record that is not on record any more ends. */
async function submissionToSend(step: Step<FaultCode>, leased: LeasedJob): Promise<ToSend | null> {
  const { submissionId, filingId } = readableOf(leased.job.payload);
  const filing = await step.tx.filings.findForUpdate(filingId);
  // Recalled, or overtaken by the authority's own messages.
  if (filing === null || filing.state !== 'awaiting_forward' || filing.submissionId !== submissionId) {
    await recordKnownReceipt(step, submissionId);
    await complete(step, leased);
    return null;
  }
  if ((await endUnlessReady(step, filing)) === null) {
    const submission = await submissionOf(step, filing, submissionId);
    return { submission, enclosed: enclosuresOf(step, filing) };
  }
  await complete(step, leased);
  return null;
}

/**
 * Looks once more, before the authority has it, at the record that it is about and at what it holds.
 * @returns the filing as it ended or was held; null: it may go to the authority
 */
export async function endUnlessReady(step: Step<FaultCode>, filing: FilingRow): Promise<FilingRow | null> {
  if ((await unmetOfRecord(step, filing)) !== null) return endFiling(step, filing, 'void');
  const reasons = await evaluateHolding(step, filing);
  if (reasons.length === 0) return null;
  const findings = reasons.map(findingOfReason);
  const held = await advanceFiling(step, filing, 'hold', { change: { findings }, detail: {} });
  await filingKindFlows[filing.kind].onEnded(step, filing);
  return held;
}

/** Of what the authority has although nobody came to write down its receipt: its messages were faster than whoever took over. */
async function recordKnownReceipt({ tx, deps }: Step, submissionId: string): Promise<void> {
  const known = await deps.authority.findReceipt?.(submissionId, tx.authorityLedger);
  if (known != null) await tx.exchange.recordReceipt(submissionId, known.receipt, known.receivedAt);
}

async function complete({ tx, at, fault }: Step<'object.changed'>, { job, owner }: LeasedJob): Promise<void> {
  // A lost lease means that another worker has the job: its effects count, not ours.
  if (!(await tx.jobs.complete(job.id, owner, at))) throw fault('object.changed');
}
