import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { isConnectionLoss, isPoolFull, isReadOnly } from './database-errors.ts';

/** How soon a session that seems to do nothing is looked at again: its answer may be on the way. */
const lookAgainMs = 1000;

/** After a refused connection nobody else knocks for so long: a database that recovers would be busy refusing. */
const knockAgainMs = 100;

/** The sessions of a pool without those that died in silence. */
export class LiveSessions {
  readonly #pool: pg.Pool;
  readonly #answerWithinMs: number;
  /** How often the sessions were given up so far, and after how many times each was made. */
  #renewals = 0;
  readonly #madeAfter = new WeakMap<pg.PoolClient, number>();
  /** Sessions whose commit stopped waiting for the synchronous standby. */
  readonly #unreplicated = new WeakSet<pg.PoolClient>();
  /** Why the database could not be connected to when that was last tried, and until when nobody tries again. */
  #refusal: { readonly error: unknown; readonly untilMs: number } | null = null;
  /** Settles when the one caller that tries again knows. */
  #trial: Promise<unknown> | null = null;

  /** @param answerWithinMs longer than the database lets an ordinary statement take */
  constructor(pool: pg.Pool, answerWithinMs: number) {
    this.#pool = pool;
    this.#answerWithinMs = answerWithinMs;
    // A server that goes away tells its sessions outside of any statement. Nobody listening would end this process;
    // whoever holds the session learns it from the next statement, and an idle one is replaced.
    pool.on('error', () => {});
    pool.on('connect', (client) => {
      client.on('error', () => {});
      client.on('notice', ({ routine }) => {
        if (routine === 'SyncRepWaitForLSN') this.#unreplicated.add(client);
      });
      this.#madeAfter.set(client, this.#renewals);
    });
  }

  async connect(): Promise<pg.PoolClient> {
    for (;;) {
      const client = await this.#connectOrRefuse();
      if (this.#madeAfter.get(client) === this.#renewals) return client;
      client.release(true);
    }
  }

  /** While the database refuses connections one caller tries at a time; the others wait for what it meets. */
  async #connectOrRefuse(): Promise<pg.PoolClient> {
    while (this.#refusal !== null && this.#pool.idleCount === 0) {
      if (performance.now() < this.#refusal.untilMs) throw this.#refusal.error;
      if (this.#trial === null) return this.#try();
      await this.#trial;
    }
    return this.#connectToPool();
  }

  async #try(): Promise<pg.PoolClient> {
    const trial = this.#connectToPool();
    this.#trial = Promise.allSettled([trial]);
    try {
      return await trial;
    } finally {
      this.#trial = null;
    }
  }

  async #connectToPool(): Promise<pg.PoolClient> {
    try {
      const client = await this.#pool.connect();
      this.#refusal = null;
      return client;
    } catch (error) {
      // That no session of a full pool came free says nothing about the database.
      const untilMs = performance.now() + knockAgainMs;
      this.#refusal = isConnectionLoss(error) && !isPoolFull(error) ? { error, untilMs } : null;
      throw error;
    }
  }

  /** The answer; without one in time the session's socket is destroyed, which fails whatever was asked on it. */
  async answered<Answer>(client: pg.PoolClient, answer: Promise<Answer>): Promise<Answer> {
    let isOver = false;
    // After what has arrived meanwhile was read: it may be this process that was not running.
    const timer = setTimeout(() => setImmediate(() => isOver || this.#giveUp(client)), this.#answerWithinMs);
    try {
      return this.#replicated(client, await answer);
    } catch (error) {
      // Writes go elsewhere by now; the other sessions lead to the same standby.
      if (isReadOnly(error)) this.#renewals += 1;
      throw error;
    } finally {
      isOver = true;
      clearTimeout(timer);
    }
  }

  /**
   * The answer, however late, while the database says on another session that it is at it.
   * @param name the asking session's `application_name`
   */
  async awaited<Answer>(client: pg.PoolClient, answer: Promise<Answer>, name: string): Promise<Answer> {
    const over = new AbortController();
    this.#watch(client, name, over.signal).catch(() => {});
    try {
      return this.#replicated(client, await answer);
    } finally {
      over.abort();
    }
  }

  /** Gives the session up when it was idle twice in a row; while the database cannot be asked it stays. */
  async #watch(client: pg.PoolClient, name: string, signal: AbortSignal): Promise<void> {
    for (let [idle, waitMs] = [0, this.#answerWithinMs]; idle < 2; ) {
      await pause(waitMs, null, { signal });
      const isAtWork = await this.#isAtWork(name).catch(() => null);
      if (isAtWork !== null) idle = isAtWork ? 0 : idle + 1;
      waitMs = isAtWork === true ? this.#answerWithinMs : lookAgainMs;
    }
    if (!signal.aborted) this.#giveUp(client);
  }

  async #isAtWork(name: string): Promise<boolean> {
    const other = await this.connect();
    try {
      const text = `SELECT 1 FROM pg_stat_activity WHERE application_name = $1 AND state = 'active'`;
      const { rowCount } = await this.answered(other, other.query(text, [name]));
      other.release();
      return rowCount !== 0;
    } catch (error) {
      other.release(true);
      throw error;
    }
  }

  /**
   * The answer, unless PostgreSQL warned that the commit is on this server only (somebody cancelled its waiting): a failover
   * would lose it, so it is as unknown as one whose answer never came.
   */
  #replicated<Answer>(client: pg.PoolClient, answer: Answer): Answer {
    if (!this.#unreplicated.delete(client)) return answer;
    throw Object.assign(new Error('committed, but not on the synchronous standby'), { code: '08007' });
  }

  /** All that are older than this moment are presumed dead with it. */
  #giveUp(client: pg.PoolClient): void {
    this.#renewals += 1;
    const silence = new Error(`no answer from PostgreSQL within ${this.#answerWithinMs} ms`);
    socketOf(client).destroy(Object.assign(silence, { code: 'ETIMEDOUT' }));
  }
}

/** pg's own socket, which its types leave out. */
function socketOf(client: pg.PoolClient): { destroy(error: Error): void } {
  return (client as unknown as { connection: { stream: { destroy(error: Error): void } } }).connection.stream;
}
