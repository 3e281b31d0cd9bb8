import { setTimeout as pause } from 'node:timers/promises';
import { isFault } from '@openbeian/model/fault';
import { Batcher } from '../issuing/batcher.ts';
import type { Connection, Engine } from './connection.ts';
import { isConnectionLoss } from './database-errors.ts';
import { LogPositions, parsePosition } from './log-positions.ts';
import type { Migration } from './migration.ts';
import { lookAtPrimary, lookAtReplica, type PrimaryLook, type ReplicaLook, whyUnfit } from './replica-looks.ts';
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
    const outcome = await (wanted === null ? 'not_asked' : (this.#state.why ?? this.#attempt(wanted, work)));
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
      // Through a load balancer the next session leads to another one.
      isBroken = why === 'no_standby';
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

  #whyNot({ isStandby, replayed }: ReplicaLook, wanted: bigint): WhyPrimary | null {
    if (!isStandby || replayed === null) return 'no_standby';
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
    const asked = this.#on(this.#parts.replica, async (connection) => {
      const look = await lookAtReplica(connection);
      return { look, unfit: await this.#whyUnfit(connection, look) };
    });
    const { withinMs } = this.#parts;
    const late = pause(withinMs, null, { ref: false }).then((): never => {
      throw new Error(`no answer within ${withinMs} ms`);
    });
    late.catch(() => {});
    try {
      const { look, unfit } = await Promise.race([asked, late]);
      this.#replayed = look.replayed;
      const why = unfit?.why ?? this.#whyNot(look, 0n);
      this.#enter(unfit ?? { why }, tell);
    } catch (error) {
      this.#replayed = null;
      this.#enter({ why: 'away', detail: error instanceof Error ? error.message : String(error) }, tell);
    }
    await asked.catch(() => {});
  }

  /** By what changes seldom; a replica that is not one, or is behind, is not asked for its schema. */
  async #whyUnfit(connection: Connection, look: ReplicaLook): Promise<ReplicaState | null> {
    const { migrations, mayOwn } = this.#parts;
    if (this.#primary === null) return { why: 'starting' };
    if (this.#whyNot(look, 0n) !== null) return null;
    if (performance.now() < this.#settledMs) return { why: 'primary_changed' };
    if (this.#state.why === null && performance.now() < this.#fitUntilMs) return null;
    const unfit = await whyUnfit(connection, { primary: this.#primary, migrations, mayOwn });
    if (unfit === null) this.#fitUntilMs = performance.now() + fitForMs;
    return unfit;
  }

  #enter(state: ReplicaState, tell: (state: ReplicaState) => void): void {
    if (this.#closing.signal.aborted) return;
    this.#state = state;
    const nowMs = performance.now();
    if (state.why === this.#told || nowMs < this.#tellFromMs) return;
    this.#told = state.why;
    this.#tellFromMs = nowMs + tellEveryMs;
    tell(state);
  }

  async #on<T>(engine: Engine, work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await engine.connect();
    let isBroken = true;
    try {
      const result = await work(connection);
      isBroken = false;
      return result;
    } finally {
      connection.release(isBroken);
    }
  }
}

const isRolledBack = (connection: Connection): Promise<boolean> =>
  connection.query('ROLLBACK', []).then(
    () => true,
    () => false,
  );
