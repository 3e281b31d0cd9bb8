import { createHash } from 'node:crypto';
import { dayOf } from '@openbeian/model/calendar';
import { canonicalJson } from '@openbeian/model/canonical-json';
import { type AuditClearing, type AuditSeal, type StoreTransaction, sealingContexts } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';

const sealsAtOnce = 20;

/** What the digest of a clearing covers besides the seals of its day. */
type ClearingFacts = Omit<AuditClearing, 'digest' | 'sealedDigest' | 'clearedTo'>;

/**
 * The digest of a clearing: SHA-256 over the seals of its day, every column that a rotation of keys leaves, and its own facts. With
 * the rows gone a seal's digest cannot be computed any more; by this nothing of the seals can be changed all the same.
 * @param read the seals after a sequence, in their order
 */
export async function digestOfClearing(
  facts: ClearingFacts,
  read: StoreTransaction['auditSeals']['listAfter'],
): Promise<string> {
  const hash = createHash('sha256');
  let after = facts.firstSeal - 1;
  while (after < facts.lastSeal) {
    const seals = await read(after, Math.min(sealsAtOnce, facts.lastSeal - after));
    for (const seal of seals) hash.update(canonicalJson(factsOf(seal)));
    const last = seals.at(-1);
    if (last === undefined) break;
    after = last.sequence;
  }
  const { day, firstSeal, lastSeal, rows, auditId, keepDays, decidedAt } = facts;
  return hash.update(canonicalJson({ day, firstSeal, lastSeal, rows, auditId, keepDays, decidedAt })).digest('hex');
}

const factsOf = ({ sequence, day, through, rowCount, rowDigests, digest, sealedAt }: AuditSeal) => ({
  sequence,
  day,
  through: { at: through.at, id: through.id },
  rowCount,
  rowDigests,
  digest,
  sealedAt,
});

/**
 * Was the day cleared by this deployment, with these seals, and does the audit say so? The row that says so may be cleared itself, by
 * a clearing that is verified in its turn.
 */
export async function isProvenClearing(deps: FlowDeps, clearing: AuditClearing): Promise<boolean> {
  if (!isOurs(deps, clearing)) return false;
  const read = (after: number, limit: number) =>
    inWorkerTransaction(deps, ({ tx }) => tx.auditSeals.listAfter(after, limit));
  if ((await digestOfClearing(clearing, read)) !== clearing.digest) return false;
  return inWorkerTransaction(deps, async ({ tx }) => {
    const said = await tx.auditClearings.findSaid(clearing.auditId, clearing.day);
    if (said !== null) return said['digest'] === clearing.digest;
    return (await tx.auditClearings.find(dayOf(clearing.decidedAt))) !== null;
  });
}

/** Was the digest sealed by this deployment? */
function isOurs({ vault }: FlowDeps, { day, digest, sealedDigest }: AuditClearing): boolean {
  try {
    return vault.open(sealedDigest, sealingContexts.clearings(day)) === digest;
  } catch {
    return false;
  }
}
