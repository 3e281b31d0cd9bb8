import { ownAccount } from '../command/permission.ts';
import { dueOfFilledIn } from './due-at.ts';
import { changeFiling, type FilingStepInput, filingStep } from './filing-step.ts';
import { isEditable } from './form-view.ts';
import { bindCode } from './holding/bind-code.ts';
import { bindResource } from './holding/bind-resource.ts';
import { releaseHolding } from './holding/release-holding.ts';
import { filingKindFlows } from './kinds.ts';

interface BindFilingInput extends FilingStepInput {
  readonly with: { readonly resourceId: string } | { readonly code: string } | { readonly codeId: string };
}

/** Ties a filing to a resource of the account, or to a filing code; what it held before is returned first. */
export const bindFiling = filingStep(
  {
    id: 'bindFiling',
    faults: [
      'resource.not_eligible',
      'quota.exhausted',
      'code.not_usable',
      'code.wrong_state',
      'auth.too_many_attempts',
    ],
  },
  async (step, filing, input: BindFilingInput) => {
    ownAccount(step.actor);
    // What a reviewer asks for is fields and pictures.
    const isOpen = isEditable(filing) && filing.askedAt === null;
    if (!isOpen || filingKindFlows[filing.kind].holds === 'nothing') throw step.fault('filing.wrong_state');
    await releaseHolding(step, filing, 'rebind');
    const holding =
      'resourceId' in input.with
        ? await bindResource(step, filing, input.with.resourceId)
        : await bindCode(step, filing, input.with);
    return changeFiling(step, filing, { ...holding, ...dueOfFilledIn(filing, step.deps) });
  },
);
