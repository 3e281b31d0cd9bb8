import { setTimeout as pause } from 'node:timers/promises';
import { isFault } from '@openbeian/model/fault';
import { Batcher } from '../issuing/batcher.ts';
import type { Connection, Engine } from './connection.ts';
import { isConnectionLoss } from './database-errors.ts';
import { LogPositions, parsePosition } from './log-positions.ts';
import type { Migration } from './migration.ts';
import { isOf, lookAtPrimary, lookAtReplica, type PrimaryLook, type ReplicaLook, whyUnfit } from './replica-looks.ts';
import type { ReplicaReading, ReplicaState, WhyPrimary } from './replica-reading.ts';

export interface ReplicaParts {
  /** Leads to the primary; a session of its own, so that a busy pool does not make the replica seem old. */
  readonly primary: Engine;
  readonly replica: Engine;
  readonly maxLagMs: number;
  readonly migrations: readonly Migration[];
  /** The replica's role may be the tables' owner. */
  readonly mayOwn: boolean;
  /** For how long a new primary's replicas are left alone. */
  readonly settleMs?: number | undefined;
  /** A replica that takes longer to say where it is counts as away. */
  readonly withinMs: number;
}

/** So often positions are asked for, and never less often than eight times within the bound. */
const lookEveryMs = 250;
/** Its schema and rights are looked at again after so long. */
const fitForMs = 30_000;
/**
 * After a failover a replica may hold changes of the former primary that nobody was told of. Until then Patroni has led every
 * member to the new one, or taken it out.
 */
const usualSettleMs = 30_000;
/** Changes of its state are told at most so often. */
const tellEveryMs = 5000;
/**
 * By where a session leads: behind a load balancer the next one may lead to a better place. Those that are behind are left at most
 * once in so long, since the only standby there is may be.
 */
const elsewhere: ReadonlySet<WhyPrimary | null> = new Set(['no_standby', 'other_database'] as const);
const leaveBehindEveryMs = 1000;

/**
 * Reading from a replica within a bound of staleness. Each reading compares, on its own session, what the replica has replayed
 * with where the primary's log was: behind a load balancer every session may lead to another replica. Whatever fails there is
 * left to the primary.
 */
export class Replica {
  readonly #parts: ReplicaParts;
  readonly #log = new LogPositions();
  readonly #counts = new Map<WhyPrimary | null, number>();
  readonly #closing = new AbortController();
  readonly #position: Batcher<null, string>;
  #primary: PrimaryLook | null = null;
  #settledMs = 0;
  #fitUntilMs = 0;
  #replayed: bigint | null = null;
  #state: ReplicaState = { why: 'starting' };
  #told: ReplicaState['why'] = 'starting';
  #tellFromMs = 0;
  #leaveBehindFromMs = 0;
  /** Of readings under way: each is done again on the primary. */
  readonly #leaving = new Set<() => void>();

