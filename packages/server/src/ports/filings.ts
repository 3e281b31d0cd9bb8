import type {
  AuthorityKind,
  CallOutcome,
  FilingEventType,
  FilingState,
  ServiceKind,
  SubjectKind,
} from '@openbeian/model/filing';
import type { Finding } from '@openbeian/model/forms';
import type { PageRequest } from './paging.ts';
import type { JsonObject } from './stored.ts';

/** A value of a personal field: text, or (`json`) any other value as JSON. */
export interface SealedValue {
  readonly sealed: string;
  readonly json?: boolean;
}

/** A form as it is stored: values by field path, those of personal fields `SealedValue`s. */
export type StoredForm = Readonly<Record<string, unknown>>;

/** A filing in flight. */
export interface FilingRow {
  readonly id: string;
  readonly accountId: string;
  readonly provider: string;
  readonly kind: AuthorityKind;
  readonly state: FilingState;
  readonly version: number;
  /** The registrable name, Unicode lower case; empty where the filing is about a subject alone. */
  readonly domainName: string;
  readonly serviceKind: ServiceKind;
  readonly subjectKind: SubjectKind;
  /** Six-digit province code. */
  readonly provinceCode: string;
  /** Keyed hash of certificate type and number: one open filing per subject. */
  readonly subjectHash: string;
  /** Known for access and add-site filings. */
  readonly subjectNumber: string | null;
  readonly serviceNumber: string | null;
  readonly resourceId: string | null;
  readonly codeId: string | null;
  readonly spendId: string | null;
  readonly form: StoredForm;
  /** The reasons of the last return, rejection or hold. */
  readonly findings: readonly Finding[];
  readonly submissionId: string | null;
  /** Taken out of the line: its present submission is entered in the authority's own pages. */
  readonly byHand: boolean;
  readonly submittedBy: string | null;
  readonly startedAt: string;
  readonly updatedAt: string;
  /** When the present state must have ended; null in final states. */
  readonly dueAt: string | null;
  /** Since when the name is known to be the account's, by proof or decision; then it holds the name as a draft already. */
  readonly nameProvenAt: string | null;
  /** Since when it holds the certificate as a draft already, because an operator gave it to the filing. */
  readonly subjectGivenAt: string | null;
  /** Since when it holds neither name nor certificate, because an operator gave them to another account's. */
  readonly setAsideAt: string | null;
  /** The kind as the customer is told it, while nobody has shown that the customer is the subject; null: `kind` itself. */
  readonly toldKind: AuthorityKind | null;
  /** When it lapsed, if that is how it ended; null otherwise, and once the lapse was undone. Written by `lapses`. */
  readonly lapsedAt: string | null;
  /** Since when it is in its state; null where nobody noted that, before it was. */
  readonly stateSince: string | null;
  /** How often it came to the reviewers; 0: never, or before that was counted. */
  readonly reviewRound: number;
  /** Who passed it as the first of two. Like all that follows gone when the state changes. */
  readonly firstPassedBy: string | null;
  /** Since when its customer is asked for something while the review goes on; `findings` has what. */
  readonly askedAt: string | null;
  /** Calls of the round that reached nobody, what came of the last one, and when to call again. Set by `reviews.addCall` alone. */
  readonly callsMissed: number;
  readonly lastCall: CallOutcome | null;
  readonly callAgainAt: string | null;
  /** Who of the provider works on it; it may have ended. Set by `claim` alone, and gone when the state changes. */
  readonly claim: FilingClaim | null;
}

/** A filing is one person's to work on until then. */
export interface FilingClaim {
  readonly holderId: string;
  readonly holderName: string | null;
  readonly since: string;
  readonly until: string;
}

export type FilingChange = Partial<
  Pick<
    FilingRow,
    | 'form'
    | 'findings'
    | 'resourceId'
    | 'codeId'
    | 'spendId'
    | 'submissionId'
    | 'byHand'
    | 'submittedBy'
    | 'subjectNumber'
    | 'serviceNumber'
    | 'dueAt'
    | 'nameProvenAt'
    | 'subjectGivenAt'
    | 'setAsideAt'
    | 'toldKind'
    | 'stateSince'
    | 'reviewRound'
    | 'firstPassedBy'
    | 'askedAt'
  >
>;

export interface FilingEventRow {
  readonly at: string;
  readonly actorId: string;
  readonly actorRole: string;
  readonly type: FilingEventType;
  /** Of an event that cannot be read: `{ unreadable }`, which says where. */
  readonly detail: JsonObject | null;
}

