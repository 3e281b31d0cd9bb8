import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiKeyRow } from '../../ports/api-keys.ts';
import type { SignedInRow } from '../../ports/sign-ins.ts';
import type { Store } from '../../ports/store.ts';
import type { StoreTransaction } from '../../ports/store-transaction.ts';
import { Batcher } from '../issuing/batcher.ts';
import { IssueQueue } from '../issuing/issue-queue.ts';
import { IssuingFactsCache } from '../issuing/issuing-facts.ts';
import { findApiKeys } from '../queries/api-keys.ts';
import { leaseDeliveries, renewDeliveries } from '../queries/deliveries.ts';
import { readGateEntries } from '../queries/gate-log.ts';
import { leaseJobs, linesToTake, renewJobs } from '../queries/jobs.ts';
import { findIssuing } from '../queries/resources.ts';
import { findSignedIn } from '../queries/sign-ins.ts';
import type { Connection, Engine } from './connection.ts';
import { isConnectionLoss, isEndedSession, isTransient, toFault } from './database-errors.ts';
import { isMigrated } from './migrate.ts';
import type { Migration } from './migration.ts';
import type { Replica } from './replica.ts';
import { Session } from './session.ts';
import { transactionOver } from './transaction-rows.ts';
import { WorkSignals } from './work-signals.ts';

/** How often a transaction that PostgreSQL aborted for the sake of another one is run, the first time included. */
const attempts = 6;

type ReadOptions = NonNullable<Parameters<Store['read']>[1]>;

interface TransactionOptions {
  readonly isPatient?: boolean;
}