  constructor(parts: ReplicaParts) {
    this.#parts = parts;
    this.#position = new Batcher<null, string>({
      most: 1000,
      run: async (items) => {
        const { position } = await this.#on(parts.primary, lookAtPrimary);
        return items.map(() => position);
      },
    });
  }

  /** Begins to compare positions; nothing is read from the replica before. @param tell hears of changes */
  watch(tell: (state: ReplicaState) => void): void {
    const everyMs = Math.min(lookEveryMs, this.#parts.maxLagMs / 8);
    const again = async (look: () => Promise<void>) => {
      const { signal } = this.#closing;
      while (!signal.aborted) {
        await look();
        await pause(everyMs, null, { signal, ref: false }).catch(() => {});
      }
    };
    void again(() => this.#askPrimary());
    void again(() => this.#askReplica(tell));
  }

  /** Where the primary's log is now: at or behind all that was committed before. @throws what the driver does */
  position(): Promise<string> {
    return this.#position.ask(null);
  }

  /**
   * Runs `work` on the replica, in a transaction that only reads.
   * @param after a position that must have been replayed; undefined where none would do
   * @returns null where the primary has to be asked
   */
  async read<T>(
    after: string | undefined,
    work: (connection: Connection) => Promise<T>,
  ): Promise<{ readonly result: T } | null> {
    const wanted = after === undefined ? null : parsePosition(after);
    const outcome = await (wanted === null
      ? 'not_asked'
      : (this.#state.why ?? this.#untilAway(this.#attempt(wanted, work))));
    const why = typeof outcome === 'string' ? outcome : null;
    this.#counts.set(why, (this.#counts.get(why) ?? 0) + 1);
    return typeof outcome === 'string' ? null : outcome;
  }

  reading(): ReplicaReading {
    const lagMs = this.#replayed === null ? null : this.#log.lagMsAt(performance.now(), this.#replayed);
    return { state: this.#state.why, lagSeconds: lagMs === null ? null : lagMs / 1000, reads: this.#counts };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#parts.replica.close(), this.#parts.primary.close()]);
  }

  /** What comes of the attempt, or that nobody waits for it any more, since the replica does not answer. */
  #untilAway<T>(attempt: Promise<T | WhyPrimary>): Promise<T | WhyPrimary> {
    return new Promise((resolve, reject) => {
      const leave = () => resolve('away');
      this.#leaving.add(leave);
      attempt.then(resolve, reject).finally(() => this.#leaving.delete(leave));
    });
  }

  async #attempt<T>(
    wanted: bigint,
    work: (connection: Connection) => Promise<T>,
  ): Promise<{ readonly result: T } | WhyPrimary> {
    let connection: Connection;
    try {
      connection = await this.#parts.replica.connect();
    } catch {
      return 'failed';
    }
    let isBroken = false;
    try {
      await connection.query('BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY', []);
      const why = this.#whyNot(await lookAtReplica(connection), wanted);
      isBroken = elsewhere.has(why);
      const outcome = why ?? { result: await work(connection) };
      await connection.query('COMMIT', []);
      return outcome;
    } catch (error) {
      isBroken = isConnectionLoss(error) || !(await isRolledBack(connection));
      // Whoever is refused something is refused it by the primary.
      return isFault(error) ? 'refused' : 'failed';
    } finally {
      connection.release(isBroken);
    }
  }

  #whyNot(look: ReplicaLook, wanted: bigint): WhyPrimary | null {
    const { isStandby, replayed } = look;
    if (!isStandby || replayed === null) return 'no_standby';
    if (this.#primary === null) return 'starting';
    if (!isOf(look, this.#primary)) return 'other_database';
    const needed = this.#log.neededAt(performance.now(), this.#parts.maxLagMs);
    if (needed === null) return 'primary_away';
    if (replayed < needed) return 'behind';
    return replayed < wanted ? 'own_changes' : null;
  }

  async #askPrimary(): Promise<void> {
    try {
      const { askedMs, look } = await this.#on(this.#parts.primary, async (connection) => ({
        askedMs: performance.now(),
        look: await lookAtPrimary(connection),
      }));
      const position = parsePosition(look.position);
      if (position === null) return;
      if (this.#primary !== null && this.#primary.startedAt !== look.startedAt) {
        this.#log.forget();
        this.#settledMs = performance.now() + (this.#parts.settleMs ?? usualSettleMs);
      }
      this.#primary = look;
      this.#log.note(askedMs, position);
    } catch {
      // Within the bound nothing changes; beyond it nobody knows how old the replica is.
    }
  }

  async #askReplica(tell: (state: ReplicaState) => void): Promise<void> {
    const look = async (connection: Connection) => {
      const found = await lookAtReplica(connection);
      return { replayed: found.replayed, state: await this.#stateBy(connection, found) };
    };
    const asked = this.#on(this.#parts.replica, look, ({ state: { why } }) => this.#isLeft(why));
    const { withinMs } = this.#parts;
    const late = pause(withinMs, null, { ref: false }).then((): never => {
      throw new Error(`no answer within ${withinMs} ms`);
    });
    late.catch(() => {});
    try {
      const { replayed, state } = await Promise.race([asked, late]);
      this.#replayed = replayed;
      this.#enter(state, tell);
    } catch (error) {
      this.#replayed = null;
      this.#enter({ why: 'away', detail: error instanceof Error ? error.message : String(error) }, tell);
    }
    await asked.catch(() => {});
  }

  /** A replica that is not one, or is behind, is not asked for what changes seldom. */
  async #stateBy(connection: Connection, look: ReplicaLook): Promise<ReplicaState> {
    const { migrations, mayOwn } = this.#parts;
    const why = this.#whyNot(look, 0n);
    if (why !== null) return why === 'other_database' ? { why, detail: otherDatabase } : { why };
    if (performance.now() < this.#settledMs) return { why: 'primary_changed' };
    if (this.#state.why === null && performance.now() < this.#fitUntilMs) return { why: null };
    const unfit = await whyUnfit(connection, { migrations, mayOwn });
    if (unfit === null) this.#fitUntilMs = performance.now() + fitForMs;
    return unfit ?? { why: null };
  }

  /** Whether the next look is better taken on another session. */
  #isLeft(why: WhyPrimary | null): boolean {
    const nowMs = performance.now();
    if (why !== 'behind' || nowMs < this.#leaveBehindFromMs) return elsewhere.has(why);
    this.#leaveBehindFromMs = nowMs + leaveBehindEveryMs;
    return true;
  }

  #enter(state: ReplicaState, tell: (state: ReplicaState) => void): void {
    if (this.#closing.signal.aborted) return;
    this.#state = state;
    if (state.why === 'away') for (const leave of this.#leaving) leave();
    const nowMs = performance.now();
    if (state.why === this.#told || nowMs < this.#tellFromMs) return;
    this.#told = state.why;
    this.#tellFromMs = nowMs + tellEveryMs;
    tell(state);
  }

  /** @param isLeft whether the session is thrown away after that */
  async #on<T>(
    engine: Engine,
    work: (connection: Connection) => Promise<T>,
    isLeft: (result: T) => boolean = () => false,
  ): Promise<T> {
    const connection = await engine.connect();
    let isBroken = true;
    try {
      const result = await work(connection);
      isBroken = isLeft(result);
      return result;
    } finally {
      connection.release(isBroken);
    }
  }
}

const otherDatabase =
  'database.replicaUrl leads to another database than database.url, or to a copy of it that was promoted';

const isRolledBack = (connection: Connection): Promise<boolean> =>
  connection.query('ROLLBACK', []).then(
    () => true,
    () => false,
  );
