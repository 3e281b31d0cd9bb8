import { setTimeout as pause } from 'node:timers/promises';
import type { Connection, Engine } from './connection.ts';
import { isLockTimeout, toMigrationFault } from './database-errors.ts';
import { fileOf, type Migration } from './migration.ts';
import { indexMadeBy, type MigrationStep, readSteps } from './migration-steps.ts';

/** How far a migration has come, for whoever waits for it. */
export interface MigrationProgress {
  /** `0012-search-and-counts` */
  readonly migration: string;
  /** From 1; absent where it is one step. */
  readonly step?: number;
  readonly steps?: number;
  readonly about?: string;
  /** Rows done in this step so far. */
  readonly rows?: number;
  /** `waiting`: for a lock that somebody else holds, or for another program that migrates. */
  readonly state: 'begun' | 'going_on' | 'waiting' | 'done';
}
export type ReportProgress = (progress: MigrationProgress) => void;

/** Nobody who comes after a waiting migration waits longer than this for it. */
const lockTimeoutMs = 400;
/** A lock that is not there for so long is held by something that an operator has to look at. */
const giveUpAfterMs = 10 * 60_000;
const saySomethingEveryMs = 5_000;

interface PatientOptions {
  readonly report: ReportProgress;
  readonly progress: MigrationProgress;
  /** `again and again`: a lock is waited for for a moment only, so that nobody queues up behind. */
  readonly locks?: 'again and again' | 'wait';
  readonly isSnapshot?: boolean;
}

/** Runs `work` in a transaction that takes as long as it needs, and again when a lock was not there. */
export async function inPatientTransaction(
  connection: Connection,
  { report, progress, locks = 'again and again', isSnapshot = false }: PatientOptions,
  work: () => Promise<void>,
): Promise<void> {
  const since = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    await connection.script(isSnapshot ? 'BEGIN ISOLATION LEVEL REPEATABLE READ' : 'BEGIN');
    try {
      await connection.bePatient();
      if (locks !== 'wait') await connection.script(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
      await work();
      await connection.script('COMMIT');
      return;
    } catch (error) {
      await connection.script('ROLLBACK').catch(() => {});
      if (!isLockTimeout(error) || performance.now() - since > giveUpAfterMs) throw error;
      if (attempt % 10 === 0) report({ ...progress, state: 'waiting' });
      await pause(Math.min(2000, 100 * 2 ** attempt));
    }
  }
}

/**
 * Applies a migration step by step while others read and write: what is done is remembered with each step, so that a run that was
 * ended at any moment goes on where it was. Only one program at a time may do this.
 */
