import { parseCode } from '@openbeian/model/code';
import type { CodeRow } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { type CodeReason, codeReasons } from './code-reasons.ts';
import { findCodeByText } from './code-text.ts';
import { type CodeView, codeViewOf, openCodeEvaluator } from './code-view.ts';
import { type Numbered, numbered, partnerCodeOf } from './partner-answer.ts';

interface PartnerCodeAnswer {
  readonly found: boolean;
  readonly code: CodeView | null;
  readonly serviceNumber: string | null;
  readonly reasons: readonly Numbered<CodeReason>[];
}

/**
 * What became of codes, by the codes themselves, for their issuer and grantee, in the order asked. For anybody else a
 * code is unknown, after the same work.
 */
export const queryPartnerCodes = query(
  { id: 'queryPartnerCodes', faults: ['auth.too_many_attempts'] },
  async (step, input: { readonly codes: readonly string[] }) => {
    const account = ownAccount(step.actor);
    const rows: (CodeRow | null)[] = [];
    for (const text of input.codes) {
      const row = await findCodeByText(step, text);
      rows.push(row !== null && [row.issuerAccountId, row.granteeAccountId].includes(account) ? row : null);
    }
    const evaluator = await openCodeEvaluator(
      step,
      rows.filter((row) => row !== null),
    );
    const results: PartnerCodeAnswer[] = [];
    for (const [index, text] of input.codes.entries()) {
      const row = rows[index] ?? null;
      results.push(
        row === null ? notFound(text) : { found: true, ...(await partnerCodeOf(step, codeViewOf(evaluator, row))) },
      );
    }
    return { results };
  },
);

function notFound(text: string): PartnerCodeAnswer {
  const reason = parseCode(text).ok ? codeReasons.unknown : codeReasons.mistyped;
  return { found: false, code: null, serviceNumber: null, reasons: [numbered(reason)] };
}
