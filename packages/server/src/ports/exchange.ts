import type { SmsPerson, SmsState } from '@openbeian/model/filing';
import type { AuthorityMessage, CancellationMessage } from './authority.ts';

/** How far one person is with the SMS of a submission. */
export interface SmsOfPerson {
  readonly person: SmsPerson;
  readonly state: SmsState;
  /** Of the authority's page, as it was told last. */
  readonly code: string | null;
  readonly resends: number;
  readonly wrongCodes: number;
  readonly changedAt: string;
}

/** What was handed to the authority, and what it sent. */
export interface ExchangeRows {
  insertSubmission(row: { readonly id: string; readonly filingId: string; readonly at: string }): Promise<void>;
  recordReceipt(submissionId: string, receipt: string, at: string): Promise<void>;
  findSubmission(
    id: string,
  ): Promise<{ readonly id: string; readonly filingId: string; readonly receipt: string | null } | null>;
  /** True the first time a message id is seen; false for every repetition. `outcome` is filled in by `markMessage`. */
  insertMessage(message: AuthorityMessage, at: string): Promise<boolean>;
  markMessage(messageId: string, outcome: 'applied' | 'stale'): Promise<void>;
  /**
   * Deletes at most `limit` messages that came before that instant, and not those that say what is on record (approvals,
   * cancellations). @returns how many
   */
  deleteMessagesBefore(instant: string, limit: number): Promise<number>;
  /** Notes how far some people are with the SMS of a submission; what was said of them and goes further stays. */
  reportSms(
    submissionId: string,
    people: readonly SmsPerson[],
    report: Omit<SmsOfPerson, 'person' | 'changedAt'> & { readonly at: string },
  ): Promise<void>;
  /** Of those of whom something was said. */
  listSms(submissionId: string): Promise<SmsOfPerson[]>;
  /** When the authority last said that it approved this service; null: never to us. */
  findApprovedAt(serviceNumber: string): Promise<string | null>;
  /** Cancellations of one of these numbers that came before what they cancel; in the order in which they were sent. */
  listWaitingCancellations(numbers: readonly string[]): Promise<CancellationMessage[]>;
}
