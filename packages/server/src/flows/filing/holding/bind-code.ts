import type { FilingRow } from '../../../ports/index.ts';
import { examineCode } from '../../code/examine-code.ts';
import { recordFilingEvent } from '../../command/events.ts';
import type { Step } from '../../command/step.ts';
import { resourceOf } from '../../resource/account-evaluator.ts';
import type { Holding } from './holding.ts';
import { spendOfSubject } from './spend-of-subject.ts';

/** Ties the filing to a code that its account may use. */
export async function bindCode(
  step: Step<'code.not_usable' | 'code.wrong_state' | 'quota.exhausted'>,
  filing: FilingRow,
  text: string,
): Promise<Holding> {
  const { tx, at } = step;
  const question = { text, accountId: filing.accountId, asker: filing.accountId, hold: true };
  const { reasons, code } = await examineCode(step, question);
  if (code === null || reasons.length > 0) throw step.fault('code.not_usable', { reasons });
  if (!(await tx.codes.bind(code.id, filing.id, at))) throw step.fault('code.wrong_state');
  await spendOfSubject(step, { ...(await resourceOf(step, code)), use: 'issue' }, filing);
  await recordFilingEvent(step, filing.id, 'CodeBound', { codeId: code.id });
  return { codeId: code.id, resourceId: code.resourceId, spendId: null };
}
