import type { FilingEventType, FilingState, OpeningKind, ServiceKind, SubjectKind } from '@openbeian/model/filing';
import type { GateRecord } from '@openbeian/model/gate';
import type { ApiKeyRow, ApiKeyRows } from './api-keys.ts';
import type { AuthorityMessage, CancellationMessage } from './authority.ts';
import type { CodeClockRows, NoticeRows } from './code-clock.ts';
import type { CodeEventRows, CodeRows, IssueCodesCommand, IssueCodesOutcome, QuotaRows } from './code-ledger.ts';
import type { KeyRows } from './keys.ts';
import type { DeliveryRow, DeliveryRows, LeaseDeliveriesOptions, WebhookRows } from './webhooks.ts';

export * from './code-ledger.ts';

/**
 * The store: one SQL dialect (PostgreSQL), two drivers. It never decides: a guarded write that matches no row says
 * so, and the flow turns that into a fault. Instants are ISO 8601 UTC strings, days are `YYYY-MM-DD`.
 */
export interface Store {
  /**
   * Runs `work` in one READ COMMITTED transaction; what it throws rolls everything back. After a deadlock `work` runs
   * again, so it has no other effects; the store must not be called inside of it.
   * @throws Fault `store.unavailable` when the database is gone (nothing was acknowledged).
   */
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  /**
   * Issues codes in one autocommitted statement: guards the resource's version, spends the quota, writes
   * idempotency row (its response is `{ codeIds }`), spends, codes, audit and outbox rows, or nothing. Commands of the
   * same moment may share the statement; each is all or nothing by itself.
   */
  issueCodes(command: IssueCodesCommand): Promise<IssueCodesOutcome>;
  /**
   * What issuing on a resource is decided by, in one autocommitted read; null when there is no such resource.
   * `granteeKnown` is true as well when no grantee is asked about.
   */
  findIssuing(resourceId: string, granteeAccountId: string | null): Promise<IssuingFacts | null>;
  /** An API key by its id, in one autocommitted read; requests of the same moment may share it. */
  findApiKey(id: string): Promise<ApiKeyRow | null>;
  /** Takes up to `limit` due jobs under a lease; other workers do not see them until the lease ends. */
  leaseJobs(topics: readonly JobTopic[], limit: number, owner: string, at: string, leaseMs: number): Promise<Job[]>;
  /** Takes due deliveries to receivers of events under a lease, fairly and in order per code; see the store. */
  leaseDeliveries(options: LeaseDeliveriesOptions): Promise<DeliveryRow[]>;
  /** Extends leases; the ids of those that still stood. */
  renewDeliveries(ids: readonly string[], owner: string, at: string, leaseMs: number): Promise<string[]>;
  /**
   * Reads all that gates know as it stands at one moment: `visit` is told which, and answers what takes the records, as
   * pages of JSON lines. Called again from the start after a lost race. On the embedded database everybody else waits.
   */
  readGateEntries(visit: (head: GateEntriesHead) => (lines: string) => Promise<void>): Promise<void>;
  /** Is the database reachable and migrated? */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

/** Every part lives in one transaction. The parts are grouped by noun; names follow the design's verbs. */
export interface StoreTransaction {
  readonly idempotency: IdempotencyRows;
  readonly apiKeys: ApiKeyRows;
  readonly accounts: AccountRows;
  readonly resources: ResourceRows;
  readonly quota: QuotaRows;
  readonly codes: CodeRows;
  readonly codeEvents: CodeEventRows;
  readonly filings: FilingRows;
  readonly records: RecordRows;
  readonly exchange: ExchangeRows;
  readonly jobs: JobRows;
  readonly audit: AuditRows;
  readonly webhooks: WebhookRows;
  readonly deliveries: DeliveryRows;
  readonly codeClock: CodeClockRows;
  readonly notices: NoticeRows;
  readonly keys: KeyRows;
}

interface IdempotentAnswer {
  readonly requestHash: string;
  readonly response: unknown;
}
export interface IdempotencyRows {
  /** Clears away at most `limit` keys that were claimed before that instant; the number gone. */
  deleteClaimedBefore(instant: string, limit: number): Promise<number>;
  /** What is stored under the key, without claiming it; `issueCodes` claims by itself, so ask here before deciding. */
  find(actorId: string, operation: string, key: string): Promise<IdempotentAnswer | null>;
  /**
   * Claims the key, or gives what is stored under it. Concurrent claims of one key wait for each other.
   * `requestHash` is the hash of the whole request; another hash under the same key is the caller's fault to raise.
   */
  claim(row: {
    readonly actorId: string;
    readonly operation: string;
    readonly key: string;
    readonly requestHash: string;
    readonly at: string;
  }): Promise<{ readonly claimed: true } | ({ readonly claimed: false } & IdempotentAnswer)>;
  /** Stores the answer (never a clear code, never personal data). */
  complete(actorId: string, operation: string, key: string, response: unknown): Promise<void>;
}

export interface AccountRow {
  readonly id: string;
  readonly realName: string;
  readonly displayName: string;
}
export interface AccountRows {
  find(id: string): Promise<AccountRow | null>;
  list(): Promise<AccountRow[]>;
  /** Inserts or updates; an empty displayName keeps the old one. */
  put(row: AccountRow, at: string): Promise<void>;
}

export interface IssuingFacts {
  readonly resource: ResourceRow;
  readonly account: AccountRow;
  readonly granteeKnown: boolean;
}

export interface ResourceRow {
  readonly id: string;
  readonly accountId: string;
  readonly provider: string;
  readonly product: string;
  /** The inventory's shape of this resource (contract §1). */
  readonly facts: unknown;
  /** Rises with every change of the facts; issuing and binding guard it. */
  readonly version: number;
}
export interface ResourceRows {
  find(id: string): Promise<ResourceRow | null>;
  /** As `find`; the facts cannot change until the transaction ends, so that binding and submitting decide by them. */
  findForShare(id: string): Promise<ResourceRow | null>;
  /** Those of the ids that there are. Ordered by id. */
  listByIds(ids: readonly string[]): Promise<ResourceRow[]>;
  /** `accountId` null lists all. Ordered by id. */
  list(filter: { readonly accountId: string | null }): Promise<ResourceRow[]>;
  /** Inserts, or updates when the facts differ (then the version rises). Returns the row as it stands. */
  put(row: Omit<ResourceRow, 'version'>, at: string): Promise<ResourceRow>;
}

export interface FilingRow {
  readonly id: string;
  readonly accountId: string;
  readonly provider: string;
  readonly kind: OpeningKind;
  readonly state: FilingState;
  readonly version: number;
  /** The registrable name, Unicode lower case. */
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
  /** Form values by field path; personal ones are ciphertext. */
  readonly form: Readonly<Record<string, unknown>>;
  /** The reasons of the last return, rejection or hold. */
  readonly findings: readonly unknown[];
  readonly submissionId: string | null;
  readonly submittedBy: string | null;
  readonly startedAt: string;
  readonly updatedAt: string;
  /** When the present state must have ended; null in final states. */
  readonly dueAt: string | null;
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
    | 'submittedBy'
    | 'subjectNumber'
    | 'serviceNumber'
    | 'dueAt'
  >
>;

export interface FilingEventRow {
  readonly at: string;
  readonly actorId: string;
  readonly actorRole: string;
  readonly type: FilingEventType;
  readonly detail: unknown;
}

export interface FilingRows {
  /** False when the name or the subject has an open filing already; nothing is written then. */
  insert(row: FilingRow): Promise<boolean>;
  find(id: string): Promise<FilingRow | null>;
  /** Locks the row until the transaction ends. */
  findForUpdate(id: string): Promise<FilingRow | null>;
  /** Newest first. */
  list(filter: {
    readonly accountId?: string;
    readonly states?: readonly FilingState[];
    readonly limit: number;
  }): Promise<FilingRow[]>;
  /** The filing whose present submission this is; an earlier submission of it gives null. */
  findBySubmission(submissionId: string): Promise<FilingRow | null>;
  /** Guarded by version; false when another write was faster. The version rises by one. */
  update(id: string, version: number, state: FilingState, change: FilingChange, at: string): Promise<boolean>;
  appendEvent(filingId: string, event: FilingEventRow): Promise<void>;
  listEvents(filingId: string): Promise<FilingEventRow[]>;
  /** Open filings whose dueAt has passed, oldest first; locks them and skips what others hold. */
  listOverdue(at: string, limit: number): Promise<FilingRow[]>;
}

export interface SubjectRecordRow {
  readonly id: string;
  readonly number: string;
  readonly accountId: string;
  readonly subjectKind: SubjectKind;
  readonly subjectHash: string;
  /** Clear for units, null for individuals (then only sealed). */
  readonly unitName: string | null;
  readonly sealedName: string;
  readonly provinceCode: string;
  readonly recordedAt: string;
  /** When the authority struck it; null while it stands. */
  readonly cancelledAt: string | null;
}
export interface ServiceRecordRow {
  readonly id: string;
  readonly number: string;
  readonly subjectRecordId: string;
  readonly serviceKind: ServiceKind;
  readonly serviceName: string;
  readonly domainName: string;
  readonly state: 'filed' | 'cancelled' | 'suspended' | 'blacklisted';
  readonly recordedAt: string;
  /** When the authority struck it, where that is known here. */
  readonly cancelledAt: string | null;
  /** Providers that access it now, ours among them or not. */
  readonly accesses: readonly string[];
  /** An access filing that passed initial review is served until this day. */
  readonly graceUntil: string | null;
}
/** Every write here bumps the gate's change version in the same transaction. */
export interface RecordRows {
  /** The standing one; a struck subject is not filed any more. */
  findSubjectByHash(subjectHash: string): Promise<SubjectRecordRow | null>;
  findSubject(id: string): Promise<SubjectRecordRow | null>;
  findServiceByDomainName(domainName: string): Promise<ServiceRecordRow | null>;
  listServices(filter: { readonly accountId?: string }): Promise<ServiceRecordRow[]>;
  putSubject(row: Omit<SubjectRecordRow, 'cancelledAt'>): Promise<SubjectRecordRow>;
  putService(row: Omit<ServiceRecordRow, 'accesses' | 'graceUntil' | 'cancelledAt'>): Promise<ServiceRecordRow>;
  /** No record changes until the transaction ends, other than by it. */
  hold(): Promise<void>;
  findSubjectByNumber(number: string): Promise<SubjectRecordRow | null>;
  findServiceByNumber(number: string): Promise<ServiceRecordRow | null>;
  listServicesOfSubject(subjectRecordId: string): Promise<ServiceRecordRow[]>;
  /** False when it is struck already. */
  cancelSubject(id: string, at: string): Promise<boolean>;
  /** False when it is struck already. */
  cancelService(id: string, at: string): Promise<boolean>;
  /** Cuts the live ties of a service, all or one provider's; those that were cut. */
  endAccesses(
    serviceRecordId: string,
    provider: string | null,
    at: string,
  ): Promise<{ readonly provider: string; readonly filingId: string | null }[]>;
  /** Ends the advance opening of names under this number. */
  endGraceOf(number: string, at: string): Promise<void>;
  /** Ties a service record to a provider and resource from `at` on; repeating it changes nothing. */
  putAccess(row: {
    readonly id: string;
    readonly serviceRecordId: string;
    readonly provider: string;
    readonly resourceId: string;
    readonly filingId: string;
    readonly at: string;
  }): Promise<void>;
  /** Opens a name for an access filing under way; null ends it. The name need not have a record here yet. */
  putGrace(row: {
    readonly domainName: string;
    readonly number: string;
    readonly filingId: string;
    readonly until: string | null;
    readonly at: string;
  }): Promise<void>;
  /** Public query (contract §6): by domain name, unit name or number; exact, case-insensitive. */
  searchPublic(
    search: string,
    serviceKind: ServiceKind,
    offset: number,
    limit: number,
  ): Promise<{ readonly total: number; readonly rows: (ServiceRecordRow & { readonly subject: SubjectRecordRow })[] }>;
  /** The gate's view: everything that names a record, and the version of the last change. */
  gateSnapshot(): Promise<{
    readonly version: number;
    readonly changedAt: string;
    readonly records: readonly GateRecord[];
  }>;
  /** What gates know of exactly these names, in their normal form. */
  gateRecords(names: readonly string[]): Promise<readonly GateRecord[]>;
  /** The sequence of the last change that gates must know. */
  gateVersion(): Promise<number>;
  /** The changes behind `after`, about `limit` of them; what one transaction changed comes in one piece. */
  gateChanges(
    after: number,
    limit: number,
  ): Promise<{
    readonly version: number;
    /** Mark of the history up to `after`; null where that is forgotten or was never reached. */
    readonly markAtAfter: string | null;
    readonly changes: readonly GateLogRow[];
  }>;
}

/** One change of what gates know; sequences have no gaps. */
export interface GateLogRow {
  readonly sequence: number;
  readonly name: string;
  /** An APP's record, for exactly this name. */
  readonly exact: boolean;
  /** Null: nothing of this kind is on record under the name any more. */
  readonly record: GateRecord | null;
  /** Of the history up to here. */
  readonly mark: string;
}

/** What all that gates know is the state of. */
export interface GateEntriesHead {
  readonly sequence: number;
  readonly mark: string;
  readonly count: number;
}

export interface ExchangeRows {
  insertSubmission(row: { readonly id: string; readonly filingId: string; readonly at: string }): Promise<void>;
  recordReceipt(submissionId: string, receipt: string, at: string): Promise<void>;
  findSubmission(
    id: string,
  ): Promise<{ readonly id: string; readonly filingId: string; readonly receipt: string | null } | null>;
  /** True the first time a message id is seen; false for every repetition. `outcome` is filled in by `markMessage`. */
  insertMessage(message: AuthorityMessage, at: string): Promise<boolean>;
  markMessage(messageId: string, outcome: 'applied' | 'stale'): Promise<void>;
  /** When the authority last said that it approved this service; null: never to us. */
  findApprovedAt(serviceNumber: string): Promise<string | null>;
  /** Cancellations of one of these numbers that came before what they cancel; in the order in which they were sent. */
  listWaitingCancellations(numbers: readonly string[]): Promise<CancellationMessage[]>;
}

export type JobTopic = 'authority.submit' | 'notify';
export interface Job {
  readonly id: string;
  readonly topic: JobTopic;
  readonly payload: unknown;
  readonly attempts: number;
}
export interface JobRows {
  /** The outbox: written in the same transaction as what it follows from. */
  enqueue(row: {
    readonly id: string;
    readonly topic: JobTopic;
    readonly payload: unknown;
    readonly runAt: string;
  }): Promise<void>;
  /** Done; false when the lease was lost to another worker (then this transaction must not commit its effects). */
  complete(id: string, owner: string, at: string): Promise<boolean>;
  /** Back into the queue at `runAt`, with the error's text for operators (no personal data). */
  retry(id: string, owner: string, runAt: string, error: string): Promise<void>;
  /** Waiting and failing jobs, for operators. */
  list(limit: number): Promise<(Job & { readonly runAt: string; readonly lastError: string | null })[]>;
}

export interface AuditRow {
  readonly id: string;
  readonly at: string;
  readonly actorId: string;
  readonly actorRole: string;
  readonly accountId: string | null;
  /** Fact in past tense, e.g. `CodeIssued`. */
  readonly action: string;
  readonly objectKind: string;
  readonly objectId: string;
  /** Never personal data, never a clear code. */
  readonly detail: unknown;
}
/** Append only: the database refuses updates and deletes. */
export interface AuditRows {
  append(row: AuditRow): Promise<void>;
  list(filter: { readonly objectId?: string; readonly limit: number }): Promise<AuditRow[]>;
}
