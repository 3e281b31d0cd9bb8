import { checkForm, isSubmittable } from '@openbeian/model/forms';
import type { FilingRow } from '../../ports/index.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { advanceFiling } from './advance-filing.ts';
import { filingStep } from './filing-step.ts';
import { checkContextOf, openValues } from './form-values.ts';
import { evaluateHolding } from './holding/evaluate-holding.ts';

/** Submits for review, after the pre-check, and after evaluating the resource or code again and who holds the name. */
export const submitFiling = filingStep(
  {
    id: 'submitFiling',
    faults: [
      'filing.form_incomplete',
      'filing.resource_missing',
      'resource.not_eligible',
      'code.not_usable',
      'filing.held_by_other_account',
      'filing.subject_in_other_account',
    ],
  },
  async (step, filing) => {
    const { deps, actor, at } = step;
    ownAccount(actor);
    const findings = checkForm(openValues(deps, filing.id, filing.form), checkContextOf(deps, filing, at));
    if (!isSubmittable(findings)) throw step.fault('filing.form_incomplete', { findings });
    const reasons = await evaluateHolding(step, filing);
    if (reasons.length > 0)
      throw step.fault(filing.codeId === null ? 'resource.not_eligible' : 'code.not_usable', { reasons });
    await refuseHeld(step, filing);
    const change = { submittedBy: actor.userId, findings: [], setAsideAt: null };
    return advanceFiling(step, filing, 'submit', { change, detail: {} });
  },
);

/** From now on the filing holds its name and certificate, unless another account's does. */
async function refuseHeld(
  { tx, fault }: Step<'filing.held_by_other_account' | 'filing.subject_in_other_account'>,
  filing: FilingRow,
): Promise<void> {
  const subject = await tx.records.findSubjectByHash(filing.subjectHash);
  if (subject !== null && subject.accountId !== filing.accountId) throw fault('filing.subject_in_other_account');
  if ((await tx.filings.findRival(filing)) !== null) throw fault('filing.held_by_other_account');
}
