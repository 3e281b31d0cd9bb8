import type { Day } from '@openbeian/model/calendar';
import type {
  AuthorityEnclosures,
  AuthorityStatus,
  AuthorityStatusQuestion,
  AuthoritySubmission,
} from './authority.ts';
import type {
  CasePage,
  CaseRow,
  DownloadRow,
  FilingNamed,
  LineKey,
  LineOverview,
  ListedCase,
  PackageRow,
} from './authority-ledger.ts';
import type { AuthorityLedgerRows } from './authority-ledger-rows.ts';
import type { StoreTransaction } from './store-transaction.ts';

/** What an operator does about a case. */
export type CaseAct =
  /** It was looked at, and nothing else has to be done here. */
  | { readonly act: 'seen' }
  /** The hand-over goes again; `fresh` where the provider’s own data have been put right meanwhile. */
  | {
      readonly act: 'send_again';
      readonly fresh?: { readonly submission: AuthoritySubmission; readonly enclosed: AuthorityEnclosures };
    }
  /** Its customer gets what the authority said. */
  | { readonly act: 'return_to_customer' }
  /** The authority has approved it, as its own pages show, under these numbers. */
  | { readonly act: 'approved_under'; readonly subjectNumber: string; readonly serviceNumber: string }
  /** A result of which nobody knew what it is about is about this hand-over. */
  | { readonly act: 'is_about'; readonly submissionId: string }
  /** A file is read once more: with another key, or by a newer release. */
  | { readonly act: 'read_again' }
  | CaseAnswer;

/** What an operator answers to the authority about a case; it goes over the line in a package of its own. */
export type CaseAnswer =
  /** A verification task: what the authority has on record was looked at. */
  | {
      readonly act: 'answer_task';
      readonly isTrue: boolean;
      readonly verifier: string;
      readonly opinion: string;
      /** What is wrong; empty: nothing is said about it. */
      readonly errors: string;
    }
  /** An unfiled site: what became of it, by its number in the authority’s table. */
  | {
      readonly act: 'report_unfiled';
      readonly result: number;
      readonly handling: string;
      readonly doneOn: Day;
    };

/** A row of a table that an answer is chosen from. */
export interface AnswerChoice {
  readonly id: number;
  readonly zh: string;
}

/** `not_open`: somebody was faster. `does_not_fit`: such a case cannot be settled so. `failed`: it was tried, and the case is still open. */
export type CaseOutcome = 'settled' | 'not_open' | 'does_not_fit' | 'failed';

/** An organiser as the authority has it; null: it has not said. */
export interface FiledOrganiser {
  readonly name: string | null;
  /** Numbers in the authority’s tables. */
  readonly nature: number | null;
  readonly certificateId: number | null;
  readonly certificateNumber: string | null;
}

/** Something for an operator that no file brought. */
export interface CaseToOpen extends LineKey {
  readonly kind: 'difference' | 'numbers_unfit';
  /** The same within a kind is kept once. */
  readonly about: string;
  readonly submissionId: string | null;
  readonly content: unknown;
}

/**
 * What operators see of the lines to the authorities, and what they can do about it. Contents hold personal data: whoever shows them
 * writes that down.
 */
export interface AuthorityDesk {
  /** By province: open, closed or stopped and why, last exchange, number, what waits and what is stuck. */
  listLines(): Promise<readonly LineOverview[]>;
  /** The newest first; `before`: those with a lower number. */
  listPackages(
    provinceCode: string,
    page: { readonly before?: number | undefined; readonly limit: number },
  ): Promise<readonly (PackageRow & FilingNamed)[]>;
  /** The document as it was sent, by the names of the interface; null: it is gone. */
  readPackage(id: string): Promise<unknown>;
  /** The newest first. */
  listDownloads(provinceCode: string, limit: number): Promise<readonly DownloadRow[]>;
  /** What a file said, by the names of the interface; why it cannot be read, where it cannot; null: it is gone. */
  readFile(id: string): Promise<unknown>;
  /** Open ones, the newest first. */
  listCases(page: CasePage): Promise<readonly ListedCase[]>;
  /** What the province’s tables let be answered to cases of that kind; empty: it has sent no such table, or nothing is answered. */
  listAnswers(kind: string, provinceCode: string): Promise<readonly AnswerChoice[]>;
  /** What a case is about; null: there is no such case. */
  readCase(id: string): Promise<{ readonly row: CaseRow; readonly content: unknown } | null>;
  /** What these cases are about, by their ids, without those that are gone. */
  readContents(rows: readonly CaseRow[]): Promise<ReadonlyMap<string, unknown>>;
  /**
   * @param by who settles it
   * @param alongside written in the transaction that ends the case, or in which an answer to the authority is written down
   */
  settle(
    caseId: string,
    act: CaseAct,
    by: string,
    alongside?: (tx: StoreTransaction) => Promise<void>,
  ): Promise<CaseOutcome>;

  /** What was delivered of an organiser, by its paper; null: it is gone. */
  readOrganiser(paperId: string, ledger: AuthorityLedgerRows): Promise<FiledOrganiser | null>;
  /** The record of a difference as it was delivered, by the names of the interface; null: none was. */
  readDelivered(differenceId: string): Promise<unknown>;
  /**
   * Asks the authority of that province about a domain name or a certificate now. Null: there is nobody to ask, or the answer says nothing.
   * @throws Fault `authority.unreachable` also while the line is closed or stopped
   */
  askStatus(provinceCode: string, question: AuthorityStatusQuestion): Promise<AuthorityStatus | null>;
  /** Nothing more where the same is kept already. */
  openCase(toOpen: CaseToOpen, ledger: AuthorityLedgerRows): Promise<void>;
}