/** The store over either driver. */
export class SqlStore implements Store {
  readonly #engine: Engine;
  readonly #migrations: readonly Migration[];
  readonly #inTransaction = new AsyncLocalStorage<true>();
  readonly #issuing = new IssueQueue((work) => this.#attempt((connection) => work(new Session(connection))));
  readonly #issuingFacts = new IssuingFactsCache({
    read: (questions) => this.#reading((connection) => findIssuing(new Session(connection), questions)),
  });
  readonly #apiKeys = new Batcher<string, ApiKeyRow | null>({
    most: 64,
    run: (ids) => this.#reading((connection) => findApiKeys(new Session(connection), ids)),
  });
  readonly #signedIn = new Batcher<string, SignedInRow | null>({
    most: 64,
    run: (tokens) => this.#reading((connection) => findSignedIn(new Session(connection), tokens)),
  });

  #ended = 0;
  readonly #signals: WorkSignals;
  readonly #replica: Replica | null;

  constructor(engine: Engine, migrations: readonly Migration[], replica: Replica | null = null) {
    this.#engine = engine;
    this.#replica = replica;
    this.#signals = new WorkSignals(engine.channel);
    this.#migrations = migrations;
  }

  transaction<T>(work: (tx: StoreTransaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#transact((session) => work(transactionOver(session)), options);
  }

  async read<T>(work: (tx: StoreTransaction) => Promise<T>, { after }: ReadOptions = {}): Promise<T> {
    this.#refuseInTransaction();
    const run = async (connection: Connection) => {
      const session = new Session(connection, true);
      try {
        return await this.#inTransaction.run(true, () => work(transactionOver(session)));
      } finally {
        session.end();
      }
    };
    const read = after === null ? null : await this.#replica?.read(after, run);
    return read ? read.result : this.#reading(run);
  }

  #transact<T>(work: (session: Session) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#attempt(async (connection) => {
      const session = new Session(connection);
      await connection.query('BEGIN ISOLATION LEVEL READ COMMITTED', []);
      try {
        if (options.isPatient === true) await connection.bePatient();
        const result = await this.#inTransaction.run(true, () => work(session));
        session.end();
        const { command } = await connection.query('COMMIT', []);
        if (command === 'ROLLBACK') throw new Error('a failed statement was swallowed: nothing was committed');
        this.#signals.tell(session.signals);
        return result;
      } catch (error) {
        session.end();
        // After a failed COMMIT this only warns; on a lost connection it fails, and the session is thrown away.
        await connection.query('ROLLBACK', []).catch(() => {});
        throw error;
      } finally {
        this.#ended += 1;
      }
    });
  }

  async issueCodes(...[command]: Parameters<Store['issueCodes']>): ReturnType<Store['issueCodes']> {
    this.#refuseInTransaction();
    const done = await this.#issuing.issue(command);
    if (done.outcome === 'facts_changed') this.#issuingFacts.forget(command.resource.id);
    if (done.outcome === 'issued') this.#signals.tell(['events']);
    return done;
  }

  async findIssuing(
    ...[resourceId, granteeAccountId]: Parameters<Store['findIssuing']>
  ): ReturnType<Store['findIssuing']> {
    this.#refuseInTransaction();
    return this.#issuingFacts.find({ resourceId, granteeAccountId });
  }

  async findApiKey(...[id]: Parameters<Store['findApiKey']>): ReturnType<Store['findApiKey']> {
    this.#refuseInTransaction();
    return this.#apiKeys.ask(id);
  }

  async findSignedIn(...[token]: Parameters<Store['findSignedIn']>): ReturnType<Store['findSignedIn']> {
    this.#refuseInTransaction();
    return this.#signedIn.ask(token);
  }

  async leaseJobs(...[options]: Parameters<Store['leaseJobs']>): ReturnType<Store['leaseJobs']> {
    const lines = await this.#attempt((connection) => linesToTake(new Session(connection), options));
    return lines.length === 0 ? [] : this.#transact((session) => leaseJobs(session, options, lines));
  }

  renewJobs(...[options]: Parameters<Store['renewJobs']>): Promise<string[]> {
    return this.#attempt((connection) => renewJobs(new Session(connection), options));
  }

  leaseDeliveries(...[options]: Parameters<Store['leaseDeliveries']>): ReturnType<Store['leaseDeliveries']> {
    return this.#attempt((connection) => leaseDeliveries(new Session(connection), options));
  }

  renewDeliveries(...[options]: Parameters<Store['renewDeliveries']>): Promise<string[]> {
    return this.#attempt((connection) => renewDeliveries(new Session(connection), options));
  }

  readGateEntries(...[begin]: Parameters<Store['readGateEntries']>): ReturnType<Store['readGateEntries']> {
    return readGateEntries((work) => this.#attempt((connection) => work(new Session(connection))), begin);
  }

  transactionsEnded(): number | null {
    return this.#engine.isShared ? null : this.#ended;
  }

  async now(): Promise<string> {
    const { rows } = await this.#reading((connection) =>
      connection.query<{ now: string }>('SELECT clock_timestamp() AS now', []),
    );
    const [row] = rows;
    if (row === undefined) throw new Error('the database does not say its time');
    return row.now;
  }

  async ready(): Promise<boolean> {
    try {
      return await this.#reading((connection) => isMigrated(connection, this.#migrations));
    } catch {
      return false;
    }
  }

  listen(...[onSignal]: Parameters<Store['listen']>): ReturnType<Store['listen']> {
    return this.#signals.listen(onSignal);
  }

  async close(): Promise<void> {
    this.#signals.close();
    await Promise.all([this.#replica?.close(), this.#engine.close()]);
  }

  /**
   * Runs `work` on a session of its own, again when PostgreSQL says that another attempt may succeed.
   * @param isWorthOneMore whether there is a second attempt after another error
   */
  async #attempt<T>(
    work: (connection: Connection) => Promise<T>,
    isWorthOneMore: (error: unknown) => boolean = () => false,
  ): Promise<T> {
    this.#refuseInTransaction();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(work);
      } catch (error) {
        const isLast = attempt >= attempts || !(isTransient(error) || (attempt === 1 && isWorthOneMore(error)));
        if (isLast) throw toFault(error);
        // Apart from each other, so that the same two do not meet again.
        await pause(2 ** attempt * (1 + Math.random()));
      }
    }
  }

  /** Runs `work`, which writes nothing, also where its session was ended: once more, so that nobody is refused a reading for that. */
  #reading<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return this.#attempt(work, isEndedSession);
  }

  /** On one session this would wait for itself for ever; on a pool it would when all its sessions do it at once. */
  #refuseInTransaction(): void {
    if (this.#inTransaction.getStore()) throw new Error('the store was called inside of one of its transactions');
  }

  async #once<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await this.#engine.connect();
    let broken = false;
    try {
      return await work(connection);
    } catch (error) {
      broken = isConnectionLoss(error);
      throw error;
    } finally {
      connection.release(broken);
    }
  }
}
