import type { IssueCodesCommand, IssueCodesOutcome } from '../../ports/code-ledger.ts';
import { type Session, toJson } from '../engine/session.ts';

const asked = `json_to_recordset($1::json) AS asked (n integer, resource text, version integer, actor text,
    operation text, key text, hash text, response jsonb, at timestamptz, ledger text, capacity integer, codes integer,
    issuer text, grantee text, note text, fact text, "factAt" timestamptz, role text, account text, action text,
    kind text, object text, detail jsonb)`;

/**
 * Several commands in one autocommitted statement, each all or nothing by itself. What the statement writes is what
 * `issueStatement` writes; what a command may not have (its resource changed, its key is known, its ledger is full) is
 * left out here, and whoever would have to wait for a lock is left out as well unless the statement `waits`.
 * Locks are taken in three steps, each in the order of its keys, so that statements do not wait in circles.
 * `guard`    holds the resources' facts still.
 * `sized`    makes or re-sizes ledgers; `standing` holds those that are right.
 * `fits`     counts in the order of arrival: who comes behind one that does not fit is left out too, and asks again.
 * `claim`    the keys; waits for a concurrent twin, and is empty if that committed.
 * `spends`   moves the ledgers' counters by trigger at the statement's end; their CHECK would fail it all.
 */
function issueTogetherStatement(waits: boolean): string {
  const skip = waits ? '' : ' SKIP LOCKED';
  return `WITH asked AS MATERIALIZED (SELECT * FROM ${asked}
  ), guard AS MATERIALIZED (
    SELECT id, version FROM resource WHERE id = ANY (ARRAY(SELECT resource FROM asked)) ORDER BY id FOR SHARE${skip}
  ), judged AS MATERIALIZED (
    SELECT asked.* FROM asked JOIN guard ON guard.id = asked.resource AND guard.version = asked.version
    WHERE NOT EXISTS (SELECT FROM idempotency AS done
      WHERE done.actor_id = asked.actor AND done.operation = asked.operation AND done.key = asked.key)
  ), sized AS (
    INSERT INTO quota (ledger_key, capacity, changed_at)
    SELECT ledger, min(capacity), max(at) FROM judged WHERE NOT EXISTS
      (SELECT FROM quota WHERE ledger_key = judged.ledger AND capacity IS NOT DISTINCT FROM judged.capacity)
    GROUP BY ledger ORDER BY ledger
    ON CONFLICT (ledger_key) DO UPDATE SET changed_at = excluded.changed_at,
      capacity = CASE WHEN excluded.capacity IS NOT NULL THEN greatest(excluded.capacity, quota.spent) END
    RETURNING ledger_key, capacity - spent AS room
  ), resized AS MATERIALIZED (SELECT * FROM sized
  ), standing AS MATERIALIZED (
    SELECT ledger_key, capacity - spent AS room FROM quota
    WHERE ledger_key = ANY (ARRAY(SELECT ledger FROM judged WHERE ledger NOT IN (SELECT ledger_key FROM resized)))
    ORDER BY ledger_key FOR NO KEY UPDATE${skip}
  ), fits AS MATERIALIZED (
    SELECT judged.*, room, coalesce(sum(codes) OVER (PARTITION BY ledger ORDER BY n) <= room, true) AS fitting
    FROM judged JOIN (SELECT * FROM resized UNION ALL SELECT * FROM standing) AS held ON held.ledger_key = judged.ledger
  ), claim AS (
    INSERT INTO idempotency (actor_id, operation, key, request_hash, response, claimed_at)
    SELECT actor, operation, key, hash, response, at FROM fits WHERE fitting ORDER BY actor, operation, key
    ON CONFLICT (actor_id, operation, key) DO NOTHING RETURNING actor_id, operation, key
  ), done AS MATERIALIZED (
    SELECT fits.* FROM fits JOIN claim
    ON claim.actor_id = fits.actor AND claim.operation = fits.operation AND claim.key = fits.key
  ), made AS MATERIALIZED (
    SELECT made.*, done.ledger, done.resource, done.issuer, done.grantee, done.note, done.at
    FROM done JOIN json_to_recordset($2::json) AS made (n integer, id text, spend text, hash text, sealed text, tail text)
    USING (n)
  ), spends AS (
    INSERT INTO quota_spend (id, ledger_key, holder, spent_at) SELECT spend, ledger, 'code', at FROM made
  ), codes AS (
    INSERT INTO filing_code (id, lookup_hash, sealed, tail, resource_id, issuer_account_id, grantee_account_id,
      spend_id, note, issued_at, granted_at)
    SELECT id, hash, sealed, tail, resource, issuer, grantee, spend, note, at,
      CASE WHEN grantee IS NOT NULL THEN at END
    FROM made
  ), facts AS (
    INSERT INTO audit (id, at, actor_id, actor_role, account_id, action, object_kind, object_id, detail)
    SELECT fact, "factAt", actor, role, account, action, kind, object, detail FROM done
  )
  SELECT fits.n, fits.room, done.n IS NOT NULL AS issued FROM fits LEFT JOIN done USING (n)`;
}

