import type { CodeRow, FilingRow } from '../../../ports/index.ts';
import { examineCode, examineFound } from '../../code/examine-code.ts';
import { recordFilingEvent } from '../../command/events.ts';
import type { Step } from '../../command/step.ts';
import { resourceOf } from '../../resource/account-evaluator.ts';
import type { Holding } from './holding.ts';
import { spendOfSubject } from './spend-of-subject.ts';

/** Ties the filing to a code that its account may use: as it is typed, or one of its list. */
export async function bindCode(
  step: Step<'code.not_usable' | 'code.wrong_state' | 'quota.exhausted'>,
  filing: FilingRow,
  given: { readonly code: string } | { readonly codeId: string },
): Promise<Holding> {
  const { tx, at } = step;
  const question = { accountId: filing.accountId, asker: filing.accountId, hold: true };
  const { reasons, code } =
    'code' in given
      ? await examineCode(step, { ...question, text: given.code })
      : await examineFound(step, await listedCode(step, filing, given.codeId), question);
  if (code === null || reasons.length > 0) throw step.fault('code.not_usable', { reasons });
  if (!(await tx.codes.bind(code.id, filing.id, at))) throw step.fault('code.wrong_state');
  await spendOfSubject(step, { ...(await resourceOf(step, code)), use: 'issue' }, filing);
  await recordFilingEvent(step, filing.id, 'CodeBound', { codeId: code.id });
  return { codeId: code.id, resourceId: code.resourceId, spendId: null };
}

/** A code of the account's list. That it goes to its bearer is of no use here: an id is no secret, and the code is. */
async function listedCode({ tx }: Pick<Step, 'tx'>, { accountId }: FilingRow, codeId: string): Promise<CodeRow | null> {
  const code = await tx.codes.find(codeId);
  return code?.issuerAccountId === accountId || code?.granteeAccountId === accountId ? code : null;
}
