import type { z } from 'zod';
import { issuedShape } from '../../ports/code-ledger.ts';
import type { IdempotencyKey, IdempotencyRows } from '../../ports/idempotency.ts';
import type { Stored } from '../../ports/stored.ts';
import { type Session, toJson } from '../engine/session.ts';
import { parseStored } from '../engine/stored-json.ts';

interface StoredAnswer<Response> {
  readonly requestHash: string;
  readonly response: Stored<Response>;
}

const typed = <Response>(
  { actorId, operation, key }: IdempotencyKey,
  { requestHash, response }: StoredAnswer<unknown>,
  shape: z.ZodType<Response>,
): StoredAnswer<Response> => {
  const row = [actorId, operation, key].join(' ');
  return { requestHash, response: parseStored(shape, response, { table: 'idempotency', row, column: 'response' }) };
};

async function findIdempotent<Response>(
  session: Session,
  key: IdempotencyKey,
  shape: z.ZodType<Response>,
): Promise<StoredAnswer<Response> | null> {
  const row = await session.row<StoredAnswer<unknown>>(
    `SELECT request_hash AS "requestHash", response FROM idempotency
     WHERE actor_id = $1 AND operation = $2 AND key = $3`,
    [key.actorId, key.operation, key.key],
  );
  return row === null ? null : typed(key, row, shape);
}

/** What `issueCodes` stored under each of several keys, in their order. */
export async function findIssuedOf(
  session: Session,
  keys: readonly IdempotencyKey[],
): Promise<(StoredAnswer<z.output<typeof issuedShape>> | null)[]> {
  const rows = await session.rows<StoredAnswer<unknown> & { n: number }>(
    `SELECT n, request_hash AS "requestHash", response
     FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS asked (actor_id, operation, key, n)
     JOIN idempotency USING (actor_id, operation, key)`,
    [keys.map((one) => one.actorId), keys.map((one) => one.operation), keys.map((one) => one.key)],
  );
  const found = new Map(rows.map(({ n, ...stored }) => [n, stored]));
  return keys.map((key, index) => {
    const row = found.get(index + 1);
    return row === undefined ? null : typed(key, row, issuedShape);
  });
}

export function idempotencyRows(session: Session): IdempotencyRows {
  return {
    find: (key, shape) => findIdempotent(session, key, shape),
    async claim(row, shape) {
      for (;;) {
        // Waits for a concurrent claim's transaction: inserts if that rolled back, reads its answer if it committed.
        const claimed = await session.write(
          `INSERT INTO idempotency (actor_id, operation, key, request_hash, claimed_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (actor_id, operation, key) DO NOTHING`,
          [row.actorId, row.operation, row.key, row.requestHash, row.at],
        );
        if (claimed === 1) return { claimed: true };
        const stored = await findIdempotent(session, row, shape);
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
    async reclaim({ actorId, operation, key }, at, before) {
      const written = await session.write(
        `UPDATE idempotency SET claimed_at = $4 WHERE actor_id = $1 AND operation = $2 AND key = $3
           AND response IS NULL AND claimed_at <= $5`,
        [actorId, operation, key, at, before],
      );
      return written === 1;
    },
    async hold({ actorId, operation, key }, at) {
      const held = await session.row(
        `SELECT key FROM idempotency WHERE actor_id = $1 AND operation = $2 AND key = $3
           AND response IS NULL AND claimed_at = $4 FOR UPDATE`,
        [actorId, operation, key, at],
      );
      return held !== null;
    },
    async release({ actorId, operation, key }, at) {
      await session.write(
        `DELETE FROM idempotency WHERE actor_id = $1 AND operation = $2 AND key = $3
           AND response IS NULL AND claimed_at = $4`,
        [actorId, operation, key, at],
      );
    },
    async complete(actorId, operation, key, response) {
      await session.write(
        'UPDATE idempotency SET response = $4::jsonb WHERE actor_id = $1 AND operation = $2 AND key = $3',
        [actorId, operation, key, toJson(response)],
      );
    },
  };
}
