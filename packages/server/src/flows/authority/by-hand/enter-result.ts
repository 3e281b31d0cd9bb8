import type { FaultCode } from '@openbeian/model/fault';
import { courseOf, type SmsPerson, type SmsState } from '@openbeian/model/filing';
import type { FilingRow, SubmissionMessage } from '../../../ports/index.ts';
import { recordAudit } from '../../command/audit.ts';
import { makeFault, type Step } from '../../command/step.ts';
import { refuseClaimedByOther } from '../../filing/claim.ts';
import { fieldsOfFiling } from '../../filing/field-of-filing.ts';
import { type FilingStepInput, filingStep } from '../../filing/filing-step.ts';
import { readNumbers } from '../read-numbers.ts';
import { applyMessage } from '../record-message.ts';
import { refuseLine } from './refuse-line.ts';

/** What the authority's own pages say of a filing that was entered there. */
export type EnteredResult =
  | { readonly kind: 'sms_requested'; readonly dueAt: string }
  | {
      readonly kind: 'sms_progress';
      readonly people: readonly SmsPerson[];
      readonly state: SmsState;
      readonly code?: string | undefined;
      readonly resends: number;
      readonly wrongCodes: number;
    }
  | { readonly kind: 'sms_confirmed' }
  | { readonly kind: 'sms_failed'; readonly cause: 'timed_out' | 'too_many_attempts' }
  | { readonly kind: 'approved'; readonly subjectNumber: string; readonly serviceNumber?: string | undefined }
  | {
      readonly kind: 'rejected';
      readonly reasons: readonly { readonly field: string | null; readonly text: string }[];
    };

/**
 * Takes down what became of a filing at the authority. It is applied as the same message over a line would be, and the audit says who
 * entered it.
 */
export const enterAuthorityResult = filingStep(
  {
    id: 'enterAuthorityResult',
    faults: ['authority.by_line', 'filing.claimed_by_other', 'record.number_conflict', 'code.wrong_state'],
  },
  async (step, filing, { result }: FilingStepInput & { readonly result: EnteredResult }) => {
    refuseLine(step, filing);
    refuseClaimedByOther(step, filing);
    const { submissionId } = filing;
    const isThere = filing.state === 'awaiting_sms' || filing.state === 'awaiting_verdict';
    const isOfSms = result.kind.startsWith('sms_');
    if (submissionId === null || !isThere || (isOfSms && filing.state !== 'awaiting_sms')) {
      throw step.fault('filing.wrong_state');
    }
    const message = messageOf(step, filing, result, submissionId);
    await recordAudit(step, 'AuthorityResultEntered', { kind: 'filing', id: filing.id }, { kind: message.kind });
    // What messages may be refused with beyond what is declared here is a bug, as it is where they come over a line.
    const open: Step<FaultCode> = { ...step, fault: makeFault };
    await applyMessage(open, message);
    const after = await step.tx.filings.findForUpdate(filing.id);
    if (after === null) throw step.fault('object.not_found');
    return after;
  },
);

function messageOf(step: Step, filing: FilingRow, result: EnteredResult, submissionId: string): SubmissionMessage {
  const head = { messageId: step.deps.ids.next('msg'), submissionId, sentAt: step.at };
  if (result.kind === 'approved') return { ...head, kind: 'approved', ...readNumbers(step, filing, result, 'result') };
  if (result.kind === 'rejected') {
    refuseStrangeFields(step, filing, result.reasons);
    return { ...head, kind: 'rejected', reasons: result.reasons.map((reason) => ({ ...reason, code: null })) };
  }
  if (result.kind === 'sms_progress') {
    refuseStrangePeople(step, filing, result.people);
    return { ...head, ...result, code: result.code ?? null };
  }
  if (result.kind === 'sms_requested') refuseStrangeDue(step, result.dueAt);
  return { ...head, ...result };
}

function refuseStrangePeople(step: Step, { kind }: FilingRow, people: readonly SmsPerson[]): void {
  const asked = courseOf(kind).smsBy;
  if (people.every((person) => asked.includes(person))) return;
  const names = asked.join(', ');
  const place = { path: 'result.people', expected: `some of ${names}`, expectedZh: `应为 ${names} 中的人员` };
  throw step.fault('input.invalid', { places: [place] });
}

function refuseStrangeFields(
  step: Step,
  filing: FilingRow,
  reasons: readonly { readonly field: string | null }[],
): void {
  const isField = fieldsOfFiling(step, filing);
  const places = reasons.flatMap(({ field }, index) =>
    field === null || isField(field)
      ? []
      : [
          {
            path: `result.reasons[${index}].field`,
            expected: 'a field of this filing’s form, a material, or null',
            expectedZh: '应为本表单中的栏目或材料，或为空',
          },
        ],
  );
  if (places.length > 0) throw step.fault('input.invalid', { places });
}

/** Twenty-four hours are usual; a mistyped day would keep the filing waiting, or end it at once. */
const longestSmsMs = 30 * 86_400_000;

function refuseStrangeDue(step: Step, dueAt: string): void {
  const waitMs = Date.parse(dueAt) - Date.parse(step.at);
  if (waitMs > 0 && waitMs <= longestSmsMs) return;
  const place = {
    path: 'result.dueAt',
    expected: 'a time within the next 30 days',
    expectedZh: '应为今后 30 天之内的时间',
  };
  throw step.fault('input.invalid', { places: [place] });
}
