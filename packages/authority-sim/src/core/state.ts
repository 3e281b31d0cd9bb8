import { divisionOf } from '@openbeian/model/number';
import { alterBooks } from './altered-books.ts';
import { applyLineEvent, endedNotices, tellLine } from './apply-lines.ts';
import type { JournalRecord, SimEvent, SmsCodeEvent } from './events.ts';
import { parseSubjectNumber } from './filing-number.ts';
import { cancellationOf } from './registry.ts';
import type { SimState, SubmissionCase } from './sim-state.ts';
import { smsProgressOf } from './sms-progress.ts';
import type { Message, Submission } from './words.ts';

/** Adds one journal record to the state. Throws when the record does not follow on what came before. */
export function applyRecord(state: SimState, record: JournalRecord): void {
  if (record.n !== state.records + 1) throw new Error(`record ${record.n} where ${state.records + 1} was expected`);
  state.records = record.n;
  state.lastAt = record.at;
  for (const event of record.events) applyEvent(state, event, record.at);
}

function applyEvent(state: SimState, event: SimEvent, at: string): void {
  switch (event.type) {
    case 'JournalOpened':
      if (event.format !== 1) throw new Error(`journal format ${String(event.format)} is newer than this release`);
      state.instance = event.instance;
      return;
    case 'RecordsSeeded':
      return seedRecords(state, event, at);
    case 'SubmissionReceived': {
      const { submission, fingerprint, receipt } = event;
      state.cases.set(submission.id, newCase(submission, fingerprint, receipt, at));
      state.open.add(submission.id);
      state.received.add(submission.id);
      const { number } = submission.subject;
      if (number !== null) state.busy.set(number, (state.busy.get(number) ?? new Set()).add(submission.id));
      return;
    }
    case 'SmsRequested':
    case 'SmsResent':
    case 'SmsCodeAccepted':
    case 'SmsCodeRefused':
    case 'SmsConfirmed':
    case 'SmsFailed':
      return applySms(state, event, at);
    case 'VerdictAwaited': {
      const found = getCase(state, event.submissionId);
      found.status = 'deciding';
      found.verdictDueAt = event.verdictDueAt;
      state.received.delete(event.submissionId);
      return;
    }
    case 'SubmissionApproved':
    case 'SubmissionRejected':
      return applyVerdict(state, event, at);
    case 'MessageAcknowledged':
      return acknowledge(state, event.messageId, at);
    case 'RejectionPlanned': {
      const { planId, submissionId, reasons } = event;
      state.plans.set(planId, { planId, submissionId, reasons });
      state.planCount += 1;
      return;
    }
    case 'RecordCancelled':
      return applyCancellation(state, event, at);
    case 'BooksAltered':
      return alterBooks(state, event.change, at);
    case 'BarLifted':
      return state.registry.liftBar(event);
    case 'UploadTaken':
    case 'NoticeQueued':
    case 'AskAnswered':
    case 'FileMade':
    case 'FileAcknowledged':
      return applyLineEvent(state, event, at);
    case 'ClockMoved':
      return;
  }
}

function seedRecords(
  state: SimState,
  { fingerprint, records }: Extract<SimEvent, { readonly type: 'RecordsSeeded' }>,
  at: string,
): void {
  state.seeded.add(fingerprint);
  state.registry.seed(records, at);
  state.ledger.seed(records, provinceOfNumber, at);
}

function acknowledge(state: SimState, messageId: string, at: string): void {
  const stored = state.messages.get(messageId);
  if (!stored) throw new Error(`no message ${messageId} to acknowledge`);
  stored.acknowledgedAt ??= at;
  state.unacknowledged.delete(messageId);
}

function applyCancellation(
  state: SimState,
  event: Extract<SimEvent, { readonly type: 'RecordCancelled' }>,
  at: string,
): void {
  const { messageId, scope, number, provider } = event;
  const told = endedNotices(state, event, { messageId, at });
  state.registry.cancel(event);
  state.ledger.cancel(event);
  const message = { kind: 'cancelled', messageId, sentAt: at, scope, number, provider } as const;
  state.messages.set(messageId, { message, acknowledgedAt: null });
  // Whoever was told over a line is not told once more over the plain wire.
  if (told === 0) state.unacknowledged.add(messageId);
}

type SmsEvent = Extract<
  SimEvent,
  { readonly type: 'SmsRequested' | 'SmsResent' | 'SmsCodeAccepted' | 'SmsCodeRefused' | 'SmsConfirmed' | 'SmsFailed' }
