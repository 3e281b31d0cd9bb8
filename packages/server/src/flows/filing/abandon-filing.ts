import { ownAccount } from '../command/permission.ts';
import { endFiling } from './end-filing.ts';
import { filingStep } from './filing-step.ts';

/** Gives the filing up: its code or quota is returned, the name and the subject are free again. */
export const abandonFiling = filingStep({ id: 'abandonFiling', faults: ['code.wrong_state'] }, (step, filing) => {
  ownAccount(step.actor);
  return endFiling(step, filing, 'abandon');
});
