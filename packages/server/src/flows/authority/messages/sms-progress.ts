import type { SmsPerson, SmsState } from '@openbeian/model/filing';
import { courseOf } from '@openbeian/model/filing';
import type { FilingRow } from '../../../ports/index.ts';
import { recordFilingEvent } from '../../command/events.ts';
import type { Step } from '../../command/step.ts';
import type { ApplyToFiling } from './message-step.ts';

/** Some of those who confirm the SMS have, or tried to. The filing goes on once the authority says that all have. */
export const applySmsProgress: ApplyToFiling<'sms_progress'> = async (step, filing, message) => {
  const { submissionId, people, state, code, resends, wrongCodes, sentAt: at } = message;
  await step.tx.exchange.reportSms(submissionId, people, { state, code, resends, wrongCodes, at });
  await recordFilingEvent(step, filing.id, 'SmsReported', { people, state, code });
};

/** What a message about the whole submission says of each who confirms it; what was said of one alone and goes further stays. */
export async function reportAll(
  { tx }: Pick<Step, 'tx'>,
  { kind }: Pick<FilingRow, 'kind'>,
  { submissionId, state, at }: { readonly submissionId: string; readonly state: SmsState; readonly at: string },
): Promise<void> {
  const people: readonly SmsPerson[] = courseOf(kind).smsBy;
  await tx.exchange.reportSms(submissionId, people, { state, code: null, resends: 0, wrongCodes: 0, at });
}
