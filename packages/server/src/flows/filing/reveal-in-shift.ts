import { mayReveal, type RevealReason } from '@openbeian/model/filing';
import type { FilingRow } from '../../ports/index.ts';
import { type AuditObject, recordAudit } from '../command/audit.ts';
import { requireVisible } from '../command/permission.ts';
import { sayIn } from '../command/said.ts';
import { type FlowRequest, inTransaction, type Step } from '../command/step.ts';
import { newNotice } from '../notice/new-notice.ts';
import { claimAt, refuseClaimedByOther } from './claim.ts';

export interface RevealInput {
  readonly filingId: string;
  /** Compulsory for the provider's people. */
  readonly because?: RevealReason | undefined;
  readonly reason: string;
}

/** What a look may be refused with. */
export type RevealFault =
  | 'object.not_found'
  | 'filing.wrong_state'
  | 'filing.not_claimed'
  | 'filing.claimed_by_other'
  | 'reveal.quota_spent';

const hourMs = 3_600_000;
const shanghaiOffsetMs = 8 * hourMs;

/**
 * Shows personal data of a filing to whoever may see it, counted in the shift and written into the audit.
 * @param show what is shown, in the same transaction
 */
export async function revealInShift<Shown>(
  request: FlowRequest<RevealFault>,
  input: RevealInput,
  show: (step: Step<RevealFault>, filing: FilingRow) => Promise<Shown>,
): Promise<Shown> {
  const shift = shiftOf(request);
  const shown = await inTransaction(request, async (step) => {
    const filing = await reveal(step, input, shift.startsAt);
    return filing === null ? null : { found: await show(step, filing) };
  });
  if (shown === null) throw request.fault('reveal.quota_spent', { retryAfterSeconds: shift.endsInSeconds });
  return shown.found;
}

/** Null when the quota of the shift is spent: the transaction commits the notification of the operators. */
async function reveal(
  step: Step<RevealFault>,
  { filingId, because, reason }: RevealInput,
  shiftAt: string,
): Promise<FilingRow | null> {
  const { tx, actor, at } = step;
  const filing = requireVisible(step, await tx.filings.find(filingId), (one) => [one.accountId]);
  if (!mayReveal(actor.role, filing.state)) throw step.fault('filing.wrong_state');
  if (actor.role !== 'customer') {
    if (because === undefined) throw step.fault('input.invalid', { places: [becausePlace] });
    refuseClaimedByOther(step, filing);
    if (claimAt(filing, at) === null) throw step.fault('filing.not_claimed');
    if (!(await countLook(step, { kind: 'filing', id: filing.id }, shiftAt))) return null;
  }
  const said = { because: because ?? null, reason: await sayIn(step, 'audit', reason) };
  await recordAudit(step, 'FormRevealed', { kind: 'filing', id: filing.id }, said);
  return filing;
}

/** Counts one look in the shift; false when its quota is spent: then the operators are told, so the transaction has to commit. */
export async function countLook(step: Step, object: AuditObject, shiftAt: string): Promise<boolean> {
  const { deps, tx, actor, at } = step;
  if (await tx.reveals.count(actor.userId, shiftAt, deps.reveals.perShift)) return true;
  if (await tx.reveals.alert(actor.userId, shiftAt, at)) await notifySpentQuota(step, object, shiftAt);
  return false;
}

/** Once in a shift: the audit has it, and the operators a notice. */
async function notifySpentQuota(step: Step, object: AuditObject, shiftAt: string): Promise<void> {
  const { deps, tx, actor, at } = step;
  const { perShift } = deps.reveals;
  await recordAudit(step, 'RevealQuotaSpent', object, { perShift, shiftAt });
  const person = await tx.people.find(actor.userId, at);
  const notice = newNotice(step, {
    accountId: null,
    type: 'RevealQuotaSpent',
    about: `reveals of ${actor.userId} in the shift from ${shiftAt}`,
    filingId: object.kind === 'filing' ? object.id : null,
    detail: { person: person?.displayName ?? actor.userId, perShift: String(perShift) },
  });
  await tx.notices.add(notice);
}

const becausePlace = {
  path: 'because',
  expected: 'one of the reasons of the list',
  expectedZh: '请选择查看场景',
};

/** Shifts of a day begin at midnight in Shanghai. */
export function shiftOf({ at, deps }: Pick<FlowRequest, 'at' | 'deps'>) {
  const shiftMs = deps.reveals.shiftHours * hourMs;
  const sinceMs = (Date.parse(at) + shanghaiOffsetMs) % shiftMs;
  return {
    startsAt: new Date(Date.parse(at) - sinceMs).toISOString(),
    endsInSeconds: Math.ceil((shiftMs - sinceMs) / 1000),
  };
}