const statements = { waits: issueTogetherStatement(true), skips: issueTogetherStatement(false) };

/**
 * Runs the statement for several commands, none of them twice under one key, and one capacity for each ledger.
 * @returns for each what it came to; null: left out, so that it has to ask again by itself.
 */
export async function issueTogether(
  session: Session,
  commands: readonly IssueCodesCommand[],
  waits: boolean,
): Promise<(IssueCodesOutcome | null)[]> {
  const rows = await session.rows<{ n: number; room: number | null; issued: boolean }>(
    waits ? statements.waits : statements.skips,
    [toJson(commands.map(askedOf)), toJson(commands.flatMap(madeOf))],
  );
  const answers = new Map(rows.map((row) => [row.n, row]));
  const left = new Map<string, number>();
  const outcomes = commands.map((command, n): IssueCodesOutcome | null => {
    const answer = answers.get(n);
    if (answer === undefined) return null;
    const { ledgerKey, codes } = command;
    const room = left.get(ledgerKey) ?? answer.room ?? Number.POSITIVE_INFINITY;
    left.set(ledgerKey, answer.issued ? room - codes.length : room);
    if (answer.issued) return { outcome: 'issued', codeIds: codes.map((code) => code.id) };
    return codes.length > room ? { outcome: 'quota_exhausted' } : null;
  });
  if (outcomes.every((one) => one?.outcome !== 'quota_exhausted')) return outcomes;
  // A twin may have taken the last place while this statement waited for the ledger: then there is an answer already.
  const known = await session.rows<{ n: number }>(knownStatement, [toJson(commands.map(askedOf))]);
  const twins = new Set(known.map((row) => row.n));
  return outcomes.map((one, n) => (one?.outcome === 'quota_exhausted' && twins.has(n) ? null : one));
}

const knownStatement = `SELECT asked.n FROM ${asked} JOIN idempotency AS done
  ON done.actor_id = asked.actor AND done.operation = asked.operation AND done.key = asked.key`;

function askedOf({ idempotency, resource, audit, codes, ...command }: IssueCodesCommand, n: number) {
  return {
    ...{ n, resource: resource.id, version: resource.version, at: command.at, codes: codes.length },
    ...{ actor: idempotency.actorId, operation: idempotency.operation, key: idempotency.key },
    ...{ hash: idempotency.requestHash, response: { codeIds: codes.map((code) => code.id) } },
    ...{ ledger: command.ledgerKey, capacity: command.capacity },
    ...{ issuer: command.issuerAccountId, grantee: command.granteeAccountId, note: command.note },
    ...{ fact: audit.id, factAt: audit.at, role: audit.actorRole, account: audit.accountId, action: audit.action },
    ...{ kind: audit.objectKind, object: audit.objectId, detail: audit.detail ?? null },
  };
}

function madeOf({ codes }: IssueCodesCommand, n: number) {
  return codes.map(({ id, spendId, lookupHash, sealed, tail }) => ({
    ...{ n, id, spend: spendId, hash: lookupHash, sealed, tail },
  }));
}
