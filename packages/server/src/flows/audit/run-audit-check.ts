import { dayOf } from '@openbeian/model/calendar';
import type { AuditCheck, AuditCheckStep, AuditFinding, AuditSeal } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';
import { type AuditDifference, verifyAudit } from './verify-audit.ts';

/** Longer than a step takes; what a killed worker had is taken up then, from where it was. */
const leaseMs = 15 * 60_000;
/** A step ends then, after the seals that are under way, so that how far it is can be seen. */
const stepMs = 10_000;
const sealsAtOnce = 10;

type Through = Pick<AuditSeal, 'sequence' | 'digest'>;

/**
 * One step of the verification of the audit that somebody asked for: seal after seal from the first to the last one that there was
 * then. Any worker goes on from where another has come.
 * @returns 0: none is under way
 */
export async function runAuditCheck(deps: FlowDeps): Promise<number> {
  const check = await inWorkerTransaction(deps, ({ tx, at }) =>
    tx.auditChecks.lease(at, new Date(Date.parse(at) + leaseMs).toISOString()),
  );
  if (check === null) return 0;
  const step = await stepOf(deps, check);
  await inWorkerTransaction(deps, ({ tx, at }) => tx.auditChecks.advance(check, step, at));
  return 1;
}

async function stepOf(deps: FlowDeps, check: AuditCheck): Promise<AuditCheckStep> {
  const endMs = performance.now() + stepMs;
  let rows = 0;
  let sequence = check.throughSeal;
  let through: Through | null = null;
  const stepAt = (more: Partial<AuditCheckStep> = {}) => ({ through, rows, isDone: false, difference: null, ...more });
  // Also where there is no seal any more: what an earlier check had seen is not forgotten with it.
  const lost = sequence === 0 ? await lostSinceKnown(deps) : null;
  if (lost !== null) return stepAt({ isDone: true, difference: lost });
  while (sequence < check.upTo) {
    const found = await verifySeals(deps, sequence, Math.min(check.upTo, sequence + sealsAtOnce));
    through = found.last ?? through;
    rows += found.rows;
    if (found.difference !== null) return stepAt({ isDone: true, difference: findingOf(found.difference) });
    // The newest seals are gone since it was asked for.
    if (found.last === null) return stepAt({ isDone: true, difference: await missingAfter(deps, sequence) });
    sequence = found.last.sequence;
    if (performance.now() >= endMs) return stepAt({ isDone: sequence >= check.upTo });
  }
  return stepAt({ isDone: true });
}

async function verifySeals(deps: FlowDeps, sequence: number, through: number) {
  const after = await inWorkerTransaction(deps, ({ tx }) => tx.auditSeals.find(sequence));
  return verifyAudit(deps, { from: null, to: null, seals: { after, through } });
}

/** Where the last check that found nothing had come: that seal must still be there, or the newest ones were removed. */
async function lostSinceKnown(deps: FlowDeps): Promise<AuditFinding | null> {
  const found = await inWorkerTransaction(deps, async ({ tx, at }) => {
    const known = await tx.auditChecks.findLastWhole();
    return known && { known, seal: await tx.auditSeals.find(known.throughSeal), day: dayOf(at) };
  });
  if (found === null || found.seal?.digest === found.known.throughDigest) return null;
  const { seal, known, day } = found;
  const what = seal === null ? 'seal_missing' : 'seal_changed';
  return { ...nowhere, what, seal: known.throughSeal, day: seal?.day ?? day };
}

async function missingAfter(deps: FlowDeps, sequence: number): Promise<AuditFinding> {
  const day = await inWorkerTransaction(
    deps,
    async ({ tx, at }) => (await tx.auditSeals.find(sequence))?.day ?? dayOf(at),
  );
  return { ...nowhere, what: 'seal_missing', seal: sequence + 1, day };
}

const nowhere = { row: null, after: null, before: null } as const;
const findingOf = (difference: AuditDifference): AuditFinding => ({ ...nowhere, ...difference });
