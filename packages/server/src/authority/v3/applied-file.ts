import type { DownloadData } from '@openbeian/authority-wire/v3';
import type { AuthorityCaseKind } from '@openbeian/model/authority-case';
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

export interface CaseToKeep {
  readonly kind: AuthorityCaseKind;
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
