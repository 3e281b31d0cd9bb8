import type {
  AttemptResult,
  DeliveryRow,
  DeliveryRows,
  LeaseDeliveriesOptions,
  RenewDeliveriesOptions,
} from '../../ports/webhooks.ts';
import type { Session } from '../engine/session.ts';
import { type Keyset, pageClause } from './keyset.ts';

const newestFirst: Keyset = { columns: [['id', 'text']], descending: true };

const columns = `id, webhook_id AS "webhookId", event_id AS "eventId", seq, type, order_key AS "orderKey", body, state,
  attempts, created_at AS "createdAt", first_attempt_at AS "firstAttemptAt", next_at AS "nextAt", ended_at AS "endedAt",
  last_status AS "lastStatus", last_error AS "lastError", last_excerpt AS "lastExcerpt"`;

const valuesOf = ({ status, error, excerpt }: AttemptResult) => [status, error, excerpt];

export function deliveryRows(session: Session): DeliveryRows {
  return {
    async insert(rows, at) {
      // One behind an earlier one of its code that waits for another attempt waits as long, so that it is not looked at.
      // What is for a receiver that is deleted at this moment is left out, and fails nobody else's.
      await session.write(
        `INSERT INTO webhook_delivery (id, webhook_id, event_id, seq, type, order_key, body, created_at, next_at)
         SELECT made.*, $8::timestamptz, greatest($8::timestamptz, (
           SELECT max(next_at) FROM webhook_delivery AS ahead
           WHERE ahead.webhook_id = made.webhook_id AND ahead.order_key = made.order_key AND ahead.state = 'waiting'))
         FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[])
           AS made (id, webhook_id, event_id, seq, type, order_key, body)
         JOIN (SELECT id AS kept FROM webhook WHERE id = ANY ($2::text[]) ORDER BY id FOR KEY SHARE) AS webhooks
           ON kept = made.webhook_id
         ON CONFLICT (webhook_id, event_id) DO NOTHING`,
        [
          rows.map((row) => row.id),
          rows.map((row) => row.webhookId),
          rows.map((row) => row.eventId),
          rows.map((row) => row.seq),
          rows.map((row) => row.type),
          rows.map((row) => row.orderKey),
          rows.map((row) => row.body),
          at,
        ],
      );
    },
    find: (id) => session.row<DeliveryRow>(`SELECT ${columns} FROM webhook_delivery WHERE id = $1`, [id]),
    list(webhookId, { state, ...page }) {
      const conditions = [
        ['webhook_id = $?', webhookId] as const,
        state === undefined ? null : (['state = $?', state] as const),
      ];
      const { sql, values } = pageClause(newestFirst, conditions, page);
      return session.rows<DeliveryRow>(`SELECT ${columns} FROM webhook_delivery ${sql}`, values);
    },
    async countWaiting(webhookIds) {
      const counts = await session.rows<{ id: string; count: number }>(
        `SELECT webhook_id AS id, count(*) AS count FROM webhook_delivery
         WHERE state = 'waiting' AND webhook_id = ANY ($1::text[]) GROUP BY webhook_id`,
        [[...webhookIds]],
      );
      return new Map(counts.map(({ id, count }) => [id, count]));
    },
    async end({ id, owner }, { state, result, at }) {
      const ended = await session.write(
        `WITH ended AS (
           UPDATE webhook_delivery SET state = $3, ended_at = $4, next_at = NULL, lease_owner = NULL, lease_until = NULL,
             last_status = $5, last_error = $6, last_excerpt = $7
           WHERE id = $1 AND lease_owner = $2 RETURNING webhook_id, order_key, seq
         ), freed AS (
           UPDATE webhook_delivery AS behind SET next_at = $4 FROM ended
           WHERE behind.webhook_id = ended.webhook_id AND behind.order_key = ended.order_key AND behind.state = 'waiting'
             AND behind.seq > ended.seq AND behind.next_at > $4
         )
         SELECT 1 FROM ended`,
        [id, owner, state, at, ...valuesOf(result)],
      );
      return ended === 1;
    },
    async retry(id, owner, nextAt, result) {
      const kept = await session.write(
        `WITH kept AS (
           UPDATE webhook_delivery SET next_at = $3, lease_owner = NULL, lease_until = NULL,
             last_status = $4, last_error = $5, last_excerpt = $6
           WHERE id = $1 AND lease_owner = $2 RETURNING webhook_id, order_key, seq
         ), held AS (
           UPDATE webhook_delivery AS behind SET next_at = $3 FROM kept
           WHERE behind.webhook_id = kept.webhook_id AND behind.order_key = kept.order_key AND behind.state = 'waiting'
             AND behind.seq > kept.seq AND behind.next_at < $3
         )
         SELECT 1 FROM kept`,
        [id, owner, nextAt, ...valuesOf(result)],
      );
      return kept === 1;
    },
    async giveBack(ids, owner) {
      await session.write(
        `UPDATE webhook_delivery SET lease_owner = NULL, lease_until = NULL, attempts = attempts - 1
         WHERE id = ANY ($1::text[]) AND lease_owner = $2`,
        [[...ids], owner],
      );
    },
    async restart(id, at) {
      session.signal('events');
      const restarted = await session.write(
        `UPDATE webhook_delivery SET state = 'waiting', next_at = $2, ended_at = NULL, first_attempt_at = NULL, attempts = 0
         WHERE id = $1 AND lease_owner IS NULL`,
        [id, at],
      );
      return restarted === 1;
    },
    async rescheduleNow(webhookId, at) {
      session.signal('events');
      await session.write(
        `UPDATE webhook_delivery SET next_at = $2, first_attempt_at = NULL, attempts = 0
         WHERE webhook_id = $1 AND state = 'waiting' AND lease_owner IS NULL`,
        [webhookId, at],
      );
    },
    expireDeliveriesOfPaused: (before, at, limit) =>
      session.write(
        `UPDATE webhook_delivery SET state = 'dead', ended_at = $2, next_at = NULL, last_error = 'paused'
         WHERE id IN (
           SELECT d.id FROM webhook w JOIN webhook_delivery d ON d.webhook_id = w.id AND d.state = 'waiting'
           WHERE w.paused_at IS NOT NULL AND d.created_at < $1 AND d.lease_owner IS NULL LIMIT $3)
           AND state = 'waiting' AND lease_owner IS NULL`,
        [before, at, limit],
      ),
    deleteEndedBefore: (before, limit) =>
      session.write(
        `DELETE FROM webhook_delivery WHERE id IN
           (SELECT id FROM webhook_delivery WHERE ended_at < $1 ORDER BY ended_at LIMIT $2)`,
        [before, limit],
      ),
  };
}