export async function applyOnline(
  { engine, connection, report }: Online,
  migration: Migration & { readonly online: string },
): Promise<void> {
  const steps = readSteps(migration.online);
  await connection.script(
    'CREATE TABLE IF NOT EXISTS schema_migration_step (number integer, step integer, done boolean NOT NULL, position text, PRIMARY KEY (number, step))',
  );
  for (const [index, step] of steps.entries()) {
    const progress = { migration: fileOf(migration), step: index + 1, steps: steps.length, about: step.about } as const;
    const run = new StepRun(connection, {
      engine,
      number: migration.number,
      step,
      progress: { ...progress, state: 'begun' },
      report,
    });
    await run.run().catch((error: unknown) => {
      const { migration: file, step: number, steps: count, about } = progress;
      throw toMigrationFault(error, {
        zh: `迁移 ${file} 第 ${number}/${count} 步（${about}）`,
        en: `Migration ${file}, step ${number} of ${count} (${about})`,
      });
    });
  }
  const whole = { migration: fileOf(migration), state: 'done' } as const;
  await inPatientTransaction(connection, { report, progress: whole }, async () => {
    await connection.query('INSERT INTO schema_migration (number, name, checksum) VALUES ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await connection.script('DROP TABLE schema_migration_step');
  });
  report(whole);
}

interface Online {
  readonly engine: Engine;
  readonly connection: Connection;
  readonly report: ReportProgress;
}

interface StepContext {
  readonly engine: Engine;
  readonly number: number;
  readonly step: MigrationStep;
  readonly progress: MigrationProgress;
  readonly report: ReportProgress;
}

/** One step; nothing where it was done before. */
class StepRun {
  readonly #connection: Connection;
  readonly #context: StepContext;

  constructor(connection: Connection, context: StepContext) {
    this.#connection = connection;
    this.#context = context;
  }

  async run(): Promise<void> {
    const { step, progress, report } = this.#context;
    const { rows } = await this.#connection.query<{ done: boolean; position: string | null }>(
      'SELECT done, position FROM schema_migration_step WHERE number = $1 AND step = $2',
      [this.#context.number, progress.step],
    );
    const [before] = rows;
    if (before?.done === true) return;
    report(progress);
    if (step.kind === 'index') await this.#makeIndex();
    else if (step.kind === 'batches') await this.#doBatches(before?.position ?? null);
    else {
      const isSnapshot = step.kind === 'snapshot';
      await inPatientTransaction(this.#connection, { report, progress, isSnapshot }, async () => {
        await this.#connection.script(step.sql);
        await this.#remember(true, null);
      });
    }
  }

  /** One that a former run left half made is dropped. */
  async #makeIndex(): Promise<void> {
    const { sql } = this.#context.step;
    await this.#untilNobodyMakesOne();
    const name = indexMadeBy(sql);
    const { rows } = await this.#connection.query<{ valid: boolean }>(
      `SELECT indisvalid AS valid FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
       WHERE relname = $1 AND relnamespace = current_schema()::regnamespace`,
      [name],
    );
    if (rows[0]?.valid !== true) {
      const session = await this.#context.engine.connect();
      try {
        await session.bePatient('session');
        if (rows[0]?.valid === false) await session.script(`DROP INDEX CONCURRENTLY ${name}`);
        await session.script(sql);
      } finally {
        session.release(true);
      }
    }
    await this.#remember(true, null);
  }

  /**
   * A program that was killed leaves its session at work on an index, which would drop or finish it beneath this one: of these
   * statements a session learns only at their end that nobody is there any more.
   */
  async #untilNobodyMakesOne(): Promise<void> {
    const { progress, report } = this.#context;
    for (let sayAtMs = performance.now(); ; await pause(200)) {
      const { rows } = await this.#connection.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active'
           AND query ~ '^(CREATE|DROP)( UNIQUE)? INDEX CONCURRENTLY' LIMIT 1`,
        [],
      );
      if (rows.length === 0) return;
      if (performance.now() < sayAtMs) continue;
      report({ ...progress, state: 'waiting' });
      sayAtMs = performance.now() + saySomethingEveryMs;
    }
  }

  async #doBatches(from: string | null): Promise<void> {
    const { step, progress, report } = this.#context;
    let position = from;
    let done = 0;
    let saidMs = performance.now();
    for (let isLast = false; !isLast; ) {
      await inPatientTransaction(this.#connection, { report, progress }, async () => {
        const { rows } = await this.#connection.query<{ next: string | null; rows: number }>(step.sql, [position]);
        const next = rows[0]?.next ?? null;
        done += rows[0]?.rows ?? 0;
        isLast = next === null;
        await this.#remember(isLast, next);
        position = next;
      });
      if (performance.now() - saidMs < saySomethingEveryMs) continue;
      saidMs = performance.now();
      report({ ...progress, state: 'going_on', rows: done });
    }
  }

  async #remember(done: boolean, position: string | null): Promise<void> {
    await this.#connection.query(
      `INSERT INTO schema_migration_step (number, step, done, position) VALUES ($1, $2, $3, $4)
       ON CONFLICT (number, step) DO UPDATE SET done = excluded.done, position = excluded.position`,
      [this.#context.number, this.#context.progress.step, done, position],
    );
  }
}
