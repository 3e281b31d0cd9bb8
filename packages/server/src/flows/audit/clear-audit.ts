import { addDays, dayOf } from '@openbeian/model/calendar';
import { Fault, type FaultCode } from '@openbeian/model/fault';
import { type AuditClearing, type AuditSeal, sealingContexts } from '../../ports/index.ts';
import { putOff, type ReportFailure } from '../command/attempt-item.ts';
import { auditRow } from '../command/audit.ts';
import type { FlowDeps } from '../command/deps.ts';
import { findSettledTime } from '../command/settled-time.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { digestOfClearing } from './clearing-proof.ts';
import { verifyAudit } from './verify-audit.ts';

const item = { kind: 'purge', id: 'audit' } as const;

/**
 * Clears away the oldest day of the audit that is kept for long enough, seal after seal, each in a short transaction of its own.
 * A day goes only when a later one has seals, and when its rows are those that were sealed; what was there is written first. One that
 * cannot go is put off, and parked for an operator where the audit was altered.
 * @returns how many rows went, or days were begun; 0: nothing is left to do
 */
export async function clearAudit(deps: FlowDeps, report: ReportFailure): Promise<number> {
  const { auditDays } = deps.keep;
  if (auditDays === null) return 0;
  if (await inWorkerTransaction(deps, ({ tx, at }) => tx.workFailures.isPutOff(item.kind, item.id, at))) return 0;
  try {
    const done = await clearNext(deps, auditDays);
    if (done > 0) await inWorkerTransaction(deps, ({ tx }) => tx.workFailures.clear(item.kind, item.id));
    return done;
  } catch (error) {
    await putOff(deps, item, report, error);
    return 0;
  }
}

async function clearNext(deps: FlowDeps, keepDays: number): Promise<number> {
  const cleared = await inWorkerTransaction(deps, clearSeal);
  if (cleared > 0) return cleared;
  const dayToClear = () =>
    inWorkerTransaction(deps, async (step) => (await findDay(step, keepDays))?.first.day ?? null);
  const day = await dayToClear();
  if (day === null) return 0;
  const { difference } = await verifyAudit(deps, { from: day, to: day });
  if (difference !== null) {
    // Another worker may have cleared it while it was verified here.
    if ((await dayToClear()) !== day) return 0;
    throw altered(day);
  }
  return inWorkerTransaction(deps, (step) => beginDay(step, day, keepDays));
}

const altered = (day: string) => new Fault('audit.altered', { detail: { zh: day, en: day } });

interface SealsOfDay {
  readonly first: AuditSeal;
  readonly last: AuditSeal;
}

/**
 * The seals of the oldest day that is not cleared, where it may go. While no later day has seals, more may follow; while another day is
 * under way, which another worker may have begun just now, none is begun.
 */
async function findDay(step: Step<FaultCode>, keepDays: number): Promise<SealsOfDay | null> {
  const { tx, deps } = step;
  const settledAt = await findSettledTime(step);
  if (settledAt === null) return null;
  const cleared = await tx.auditClearings.findLast();
  if (cleared !== null && cleared.clearedTo !== cleared.lastSeal) return null;
  const [first] = await tx.auditSeals.listAfter(cleared?.lastSeal ?? 0, 1);
  if (first === undefined || addDays(first.day, keepDays) >= dayOf(settledAt)) return null;
  const newest = await tx.auditSeals.findLast();
  if (newest === null || newest.day <= first.day) return null;
  if (deps.keep.auditExportedOnly && !(await tx.auditClearings.isExported(first.day))) return null;
  const last = await tx.auditSeals.findLastBefore(addDays(first.day, 1));
  return last && { first, last };
}

/** Writes what is about to go, in the audit as well. @returns 0 where another process was faster */
async function beginDay(step: Step<FaultCode>, day: string, keepDays: number): Promise<number> {
  const { tx, deps, at } = step;
  if (!(await tx.auditSeals.lock())) return 0;
  const found = await findDay(step, keepDays);
  if (found?.first.day !== day) return 0;
  const seals = { firstSeal: found.first.sequence, lastSeal: found.last.sequence };
  const rows = await tx.auditSeals.countRows(seals.firstSeal, seals.lastSeal);
  const said = auditRow(step, 'AuditDayCleared', { kind: 'audit_day', id: day });
  const facts = { day, ...seals, rows, auditId: said.id, keepDays, decidedAt: at };
  const digest = await digestOfClearing(facts, tx.auditSeals.listAfter);
  await tx.audit.append({ ...said, detail: { ...seals, rows, keepDays, digest } });
  const sealedDigest = deps.vault.seal(digest, sealingContexts.clearings(day));
  await tx.auditClearings.insert({ ...facts, digest, sealedDigest });
  return 1;
}

/** Deletes the rows of the next seal of the oldest day that has been begun. @returns how many; 0 without such a day */
async function clearSeal({ tx }: Step<FaultCode>): Promise<number> {
  if (!(await tx.auditSeals.lock())) return 0;
  const begun = await tx.auditClearings.findUnfinished();
  if (begun === null) return 0;
  const next = nextSeal(begun);
  const before = await tx.auditSeals.find(next - 1);
  const seal = await tx.auditSeals.find(next);
  const gone = seal && (await tx.auditSeals.deleteThrough(before?.through ?? null, seal.through));
  // Others than were sealed: nothing goes, and an operator looks.
  if (gone !== seal?.rowCount || gone === undefined) throw altered(begun.day);
  await tx.auditClearings.putClearedTo(begun.day, next);
  return gone;
}

const nextSeal = ({ firstSeal, clearedTo }: AuditClearing): number => (clearedTo === null ? firstSeal : clearedTo + 1);
