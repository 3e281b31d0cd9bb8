import { Fault } from '@openbeian/model/fault';
import type { IssueCodesCommand, IssueCodesOutcome } from '../../ports/code-ledger.ts';
import { readableOf, type Stored } from '../../ports/stored.ts';
import { isRefusedBy } from '../engine/database-errors.ts';
import { type Session, toJson } from '../engine/session.ts';
import { findIssuedOf } from '../queries/idempotency.ts';

/**
 * One statement issues codes. It is generated for one command or for several, so that both write exactly the same:
 * - one command comes as plain parameters, which PostgreSQL reads faster than JSON, and leaves its ledger's row, the
 *   hot one, unlocked until the CHECK decides at the statement's end;
 * - several come as JSON and are counted first, because one that did not fit would fail all of them.
 */
interface IssueStatementOptions {
  readonly several: boolean;
  /** False: a command that would have to wait for a lock is left out (SKIP LOCKED). */
  readonly waits: boolean;
}

/** A command as the statement reads it; `n` is its place among those that run together. */
export const commandColumns = columnsOf(`n integer, resource text, version integer, real_name text, actor text,
  operation text, key text, request_hash text, response jsonb, at timestamptz, ledger text, capacity integer,
  codes integer, issuer text, grantee text, note text, audit_id text, audit_at timestamptz, role text, account text,
  action text, object_kind text, object_id text, detail jsonb, address text, session_id text`);

/** A code as the statement reads it; `n` is its command's. */
export const codeColumns = columnsOf('n integer, id text, spend text, lookup_hash text, sealed text, tail text');

/**
 * The parts run in the order in which they need each other; each command is all or nothing by itself.
 * `guard`    holds the resources still (FOR SHARE) whose facts and buyer's real name are those that were decided by.
 * `open`     the commands that passed the guard and whose key is unknown.
 * `sized`    makes or re-sizes ledgers. One that is right already stays unlocked.
 * `held`     (several) locks the ledgers that were right already.
 * `fits`     (several) counts in the order of arrival: whoever comes after one that does not fit is left out too.
 * `claim`    the keys; waits for a concurrent twin, and is empty if that committed.
 * `spends`   moves the ledgers' counters by trigger at the statement's end; their CHECK fails the whole statement.
 * Locks are taken in three steps (resources, ledgers, keys), each in the order of its keys, so that no two statements
 * wait for each other.
 */
export function issueStatement({ several, waits }: IssueStatementOptions): string {
  const skip = waits ? '' : ' SKIP LOCKED';
  const fits = several ? 'fits' : 'open';
  return `WITH asked AS ${askedPart(several)}
  ), guard AS MATERIALIZED (
    SELECT id, version, (SELECT real_name FROM account WHERE account.id = account_id) AS real_name FROM resource
    WHERE ${several ? 'id = ANY (ARRAY(SELECT resource FROM asked)) ORDER BY id' : `id = ${parameterOf('resource')}`}
    FOR SHARE${skip}
  ), open AS MATERIALIZED (
    SELECT asked.* FROM asked JOIN guard ON guard.id = asked.resource
      AND guard.version = asked.version AND guard.real_name = asked.real_name
    WHERE NOT EXISTS (SELECT FROM idempotency AS earlier
      WHERE earlier.actor_id = asked.actor AND earlier.operation = asked.operation AND earlier.key = asked.key)
  ), sized AS (
    INSERT INTO quota (ledger_key, capacity, changed_at)
    SELECT ledger, ${several ? 'min(capacity), max(at)' : 'capacity, at'} FROM open WHERE NOT EXISTS
      (SELECT FROM quota WHERE ledger_key = open.ledger AND capacity IS NOT DISTINCT FROM open.capacity)
    ${several ? 'GROUP BY ledger ORDER BY ledger' : ''}
    ON CONFLICT (ledger_key) DO UPDATE SET changed_at = excluded.changed_at,
      capacity = CASE WHEN excluded.capacity IS NOT NULL THEN greatest(excluded.capacity, quota.spent) END
    RETURNING ledger_key, capacity - spent AS room
  ), ${several ? countingParts(skip) : ''} claim AS (
    INSERT INTO idempotency (actor_id, operation, key, request_hash, response, claimed_at)
    SELECT actor, operation, key, request_hash, response, at FROM ${fits}
    ${several ? 'WHERE fitting ORDER BY actor, operation, key' : ''}
    ON CONFLICT (actor_id, operation, key) DO NOTHING RETURNING actor_id, operation, key
  ), done AS MATERIALIZED (
    SELECT ${fits}.* FROM ${fits} JOIN claim
      ON claim.actor_id = ${fits}.actor AND claim.operation = ${fits}.operation AND claim.key = ${fits}.key
  ), made AS MATERIALIZED (
    SELECT code.*, done.ledger, done.resource, done.issuer, done.grantee, done.note, done.at
    FROM done JOIN ${codesPart(several)} USING (n)
  ), spends AS (
    INSERT INTO quota_spend (id, ledger_key, holder, spent_at) SELECT spend, ledger, 'code', at FROM made
  ), codes AS (
    INSERT INTO filing_code (id, lookup_hash, sealed, tail, resource_id, issuer_account_id, grantee_account_id,
      spend_id, note, issued_at, granted_at)
    SELECT id, lookup_hash, sealed, tail, resource, issuer, grantee, spend, note, at,
      CASE WHEN grantee IS NOT NULL THEN at END
    FROM made
  ), audits AS (
    INSERT INTO audit (id, at, actor_id, actor_role, account_id, action, object_kind, object_id, detail, address,
      session_id)
    SELECT audit_id, audit_at, actor, role, account, action, object_kind, object_id, detail, address, session_id
    FROM done
  )
  SELECT ${fits}.n, ${several ? 'fits.room' : 'NULL::integer AS room'}, done.n IS NOT NULL AS issued
  FROM ${fits} LEFT JOIN done USING (n)`;
}

