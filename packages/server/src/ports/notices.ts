import { deskEventTypes } from '@openbeian/model/filing';
import type { PageRequest } from './paging.ts';
import type { PersonRole } from './people.ts';

export const noticeTypes = [
  ...(['CodeStopping', 'CodeSuspended', 'CodeRevived', 'WebhookPaused'] as const),
  /** Somebody of the provider has seen as much personal data as a shift allows. */
  'RevealQuotaSpent',
  /** Who holds a name or certificate is contested: to the operators, and to the holder. */
  'FilingContested',
  /** To both sides. */
  'ContestDecided',
  /** To the customer whose account an operator looks at. */
  'SupportAccessBegun',
  ...deskEventTypes,
] as const;
export type NoticeType = (typeof noticeTypes)[number];

export interface NoticeRow {
  readonly id: string;
  readonly accountId: string | null;
  readonly type: NoticeType;
  /** What it is one of: another notice to the same account about the same only counts the codes. */
  readonly about: string;
  readonly at: string;
  readonly resourceId: string | null;
  readonly webhookId: string | null;
  readonly filingId: string | null;
  /** What its text names besides; never personal data of a filing. */
  readonly detail: Readonly<Record<string, string>>;
  readonly codes: number;
  readonly stopsOn: string | null;
  readonly daysLeft: number | null;
  readonly readAt: string | null;
}
/** A notice to be added; it is about no filing unless it says so. */
export type NewNotice = Omit<NoticeRow, 'readAt' | 'filingId' | 'detail'> &
  Partial<Pick<NoticeRow, 'filingId' | 'detail'>> & {
    /** This deployment mails: its people are sent it, as they chose, besides the addresses of the account. */
    readonly mailsPeople?: boolean;
  };
/** A notice whose mail is due, with its account's sealed addresses; null: it has none. */
export interface DueMail {
  readonly notice: Omit<NoticeRow, 'about'>;
  readonly sealed: string | null;
  /** Failures so far. */
  readonly attempts: number;
  /** Digests of the addresses that have taken it. */
  readonly sent: readonly string[];
}
/** Somebody who can be mailed, and what they chose; null: nothing yet. */
export interface MailedPerson {
  readonly userId: string;
  readonly role: PersonRole;
  readonly sealedMail: string;
  readonly chosen: NoticeChoice | null;
}
/** What one person has mailed. */
export interface NoticeChoice {
  readonly groups: readonly string[];
  readonly language: 'zh' | 'en' | 'both';
}
/** Whose notices: an account's, or the provider's (null); `types`: those alone. */
export interface NoticeReader {
  readonly accountId: string | null;
  readonly types?: readonly NoticeType[];
}
export interface NoticeRows {
  /** Deletes at most `limit` notices from before that instant; returns how many. */
  deleteBefore(instant: string, limit: number): Promise<number>;
  /** Adds a notice, or adds its codes to the one about the same, which becomes unread again. */
  add(row: NewNotice): Promise<void>;
  /** Adds a notice unless the account was told about the same. @returns was it added? */
  addOnce(row: NewNotice): Promise<boolean>;
  /** Takes back what those accounts were told about that, so that it can be told again. */
  takeBack(about: string, accountIds: readonly string[]): Promise<void>;
  /** Newest first. */
  list(reader: NoticeReader, filter: { readonly unread: boolean } & PageRequest): Promise<NoticeRow[]>;
  countUnread(reader: NoticeReader): Promise<number>;
  /** `ids` null: all; `at` null: as if nobody had. */
  markRead(reader: NoticeReader, ids: readonly string[] | null, at: string | null): Promise<void>;
  /** The account's sealed addresses. */
  findMail(accountId: string): Promise<string | null>;
  /** From now on notices of the account are mailed there; null: nowhere, and what waits is dropped. */
  putMail(accountId: string, sealed: string | null, at: string): Promise<void>;
  /** Notices whose mail is due; nobody else gets them until the lease ends. */
  leaseMail(at: string, leaseMs: number, limit: number): Promise<DueMail[]>;
  /** One address has taken it; the lease begins again. */
  markMailSent(noticeId: string, digest: string, leasedUntil: string): Promise<void>;
  /** Who may be mailed of an account's notices; null: of the provider's. */
  listMailed(accountId: string | null): Promise<MailedPerson[]>;
  findChoice(userId: string): Promise<NoticeChoice | null>;
  putChoice(userId: string, choice: NoticeChoice, at: string): Promise<void>;
  /** `nextAt` null: handed over (`error` null) or parked. */
  endMail(noticeId: string, nextAt: string | null, error: string | null, at: string): Promise<void>;
}
