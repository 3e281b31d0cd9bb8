import { type QuotaUse, subjectLedgerOf } from '@openbeian/model/quota';
import type { FilingRow } from '../../../ports/index.ts';
import type { Step } from '../../command/step.ts';
import type { EvaluatedResource } from '../../resource/account-evaluator.ts';

/** Spends the place that a policy counts by subject, where it does. @throws Fault `quota.exhausted`. */
export async function spendOfSubject(
  step: Step<'quota.exhausted'>,
  { evaluator, row, use }: EvaluatedResource & { readonly use: QuotaUse },
  filing: FilingRow,
): Promise<void> {
  const { deps, tx, at } = step;
  const policy = evaluator.policyOf(row);
  if (policy === null || subjectLedgerOf(use, '', policy.id, policy.version.quotas) === null) return;
  const holder = await tx.quota.holderOfSubject(filing.subjectHash, deps.ids.next('sbh'));
  const ledger = subjectLedgerOf(use, holder, policy.id, policy.version.quotas);
  if (ledger === null) return;
  const { ledgerKey, rule } = ledger;
  await tx.quota.put(ledgerKey, rule.limit, at);
  const spend = { spendId: deps.ids.next('spd'), ledgerKey, filingId: filing.id, at };
  if (await tx.quota.spendDirect(spend)) return;
  throw step.fault('quota.exhausted', {
    detail: {
      zh: `该主体在本产品最多备案 ${rule.limit} 个网站，已达上限。`,
      en: `One subject files at most ${rule.limit} sites on this product, and this one has.`,
    },
  });
}