>;

function applySms(state: SimState, event: SmsEvent, at: string): void {
  switch (event.type) {
    case 'SmsRequested': {
      const found = getCase(state, event.submissionId);
      found.status = 'sms_waiting';
      found.smsDueAt = event.dueAt;
      found.challenges = event.challenges;
      state.received.delete(event.submissionId);
      for (const { mobile } of event.challenges) {
        state.byMobile.set(mobile, (state.byMobile.get(mobile) ?? new Set()).add(event.submissionId));
      }
      const { messageId, submissionId, dueAt } = event;
      addMessage(state, { kind: 'sms_requested', messageId, submissionId, sentAt: at, dueAt });
      const hours = Math.round((Date.parse(dueAt) - Date.parse(at)) / 3_600_000);
      for (const { mobile, code } of event.challenges) {
        state.phone.push({ mobile, sentAt: at, submissionId, kind: 'verification', code, ...codeTexts(code, hours) });
      }
      return;
    }
    case 'SmsResent': {
      const { challenges, resent, smsDueAt } = getCase(state, event.submissionId);
      const { submissionId, mobile } = event;
      resent.set(mobile, (resent.get(mobile) ?? 0) + 1);
      const code = challenges.find((challenge) => challenge.mobile === mobile)?.code ?? '';
      const hours = Math.max(1, Math.round((Date.parse(smsDueAt ?? at) - Date.parse(at)) / 3_600_000));
      state.phone.push({ mobile, sentAt: at, submissionId, kind: 'verification', code, ...codeTexts(code, hours) });
      return tellOfSms(state, event, at);
    }
    case 'SmsCodeAccepted':
      getCase(state, event.submissionId).confirmed.add(event.mobile);
      state.byMobile.get(event.mobile)?.delete(event.submissionId);
      return tellOfSms(state, event, at);
    case 'SmsCodeRefused': {
      const { wrongTries } = getCase(state, event.submissionId);
      wrongTries.set(event.mobile, (wrongTries.get(event.mobile) ?? 0) + 1);
      return tellOfSms(state, event, at);
    }
    case 'SmsConfirmed': {
      const found = getCase(state, event.submissionId);
      found.status = 'deciding';
      found.verdictDueAt = event.verdictDueAt;
      const { messageId, submissionId } = event;
      addMessage(state, { kind: 'sms_confirmed', messageId, submissionId, sentAt: at });
      return;
    }
    case 'SmsFailed': {
      const { messageId, submissionId, cause } = event;
      close(state, 'sms_failed', { kind: 'sms_failed', messageId, submissionId, sentAt: at, cause });
      return;
    }
  }
}

function tellOfSms(state: SimState, event: SmsCodeEvent, at: string): void {
  const message = smsProgressOf(getCase(state, event.submissionId), event, at);
  if (message !== null) addMessage(state, message);
}

type VerdictEvent = Extract<SimEvent, { readonly type: 'SubmissionApproved' | 'SubmissionRejected' }>;

function applyVerdict(state: SimState, event: VerdictEvent, at: string): void {
  switch (event.type) {
    case 'SubmissionApproved': {
      const { messageId, submissionId, subjectNumber, serviceNumber } = event;
      const { submission } = getCase(state, submissionId);
      recordApproval(state, event, at);
      close(state, 'approved', { kind: 'approved', messageId, submissionId, sentAt: at, subjectNumber, serviceNumber });
      textPrincipal(state, submission, 'approved', {
        sentAt: at,
        zh: `您的备案已通过审核，备案号：${serviceNumber}。`,
        en: `Your filing is approved. Number: ${serviceNumber}.`,
      });
      if (event.filingPassword !== undefined) {
        textPrincipal(state, submission, 'approved', {
          sentAt: at,
          zh: `您的备案密码：${event.filingPassword}。新增接入、注销主体时须填写，请妥善保管。`,
          en: `Your filing password: ${event.filingPassword}. You need it to add an access or to cancel the organiser’s filing.`,
        });
      }
      return;
    }
    case 'SubmissionRejected': {
      const { messageId, submissionId, reasons } = event;
      if (event.planId !== null) state.plans.delete(event.planId);
      close(state, 'rejected', { kind: 'rejected', messageId, submissionId, sentAt: at, reasons });
      textPrincipal(state, getCase(state, submissionId).submission, 'rejected', {
        sentAt: at,
        zh: '您的备案未通过审核，请向接入商了解原因。',
        en: 'Your filing was not approved. Your provider knows the reasons.',
      });
      return;
    }
  }
}

