import { checkForm, isSubmittable, toldFinding } from '@openbeian/model/forms';
import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { findUncarried } from './find-uncarried.ts';
import { findUnchanged } from './find-unchanged.ts';
import { currentFormValues } from './form-values.ts';
import { findingsBeside } from './form-view.ts';
import { fullCheckContextOf } from './organiser-facts.ts';

/** The pre-check of whatever goes to a reviewer. @throws Fault `filing.form_incomplete` with everything found, where that keeps it back */
export async function refuseIncomplete(step: Step<'filing.form_incomplete'>, filing: FilingRow): Promise<void> {
  const { deps, at } = step;
  const findings = [
    ...checkForm(currentFormValues(deps, filing, at), await fullCheckContextOf(step, filing)),
    ...findUncarried(step, filing),
    ...(await findUnchanged(step, filing)),
    ...(await findingsBeside(step, filing)),
  ];
  if (isSubmittable(findings)) return;
  throw step.fault('filing.form_incomplete', { findings: findings.map((finding) => toldFinding(finding)) });
}
