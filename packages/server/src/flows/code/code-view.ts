import { type CodeState, deriveCodeState } from '@openbeian/model/code';
import type { CodeRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { type CodeEvaluator, codeEvaluatorOf } from '../resource/account-evaluator.ts';
import { type CodeReason, suspensionReasonsOf } from './code-reasons.ts';

/** A code as its issuer, its grantee or the provider's people see it; never the code itself. */
export interface CodeView {
  readonly id: string;
  readonly resourceId: string;
  readonly issuerAccountId: string;
  readonly granteeAccountId: string | null;
  readonly tail: string;
  readonly note: string;
  readonly state: CodeState;
  readonly reasons: CodeReason[];
  readonly usableUntil: string | null;
  readonly issuedAt: string;
  readonly grantedAt: string | null;
  readonly boundFilingId: string | null;
  readonly usedAt: string | null;
  readonly revokedAt: string | null;
}

/** Reads the resources of these codes: one read for a whole page, however large the accounts are. */
export async function openCodeEvaluator(step: Step, codes: readonly CodeRow[]): Promise<CodeEvaluator> {
  const resourceIds = [...new Set(codes.map((code) => code.resourceId))];
  return codeEvaluatorOf(step, await step.tx.resources.listByIds(resourceIds));
}

/** Shapes these codes, in their order. */
export async function codeViewsOf(step: Step, codes: readonly CodeRow[]): Promise<CodeView[]> {
  const evaluator = await openCodeEvaluator(step, codes);
  return codes.map((code) => codeViewOf(evaluator, code));
}

/** The code as it is now. @throws Fault `object.not_found`. */
export async function readCodeView(step: Step<'object.not_found'>, codeId: string): Promise<CodeView> {
  const code = await step.tx.codes.find(codeId);
  if (code === null) throw step.fault('object.not_found');
  return codeViewOf(await openCodeEvaluator(step, [code]), code);
}

/** Shapes a code; its state is derived from its dated facts and from whether its resource is eligible today. */
export function codeViewOf(evaluator: CodeEvaluator, code: CodeRow): CodeView {
  const row = evaluator.rowOf(code.resourceId);
  const validity = row === null ? null : evaluator.validityOf(row, code);
  const final = code.usedAt !== null || code.revokedAt !== null;
  const hasNoEnd = final || row === null || code.stoppedAt !== null;
  return {
    id: code.id,
    resourceId: code.resourceId,
    issuerAccountId: code.issuerAccountId,
    granteeAccountId: code.granteeAccountId,
    tail: code.tail,
    note: code.note,
    state: deriveCodeState(code, validity?.valid ?? false),
    reasons: final || validity === null ? [] : suspensionReasonsOf(validity),
    usableUntil: hasNoEnd ? null : earlier(evaluator.goodUntilOf(row), evaluator.lastDayOfCode(row, code.issuedAt)),
    issuedAt: code.issuedAt,
    grantedAt: code.grantedAt,
    boundFilingId: code.boundFilingId,
    usedAt: code.usedAt,
    revokedAt: code.revokedAt,
  };
}

/** Null sets no end. */
function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
