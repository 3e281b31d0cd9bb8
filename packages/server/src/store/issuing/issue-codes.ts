import type { IssueCodesCommand, IssueCodesOutcome } from '../../ports/code-ledger.ts';
import { isRefusedBy } from '../engine/database-errors.ts';
import { type Session, toJson } from '../engine/session.ts';
import { findIdempotent } from '../queries/idempotency.ts';

/**
 * The parts run in the order in which they need each other, and all or none of it is committed:
 * `guard`   holds the resource's facts still (FOR SHARE); none when they are no longer those that were decided by.
 * `claim`   the idempotency key, with the answer already; waits for a concurrent twin and is empty if that committed.
 * `ledger`  makes or re-sizes the ledger, and leaves it unlocked when it is right: its row is the hot one.
 * `spends`  moves the ledger's counter by trigger at the statement's end; its CHECK fails the whole statement.
 */
export const issueStatement = `WITH guard AS (
    SELECT id FROM resource WHERE id = $1 AND version = $2 FOR SHARE
  ), claim AS (
    INSERT INTO idempotency (actor_id, operation, key, request_hash, response, claimed_at)
    SELECT $3, $4, $5, $6, $7::jsonb, $8 FROM guard
    ON CONFLICT (actor_id, operation, key) DO NOTHING RETURNING 1
  ), ledger AS (
    INSERT INTO quota (ledger_key, capacity, changed_at)
    SELECT $9, $10::integer, $8 FROM claim WHERE NOT EXISTS
      (SELECT FROM quota WHERE ledger_key = $9 AND capacity IS NOT DISTINCT FROM $10::integer)
    ON CONFLICT (ledger_key) DO UPDATE SET changed_at = excluded.changed_at,
      capacity = CASE WHEN excluded.capacity IS NOT NULL THEN greatest(excluded.capacity, quota.spent) END
  ), made AS (
    SELECT * FROM unnest($11::text[], $12::text[], $13::text[], $14::text[], $15::text[])
      AS made (id, spend_id, lookup_hash, sealed, tail)
  ), spends AS (
    INSERT INTO quota_spend (id, ledger_key, holder, spent_at)
    SELECT made.spend_id, $9, 'code', $8 FROM claim, made
  ), codes AS (
    INSERT INTO filing_code (id, lookup_hash, sealed, tail, resource_id, issuer_account_id, grantee_account_id,
      spend_id, note, issued_at, granted_at)
    SELECT made.id, made.lookup_hash, made.sealed, made.tail, $1, $16, $17::text, made.spend_id, $18, $8,
      CASE WHEN $17::text IS NOT NULL THEN $8::timestamptz END
    FROM claim, made
  ), fact AS (
    INSERT INTO audit (id, at, actor_id, actor_role, account_id, action, object_kind, object_id, detail)
    SELECT $19, $20, $21, $22, $23, $24, $25, $26, $27::jsonb FROM claim
  )
  SELECT (SELECT count(*) FROM guard) AS guarded, (SELECT count(*) FROM claim) AS claimed`;

/** Issues the codes of one command in one autocommitted statement; see the port for what it promises. */
export async function issueCodes(session: Session, command: IssueCodesCommand): Promise<IssueCodesOutcome> {
  if (command.codes.length === 0) throw new RangeError('issueCodes was called for no code');
  const { idempotency, resource, audit, codes, at } = command;
  const codeIds = codes.map((code) => code.id);
  const values = [
    ...[resource.id, resource.version],
    ...[idempotency.actorId, idempotency.operation, idempotency.key, idempotency.requestHash, toJson({ codeIds }), at],
    ...[command.ledgerKey, command.capacity],
    codeIds,
    codes.map((code) => code.spendId),
    codes.map((code) => code.lookupHash),
    codes.map((code) => code.sealed),
    codes.map((code) => code.tail),
    ...[command.issuerAccountId, command.granteeAccountId, command.note],
    ...[audit.id, audit.at, audit.actorId, audit.actorRole, audit.accountId, audit.action, audit.objectKind],
    ...[audit.objectId, toJson(audit.detail)],
  ];
  for (;;) {
    let done: { guarded: number; claimed: number } | null;
    try {
      done = await session.row(issueStatement, values);
    } catch (error) {
      if (isRefusedBy(error, 'quota_spent_within_capacity')) return { outcome: 'quota_exhausted' };
      throw error;
    }
    if (done?.claimed === 1) return { outcome: 'issued', codeIds };
    // Nothing was written. A new statement sees what the twin committed that this one waited for.
    const stored = await findIdempotent(session, idempotency.actorId, idempotency.operation, idempotency.key);
    if (stored !== null) {
      if (stored.requestHash !== idempotency.requestHash) return { outcome: 'key_reused' };
      const { codeIds: earlier } = stored.response as { codeIds: string[] };
      return { outcome: 'replayed', codeIds: earlier };
    }
    if (done?.guarded === 0) return { outcome: 'resource_changed' };
    // The key was there and has been cleared away since: run again.
  }
}
