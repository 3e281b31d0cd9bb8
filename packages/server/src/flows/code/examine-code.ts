import { parseCode } from '@openbeian/model/code';
import type { CodeRow } from '../../ports/index.ts';
import { codeEvaluatorOf, type Reading } from '../resource/account-evaluator.ts';
import { type CodeReason, codeReasons, suspensionReasonsOf } from './code-reasons.ts';
import { findCodeByText } from './code-text.ts';

export interface CodeQuestion {
  readonly text: string;
  /** Who would use it. */
  readonly accountId: string;
  /** The account that asks; null: the provider's people, who may see everything. */
  readonly asker: string | null;
  /** Keeps the facts of the code's resource from changing until the transaction ends. */
  readonly hold?: boolean;
}

/**
 * All reasons against using a code for `accountId`, and the code itself when the caller may know that it exists. A stranger gets
 * one answer, after the same work, for a code that is unknown and for one that is granted to somebody else.
 */
export async function examineCode(step: Reading, { text, ...question }: CodeQuestion): Promise<Examined> {
  if (!parseCode(text).ok) return { reasons: [codeReasons.mistyped], code: null };
  return examineFound(step, await findCodeByText(step, text), question);
}

interface Examined {
  readonly reasons: CodeReason[];
  readonly code: CodeRow | null;
}

/** As `examineCode`, of the code that was found. */
export async function examineFound(
  step: Reading,
  code: CodeRow | null,
  { accountId, asker, hold = false }: Omit<CodeQuestion, 'text'>,
): Promise<Examined> {
  if (code === null) return { reasons: [codeReasons.unknown], code: null };
  const { issuerAccountId: issuer, granteeAccountId: grantee } = code;
  const isBearer = grantee === null && (await goesToBearer(step, code));
  const knows = asker === null || asker === issuer || asker === grantee || isBearer;
  if (!knows || (asker !== null && asker !== accountId && asker !== issuer)) {
    return { reasons: [codeReasons.unknown], code: null };
  }
  const reasons: CodeReason[] = [];
  // The issuer may use its own codes; everybody else needs the grant.
  if (!isBearer && accountId !== grantee && accountId !== issuer) reasons.push(codeReasons.not_grantee);
  reasons.push(...(await reasonsAgainst(step, code, { boundTo: null, hold })));
  return { reasons, code };
}

/**
 * May anybody use a code that was granted to nobody? Where the policy grants codes by name, only its issuer may until it
 * is granted; to everybody else it is unknown.
 */
export async function goesToBearer(step: Reading, code: CodeRow): Promise<boolean> {
  const row = await step.tx.resources.find(code.resourceId);
  const policy = row === null ? null : codeEvaluatorOf(step, [row]).policyOf(row);
  return (policy?.version.codes?.grant ?? 'bearer') === 'bearer';
}

/**
 * The reasons against the code itself; being bound to the filing `boundTo` is no reason. `hold` keeps its resource's
 * facts from changing until the transaction ends.
 */
export async function reasonsAgainst(
  step: Reading,
  code: CodeRow,
  { boundTo, hold }: { readonly boundTo: string | null; readonly hold: boolean },
): Promise<CodeReason[]> {
  if (code.revokedAt !== null) return [codeReasons.revoked];
  if (code.usedAt !== null) return [codeReasons.used];
  const { resources } = step.tx;
  const row = await (hold ? resources.findForShare(code.resourceId) : resources.find(code.resourceId));
  if (row === null) throw new Error(`code ${code.id} has no resource`);
  const reasons = suspensionReasonsOf(codeEvaluatorOf(step, [row]).validityOf(row, code));
  const isTaken = code.boundFilingId !== null && code.boundFilingId !== boundTo;
  return isTaken ? [codeReasons.bound, ...reasons] : reasons;
}
