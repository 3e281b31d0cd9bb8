import type { JournalRecord, SimEvent } from './events.ts';
import { Registry } from './registry.ts';
import type { Message, RefusalReason, SmsChallenge, Submission } from './words.ts';

type SubmissionStatus = 'received' | 'sms_waiting' | 'deciding' | 'approved' | 'rejected' | 'sms_failed';

export interface SubmissionCase {
  readonly submission: Submission;
  readonly fingerprint: string;
  readonly receipt: string;
  readonly receivedAt: string;
  status: SubmissionStatus;
  smsDueAt: string | null;
  challenges: readonly SmsChallenge[];
  /** Mobiles that confirmed. */
  readonly confirmed: Set<string>;
  /** Wrong tries per mobile. */
  readonly wrongTries: Map<string, number>;
  verdictDueAt: string | null;
  outcome: Message | null;
}

interface StoredMessage {
  readonly message: Message;
  acknowledgedAt: string | null;
}

/** A text in the simulated phones' inbox. */
export interface PhoneText {
  readonly mobile: string;
  readonly sentAt: string;
  readonly submissionId: string;
  readonly kind: 'verification' | 'approved' | 'rejected';
  /** Six digits, for a verification. */
  readonly code: string | null;
  readonly zh: string;
  readonly en: string;
}

interface PlannedRejection {
  readonly planId: string;
  readonly submissionId: string | null;
  readonly reasons: readonly RefusalReason[];
}

/** Everything the simulated authority knows: the sum of its journal. */
export interface SimState {
  /** Tells this journal's ids from those of another run, '' before the first record. */
  instance: string;
  records: number;
  lastAt: string | null;
  readonly seeded: Set<string>;
  readonly cases: Map<string, SubmissionCase>;
  /** Cases that wait for something, by id. */
  readonly open: Set<string>;
  readonly messages: Map<string, StoredMessage>;
  readonly unacknowledged: Set<string>;
  readonly phone: PhoneText[];
  readonly plans: Map<string, PlannedRejection>;
  planCount: number;
  readonly registry: Registry;
}

export function emptyState(): SimState {
  return {
    instance: '',
    records: 0,
    lastAt: null,
    seeded: new Set(),
    cases: new Map(),
    open: new Set(),
    messages: new Map(),
    unacknowledged: new Set(),
    phone: [],
    plans: new Map(),
    planCount: 0,
    registry: new Registry(),
  };
}

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
      state.seeded.add(event.fingerprint);
      state.registry.seed(event.records, at);
      return;
    case 'SubmissionReceived': {
      const { submission, fingerprint, receipt } = event;
      state.cases.set(submission.id, newCase(submission, fingerprint, receipt, at));
      state.open.add(submission.id);
      return;
    }
    case 'SmsRequested':
    case 'SmsCodeAccepted':
    case 'SmsCodeRefused':
    case 'SmsConfirmed':
    case 'SmsFailed':
      return applySms(state, event, at);
    case 'VerdictAwaited': {
      const found = getCase(state, event.submissionId);
      found.status = 'deciding';
      found.verdictDueAt = event.verdictDueAt;
      return;
    }
    case 'SubmissionApproved':
    case 'SubmissionRejected':
      return applyVerdict(state, event, at);
    case 'MessageAcknowledged': {
      const stored = state.messages.get(event.messageId);
      if (!stored) throw new Error(`no message ${event.messageId} to acknowledge`);
      stored.acknowledgedAt ??= at;
      state.unacknowledged.delete(event.messageId);
      return;
    }
    case 'RejectionPlanned': {
      const { planId, submissionId, reasons } = event;
      state.plans.set(planId, { planId, submissionId, reasons });
      state.planCount += 1;
      return;
    }
    case 'RecordCancelled': {
      const { messageId, scope, number, provider } = event;
      state.registry.cancel(event);
      addMessage(state, { kind: 'cancelled', messageId, sentAt: at, scope, number, provider });
      return;
    }
    case 'ClockMoved':
      return;
  }
}

type SmsEvent = Extract<
  SimEvent,
  { readonly type: 'SmsRequested' | 'SmsCodeAccepted' | 'SmsCodeRefused' | 'SmsConfirmed' | 'SmsFailed' }
>;

function applySms(state: SimState, event: SmsEvent, at: string): void {
  switch (event.type) {
    case 'SmsRequested': {
      const found = getCase(state, event.submissionId);
      found.status = 'sms_waiting';
      found.smsDueAt = event.dueAt;
      found.challenges = event.challenges;
      const { messageId, submissionId, dueAt } = event;
      addMessage(state, { kind: 'sms_requested', messageId, submissionId, sentAt: at, dueAt });
      const hours = Math.round((Date.parse(dueAt) - Date.parse(at)) / 3_600_000);
      for (const { mobile, code } of event.challenges) {
        state.phone.push({ mobile, sentAt: at, submissionId, kind: 'verification', code, ...codeTexts(code, hours) });
      }
      return;
    }
    case 'SmsCodeAccepted':
      getCase(state, event.submissionId).confirmed.add(event.mobile);
      return;
    case 'SmsCodeRefused': {
      const { wrongTries } = getCase(state, event.submissionId);
      wrongTries.set(event.mobile, (wrongTries.get(event.mobile) ?? 0) + 1);
      return;
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

type VerdictEvent = Extract<SimEvent, { readonly type: 'SubmissionApproved' | 'SubmissionRejected' }>;

function applyVerdict(state: SimState, event: VerdictEvent, at: string): void {
  switch (event.type) {
    case 'SubmissionApproved': {
      const { messageId, submissionId, subjectNumber, serviceNumber } = event;
      const { submission } = getCase(state, submissionId);
      state.registry.recordApproval(submission, subjectNumber, serviceNumber, at);
      close(state, 'approved', { kind: 'approved', messageId, submissionId, sentAt: at, subjectNumber, serviceNumber });
      textPrincipal(state, submission, 'approved', {
        sentAt: at,
        zh: `您的备案已通过审核，备案号：${serviceNumber}。`,
        en: `Your filing is approved. Number: ${serviceNumber}.`,
      });
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
    verdictDueAt: null,
    outcome: null,
  };
}

function getCase(state: SimState, submissionId: string): SubmissionCase {
  const found = state.cases.get(submissionId);
  if (!found) throw new Error(`no submission ${submissionId}`);
  return found;
}

function addMessage(state: SimState, message: Message): void {
  if (state.messages.has(message.messageId)) throw new Error(`message ${message.messageId} exists already`);
  state.messages.set(message.messageId, { message, acknowledgedAt: null });
  state.unacknowledged.add(message.messageId);
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
