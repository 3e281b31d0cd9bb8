import { checkForm, isSubmittable } from '@openbeian/model/forms';
import { ownAccount } from '../command/permission.ts';
import { advanceFiling } from './advance-filing.ts';
import { filingStep } from './filing-step.ts';
import { checkContextOf, openValues } from './form-values.ts';
import { evaluateHolding } from './holding/evaluate-holding.ts';

/** Submits for review, after the pre-check and after evaluating the resource or code again. */
export const submitFiling = filingStep(
  {
    id: 'submitFiling',
    faults: ['filing.form_incomplete', 'filing.resource_missing', 'resource.not_eligible', 'code.not_usable'],
  },
  async (step, filing) => {
    const { deps, actor, at } = step;
    ownAccount(actor);
    const findings = checkForm(openValues(deps, filing.id, filing.form), checkContextOf(deps, filing, at));
    if (!isSubmittable(findings)) throw step.fault('filing.form_incomplete', { findings });
    const reasons = await evaluateHolding(step, filing);
    if (reasons.length > 0)
      throw step.fault(filing.codeId === null ? 'resource.not_eligible' : 'code.not_usable', { reasons });
    return advanceFiling(step, filing, 'submit', { change: { submittedBy: actor.userId, findings: [] }, detail: {} });
  },
);
