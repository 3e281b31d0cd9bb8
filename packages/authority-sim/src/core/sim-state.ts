import { Ledger } from './ledger.ts';
import type { LineState } from './lines.ts';
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
  /** How often the SMS was sent again, per mobile. */
  readonly resent: Map<string, number>;
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
  /** Of these, what nobody has looked at yet. */
  readonly received: Set<string>;
  /** Of these, what waits for the SMS of a mobile, by the mobile. */
  readonly byMobile: Map<string, Set<string>>;
  readonly messages: Map<string, StoredMessage>;
  readonly unacknowledged: Set<string>;
  readonly phone: PhoneText[];
  readonly plans: Map<string, PlannedRejection>;
  planCount: number;
  readonly registry: Registry;
  readonly ledger: Ledger;
  /** Cases that wait, by the number of the subject that they are about. */
  readonly busy: Map<string, Set<string>>;
  /** Lines of interface V3.0, by `lineKey`. */
  readonly lines: Map<string, LineState>;
  noticeCount: number;
  /** What providers have to answer, and what they answered. */
  readonly asked: Map<string, number | null>;
}

export function emptyState(): SimState {
  return {
    instance: '',
    records: 0,
    lastAt: null,
    seeded: new Set(),
    cases: new Map(),
    open: new Set(),
    received: new Set(),
    byMobile: new Map(),
    messages: new Map(),
    unacknowledged: new Set(),
    phone: [],
    plans: new Map(),
    planCount: 0,
    registry: new Registry(),
    ledger: new Ledger(),
    busy: new Map(),
    lines: new Map(),
    noticeCount: 0,
    asked: new Map(),
  };
}
