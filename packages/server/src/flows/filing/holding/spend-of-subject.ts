import { routedKindOf } from '@openbeian/model/filing';
import { accessLedgerKey, type QuotaUse, subjectLedgerOf } from '@openbeian/model/quota';
import type { FilingRow } from '../../../ports/index.ts';
import type { Step } from '../../command/step.ts';
import type { EvaluatedResource } from '../../resource/account-evaluator.ts';

/** Spends what is counted by subject: what the policy of the resource counts, and accesses. @throws Fault `quota.exhausted`. */
export async function spendOfSubject(
  step: Step<'quota.exhausted'>,
  resource: EvaluatedResource & { readonly use: QuotaUse },
  filing: FilingRow,
): Promise<void> {
  await spendByPolicy(step, resource, filing);
  if (routedKindOf(filing.kind) === 'access') await spendAccess(step, filing);
}

/** One more service that the provider accesses for the subject. @throws Fault `quota.exhausted` */
export async function spendAccess(
  { deps, tx, at, fault }: Step<'quota.exhausted'>,
  { id: filingId, provider, subjectHash }: Pick<FilingRow, 'id' | 'provider' | 'subjectHash'>,
): Promise<void> {
  const limit = deps.desk.accessesPerSubject;
  const ledgerKey = accessLedgerKey(provider, await tx.quota.holderOfSubject(subjectHash, deps.ids.next('sbh')));
  await tx.quota.put(ledgerKey, limit, at);
  if (await tx.quota.spendDirect({ spendId: deps.ids.next('spd'), ledgerKey, filingId, at })) return;
  throw fault('quota.exhausted', {
    detail: {
      zh: `一个主体最多同时接入 ${limit} 个，已达上限。可先取消不再使用的接入。`,
      en: `One organiser has at most ${limit} services accessed here at once, and this one has. Cancel an access that is no longer used.`,
    },
  });
}

async function spendByPolicy(
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
