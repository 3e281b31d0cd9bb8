import { recordAudit } from '../command/audit.ts';
import { sayIn } from '../command/said.ts';
import { endFiling } from '../filing/end-filing.ts';
import { type FilingStepInput, filingStep } from '../filing/filing-step.ts';

/** An operator closes a filing that its customer has abandoned; its code or quota is returned. */
export const lapseFiling = filingStep(
  { id: 'lapseFiling', faults: ['code.wrong_state'] },
  async (step, filing, input: FilingStepInput & { readonly comment: string }) => {
    const comment = await sayIn(step, 'audit', input.comment);
    await recordAudit(step, 'FilingClosedByOperator', { kind: 'filing', id: filing.id }, { comment });
    return endFiling(step, filing, 'lapse');
  },
);
