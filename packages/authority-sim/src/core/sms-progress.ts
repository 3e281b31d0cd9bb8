import { courseOf, type SmsPerson } from '@openbeian/model/filing';
import type { SmsCodeEvent } from './events.ts';
import type { SubmissionCase } from './sim-state.ts';
import { type Message, partsOf, type Submission } from './words.ts';

/** The wrong try with this number ends the verification (docs/sources.md: five, by two providers' documents). */
export const maxWrongTries = 5;
/** So often an SMS is sent again; asking once more returns the filing. */
export const maxResends = 3;

/** What the provider is told of the SMS of whoever answers that mobile; null in journals of before. `found` has it counted. */
export function smsProgressOf(
  found: SubmissionCase,
  { type, submissionId, mobile, messageId }: SmsCodeEvent,
  at: string,
): Extract<Message, { kind: 'sms_progress' }> | null {
  if (messageId === undefined) return null;
  const wrongCodes = found.wrongTries.get(mobile) ?? 0;
  const isOver = wrongCodes >= maxWrongTries;
  // The codes of the real page: others are missing, wrong data (the last time: failed), sent again.
  const codes = { SmsCodeAccepted: '31', SmsCodeRefused: isOver ? '21' : '2', SmsResent: '101' } as const;
  return {
    kind: 'sms_progress',
    messageId,
    submissionId,
    sentAt: at,
    people: peopleAt(found.submission, mobile),
    state: type === 'SmsCodeAccepted' ? 'confirmed' : isOver ? 'failed' : 'sent',
    code: codes[type],
    resends: found.resent.get(mobile) ?? 0,
    wrongCodes,
  };
}

/** Who of those that confirm a submission gets its SMS at that mobile: the first of those that stand in the field. */
function peopleAt(submission: Submission, mobile: string): SmsPerson[] {
  const mobiles: Readonly<Record<SmsPerson, readonly string[]>> = {
    subject_principal: [submission.subject.principal.mobile],
    service_principal: partsOf(submission).map(({ service }) => service.principal.mobile),
  };
  return courseOf(submission.kind).smsBy.filter((person) =>
    mobiles[person].some((given) => given.split(';')[0] === mobile),
  );
}