/** NOT MATERIALIZED: PostgreSQL then plans with one row and the parameters themselves. */
function askedPart(several: boolean): string {
  if (several) return `MATERIALIZED (SELECT * FROM json_to_recordset($1::json) AS asked (${declare(commandColumns)})`;
  const values = commandColumns.map(({ name, type }) => `${parameterOf(name)}::${type} AS ${name}`);
  return `NOT MATERIALIZED (SELECT ${values.join(', ')}`;
}

function codesPart(several: boolean): string {
  if (several) return `json_to_recordset($2::json) AS code (${declare(codeColumns)})`;
  const values = codeColumns.map(({ type }, index) => `$${commandColumns.length + index + 1}::${type}[]`);
  return `unnest(${values.join(', ')}) AS code (${codeColumns.map(({ name }) => name).join(', ')})`;
}

function countingParts(skip: string): string {
  return `held AS MATERIALIZED (
    SELECT ledger_key, capacity - spent AS room FROM quota
    WHERE ledger_key = ANY (ARRAY(SELECT ledger FROM open WHERE ledger NOT IN (SELECT ledger_key FROM sized)))
    ORDER BY ledger_key FOR NO KEY UPDATE${skip}
  ), fits AS MATERIALIZED (
    SELECT open.*, room, coalesce(sum(codes) OVER (PARTITION BY ledger ORDER BY n) <= room, true) AS fitting
    FROM open JOIN (SELECT * FROM sized UNION ALL SELECT * FROM held) AS counted ON counted.ledger_key = open.ledger
  ),`;
}

/** The parameters of the statement generated for as many commands as these. */
function issueParameters(commands: readonly IssueCodesCommand[]): unknown[] {
  const asked = commands.map(commandValues);
  const codes = commands.flatMap(codeValues);
  const [only] = asked;
  if (only === undefined || asked.length > 1) return [toJson(asked), toJson(codes)];
  return [
    ...commandColumns.map(({ name, type }) => (type === 'jsonb' ? toJson(only[name]) : only[name])),
    ...codeColumns.map(({ name }) => codes.map((code) => code[name])),
  ];
}

function commandValues(command: IssueCodesCommand, n: number): Record<string, unknown> {
  const { idempotency, resource, audit, codes } = command;
  return {
    n,
    resource: resource.id,
    version: resource.version,
    real_name: command.issuerRealName,
    actor: idempotency.actorId,
    operation: idempotency.operation,
    key: idempotency.key,
    request_hash: idempotency.requestHash,
    response: { codeIds: codes.map((code) => code.id) },
    at: command.at,
    ledger: command.ledgerKey,
    capacity: command.capacity,
    codes: codes.length,
    issuer: command.issuerAccountId,
    grantee: command.granteeAccountId,
    note: command.note,
    audit_id: audit.id,
    audit_at: audit.at,
    role: audit.actorRole,
    account: audit.accountId,
    action: audit.action,
    object_kind: audit.objectKind,
    object_id: audit.objectId,
    detail: audit.detail ?? null,
    address: audit.address,
    session_id: audit.sessionId,
  };
}

function codeValues({ codes }: IssueCodesCommand, n: number): Record<string, unknown>[] {
  return codes.map(({ id, spendId, lookupHash, sealed, tail }) => ({
    n,
    id,
    spend: spendId,
    lookup_hash: lookupHash,
    sealed,
    tail,
  }));
}

