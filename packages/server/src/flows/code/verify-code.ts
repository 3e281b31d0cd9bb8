import { queryInParts } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { inTransaction } from '../command/step.ts';
import { type NameStatus, statusOfName } from '../filing/name-status.ts';
import { registrableName } from '../filing/registrable-name.ts';
import type { CodeReason } from './code-reasons.ts';
import { examineCode } from './examine-code.ts';

export interface CodeVerification {
  readonly usable: boolean;
  readonly reasons: readonly CodeReason[];
  /** What the name's own record means for the filing; only with a name, and only for a code that the caller may see. */
  readonly name?: NameStatus;
}

interface VerifyCodeInput {
  readonly code: string;
  readonly accountId: string;
  readonly domainName?: string | undefined;
}

/**
 * Would this code work for this account (contract §8)? A stranger gets one answer for unknown and not granted; slowing
 * down guesses is the caller's part. Customers ask for themselves, or for the grantees of codes they issued.
 */
export const verifyCode = queryInParts(
  { id: 'verifyCode', faults: ['auth.too_many_attempts'] },
  async (request, input: VerifyCodeInput): Promise<CodeVerification> => {
    const { deps, actor } = request;
    const name = input.domainName === undefined ? null : registrableName(input.domainName);
    const asker = actor.role === 'customer' ? ownAccount(actor) : null;
    const question = { text: input.code, accountId: input.accountId, asker };
    const { reasons, code } = await inTransaction(request, (step) => examineCode(step, question));
    if (name === null || code === null) return { usable: reasons.length === 0, reasons };
    // Outside of the transaction: the authority may be asked.
    const { nameStatus, reason } = await statusOfName(deps, name, input.accountId);
    const all = reason === null ? reasons : [...reasons, reason];
    return { usable: all.length === 0, reasons: all, name: nameStatus };
  },
);
