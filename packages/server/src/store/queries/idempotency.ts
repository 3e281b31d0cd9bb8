import type { IdempotencyRows } from '../../ports/idempotency.ts';
import { type Session, toJson } from '../engine/session.ts';

interface Stored {
  readonly requestHash: string;
  readonly response: unknown;
}

function findIdempotent(session: Session, actorId: string, operation: string, key: string): Promise<Stored | null> {
  return session.row<Stored>(
    `SELECT request_hash AS "requestHash", response FROM idempotency
     WHERE actor_id = $1 AND operation = $2 AND key = $3`,
    [actorId, operation, key],
  );
}

/** What is stored under each of several keys, in their order. */
export async function findIdempotentOf(
  session: Session,
  keys: readonly { readonly actorId: string; readonly operation: string; readonly key: string }[],
): Promise<(Stored | null)[]> {
  const rows = await session.rows<Stored & { n: number }>(
    `SELECT n, request_hash AS "requestHash", response
     FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS asked (actor_id, operation, key, n)
     JOIN idempotency USING (actor_id, operation, key)`,
    [keys.map((one) => one.actorId), keys.map((one) => one.operation), keys.map((one) => one.key)],
  );
  const found = new Map(rows.map(({ n, ...stored }) => [n, stored]));
  return keys.map((_, index) => found.get(index + 1) ?? null);
}

export function idempotencyRows(session: Session): IdempotencyRows {
  return {
    find: (actorId, operation, key) => findIdempotent(session, actorId, operation, key),
    async claim(row) {
      for (;;) {
        // Waits for a concurrent claim's transaction: inserts if that rolled back, reads its answer if it committed.
        const claimed = await session.write(
          `INSERT INTO idempotency (actor_id, operation, key, request_hash, claimed_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (actor_id, operation, key) DO NOTHING`,
          [row.actorId, row.operation, row.key, row.requestHash, row.at],
        );
        if (claimed === 1) return { claimed: true };
        const stored = await findIdempotent(session, row.actorId, row.operation, row.key);
        // Null: old keys were cleared away between the two statements.
        if (stored !== null) return { claimed: false, ...stored };
      }
    },
    deleteClaimedBefore: (instant, limit) =>
      session.write(
        `DELETE FROM idempotency WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM idempotency WHERE claimed_at < $1 ORDER BY claimed_at LIMIT $2 FOR UPDATE SKIP LOCKED))`,
        [instant, limit],
      ),
    async complete(actorId, operation, key, response) {
      await session.write(
        'UPDATE idempotency SET response = $4::jsonb WHERE actor_id = $1 AND operation = $2 AND key = $3',
        [actorId, operation, key, toJson(response)],
      );
    },
  };
}
