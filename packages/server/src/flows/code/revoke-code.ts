import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { openCodeEvaluator, readCodeView } from './code-view.ts';
import { requireIssuedCode } from './own-code.ts';

/**
 * Revokes an unused code; its quota is returned where the policy allows it.
 * @throws Fault `object.not_found`, `code.wrong_state` when it is bound, used or revoked.
 */
export const revokeCode = command(
  { id: 'revokeCode', faults: ['object.not_found', 'code.wrong_state'] },
  async (step, input: { readonly codeId: string }) => {
    const { tx, at } = step;
    const code = await requireIssuedCode(step, input.codeId);
    if (!(await tx.codes.revoke(code.id, at))) throw step.fault('code.wrong_state');
    const evaluator = await openCodeEvaluator(step, [code]);
    const row = evaluator.rowOf(code.resourceId);
    const quotaReturned = row !== null && evaluator.policyOf(row)?.version.codes?.returnedOnRevoke === true;
    if (quotaReturned) await tx.quota.returnSpend(code.spendId, at);
    await recordAudit(step, 'CodeRevoked', { kind: 'code', id: code.id }, { quotaReturned });
    return readCodeView(step, code.id);
  },
);
