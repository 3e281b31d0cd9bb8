import type { Finding } from '@openbeian/model/forms';
import type { FilingRow } from '../../../ports/index.ts';
import type { CodeReason } from '../../code/code-reasons.ts';
import { reasonsAgainst } from '../../code/examine-code.ts';
import type { Step } from '../../command/step.ts';
import { requireResource } from '../../resource/account-evaluator.ts';
import { filingKindFlows } from '../kinds.ts';

/**
 * Evaluates what the filing holds again, at submit and before it goes to the authority: its resource may have become
 * ineligible since it was bound.
 * @returns why it may not go on; empty when it may
 */
export async function evaluateHolding(
  step: Step<'object.not_found' | 'filing.resource_missing'>,
  filing: FilingRow,
): Promise<CodeReason[]> {
  const { holds } = filingKindFlows[filing.kind];
  if (holds === 'nothing' || (holds === 'place_if_moved' && filing.codeId === null && filing.resourceId === null))
    return [];
  if (filing.codeId !== null) {
    const code = await step.tx.codes.find(filing.codeId);
    if (code === null) throw step.fault('object.not_found');
    return reasonsAgainst(step, code, { boundTo: filing.id, hold: true });
  }
  if (filing.resourceId === null) throw step.fault('filing.resource_missing');
  const { evaluator, row } = await requireResource(step, filing.resourceId, true);
  const { file } = evaluator.checkWithout(row, evaluator.ledgerOf(row, 'file').ledger.ledgerKey);
  return file.outcome === 'eligible' ? [] : [...file.reasons];
}

/** A reason about the resource or code as a finding of the filing. */
export const findingOfReason = (reason: CodeReason): Finding => ({
  field: null,
  rule: reason.code,
  message: reason.message,
  remedy: reason.remedy === null ? null : { zh: reason.remedy.zh, en: reason.remedy.en },
  source: reason.source,
  from: 'provider',
});
