import { advanceFiling } from '../../filing/advance-filing.ts';
import type { ApplyToFiling } from './message-step.ts';
import { reportAll } from './sms-progress.ts';

/** The SMS was confirmed; the verdict comes next. Overtaken by the verdict, it changes nothing. */
export const applySmsConfirmed: ApplyToFiling<'sms_confirmed'> = async (step, filing, { submissionId, sentAt: at }) => {
  await reportAll(step, filing, { submissionId, state: 'confirmed', at });
  if (filing.state === 'awaiting_sms') await advanceFiling(step, filing, 'confirm_sms', { detail: {} });
};
