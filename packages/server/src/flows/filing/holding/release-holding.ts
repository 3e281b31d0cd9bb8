import type { FilingRow } from '../../../ports/index.ts';
import { recordAudit } from '../../command/audit.ts';
import { recordFilingEvent } from '../../command/events.ts';
import type { Step } from '../../command/step.ts';
import { resourceOf } from '../../resource/account-evaluator.ts';

/**
 * Returns what the filing holds: its code becomes usable again (or, where the policy says that an abandoned code is
 * spent, is revoked), its own place on a resource is free.
 * @throws Fault `code.wrong_state` when the code is no longer bound to the filing.
 */
export async function releaseHolding(
  step: Step<'code.wrong_state'>,
  filing: FilingRow,
  cause: 'rebind' | 'ended',
): Promise<void> {
  const { tx, at } = step;
  const { codeId } = filing;
  if (codeId !== null) {
    if (!(await tx.codes.release(codeId, filing.id, at))) throw step.fault('code.wrong_state');
    await recordFilingEvent(step, filing.id, 'CodeReleased', { codeId });
    if (cause === 'ended') await revokeWhereSpent(step, codeId, filing.id);
  }
  // The resource's place, and the subject's where one is counted.
  for (const { spendId } of await tx.quota.listLiveOfFiling(filing.id)) await tx.quota.returnSpend(spendId, at);
  if (codeId === null && filing.spendId !== null) {
    await recordFilingEvent(step, filing.id, 'QuotaReturned', { resourceId: filing.resourceId });
  }
}

async function revokeWhereSpent(step: Step<'code.wrong_state'>, codeId: string, filingId: string): Promise<void> {
  const { tx, at } = step;
  const code = await tx.codes.find(codeId);
  if (code === null) throw step.fault('code.wrong_state');
  const { evaluator, row } = await resourceOf(step, code);
  const isReusable = evaluator.policyOf(row)?.version.codes?.reusableAfterAbandon;
  if (isReusable !== false || !(await tx.codes.revoke(codeId, at))) return;
  await recordAudit(step, 'CodeRevoked', { kind: 'code', id: codeId }, { filingId });
}
