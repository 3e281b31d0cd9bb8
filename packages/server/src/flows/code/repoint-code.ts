import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { type EvaluatedResource, requireResource, resourceOf } from '../resource/account-evaluator.ts';
import { readCodeView } from './code-view.ts';
import { requireIssuedCode } from './own-code.ts';

interface RepointCodeInput {
  readonly codeId: string;
  readonly resourceId: string;
}

/**
 * Points an unused code at another resource of its issuer; its place moves from one ledger to the other.
 * @throws Fault `object.not_found`, `code.not_repointable` where the policy says so, `resource.not_eligible` with all
 * reasons of the new resource, `quota.exhausted`, `code.wrong_state` when it is bound, used or revoked.
 */
export const repointCode = command(
  {
    id: 'repointCode',
    faults: [
      'object.not_found',
      'resource.not_eligible',
      'quota.exhausted',
      'code.wrong_state',
      'code.not_repointable',
    ],
  },
  async (step, input: RepointCodeInput) => {
    const { tx, deps, at, fault } = step;
    const code = await requireIssuedCode(step, input.codeId);
    if (code.boundFilingId !== null || code.usedAt !== null || code.revokedAt !== null) throw fault('code.wrong_state');
    if (code.resourceId === input.resourceId) return readCodeView(step, code.id);
    const from = await resourceOf(step, code);
    // Locked, so that the code moves to the resource as it was checked.
    const to = await requireResource(step, input.resourceId, true);
    if (to.row.accountId !== code.issuerAccountId) throw fault('object.not_found');
    const { ledgerKey, capacity } = ledgerOfMove(step, from, to);
    await tx.quota.put(ledgerKey, capacity, at);
    const target = { resourceId: to.row.id, ledgerKey, spendId: deps.ids.next('spd') };
    const outcome = await tx.codes.repoint(code.id, target, at);
    if (outcome === 'quota_exhausted') throw fault('quota.exhausted');
    if (outcome === 'wrong_state') throw fault('code.wrong_state');
    const detail = { fromResourceId: code.resourceId, resourceId: to.row.id };
    await recordAudit(step, 'CodeRepointed', { kind: 'code', id: code.id }, detail);
    return readCodeView(step, code.id);
  },
);

/** The ledger that the code's place moves to, once the policy allows the move and the new resource may issue. */
function ledgerOfMove(
  { fault }: Step<'code.not_repointable' | 'resource.not_eligible'>,
  from: EvaluatedResource,
  to: EvaluatedResource,
): { readonly ledgerKey: string; readonly capacity: number | null } {
  const allowed = from.evaluator.policyOf(from.row)?.version.codes?.repointable !== false;
  if (!allowed || to.row.provider !== from.row.provider) throw fault('code.not_repointable');
  const { ledger, capacity } = to.evaluator.ledgerOf(to.row, 'issue');
  // On the same ledger the code's own place is free for it.
  const stays = from.evaluator.ledgerOf(from.row, 'issue').ledger.ledgerKey === ledger.ledgerKey;
  const { issue } = stays
    ? to.evaluator.checkWithout(to.row, ledger.ledgerKey)
    : to.evaluator.check(to.row, to.row.accountId);
  if (issue.outcome !== 'eligible') throw fault('resource.not_eligible', { reasons: issue.reasons });
  return { ledgerKey: ledger.ledgerKey, capacity };
}
