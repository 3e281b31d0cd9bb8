import type { DownloadData } from '@openbeian/authority-wire/v3';
import type { AuthorityMessage, LineKey, StoreTransaction } from '../../ports/index.ts';
import type { LineOptions } from './line-options.ts';
import { putPaper } from './papers.ts';

type Ledger = StoreTransaction['authorityLedger'];

/** A file that was read, and the transaction in which what it says is written down. */
export interface AppliedFile {
  readonly options: LineOptions;
  readonly ledger: Ledger;
  readonly line: LineKey;
  readonly downloadId: string;
  readonly data: DownloadData;
  readonly at: string;
}

/** What operators are shown, by kind. */
export type CaseKind =
  /** A result of which nobody knows what it is about. */
  | 'unmatched_result'
  /** A result with codes that the interface does not have, or that says yes and no. */
  | 'unclear_result'
  /** The provider’s own data are wrong: corrected and sent again, or returned to the customer. */
  | 'returned_to_provider'
  /** Returned to the customer, and two records disagree. */
  | 'conflict'
  /** The authority wants nothing more before somebody has looked. */
  | 'stopped_by_result'
  /** Notes that decide nothing. */
  | 'note'
  /** A reviewer of the authority wrote something. */
  | 'reviewer_opinion'
  /** A record ended that nobody knows here. */
  | 'unknown_record_ended'
  | 'subject_blacklisted'
  | 'service_blacklisted'
  | 'illegal_access'
  | 'unfiled_site'
  | 'subject_checked'
  | 'service_checked'
  | 'correction_demanded'
  | 'verification_task'
  /** Too little is there to act on. */
  | 'incomplete'
  /** Parts of the interface that the product has no use for: results of IP records, of domain registration. */
  | 'other_part'
  /** A file that cannot be read. */
  | 'unreadable_file'
  /** Rows of code tables that only a person can place. */
  | 'unplaced_rows'
  /** The authority counts packages that are not known here. */
  | 'sequence_moved'
  /** An approval under numbers that cannot be its filing’s, or are on record for another. */
  | 'numbers_unfit'
  /** Here and there a record is not the same, and an operator wants it settled as a case. */
  | 'difference'
  /** What was sent to repair a difference was refused; no customer waits for it. */
  | 'repair_refused';

export interface CaseToKeep {
  readonly kind: CaseKind;
  /** The same within a kind is kept once. */
  readonly about: string;
  readonly submissionId?: string | null;
  /** Nobody has to look at it. */
  readonly isNote?: boolean;
  readonly content: unknown;
}

/** Where something is written down, whether a file brought it or not. */
export interface Writing extends Pick<AppliedFile, 'options' | 'ledger' | 'line' | 'at'> {
  /** An operator decides this case: what is told of it is another message than what was told of the same hand-over before. */
  readonly caseId?: string;
}

/** Keeps something for an operator. */
export async function keepCase(
  { options, ledger, line, downloadId, at }: Writing & { readonly downloadId: string | null },
  { kind, about, submissionId = null, isNote = false, content }: CaseToKeep,
): Promise<void> {
  const paperId = await putPaper(options, ledger, content);
  const { provider, provinceCode } = line;
  const id = options.ids.next('cas');
  const row = { provider, provinceCode, id, kind, about, submissionId, downloadId, paperId, openedAt: at };
  if (!(await ledger.insertCase(row))) await ledger.deletePaper(paperId);
  else if (isNote) await ledger.endCase(id, 'noted', 'authority', at);
}

/** Puts a message in line for the flows. Its id says what it is about, so that the same is there once. */
export async function putArrival(
  { options, ledger, line, at }: Writing,
  message: AuthorityMessage,
  downloadId: string | null,
): Promise<void> {
  const paperId = await putPaper(options, ledger, message);
  const { provider, provinceCode } = line;
  const row = { provider, provinceCode, messageId: message.messageId, downloadId, paperId, madeAt: at };
  if (!(await ledger.insertArrival(row))) await ledger.deletePaper(paperId);
}
