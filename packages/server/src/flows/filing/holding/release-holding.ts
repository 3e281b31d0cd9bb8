import type { FilingRow } from '../../../ports/index.ts';
import { recordAudit } from '../../command/audit.ts';
import { recordFilingEvent } from '../../command/events.ts';
import type { Step } from '../../command/step.ts';
import { resourceOf } from '../../resource/account-evaluator.ts';

/**
 * Returns what the filing holds: its code becomes usable again (or, where the policy says that an abandoned code is
 * spent, is revoked), its own place on a resource is free. `kept`: all but its code.
 * @throws Fault `code.wrong_state` when the code is no longer bound to the filing.
 */
export async function releaseHolding(
  step: Step<'code.wrong_state'>,
  filing: FilingRow,
  cause: 'rebind' | 'ended' | 'kept',
): Promise<void> {
  const { tx, at } = step;
  const { codeId } = filing;
  if (codeId !== null && cause !== 'kept') await releaseCode(step, codeId, { filingId: filing.id, cause });
  // The resource's place, and the subject's where one is counted.
  for (const { spendId } of await tx.quota.listLiveOfFiling(filing.id)) await tx.quota.returnSpend(spendId, at);
  if (codeId === null && filing.spendId !== null) {
    await recordFilingEvent(step, filing.id, 'QuotaReturned', { resourceId: filing.resourceId });
  }
}

/**
 * The code can be used again; `ended`: not where the policy says that it is spent.
 * @throws Fault `code.wrong_state` when it is no longer bound to the filing.
 */
export async function releaseCode(
  step: Step<'code.wrong_state'>,
  codeId: string,
  { filingId, cause }: { readonly filingId: string; readonly cause: 'rebind' | 'ended' },
): Promise<void> {
  const { tx, at } = step;
  if (!(await tx.codes.release(codeId, filingId, at))) throw step.fault('code.wrong_state');
  await recordFilingEvent(step, filingId, 'CodeReleased', { codeId });
  if (cause === 'rebind' || !(await isCodeSpentByEnding(step, codeId))) return;
  if (await tx.codes.revoke(codeId, at))
    await recordAudit(step, 'CodeRevoked', { kind: 'code', id: codeId }, { filingId });
}

/** By the policy: is a code spent when its filing ends without a number? */
export async function isCodeSpentByEnding(step: Step<'code.wrong_state'>, codeId: string): Promise<boolean> {
  const code = await step.tx.codes.find(codeId);
  if (code === null) throw step.fault('code.wrong_state');
  const { evaluator, row } = await resourceOf(step, code);
  return evaluator.policyOf(row)?.version.codes?.reusableAfterAbandon === false;
}
