import type { DownloadToPack } from '@openbeian/authority-wire/v3';
import type { BookChange } from './altered-books.ts';
import type { Cancellation, Line, RefusalReason, SeedRecords, SmsChallenge, Submission } from './words.ts';

/** Somebody entered a code, or had the SMS sent again. */
export interface SmsCodeEvent {
  readonly type: 'SmsCodeAccepted' | 'SmsCodeRefused' | 'SmsResent';
  readonly submissionId: string;
  readonly mobile: string;
  /** Of what the provider is told of it; none in journals of before, nor where all have confirmed. */
  readonly messageId?: string;
}

/** Facts in the simulator's journal, in the past tense. The state is nothing but their sum. */
export type SimEvent =
  | { readonly type: 'JournalOpened'; readonly format: 1; readonly instance: string }
  | { readonly type: 'RecordsSeeded'; readonly fingerprint: string; readonly records: SeedRecords }
  | {
      readonly type: 'SubmissionReceived';
      readonly submission: Submission;
      /** Hash of the content: the same id with other content is another submission and is refused. */
      readonly fingerprint: string;
      readonly receipt: string;
    }
  | {
      readonly type: 'SmsRequested';
      readonly submissionId: string;
      readonly messageId: string;
      readonly dueAt: string;
      readonly challenges: readonly SmsChallenge[];
    }
  | SmsCodeEvent
  | {
      readonly type: 'SmsConfirmed';
      readonly submissionId: string;
      readonly messageId: string;
      readonly verdictDueAt: string;
    }
  /** No SMS confirms this one: it is decided next. */
  | { readonly type: 'VerdictAwaited'; readonly submissionId: string; readonly verdictDueAt: string }
  | {
      readonly type: 'SmsFailed';
      readonly submissionId: string;
      readonly messageId: string;
      readonly cause: 'timed_out' | 'too_many_attempts';
    }
  | {
      readonly type: 'SubmissionApproved';
      readonly submissionId: string;
      readonly messageId: string;
      readonly subjectNumber: string;
      readonly serviceNumber: string;
      /** Of further services of the same filing. */
      readonly alsoServiceNumbers?: readonly string[];
      /** 备案密码, told to the organiser's person in charge. */
      readonly filingPassword?: string;
    }
  | {
      readonly type: 'SubmissionRejected';
      readonly submissionId: string;
      readonly messageId: string;
      readonly reasons: readonly RefusalReason[];
      /** The refusal that was ordered through the controls and is now spent. */
      readonly planId: string | null;
    }
  | { readonly type: 'MessageAcknowledged'; readonly messageId: string }
  | {
      readonly type: 'RejectionPlanned';
      readonly planId: string;
      /** null: whichever submission is decided next. */
      readonly submissionId: string | null;
      readonly reasons: readonly RefusalReason[];
    }
  | (Cancellation & { readonly type: 'RecordCancelled'; readonly messageId: string })
  /** 黑名单 taken back. */
  | {
      readonly type: 'BarLifted';
      readonly certificateNumber: string | null;
      readonly domainName: string | null;
    }
  /** A scenario altered the books; nobody is told. */
  | { readonly type: 'BooksAltered'; readonly change: BookChange }
  | LineEvent
  | { readonly type: 'ClockMoved' };

/** Facts of the lines of interface V3.0. */
export type LineEvent =
  /** Its records follow as `SubmissionReceived` in the same journal record. */
  | {
      readonly type: 'UploadTaken';
      readonly line: Line;
      readonly sequence: number;
      readonly fingerprint: string;
      readonly records: number;
    }
  | {
      readonly type: 'NoticeQueued';
      readonly line: Line;
      readonly messageId: string;
      readonly part: DownloadToPack;
      /** What the provider has to answer (`askKey`). */
      readonly asks?: readonly string[];
    }
  | { readonly type: 'AskAnswered'; readonly line: Line; readonly ask: string; readonly answer: number }
  | {
      readonly type: 'FileMade';
      readonly line: Line;
      readonly fileName: string;
      readonly document: DownloadToPack;
      readonly messageIds: readonly string[];
    }
  | { readonly type: 'FileAcknowledged'; readonly line: Line; readonly fileName: string };

/** One line of the journal: what one command changed, all of it or nothing. */
export interface JournalRecord {
  /** 1, 2, 3 …: a missing line is noticed. */
  readonly n: number;
  readonly at: string;
  readonly events: readonly SimEvent[];
}
