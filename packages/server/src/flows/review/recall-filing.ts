import type { Finding } from '@openbeian/model/forms';
import { sayIn } from '../command/said.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { type FilingStepInput, filingStep } from '../filing/filing-step.ts';
import { filingKindFlows } from '../filing/kinds.ts';

/** An operator recalls a filing that is stuck at the authority; it is no longer before it, so its domain is not served in advance. */
export const recallFiling = filingStep(
  { id: 'recallFiling', faults: [] },
  async (step, filing, input: FilingStepInput & { readonly comment: string }) => {
    const comment = await sayIn(step, 'elsewhere', input.comment);
    const finding: Finding = {
      field: null,
      rule: 'recalled',
      message: { zh: `运营人员撤回：${comment}`, en: `Recalled by an operator: ${comment}` },
      remedy: { zh: '核对后重新提交。', en: 'Check it and submit again.' },
      source: null,
      from: 'provider',
    };
    const recalled = await advanceFiling(step, filing, 'recall', { change: { findings: [finding] }, detail: {} });
    await filingKindFlows[filing.kind].onEnded(step, filing);
    return recalled;
  },
);
