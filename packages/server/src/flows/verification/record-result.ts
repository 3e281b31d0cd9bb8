import { openFilingStates } from '@openbeian/model/filing';
import type { VerificationResult, VerificationRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { recordFilingEvent } from '../command/events.ts';
import type { Step } from '../command/step.ts';
import { tellOfFiling } from '../notice/tell-of-filing.ts';
import { nextReminder, verificationRulesAt } from './verified-people.ts';

const msPerDay = 86_400_000;

/**
 * Takes a result of a try that is locked: once, however often it comes, and where an older one comes later the newer stays. Late ones
 * count for as long as they are good. @returns whether it changed anything
 */
export async function recordResult(step: Step, row: VerificationRow, result: VerificationResult): Promise<boolean> {
  const { deps, tx, at } = step;
  if (!(await tx.verification.addResult(row.id, result, at))) return false;
  // A clock that is ahead makes nothing newer than what comes after it.
  const resultAt = Date.parse(result.at) > Date.parse(at) ? at : result.at;
  const goodMs = verificationRulesAt(deps, at).daysGood[row.way].value * msPerDay;
  const isPassed = result.outcome === 'passed';
  const validUntil = isPassed ? new Date(Date.parse(resultAt) + goodMs).toISOString() : null;
  const reason = isPassed ? null : (result.reason ?? 'other');
  const concluded = { state: result.outcome, resultAt, validUntil, reason };
  if (!(await tx.verification.conclude(row.id, concluded))) return false;
  await tx.reminders.put({ kind: 'verification', itemId: row.id }, nextReminder(step, row.way, validUntil));
  const { filingId, role, way } = row;
  const detail = { role, way, reason };
  const type = isPassed ? 'VerificationPassed' : 'VerificationFailed';
  await recordAudit(step, type, { kind: 'filing', id: filingId }, { ...detail, verificationId: row.id });
  await recordFilingEvent(step, filingId, type, detail);
  await tellCustomer(step, row, result);
  return true;
}

/** The customer waits for what a service says; what a reviewer says comes with the review. */
async function tellCustomer(step: Step, row: VerificationRow, result: VerificationResult): Promise<void> {
  if (row.way !== 'electronic') return;
  const filing = await step.tx.filings.find(row.filingId);
  if (filing === null || !openFilingStates.includes(filing.state)) return;
  const reason = result.outcome === 'failed' ? (result.reason ?? 'other') : '';
  const { role } = row;
  const { outcome } = result;
  await tellOfFiling(step, filing, 'VerificationEnded', {
    which: `${row.id} ${result.resultId}`,
    detail: { role, outcome, reason },
    data: { verification: { role, outcome, reason: reason === '' ? null : reason } },
  });
}
