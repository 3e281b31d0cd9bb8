import { codeModeOf } from '@openbeian/model/eligibility';
import type { FilingRow, StoreTransaction } from '../../../ports/index.ts';
import { type CodeReason, pickReasons } from '../../code/code-reasons.ts';
import { recordFilingEvent } from '../../command/events.ts';
import type { Step } from '../../command/step.ts';
import { type EvaluatedResource, reasonsAgainstFiling, requireResource } from '../../resource/account-evaluator.ts';
import type { Holding } from './holding.ts';
import { spendOfSubject } from './spend-of-subject.ts';

/** Ties the filing to a resource of its own account and spends a place there. */
export async function bindResource(
  step: Step<'object.not_found' | 'resource.not_eligible' | 'quota.exhausted'>,
  filing: FilingRow,
  resourceId: string,
): Promise<Holding> {
  const { deps, tx, at } = step;
  const { evaluator, row } = await requireResource(step, resourceId, true);
  if (row.accountId !== filing.accountId) throw step.fault('object.not_found');
  const notPicked = await refusalOfPick(tx, { evaluator, row });
  const reasons = [...reasonsAgainstFiling({ evaluator, row }), ...(notPicked === null ? [] : [notPicked])];
  if (reasons.length > 0) throw step.fault('resource.not_eligible', { reasons });
  const { ledger, capacity } = evaluator.ledgerOf(row, 'file');
  await tx.quota.put(ledger.ledgerKey, capacity, at);
  const spendId = deps.ids.next('spd');
  const spend = { spendId, ledgerKey: ledger.ledgerKey, filingId: filing.id, at };
  if (!(await tx.quota.spendDirect(spend))) throw step.fault('quota.exhausted');
  await spendOfSubject(step, { evaluator, row, use: 'file' }, filing);
  await recordFilingEvent(step, filing.id, 'ResourceBound', { resourceId });
  return { codeId: null, resourceId, spendId };
}

/** By the policy: picked at all, and still after codes were issued on it? */
async function refusalOfPick(tx: StoreTransaction, { evaluator, row }: EvaluatedResource): Promise<CodeReason | null> {
  const policy = evaluator.policyOf(row);
  if (policy === null) return null;
  const [source = 'openbeian'] = policy.version.source;
  const mode = codeModeOf(policy.version);
  if (mode === 'code') return { ...pickReasons.code_required, source };
  if (mode !== 'exclusive') return null;
  const issued = row.facts.used.codes > 0 || (await tx.codes.hasAny(row.id));
  return issued ? { ...pickReasons.codes_issued, source } : null;
}