interface Column {
  readonly name: string;
  readonly type: string;
}

function columnsOf(text: string): Column[] {
  return text.split(',').map((column) => {
    const [name = '', type = ''] = column.trim().split(/\s+/);
    return { name, type };
  });
}

const declare = (columns: readonly Column[]): string => columns.map(({ name, type }) => `${name} ${type}`).join(', ');

function parameterOf(name: string): string {
  return `$${commandColumns.findIndex((column) => column.name === name) + 1}`;
}

const statements = {
  one: issueStatement({ several: false, waits: true }),
  severalWaiting: issueStatement({ several: true, waits: true }),
  severalSkipping: issueStatement({ several: true, waits: false }),
};

/** What the statement says of a command that passed the guard. */
interface Answer {
  readonly n: number;
  /** Places left in the ledger before this statement; null: unlimited. */
  readonly room: number | null;
  readonly issued: boolean;
}

/**
 * Issues the codes of one command in one autocommitted statement; waits for whatever is locked. See the port for what
 * it promises.
 */
export async function issueAlone(session: Session, command: IssueCodesCommand): Promise<IssueCodesOutcome> {
  for (;;) {
    let answer: Answer | null;
    try {
      answer = await session.row<Answer>(statements.one, issueParameters([command]));
    } catch (error) {
      // The failed statement wrote nothing, its claim of the key included.
      if (isRefusedBy(error, 'quota_spent_within_capacity')) return { outcome: 'quota_exhausted' };
      throw error;
    }
    if (answer?.issued) return issued(command);
    // Nothing was written. A new statement sees what the twin committed that this one waited for.
    const [earlier = null] = await earlierOutcomes(session, [command]);
    if (earlier !== null) return readableOf(earlier);
    // Or the known key has just been cleared away; whoever decides again by fresh facts finds it free.
    if (answer === null) return { outcome: 'facts_changed' };
    // The key was there and has been cleared away since: run again.
  }
}

/**
 * Issues several commands in one autocommitted statement: none of them twice under one key, and one capacity for each
 * ledger.
 * @returns for each its outcome; null: left out (locked, known key, changed facts, or behind one that does not fit), so
 * that it has to be issued alone.
 */
export async function issueTogether(
  session: Session,
  commands: readonly IssueCodesCommand[],
  waits: boolean,
): Promise<(IssueCodesOutcome | null)[]> {
  const text = waits ? statements.severalWaiting : statements.severalSkipping;
  const rows = await session.rows<Answer>(text, issueParameters(commands));
  const answers = new Map(rows.map((row) => [row.n, row]));
  const roomOf = new Map<string, number>();
  const outcomes = commands.map((command, n): IssueCodesOutcome | null => {
    const answer = answers.get(n);
    if (answer === undefined) return null;
    const { ledgerKey, codes } = command;
    const room = roomOf.get(ledgerKey) ?? answer.room ?? Number.POSITIVE_INFINITY;
    roomOf.set(ledgerKey, answer.issued ? room - codes.length : room);
    if (answer.issued) return issued(command);
    return codes.length > room ? { outcome: 'quota_exhausted' } : null;
  });
  if (outcomes.every((one) => one?.outcome !== 'quota_exhausted')) return outcomes;
  // A twin may have taken the last place while this statement waited for the ledger: then there is an answer already.
  const earlier = await earlierOutcomes(session, commands);
  return outcomes.map((one, n) => {
    if (one?.outcome !== 'quota_exhausted') return one;
    const before = earlier[n] ?? one;
    // One whose answer cannot be read shows it alone, and keeps nobody else.
    return before instanceof Fault ? null : before;
  });
}

const issued = (command: IssueCodesCommand): IssueCodesOutcome => ({
  outcome: 'issued',
  codeIds: command.codes.map((code) => code.id),
});

/** What was answered under each command's key; null where nothing was, the fault where it cannot be read. */
async function earlierOutcomes(
  session: Session,
  commands: readonly IssueCodesCommand[],
): Promise<(Stored<IssueCodesOutcome> | null)[]> {
  const stored = await findIssuedOf(
    session,
    commands.map(({ idempotency }) => idempotency),
  );
  return stored.map((row, n) => {
    if (row === null) return null;
    if (row.requestHash !== commands[n]?.idempotency.requestHash) return { outcome: 'key_reused' };
    if (row.response instanceof Fault) return row.response;
    return { outcome: 'replayed', codeIds: row.response.codeIds };
  });
}