/** A filing as lists show it: without its form. */
export type FilingListRow = Omit<FilingRow, 'form'>;
export interface FilingFilter {
  readonly accountId?: string | undefined;
  readonly states?: readonly FilingState[] | undefined;
  /** Those whose customer is asked during a review: besides those of `states`, or none of them. No matter unless `states` is given. */
  readonly asked?: boolean | undefined;
  /** Claimed by that person at that instant, or (`holderId` null) by nobody. */
  readonly claimed?: { readonly holderId: string | null; readonly at: string } | undefined;
  readonly kind?: AuthorityKind | undefined;
  readonly serviceKind?: ServiceKind | undefined;
  readonly provinceCode?: string | undefined;
  /** A part of the domain, of the number or of the service's name, in any case of letters. */
  readonly search?: string | undefined;
  /** Due before that instant. */
  readonly dueBefore?: string | undefined;
  /** Started at that instant or later. */
  readonly startedSince?: string | undefined;
  readonly startedBefore?: string | undefined;
}
/** `due`: the earliest due date first, whatever has none last. */
export type FilingOrder = 'newest' | 'due';

/** What a new filing asks of the account's others of the subject. */
export interface FilingTerms {
  /** Of what one subject has one open; null: of its own, there may be any number. */
  readonly slot: string | null;
  /** Kinds of which the account may have none open for the subject. */
  readonly excludes: readonly AuthorityKind[];
  /** Is it submitted only with a place on a resource? */
  readonly holdsPlace: boolean;
}

export interface FilingRows {
  /**
   * False when the account has a filing open that may not stand beside it, of the name or of the subject; nothing is written then.
   * Of several inserted at once only those that may stand beside each other are. Without `terms` it is the only one of its subject.
   */
  insert(row: FilingRow, terms?: FilingTerms): Promise<boolean>;
  /** The account's open filing for which `insert` would be false, of the name or else of the subject; holds nothing. */
  findInTheWay(
    filing: Pick<FilingRow, 'accountId' | 'domainName' | 'subjectHash'>,
    terms: FilingTerms,
  ): Promise<FilingListRow | null>;
  find(id: string): Promise<FilingRow | null>;
  /** Locks the row until the transaction ends. */
  findForUpdate(id: string): Promise<FilingRow | null>;
  /** As `findForUpdate`, with its account, in one statement: what is read after it is as whoever had either before left it. */
  findWithAccountForUpdate(id: string): Promise<FilingRow | null>;
  /**
   * The other account's open filing that holds the name, or else the certificate. Nobody takes either until the transaction
   * ends.
   */
  findRival(filing: Pick<FilingRow, 'accountId' | 'domainName' | 'subjectHash'>): Promise<FilingRow | null>;
  /** As `findRival`, of the one that holds the certificate. */
  findSubjectRival(filing: Pick<FilingRow, 'accountId' | 'domainName' | 'subjectHash'>): Promise<FilingRow | null>;
  /** Has the account an open filing of the name or of the subject? */
  hasOpen(filing: Pick<FilingRow, 'accountId' | 'domainName' | 'subjectHash'>): Promise<boolean>;
  /** The account's last filing of this subject that led to a number. */
  findLastFiled(accountId: string, subjectHash: string): Promise<FilingRow | null>;
  /** The last filing of a record that the authority approved, whichever account made it. */
  findLastFiledOf(
    record: { readonly subjectNumber: string } | { readonly serviceNumber: string },
  ): Promise<FilingRow | null>;
  /** Open filings under a subject's number, or of the account for its certificate. */
  countOpenOfSubject(subject: {
    readonly accountId: string;
    readonly subjectHash: string;
    readonly subjectNumber: string;
  }): Promise<number>;
  /**
   * A page without the forms. A filing whose findings cannot be read has one, `store.unreadable`. Position: `startedAt`, id when
   * newest come first; `dueAt` (or `infinity`), id by due date.
   */
  listPage(filter: FilingFilter & PageRequest & { readonly order: FilingOrder }): Promise<FilingListRow[]>;
  /** Without their forms, in no order. */
  listByIds(ids: readonly string[]): Promise<FilingListRow[]>;
  countByState(filter: FilingFilter): Promise<ReadonlyMap<FilingState, number>>;
  /** The filing whose present submission this is; an earlier submission of it gives null. */
  findBySubmission(submissionId: string): Promise<FilingRow | null>;
  /** Guarded by version; false when another write was faster. The version rises by one. */
  update(
    seen: { readonly id: string; readonly version: number },
    state: FilingState,
    change: FilingChange,
    at: string,
  ): Promise<boolean>;
  /**
   * Claims the filing until then if it is in that state and nobody else's now; false otherwise. Of several who claim at once
   * exactly one does. Its version stays.
   */
  claim(claim: {
    readonly filingId: string;
    readonly state: FilingState;
    readonly holderId: string;
    readonly at: string;
    readonly until: string;
  }): Promise<boolean>;
  /** Ends that person's claim; false when it had none at that instant. */
  release(filingId: string, holderId: string, at: string): Promise<boolean>;
  appendEvent(filingId: string, event: FilingEventRow): Promise<void>;
  /** Who did that to the filing last; null: nobody has. */
  findLastActor(filingId: string, type: FilingEventType): Promise<string | null>;
  listEvents(filingId: string): Promise<FilingEventRow[]>;
  /** Open filings whose dueAt has passed, oldest first; locks them and skips what others hold. */
  listOverdue(at: string, limit: number): Promise<Pick<FilingRow, 'id' | 'version'>[]>;
}
