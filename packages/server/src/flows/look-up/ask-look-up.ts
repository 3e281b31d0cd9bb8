import type { FaultCode } from '@openbeian/model/fault';
import type { LookUp, LookUpQuestion, WantedLookUp } from '../../ports/index.ts';
import { putOff, type ReportFailure, retryDelayMs } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { aboutOf, questionOf } from './question-of.ts';

/** Longer than any one question takes, redirects and all. */
const leaseMs = 180_000;

/** Takes what is to be asked outside now; each is `owner`'s for a while. */
export function leaseLookUps(deps: FlowDeps, owner: string, limit: number): Promise<WantedLookUp[]> {
  return inWorkerTransaction(deps, ({ tx, at }) =>
    tx.lookUps.lease({ owner, at, until: new Date(Date.parse(at) + leaseMs).toISOString(), limit }),
  );
}

/**
 * Asks one service outside about a filing under review and keeps what came of it. Whoever gives no answer is asked again, later and
 * later, a few times. What is not under review any more is not asked about.
 * @throws Fault `store.unavailable` where the database is away
 */
export async function askLookUp(
  deps: FlowDeps,
  wanted: WantedLookUp,
  owner: string,
  report: ReportFailure,
): Promise<void> {
  const { filingId, name } = wanted;
  try {
    const port = deps.lookUps.ports.find((one) => one.name === name);
    const question = await inWorkerTransaction(deps, (step) => questionToAsk(step, wanted, owner, port));
    if (question === null || port === undefined) return;
    const answer = await port.ask(question);
    const attempts = answer.state === 'failed' ? wanted.attempts + 1 : 0;
    const isAskedAgain = attempts > 0 && attempts < deps.lookUps.attempts;
    await inWorkerTransaction(deps, async ({ tx, at }) => {
      const wantedAt = isAskedAgain ? new Date(Date.parse(at) + retryDelayMs(attempts)).toISOString() : null;
      const about = aboutOf(deps, filingId, question);
      // Lost to another worker, or wanted again since: another answer will count.
      await tx.lookUps.record(wanted, owner, { answer, about, attempts, wantedAt });
      await tx.workFailures.clear('look_up', idOf(wanted));
    });
  } catch (error) {
    await putOff(deps, { kind: 'look_up', id: idOf(wanted) }, report, error);
    await inWorkerTransaction(deps, ({ tx, at }) => tx.lookUps.release(wanted, owner, at));
  }
}

const idOf = ({ filingId, name }: WantedLookUp): string => `${filingId}:${name}`;

/** Null where nothing is to be asked any more; it is then not wanted any more either. */
async function questionToAsk(
  { deps, tx, at }: Step<FaultCode>,
  wanted: WantedLookUp,
  owner: string,
  port: LookUp | undefined,
): Promise<LookUpQuestion | null> {
  const filing = await tx.filings.find(wanted.filingId);
  const isReviewed = filing?.state === 'awaiting_review' && port !== undefined;
  const question = isReviewed ? questionOf(deps, filing, at) : null;
  if (question === null) {
    await tx.lookUps.release(wanted, owner, null);
    await tx.workFailures.clear('look_up', idOf(wanted));
  }
  return question;
}
