import { sealingContexts } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount, requireVisible } from '../command/permission.ts';
import { sayIn } from '../command/said.ts';
import { inTransaction } from '../command/step.ts';

interface RevealCodeInput {
  readonly codeId: string;
  readonly reason: string;
}

/**
 * The code itself, for its issuer or grantee. Every look leaves an audit row, a repeated request included: its answer is
 * a clear code, which is never stored.
 * @throws Fault `object.not_found`.
 */
export const revealCode = commandInParts(
  { id: 'revealCode', faults: ['object.not_found'] },
  async (request, { codeId, reason }: RevealCodeInput) => {
    ownAccount(request.actor);
    return inTransaction(request, async (step) => {
      const found = await step.tx.codes.find(codeId);
      const code = requireVisible(step, found, (one) => [one.issuerAccountId, one.granteeAccountId]);
      await recordAudit(
        step,
        'CodeRevealed',
        { kind: 'code', id: code.id },
        { reason: await sayIn(step, 'audit', reason) },
      );
      return { clear: step.deps.vault.open(code.sealed, sealingContexts.codes(code.id)) };
    });
  },
);
