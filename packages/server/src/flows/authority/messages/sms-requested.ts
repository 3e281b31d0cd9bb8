import { courseOf } from '@openbeian/model/filing';
import { recordFilingEvent } from '../../command/events.ts';
import { setReminder } from '../../filing/due-at.ts';
import { changeFiling } from '../../filing/filing-step.ts';
import { tellOfFiling } from '../../notice/tell-of-filing.ts';
import type { ApplyToFiling } from './message-step.ts';
import { reportAll } from './sms-progress.ts';

/** The principals have been sent an SMS; the filing now waits until the authority's own deadline. */
export const applySmsRequested: ApplyToFiling<'sms_requested'> = async (
  step,
  filing,
  { dueAt, submissionId, sentAt: at },
) => {
  await reportAll(step, filing, { submissionId, state: 'sent', at });
  if (filing.state !== 'awaiting_sms') return;
  const waiting = await changeFiling(step, filing, { dueAt });
  await setReminder(step, waiting);
  await recordFilingEvent(step, filing.id, 'SmsRequested', { dueAt });
  const { smsPageUrl } = step.deps;
  const confirmedBy = courseOf(filing.kind).smsBy;
  const detail = { people: String(confirmedBy.length), page: smsPageUrl ?? '' };
  await tellOfFiling(step, waiting, 'SmsRequested', { detail, data: { sms: { confirmedBy, pageUrl: smsPageUrl } } });
};
