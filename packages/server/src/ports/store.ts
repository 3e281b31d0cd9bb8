import type { ApiKeyRow } from './api-keys.ts';
import type { IssueCodesCommand, IssueCodesOutcome } from './code-ledger.ts';
import type { GateEntriesHead, GateEntriesTaker } from './gate-log.ts';
import type { Job, LeaseJobsOptions, RenewJobsOptions } from './jobs.ts';
import type { IssuingFacts } from './resources.ts';
import type { SignedInRow } from './sign-ins.ts';
import type { StoreTransaction } from './store-transaction.ts';
import type { DeliveryRow, LeaseDeliveriesOptions, RenewDeliveriesOptions } from './webhooks.ts';
import type { Listening, WorkSignal } from './work-signals.ts';

/**
 * The store: one SQL dialect (PostgreSQL), two drivers. It never decides: a guarded write that matches no row says
 * so, and the flow turns that into a fault. Instants are ISO 8601 UTC strings, days are `YYYY-MM-DD`.
 */
export interface Store {
  /**
   * Runs `work` in one READ COMMITTED transaction; what it throws rolls everything back. After a deadlock `work` runs
   * again, so it has no other effects; the store must not be called inside of it.
   * @param options `isPatient`: its statements may take as long as they need, such as counts of whole tables
   * @throws Fault `store.unavailable` when the database is gone or a statement takes too long (nothing was acknowledged).
   */
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>, options?: { readonly isPatient?: boolean }): Promise<T>;
  /**
   * As `transaction`, for what only reads and decides nothing: a write or a lock fails. Its statements follow each other on one
   * session, each of them its own: in a READ COMMITTED transaction each would see what is committed when it begins, too, and BEGIN
   * and COMMIT are two trips more. Where a replica is configured it may be read, which lacks nothing that is older than its
   * bound, nor anything up to `after`; whatever fails there is run again on the primary.
   * @param options `after`: a position in the primary's log, `16/B374D848`; `0/0` for any; left out, the primary is read, and counted
   *   as one that did not say; null: what must be as of now, from the primary
   */
  read<T>(
    work: (tx: StoreTransaction) => Promise<T>,
    options?: { readonly after?: string | null | undefined },
  ): Promise<T>;
  /**
   * Issues codes in one autocommitted statement: guards what was decided by, spends the quota, writes idempotency row (its response is `{ codeIds }`), spends, codes, audit and outbox rows, or nothing. Commands of the
   * same moment may share the statement; each is all or nothing by itself.
   */
  issueCodes(command: IssueCodesCommand): Promise<IssueCodesOutcome>;
  /**
   * What issuing on a resource is decided by, up to 10 minutes old: only a decision to issue may be based on it, since
   * `issueCodes` guards it. Null when there is no such resource. `granteeKnown` is true when no grantee is asked about.
   */
  findIssuing(resourceId: string, granteeAccountId: string | null): Promise<IssuingFacts | null>;
  /** An API key by its id, in one autocommitted read; requests of the same moment may share it. */
  findApiKey(id: string): Promise<ApiKeyRow | null>;
  /**
   * The session of this token and its person, as they are now, in one autocommitted read; requests of the same moment may share
   * it. It is begun after it was asked for: what was ended before is not found.
   */
  findSignedIn(token: string): Promise<SignedInRow | null>;
  /**
   * Takes up to `limit` due jobs under a lease; other workers do not see them until the lease ends. Lines are counted exactly,
   * however many workers ask: while one takes of a line, the others pass it over.
   */
  leaseJobs(options: LeaseJobsOptions): Promise<Job[]>;
  /** Extends leases; the ids of those that were still held. */
  renewJobs(options: RenewJobsOptions): Promise<string[]>;
  /** Takes due deliveries to receivers of events under a lease, fairly and in order per code; see the store. */
  leaseDeliveries(options: LeaseDeliveriesOptions): Promise<DeliveryRow[]>;
  /** Extends leases; the ids of those that were still held. */
  renewDeliveries(options: RenewDeliveriesOptions): Promise<string[]>;
  /**
   * Reads all that gates know in short pages between which everybody else has the database, and what changed meanwhile: both
   * together are as of the change that is answered. `begin` is called again where that history was forgotten before the end.
   */
  readGateEntries(begin: () => GateEntriesTaker): Promise<GateEntriesHead>;
  /** Tells of work that any process has committed, as soon as it is and as well as it can. */
  listen(onSignal: (signal: WorkSignal) => void): Listening;
  /** Rises with each transaction that ends here: while it stays the same, so does what they write. Null where other processes write, too. */
  transactionsEnded(): number | null;
  /** The database's own time, ISO 8601 UTC. */
  now(): Promise<string>;
  /** Is the database reachable and migrated? */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}
