import { ownAccount } from '../command/permission.ts';
import { advanceFiling } from './advance-filing.ts';
import { filingStep } from './filing-step.ts';

/** Back to editing while the review has not ended. */
export const withdrawFiling = filingStep({ id: 'withdrawFiling', faults: [] }, (step, filing) => {
  ownAccount(step.actor);
  return advanceFiling(step, filing, 'withdraw', { detail: {} });
});
