import type { AuditCheck, AuditCheckStep, AuditFinding, AuditSeal } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';
import { type AuditDifference, verifyAudit } from './verify-audit.ts';

/** Longer than a step takes; what a killed worker had is taken up then, from where it was. */
const leaseMs = 15 * 60_000;
/** A step ends then, after the day that is under way, so that how far it is can be seen. */
const stepMs = 10_000;

type Through = Pick<AuditSeal, 'sequence' | 'digest'>;

/**
 * One step of the verification of the audit that somebody asked for: day after day from the first seal to the last one that there was
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
  let [rows, sequence] = [0, check.throughSeal];
  let through: Through | null = null;
  const stepAt = (more: Partial<AuditCheckStep> = {}) => ({ through, rows, isDone: false, difference: null, ...more });
  while (sequence < check.upTo) {
    const day = await dayAfter(deps, sequence);
    // The newest seals are gone since it was asked for.
    if (day === null) return stepAt({ isDone: true, difference: await missingAfter(deps, sequence) });
    const known = sequence === 0 ? await knownFrom(deps) : null;
    const found = await verifyAudit(deps, { from: day, to: day, known });
    if (found.difference !== null) return stepAt({ isDone: true, difference: findingOf(found.difference) });
    if (found.last === null) throw new Error(`no seal of ${day} was looked at`);
    through = found.last;
    sequence = through.sequence;
    rows += found.rows;
    if (performance.now() >= endMs) return stepAt({ isDone: sequence >= check.upTo });
  }
  return stepAt({ isDone: true });
}

const dayAfter = (deps: FlowDeps, sequence: number): Promise<string | null> =>
  inWorkerTransaction(deps, async ({ tx }) => (await tx.auditSeals.listAfter(sequence, 1))[0]?.day ?? null);

/** Where the last check that found nothing had come: that seal must still be there, or the newest days were removed. */
function knownFrom(deps: FlowDeps): Promise<Through | null> {
  return inWorkerTransaction(deps, async ({ tx }) => {
    const last = await tx.auditChecks.findLastWhole();
    return last === null || last.throughDigest === null
      ? null
      : { sequence: last.throughSeal, digest: last.throughDigest };
  });
}

async function missingAfter(deps: FlowDeps, sequence: number): Promise<AuditFinding> {
  const day = await inWorkerTransaction(deps, async ({ tx, at }) => (await tx.auditSeals.find(sequence))?.day ?? at);
  return { ...nowhere, what: 'seal_missing', seal: sequence + 1, day: day.slice(0, 10) };
}

const nowhere = { row: null, after: null, before: null } as const;
const findingOf = (difference: AuditDifference): AuditFinding => ({ ...nowhere, ...difference });
