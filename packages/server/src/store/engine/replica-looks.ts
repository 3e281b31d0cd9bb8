import type { Connection } from './connection.ts';
import { parsePosition } from './log-positions.ts';
import { holdsMigrations } from './migrate.ts';
import type { Migration } from './migration.ts';
import type { ReplicaState } from './replica-reading.ts';

export interface PrimaryLook {
  /** Where its log is written up to. */
  readonly position: string;
  /** Another one after every restart and failover. */
  readonly startedAt: string;
  readonly identity: string;
  /** Of its history: every promotion begins another one, with the next number. */
  readonly timeline: number;
}

export interface ReplicaLook {
  readonly isStandby: boolean;
  /** Null where nothing was replayed. */
  readonly replayed: bigint | null;
  readonly identity: string;
  /** Of what it replays; behind by minutes after a failover. */
  readonly timeline: number;
}

/** The cluster, which its copies have in common, and the database in it. */
const identity = `(SELECT system_identifier FROM pg_control_system()) || '/' ||
  (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** @throws the driver's error, also where it leads to a standby */
export async function lookAtPrimary(connection: Connection): Promise<PrimaryLook> {
  const text = `SELECT pg_current_wal_lsn()::text AS position, pg_postmaster_start_time()::text AS "startedAt",
    ${identity} AS identity, ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int AS timeline`;
  const [look] = (await connection.query<PrimaryLook>(text, [])).rows;
  if (look === undefined) throw new Error('the primary does not say where it is');
  return look;
}

export async function lookAtReplica(connection: Connection): Promise<ReplicaLook> {
  const text = `SELECT pg_is_in_recovery() AS "isStandby", pg_last_wal_replay_lsn()::text AS replayed,
    ${identity} AS identity, (SELECT min_recovery_end_timeline FROM pg_control_recovery()) AS timeline`;
  const [look] = (
    await connection.query<Omit<ReplicaLook, 'replayed'> & { readonly replayed: string | null }>(text, [])
  ).rows;
  if (look === undefined) throw new Error('the standby does not say where it is');
  return { ...look, replayed: look.replayed === null ? null : parsePosition(look.replayed) };
}

/**
 * True for a standby of this primary. A copy of the cluster that was promoted has the same name, and its log is a later history:
 * positions in it say nothing about this primary's.
 */
export const isOf = (look: ReplicaLook, primary: PrimaryLook): boolean =>
  look.identity === primary.identity && look.timeline <= primary.timeline;

interface Fitness {
  readonly migrations: readonly Migration[];
  readonly mayOwn: boolean;
}

/** Of another schema, or with a role that may too little or too much; null for one that is fit to be read. */
export async function whyUnfit(connection: Connection, fitness: Fitness): Promise<ReplicaState | null> {
  const text = `SELECT current_user AS role,
      (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = to_regclass('quota')) AS owns,
      (SELECT min(relname::text) FROM pg_class WHERE relkind IN ('r', 'p') AND pg_table_is_visible(oid)
         AND relnamespace = current_schema()::regnamespace AND NOT has_table_privilege(oid, 'SELECT')) AS hidden`;
  const [{ role, owns, hidden } = { role: '', owns: null, hidden: null }] = (
    await connection.query<{ role: string; owns: boolean | null; hidden: string | null }>(text, [])
  ).rows;
  if (hidden !== null) return { why: 'role', detail: `${role} may not read the table ${hidden}` };
  if (owns === true && !fitness.mayOwn) {
    return { why: 'role', detail: `${role} owns the tables: see docs/database-role.md (or database.allowOwner)` };
  }
  if (await holdsMigrations(connection, fitness.migrations)) return null;
  return { why: 'other_schema', detail: 'it does not have the migrations of this release' };
}
