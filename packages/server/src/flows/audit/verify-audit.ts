import { dayOf } from '@openbeian/model/calendar';
import type { FaultCode } from '@openbeian/model/fault';
import { type AuditClearing, type AuditPosition, type AuditSeal, sealingContexts } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { findWrongWords } from '../command/said.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { isProvenClearing } from './clearing-proof.ts';
import { sealMarginMs } from './seal-audit.ts';
import { digestsOf, firstDifference, type RowDifference, SealBuilder } from './seal-chain.ts';

/** Rows and seals that are read at once. */
const page = { rows: 1000, seals: 20 };

/** Days in Asia/Shanghai, both included; a null is open. */
export interface AuditRange {
  readonly from: string | null;
  readonly to: string | null;
  /** A seal that was printed by an earlier verification and kept elsewhere: it must still be there, or the newest days were removed. */
  readonly known?: Pick<AuditSeal, 'sequence' | 'digest'> | null;
  /** Seals instead of days: those behind the first up to the last. What a seal says of its day may be altered, its place is not. */
  readonly seals?: { readonly after: AuditSeal | null; readonly through: number };
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
  | { readonly what: 'seal_missing' | 'seal_changed' | 'seal_forged'; readonly seal: number; readonly day: string }
  /** The row is as it was, but what somebody said in it is missing, was changed, or no key opens it. */
  | { readonly what: 'words_changed'; readonly seal: number; readonly day: string; readonly row: AuditPosition }
  /** Rows are gone by a clearing that this deployment has not made, or that does not fit the seals of its day. */
  | { readonly what: 'clearing_forged'; readonly seal: number; readonly day: string };

/** A day that was cleared away by policy, and is proven by its clearing. */
type ClearedDay = Pick<AuditClearing, 'day' | 'rows' | 'digest' | 'keepDays' | 'decidedAt' | 'auditId'> & {
  /** False while it is under way: the rows that are left are verified as any others. */
  readonly isDone: boolean;
};

export interface AuditVerification {
  readonly seals: number;
  /** Rows that are there. */
  readonly rows: number;
  /** Days of the range whose rows were cleared away by policy, oldest first. */
  readonly cleared: readonly ClearedDay[];
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
export async function verifyAudit(deps: FlowDeps, range: AuditRange): Promise<AuditVerification> {
  const { from, to, known = null, seals: only } = range;
  const cleared: ClearedDay[] = [];
  let [seals, rows] = [0, 0];
  let previous = only?.after ?? null;
  if (from !== null) previous = await reading(deps, ({ tx }) => tx.auditSeals.findLastBefore(from));
  let last: AuditSeal | null = null;
  let difference: AuditDifference | null = null;
  let clearing: AuditClearing | null = null;
  for (;;) {
    const after = previous?.sequence ?? 0;
    const next = await reading(deps, ({ tx }) => tx.auditSeals.listAfter(after, page.seals));
    const wanted = next.filter(
      ({ day, sequence }) => (to === null || day <= to) && sequence <= (only?.through ?? sequence),
    );
    for (const seal of wanted) {
      if (seal.day !== last?.day) {
        clearing = await reading(deps, ({ tx }) => tx.auditClearings.find(seal.day));
        if (clearing !== null && !(await isProvenClearing(deps, clearing))) difference = forged(seal);
        else if (clearing !== null) cleared.push(clearedDay(clearing));
      }
      difference ??= await differenceOf(deps, { seal, previous, isCleared: isGone(seal, clearing) });
      if (difference !== null && difference.what !== 'clearing_forged') {
        const since = await clearingSince(deps, seal, clearing);
        if (since !== null) {
          if (clearing === null) cleared.push(clearedDay(since));
          clearing = since;
          difference = await differenceOf(deps, { seal, previous, isCleared: isGone(seal, clearing) });
        }
      }
      if (difference !== null) break;
      seals += 1;
      rows += isGone(seal, clearing) ? 0 : seal.rowCount;
      previous = seal;
      last = seal;
    }
    if (difference !== null || wanted.length < page.seals) break;
  }
  if (known !== null) difference ??= await differenceFromKnown(deps, known, last?.day ?? null);
  return {
    seals,
    rows,
    cleared,
    last: last && lastOf(last),
    difference,
    unsealed: await reading(deps, (step) => unsealedOf(step)),
  };
}

/** What is gone with the newest seals leaves no gap; only who kept one of them elsewhere can tell. */
async function differenceFromKnown(
  deps: FlowDeps,
  { sequence, digest }: Pick<AuditSeal, 'sequence' | 'digest'>,
  lastDay: string | null,
): Promise<AuditDifference | null> {
  const [found] = await reading(deps, ({ tx }) => tx.auditSeals.listAfter(sequence - 1, 1));
  if (found?.sequence === sequence && found.digest === digest) return null;
  const what = found?.sequence === sequence ? 'seal_changed' : 'seal_missing';
  return { what, seal: sequence, day: found?.day ?? lastDay ?? dayOf(deps.clock.now()) };
}

const forged = ({ sequence, day }: AuditSeal): AuditDifference => ({ what: 'clearing_forged', seal: sequence, day });

/** The clearing of the seal's day where a worker began it or went on with it since it was read; null where it is as it was. */
async function clearingSince(
  deps: FlowDeps,
  { day }: AuditSeal,
  known: AuditClearing | null,
): Promise<AuditClearing | null> {
  const found = await reading(deps, ({ tx }) => tx.auditClearings.find(day));
  if (found === null || found.clearedTo === known?.clearedTo) return null;
  return (await isProvenClearing(deps, found)) ? found : null;
}

/** Are the rows of the seal gone by the clearing of its day? */
const isGone = ({ sequence }: AuditSeal, clearing: AuditClearing | null): boolean =>
  sequence <= (clearing?.clearedTo ?? 0);

const clearedDay = ({ day, rows, digest, keepDays, decidedAt, auditId, ...rest }: AuditClearing): ClearedDay => {
  return { day, rows, digest, keepDays, decidedAt, auditId, isDone: rest.clearedTo === rest.lastSeal };
};

const lastOf = ({ sequence, day, digest, sealedAt }: AuditSeal) => ({ sequence, day, digest, sealedAt });

function reading<Result>(deps: FlowDeps, read: (step: Step<FaultCode>) => Promise<Result>): Promise<Result> {
  return inWorkerTransaction(deps, read);
}

/** Rows behind the last seal of all, and whether they should have one by now. */
export async function unsealedOf({ tx, at }: Step, atMost?: number): Promise<AuditVerification['unsealed']> {
  const last = await tx.auditSeals.findLast();
  const { rows, oldestAt } = await tx.auditSeals.countAfter(last?.through ?? null, atMost);
  return { rows, oldestAt, late: oldestAt !== null && Date.parse(at) - Date.parse(oldestAt) > sealedWithinMs };
}

interface SealToVerify {
  readonly seal: AuditSeal;
  readonly previous: AuditSeal | null;
  readonly isCleared: boolean;
}

async function differenceOf(
  deps: FlowDeps,
  { seal, previous, isCleared }: SealToVerify,
): Promise<AuditDifference | null> {
  const { sequence, day } = seal;
  const expected = (previous?.sequence ?? 0) + 1;
  if (sequence !== expected) return { what: 'seal_missing', seal: expected, day };
  if (isCleared) return differenceOfCleared(deps, seal, previous);
  const { positions, digests, digest, wrong } = await recompute(deps, seal, previous);
  if (digest !== seal.digest) {
    const found = firstDifference(digestsOf(seal), digests);
    return found === null ? { what: 'seal_changed', seal: sequence, day } : rowDifference(seal, found, positions);
  }
  if (wrong !== null) return { what: 'words_changed', seal: sequence, day, row: wrong };
  if (digests.join('') !== seal.rowDigests) return { what: 'seal_changed', seal: sequence, day };
  return isOurs(deps, seal) ? null : { what: 'seal_forged', seal: sequence, day };
}

/** Its columns are proven by the clearing; what is left to see is that no row has come back, and that the digest is ours. */
async function differenceOfCleared(
  deps: FlowDeps,
  seal: AuditSeal,
  previous: AuditSeal | null,
): Promise<AuditDifference | null> {
  const { sequence, day, through } = seal;
  const [row] = await reading(deps, ({ tx }) => tx.auditSeals.rowsThrough(previous?.through ?? null, through, 1));
  if (row !== undefined) {
    return { what: 'added', seal: sequence, day, row: { at: row.at, id: row.id }, after: null, before: null };
  }
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
  let wrong: AuditPosition | null = null;
  for (;;) {
    const from = after;
    const rows = await reading(deps, ({ tx }) => tx.auditSeals.rowsThrough(from, seal.through, page.rows));
    for (const row of rows) {
      builder.add(row);
      positions.push({ at: row.at, id: row.id });
    }
    const words = await findWrongWords(deps, rows);
    if (words >= 0) wrong ??= positions[positions.length - rows.length + words] ?? null;
    const last = positions.at(-1);
    // More than a seal ever takes: somebody added them, and the first difference is already within.
    if (last === undefined || rows.length < page.rows || positions.length > 2 * seal.rowCount + page.rows) break;
    after = last;
  }
  const { digest, rowDigests } = builder.finish(seal, previous?.digest ?? null);
  return { positions, digest, digests: digestsOf({ rowDigests }), wrong };
}
