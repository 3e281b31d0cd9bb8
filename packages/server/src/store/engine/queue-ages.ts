import { type Kysely, sql } from 'kysely';
import type { QueueAge } from '../../ports/operations.ts';

/** Deliveries to receivers that are paused wait for these; so many of them are passed over. */
const mostPaused = 1000;

/**
 * Reads the ages, each as the first row of an index: however long a queue is, asking costs the same. What an operator has
 * parked does not count.
 * @param states of filings that are told
 */
export function createAgeReader(database: Kysely<unknown>, states: readonly string[]): () => Promise<QueueAge[]> {
  return async () => {
    const { rows } = await sql<QueueAge>`
      WITH waiting (queue, of, since) AS (
        SELECT 'job', 'authority.submit', (
          SELECT made_at FROM job WHERE topic = 'authority.submit' AND NOT parked ORDER BY made_at LIMIT 1)
        UNION ALL SELECT 'code_event', '', (
          SELECT code_event.at FROM code_event WHERE relayed_at IS NULL ORDER BY seq LIMIT 1)
        UNION ALL SELECT 'webhook', '', (
          SELECT created_at FROM (
            SELECT created_at, webhook_id FROM webhook_delivery WHERE state = 'waiting'
            ORDER BY created_at LIMIT ${sql.lit(mostPaused)}
          ) AS first
          WHERE (SELECT paused_at FROM webhook WHERE webhook.id = first.webhook_id) IS NULL
          ORDER BY created_at LIMIT 1)
        UNION ALL SELECT 'notice_mail', '', (
          SELECT notice.at FROM notice WHERE mail_next_at IS NOT NULL ORDER BY mail_next_at LIMIT 1)
        UNION ALL SELECT 'link_mail', '', (
          SELECT asked_at FROM person_mail WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1)
        UNION ALL SELECT 'message', '', (
          SELECT failed_at FROM work_failure WHERE kind = 'message' AND retry_at IS NOT NULL
          ORDER BY retry_at, item_id LIMIT 1)
        UNION ALL SELECT 'filing', state, (
          SELECT started_at FROM filing WHERE filing.state = asked.state ORDER BY started_at, id LIMIT 1)
        FROM unnest(${[...states]}::text[]) AS asked (state)
      )
      SELECT queue, of, coalesce(greatest(0, extract(epoch FROM clock_timestamp() - since)), 0)::float8 AS seconds
      FROM waiting`.execute(database);
    return rows;
  };
}