/**
 * Takes due deliveries, the longest due first, fairly: no receiver gets more than `perWebhook` at a time, counting what
 * other workers have under way, and one that fails gets a single one, so that those that time out
 * hold few. Of one code only the earliest that has not ended is taken. `known` are the receivers for which something waits, found
 * one by one in the index: all there are may be many more. SKIP LOCKED passes over what another worker leases this moment.
 */
export function leaseDeliveries(session: Session, options: LeaseDeliveriesOptions): Promise<DeliveryRow[]> {
  const { owner, at, leaseMs, limit, perWebhook } = options;
  const until = new Date(Date.parse(at) + leaseMs).toISOString();
  return session.rows<DeliveryRow>(
    `WITH RECURSIVE known (id) AS (
       (SELECT webhook_id FROM webhook_delivery WHERE state = 'waiting' ORDER BY webhook_id LIMIT 1)
       UNION ALL
       SELECT (SELECT d.webhook_id FROM webhook_delivery AS d WHERE d.state = 'waiting' AND d.webhook_id > known.id
               ORDER BY d.webhook_id LIMIT 1)
       FROM known WHERE known.id IS NOT NULL
     ), due AS MATERIALIZED (
       SELECT ready.id FROM known JOIN webhook ON webhook.id = known.id
       CROSS JOIN LATERAL (
         SELECT d.id, d.next_at, d.seq FROM webhook_delivery AS d
         WHERE d.webhook_id = webhook.id AND d.state = 'waiting' AND d.next_at <= $2
           AND (d.lease_until IS NULL OR d.lease_until <= $2)
           AND NOT EXISTS (
             SELECT FROM webhook_delivery AS ahead
             WHERE ahead.webhook_id = d.webhook_id AND ahead.order_key = d.order_key AND ahead.state = 'waiting'
               AND ahead.seq < d.seq)
         ORDER BY d.next_at, d.seq
         LIMIT greatest(0, CASE WHEN webhook.failing_since IS NULL THEN $5::integer ELSE 1 END - (
           SELECT count(*) FROM webhook_delivery AS busy WHERE busy.webhook_id = webhook.id AND busy.lease_until > $2))
       ) AS ready
       WHERE webhook.paused_at IS NULL
       ORDER BY ready.next_at, ready.seq LIMIT $4
     ), mine AS MATERIALIZED (
       SELECT d.id FROM webhook_delivery AS d JOIN due ON due.id = d.id
       WHERE d.state = 'waiting' AND (d.lease_until IS NULL OR d.lease_until <= $2) FOR UPDATE OF d SKIP LOCKED
     ), leased AS (
       UPDATE webhook_delivery SET lease_owner = $1, lease_until = $3, attempts = attempts + 1,
         first_attempt_at = coalesce(first_attempt_at, $2)
       FROM mine WHERE webhook_delivery.id = mine.id RETURNING webhook_delivery.*
     )
     SELECT ${columns} FROM leased ORDER BY leased.created_at, seq`,
    [owner, at, until, limit, perWebhook],
  );
}

/** Extends leases that are still held; the ids whose lease was lost are left out of the answer. */
export async function renewDeliveries(
  session: Session,
  { ids, owner, at, leaseMs }: RenewDeliveriesOptions,
): Promise<string[]> {
  const until = new Date(Date.parse(at) + leaseMs).toISOString();
  const rows = await session.rows<{ id: string }>(
    'UPDATE webhook_delivery SET lease_until = $3 WHERE id = ANY ($1::text[]) AND lease_owner = $2 RETURNING id',
    [[...ids], owner, until],
  );
  return rows.map(({ id }) => id);
}
