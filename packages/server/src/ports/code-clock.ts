import type { CodeRow, ResourceRow } from './store.ts';

/** One row of the index of stop days. */
export interface CodeClockRow {
  readonly codeId: string;
  readonly resourceId: string;
  readonly stopsOn: string | null;
  readonly warnOn: string | null;
  readonly toldSuspended: boolean | null;
}

export interface StoppingFilter {
  /** First and last stop day, both counted. */
  readonly from: string;
  readonly to: string;
  readonly issuerAccountId: string | null;
}

/** The index of the days on which codes stop. It decides nothing. */
export interface CodeClockRows {
  /** New codes, or codes on another resource: to be worked out. */
  add(
    codes: readonly { readonly codeId: string; readonly resourceId: string; readonly issuerAccountId: string }[],
  ): Promise<void>;
  /** Codes that are over. */
  remove(codeIds: readonly string[]): Promise<void>;
  /** Marks the codes of at most `limit` resources whose facts changed, or were judged by other rules; how many resources. */
  markChanged(fingerprint: string, limit: number): Promise<number>;
  /** Codes to be worked out; locked, passing over what others hold. */
  takeStale(limit: number): Promise<CodeClockRow[]>;
  /** Codes whose next notice is due on or before that day; locked, passing over what others hold. */
  takeDue(day: string, limit: number): Promise<CodeClockRow[]>;
  put(rows: readonly Omit<CodeClockRow, 'resourceId'>[]): Promise<void>;
  /** True the first time. */
  claimWarning(codeId: string, stopsOn: string, thresholdDays: number): Promise<boolean>;
  /** Clears away at most `limit` notes of warnings for stop days before that day; the number gone. */
  deleteWarningsBefore(day: string, limit: number): Promise<number>;
  countStopping(filter: StoppingFilter): Promise<number>;
  /** In the order of stop day and code; `after` is the last of the page before. */
  listStopping(
    filter: StoppingFilter,
    after: { readonly stopsOn: string; readonly codeId: string } | null,
    limit: number,
  ): Promise<{ readonly codeId: string; readonly stopsOn: string }[]>;
  /** How many codes and resources are still to be worked out, counted up to 1,000 each. */
  countPending(fingerprint: string): Promise<number>;
  codesOf(codeIds: readonly string[]): Promise<CodeRow[]>;
  resourcesOf(resourceIds: readonly string[]): Promise<ResourceRow[]>;
}

export const noticeTypes = ['CodeStopping', 'CodeSuspended', 'CodeRevived', 'WebhookPaused'] as const;
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
  readonly codes: number;
  readonly stopsOn: string | null;
  readonly daysLeft: number | null;
  readonly readAt: string | null;
}
/** A notice whose mail is due, with its account's sealed addresses. */
export interface DueMail {
  readonly notice: Omit<NoticeRow, 'about'>;
  readonly accountId: string;
  readonly sealed: string;
  /** Failures so far. */
  readonly attempts: number;
}
export interface NoticeRows {
  /** Clears away at most `limit` notices from before that instant; the number gone. */
  deleteBefore(instant: string, limit: number): Promise<number>;
  /** Adds a notice, or adds its codes to the one about the same, which becomes unread again. */
  add(row: Omit<NoticeRow, 'readAt'>): Promise<void>;
  /** Newest first. */
  list(
    accountId: string | null,
    filter: { readonly unread: boolean; readonly before?: string; readonly limit: number },
  ): Promise<NoticeRow[]>;
  countUnread(accountId: string | null): Promise<number>;
  /** `ids` null: all. */
  markRead(accountId: string | null, ids: readonly string[] | null, at: string): Promise<void>;
  /** The account's sealed addresses. */
  findMail(accountId: string): Promise<string | null>;
  /** From now on notices of the account are mailed there; null: nowhere, and what waits is dropped. */
  putMail(accountId: string, sealed: string | null, at: string): Promise<void>;
  /** Notices whose mail is due; nobody else gets them until the lease ends. */
  leaseMail(at: string, leaseMs: number, limit: number): Promise<DueMail[]>;
  /** `nextAt` null: handed over (`error` null) or given up. */
  endMail(noticeId: string, nextAt: string | null, error: string | null, at: string): Promise<void>;
}
