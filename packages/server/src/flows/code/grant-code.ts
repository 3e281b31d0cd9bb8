import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { readCodeView } from './code-view.ts';
import { requireGrantee, requireIssuedCode } from './own-code.ts';

interface GrantCodeInput {
  readonly codeId: string;
  readonly granteeAccountId: string;
}

/**
 * Grants an unused code to an account, or to another one.
 * @throws Fault `object.not_found` (also for a code of others), `code.wrong_state` when it is bound, used or revoked.
 */
export const grantCode = command(
  { id: 'grantCode', faults: ['object.not_found', 'code.wrong_state'] },
  async (step, { codeId, granteeAccountId }: GrantCodeInput) => {
    await requireIssuedCode(step, codeId);
    await requireGrantee(step, granteeAccountId);
    if (!(await step.tx.codes.grant(codeId, granteeAccountId, step.at))) throw step.fault('code.wrong_state');
    await recordAudit(step, 'CodeGranted', { kind: 'code', id: codeId }, { granteeAccountId });
    return readCodeView(step, codeId);
  },
);
