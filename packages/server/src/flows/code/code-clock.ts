import { dayOf, daysBetween } from '@openbeian/model/calendar';
import { dueStopNotice, nextStopNotice } from '@openbeian/model/eligibility';
import type { CodeClockRow, CodeEventRow, CodeRow, StoreTransaction } from '../../ports/index.ts';
import { attemptBatch, type ReportFailure } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import { newNotice } from '../notice/new-notice.ts';
import type { CodeEvaluator } from '../resource/account-evaluator.ts';
import { openCodeEvaluator } from './code-view.ts';

const batch = 200;

/**
 * Keeps the index of stop days and sends what is due about them. Whether a code can be used is derived whenever somebody
 * asks; this only notifies, and decisions stay right even if it runs late or not at all.
 * @returns how much there was to do.
 */
export async function keepCodeClock(deps: FlowDeps, report: ReportFailure): Promise<number> {
  const fingerprint = deps.policyFingerprint(dayOf(deps.clock.now()));
  const changed = await deps.store.transaction((tx) => tx.codeClock.markChanged(fingerprint, batch));
  const projected = await evaluateDue(deps, 'project', report);
  const warned = await evaluateDue(deps, 'warn', report);
  return changed + projected + warned;
}

/** Together for speed; a code that cannot be evaluated is put off alone. */
function evaluateDue(deps: FlowDeps, purpose: Purpose, report: ReportFailure): Promise<number> {
  const take = ({ tx, at }: Step, codeId?: string) => {
    const filter = { limit: batch, ...(codeId !== undefined && { codeId }) };
    return purpose === 'warn' ? tx.codeClock.takeDue(dayOf(at), filter) : tx.codeClock.takeStale(filter);
  };
  return attemptBatch(
    deps,
    {
      kind: 'clock',
      work: async (step, codeId) => evaluateAll(step, await take(step, codeId), purpose),
      due: async (step) => (await take(step)).map(({ codeId }) => codeId),
    },
    report,
  );
}

/** Follows the changes of codes into the index. */
export async function followCodes(tx: StoreTransaction, events: readonly CodeEventRow[]): Promise<void> {
  const of = (...types: CodeEventRow['type'][]) => events.filter((event) => types.includes(event.type));
  // The last event of a code counts; one that is over is not added.
  const placed = new Map(of('CodeIssued', 'CodeRepointed').map((event) => [event.codeId, event]));
  if (placed.size > 0) await tx.codeClock.add([...placed.values()]);
  const over = of('CodeUsed', 'CodeRevoked').map((event) => event.codeId);
  if (over.length > 0) await tx.codeClock.remove(over);
}

/** Whether stop days are only worked out, or notices about them that are due are sent as well. */
type Purpose = 'project' | 'warn';
type ClockChange = Omit<CodeClockRow, 'resourceId'>;

async function evaluateAll(step: Step, clocks: readonly CodeClockRow[], purpose: Purpose): Promise<number> {
  if (clocks.length === 0) return 0;
  const found = await step.tx.codes.listByIds(clocks.map(({ codeId }) => codeId));
  const codes = new Map(found.map((code) => [code.id, code]));
  const evaluator = await openCodeEvaluator(step, found);
  const changes: ClockChange[] = [];
  const over: string[] = [];
  for (const clock of clocks) {
    const code = codes.get(clock.codeId);
    if (code === undefined || code.usedAt !== null || code.revokedAt !== null) over.push(clock.codeId);
    else changes.push(await evaluate(step, { clock, code, evaluator, purpose }));
  }
  await step.tx.codeClock.put(changes);
  if (over.length > 0) await step.tx.codeClock.remove(over);
  return clocks.length;
}

interface Evaluation {
  readonly clock: CodeClockRow;
  readonly code: CodeRow;
  readonly evaluator: CodeEvaluator;
  readonly purpose: Purpose;
}

async function evaluate(step: Step, { clock, code, evaluator, purpose }: Evaluation): Promise<ClockChange> {
  const day = dayOf(step.at);
  const row = evaluator.rowOf(code.resourceId);
  if (row === null) throw new Error(`code ${code.id} has no resource`);
  const { valid, reasons } = evaluator.validityOf(row, code);
  const stopsOn = evaluator.stopsOnOf(row, code);
  if (clock.suspensionNotified === true && valid) await notify(step, code, { type: 'CodeRevived', day });
  if (clock.suspensionNotified === false && !valid) {
    await notify(step, code, { type: 'CodeSuspended', day, reasons: reasons.map((reason) => reason.code) });
  }
  const change = { codeId: code.id, stopsOn, suspensionNotified: !valid };
  const daysLeft = stopsOn === null ? 0 : daysBetween(day, stopsOn);
  if (stopsOn === null || daysLeft <= 0) return { ...change, warnOn: null };
  // When the stop day moved, notices start again.
  if (clock.stopsOn !== stopsOn) return { ...change, warnOn: nextStopNotice(stopsOn, null) };
  const threshold = purpose === 'warn' ? dueStopNotice(daysLeft) : null;
  if (threshold === null) return { ...change, warnOn: clock.warnOn };
  if (await step.tx.codeClock.claimWarning({ codeId: code.id, stopsOn, thresholdDays: threshold, at: step.at })) {
    await notify(step, code, { type: 'CodeStopping', day, stopsOn, daysLeft, threshold });
  }
  return { ...change, warnOn: nextStopNotice(stopsOn, threshold) };
}

interface CodeNotice {
  readonly type: 'CodeStopping' | 'CodeSuspended' | 'CodeRevived';
  readonly day: string;
  readonly stopsOn?: string;
  readonly daysLeft?: number;
  /** Which of the notices before a stop day it is: so many days before. */
  readonly threshold?: number;
  readonly reasons?: readonly string[];
}

/** An event for receivers, and a notice for the issuer and the grantee of the code. */
async function notify(step: Step, code: CodeRow, notice: CodeNotice): Promise<void> {
  const { tx, at } = step;
  const { type, day, threshold, ...detail } = notice;
  const { id: codeId, resourceId, issuerAccountId, granteeAccountId } = code;
  await tx.codeEvents.appendNotice({ codeId, type, at, issuerAccountId, granteeAccountId, resourceId, detail });
  const about = [type, resourceId, detail.stopsOn ?? day, threshold ?? ''].join(':');
  for (const accountId of new Set([issuerAccountId, granteeAccountId])) {
    if (accountId === null) continue;
    const { stopsOn = null, daysLeft = null } = detail;
    await tx.notices.add(newNotice(step, { accountId, type, about, resourceId, codes: 1, stopsOn, daysLeft }));
  }
}