type Approval = Extract<SimEvent, { readonly type: 'SubmissionApproved' }>;

/** Writes an approval into the register and the ledger. */
function recordApproval(state: SimState, event: Approval, at: string): void {
  const { messageId, submissionId, subjectNumber, serviceNumber, alsoServiceNumbers = [] } = event;
  const { submission } = getCase(state, submissionId);
  const { registry, ledger } = state;
  const { ends, line } = { ends: submission.origin?.ends ?? null, line: submission.origin?.line };
  if (submission.kind === 'cancel_access' && ends !== null) {
    ledger.endAccess(ends.id);
    const isLast = !ledger.listAccesses(serviceNumber).some(({ provider }) => provider === submission.provider);
    if (isLast) registry.cancel({ scope: 'access', number: serviceNumber, provider: submission.provider });
    return;
  }
  if (submission.kind.startsWith('cancel_')) {
    const cancellation = cancellationOf(submission);
    endedNotices(state, cancellation, { messageId, at, ...(line && { butFor: line }) });
    registry.cancel(cancellation);
    ledger.cancel(cancellation);
    return;
  }
  const numbers = [serviceNumber, ...alsoServiceNumbers];
  registry.recordApproval(submission, subjectNumber, serviceNumber, at);
  submission.also?.forEach((part, index) => {
    const own = numbers[index + 1];
    if (own !== undefined) registry.recordApproval({ ...submission, ...part }, subjectNumber, own, at);
  });
  ledger.record(submission, subjectNumber, numbers, at);
}

/** The province of a subject's number, six digits. */
function provinceOfNumber(number: string): string {
  return `${divisionOf(parseSubjectNumber(number)?.letter ?? '') ?? '11'}0000`;
}

function newCase(submission: Submission, fingerprint: string, receipt: string, receivedAt: string): SubmissionCase {
  return {
    submission,
    fingerprint,
    receipt,
    receivedAt,
    status: 'received',
    smsDueAt: null,
    challenges: [],
    confirmed: new Set(),
    wrongTries: new Map(),
    resent: new Map(),
    verdictDueAt: null,
    outcome: null,
  };
}

function getCase(state: SimState, submissionId: string): SubmissionCase {
  const found = state.cases.get(submissionId);
  if (!found) throw new Error(`no submission ${submissionId}`);
  return found;
}

function addMessage(state: SimState, message: Exclude<Message, { kind: 'cancelled' }>): void {
  if (state.messages.has(message.messageId)) throw new Error(`message ${message.messageId} exists already`);
  state.messages.set(message.messageId, { message, acknowledgedAt: null });
  const { origin } = getCase(state, message.submissionId).submission;
  if (origin === undefined) state.unacknowledged.add(message.messageId);
  else tellLine(state, origin.line, message);
}

function close(
  state: SimState,
  status: 'approved' | 'rejected' | 'sms_failed',
  outcome: Exclude<Message, { kind: 'cancelled' }>,
): void {
  const found = getCase(state, outcome.submissionId);
  if (found.outcome) throw new Error(`submission ${outcome.submissionId} is closed already`);
  found.status = status;
  found.outcome = outcome;
  state.open.delete(outcome.submissionId);
  state.received.delete(outcome.submissionId);
  for (const { mobile } of found.challenges) state.byMobile.get(mobile)?.delete(outcome.submissionId);
  state.busy.get(found.submission.subject.number ?? '')?.delete(outcome.submissionId);
  addMessage(state, outcome);
}

/** Sends the principal of the service a text message about the outcome. */
function textPrincipal(
  state: SimState,
  submission: Submission,
  kind: 'approved' | 'rejected',
  text: { readonly sentAt: string; readonly zh: string; readonly en: string },
): void {
  const { mobile } = submission.service.principal;
  // A submission may be rejected for this very number.
  if (/^\d{11}$/u.test(mobile)) {
    state.phone.push({ mobile, submissionId: submission.id, kind, code: null, ...text });
  }
}

function codeTexts(code: string, hours: number): { zh: string; en: string } {
  return {
    zh: `【备案短信核验·模拟】验证码 ${code}，${hours} 小时内有效，请前往核验页面填写验证码、手机号和证件号码后六位。`,
    en: `[Filing SMS verification, simulated] Code ${code}, valid for ${hours} h. Enter it with your mobile number and the last six characters of your certificate on the verification page.`,
  };
}
