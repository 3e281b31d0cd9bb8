import type { FaultCode } from '@openbeian/model/fault';
import { type AuditPosition, type AuditSeal, sealingContexts } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { sealMarginMs } from './seal-audit.ts';
import { digestsOf, firstDifference, type RowDifference, SealBuilder } from './seal-chain.ts';

/** Rows and seals that are read at once. */
const page = { rows: 1000, seals: 20 };

/** Days in Asia/Shanghai, both included; a null is open. */
export interface AuditRange {
  readonly from: string | null;
  readonly to: string | null;
}

/** What is wrong at the first place where the audit differs from its seals. */
export type AuditDifference =
  | {
      readonly what: RowDifference;
      readonly seal: number;
      readonly day: string;
      /** The row that differs, or that was added. */
      readonly row: AuditPosition | null;
      /** The rows around one that is missing; null at the ends of a seal. */
      readonly after: AuditPosition | null;
      readonly before: AuditPosition | null;
    }
  /** A seal that is missing, was altered, or was not made with a key of this deployment. */
  | { readonly what: 'seal_missing' | 'seal_changed' | 'seal_forged'; readonly seal: number; readonly day: string };

export interface AuditVerification {
  readonly seals: number;
  readonly rows: number;
  /** The last seal that was looked at; null without any. */
  readonly last: Pick<AuditSeal, 'sequence' | 'day' | 'digest' | 'sealedAt'> | null;
  readonly difference: AuditDifference | null;
  /** Rows behind the last seal of all; they are sealed within minutes. */
  readonly unsealed: { readonly rows: number; readonly oldestAt: string | null; readonly late: boolean };
}

/** How old an unsealed row gets while a worker runs. */
const sealedWithinMs = 12 * sealMarginMs;

/**
 * Recomputes the seals of those days from the rows and stops at the first difference. Page by page, each in a transaction of
 * its own, so that it takes little memory and nobody waits for it.
 */
export async function verifyAudit(deps: FlowDeps, { from, to }: AuditRange): Promise<AuditVerification> {
  let previous = from === null ? null : await reading(deps, ({ tx }) => tx.auditSeals.findLastBefore(from));
  let [seals, rows] = [0, 0];
  let last: AuditSeal | null = null;
  let difference: AuditDifference | null = null;
  for (;;) {
    const after = previous?.sequence ?? 0;
    const next = await reading(deps, ({ tx }) => tx.auditSeals.listAfter(after, page.seals));
    const wanted = next.filter(({ day }) => to === null || day <= to);
    for (const seal of wanted) {
      difference = await differenceOf(deps, seal, previous);
      if (difference !== null) break;
      seals += 1;
      rows += seal.rowCount;
      previous = seal;
      last = seal;
    }
    if (difference !== null || wanted.length < page.seals) break;
  }
  return { seals, rows, last: last && lastOf(last), difference, unsealed: await countUnsealed(deps) };
}

const lastOf = ({ sequence, day, digest, sealedAt }: AuditSeal) => ({ sequence, day, digest, sealedAt });

function reading<Result>(deps: FlowDeps, read: (step: Step<FaultCode>) => Promise<Result>): Promise<Result> {
  return inWorkerTransaction(deps, read);
}

async function countUnsealed(deps: FlowDeps): Promise<AuditVerification['unsealed']> {
  return reading(deps, async ({ tx, at }) => {
    const last = await tx.auditSeals.findLast();
    const { rows, oldestAt } = await tx.auditSeals.countAfter(last?.through ?? null);
    return { rows, oldestAt, late: oldestAt !== null && Date.parse(at) - Date.parse(oldestAt) > sealedWithinMs };
  });
}

async function differenceOf(
  deps: FlowDeps,
  seal: AuditSeal,
  previous: AuditSeal | null,
): Promise<AuditDifference | null> {
  const { sequence, day } = seal;
  const expected = (previous?.sequence ?? 0) + 1;
  if (sequence !== expected) return { what: 'seal_missing', seal: expected, day };
  const { positions, digests, digest } = await recompute(deps, seal, previous);
  if (digest !== seal.digest) {
    const found = firstDifference(digestsOf(seal), digests);
    return found === null ? { what: 'seal_changed', seal: sequence, day } : rowDifference(seal, found, positions);
  }
  if (digests.join('') !== seal.rowDigests) return { what: 'seal_changed', seal: sequence, day };
  return isOurs(deps, seal) ? null : { what: 'seal_forged', seal: sequence, day };
}

function rowDifference(
  { sequence, day }: AuditSeal,
  { index, what }: { readonly index: number; readonly what: RowDifference },
  positions: readonly AuditPosition[],
): AuditDifference {
  const missing = what === 'missing';
  return {
    what,
    seal: sequence,
    day,
    row: missing ? null : (positions[index] ?? null),
    after: positions[index - 1] ?? null,
    before: positions[missing ? index : index + 1] ?? null,
  };
}

/** Was the digest sealed by this deployment? A key that is not configured any more is a fault of the key ring, not of the row. */
function isOurs({ vault }: FlowDeps, { sequence, digest, sealedDigest }: AuditSeal): boolean {
  try {
    return vault.open(sealedDigest, sealingContexts.seals(String(sequence))) === digest;
  } catch {
    return false;
  }
}

async function recompute(deps: FlowDeps, seal: AuditSeal, previous: AuditSeal | null) {
  const builder = new SealBuilder();
  const positions: AuditPosition[] = [];
  let after = previous?.through ?? null;
  for (;;) {
    const from = after;
    const rows = await reading(deps, ({ tx }) => tx.auditSeals.rowsThrough(from, seal.through, page.rows));
    for (const row of rows) {
      builder.add(row);
      positions.push({ at: row.at, id: row.id });
    }
    const last = positions.at(-1);
    // More than a seal ever takes: somebody added them, and the first difference is already within.
    if (last === undefined || rows.length < page.rows || positions.length > 2 * seal.rowCount + page.rows) break;
    after = last;
  }
  const { digest, rowDigests } = builder.finish(seal, previous?.digest ?? null);
  return { positions, digest, digests: digestsOf({ rowDigests }) };
}
