import type { FilingRow } from '../../../ports/index.ts';
import { examineCode } from '../../code/verify-code.ts';
import { recordFilingEvent } from '../../command/events.ts';
import type { Step } from '../../command/step.ts';
import { deskOfResource } from '../../resource/account-desk.ts';
import type { Holding } from './holding.ts';
import { spendOfSubject } from './spend-of-subject.ts';

/** Ties the filing to a code that its account may use. */
export async function bindCode(
  step: Step<'code.not_usable' | 'code.wrong_state' | 'quota.exhausted'>,
  filing: FilingRow,
  text: string,
): Promise<Holding> {
  const { deps, tx, at } = step;
  const { reasons, code } = await examineCode(deps, tx, text, filing.accountId, filing.accountId, true);
  if (code === null || reasons.length > 0) throw step.fault('code.not_usable', { reasons });
  if (!(await tx.codes.bind(code.id, filing.id, at))) throw step.fault('code.wrong_state');
  const { desk, row } = await deskOfResource(deps, tx, code.resourceId, at);
  await spendOfSubject(step, { desk, row, use: 'issue' }, filing);
  await recordFilingEvent(step, filing.id, 'CodeBound', { codeId: code.id });
  return { codeId: code.id, resourceId: code.resourceId, spendId: null };
}
