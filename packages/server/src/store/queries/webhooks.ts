import type { WebhookChange, WebhookRow, WebhookRows } from '../../ports/webhooks.ts';
import { type Session, where } from '../engine/session.ts';
import { type Condition, type Keyset, ownedBy, pageClause } from './keyset.ts';
import { lockOwner } from './owner-lock.ts';
import { countAll } from './row-counts.ts';

const columns = `id, account_id AS "accountId", url, types, description, sealed_secret AS "sealedSecret",
  secret_made_at AS "secretMadeAt", previous_sealed_secret AS "previousSealedSecret",
  previous_secret_until AS "previousSecretUntil", paused_at AS "pausedAt", paused_because AS "pausedBecause",
  failing_since AS "failingSince", consecutive_dead_deliveries AS "consecutiveDeadDeliveries", version, created_at AS "createdAt"`;

const columnOf: Readonly<Record<keyof WebhookChange, string>> = {
  url: 'url',
  types: 'types',
  description: 'description',
  sealedSecret: 'sealed_secret',
  secretMadeAt: 'secret_made_at',
  previousSealedSecret: 'previous_sealed_secret',
  previousSecretUntil: 'previous_secret_until',
  pausedAt: 'paused_at',
  pausedBecause: 'paused_because',
  failingSince: 'failing_since',
  consecutiveDeadDeliveries: 'consecutive_dead_deliveries',
};

const oldestFirst: Keyset = { columns: [['id', 'text']] };

export function webhookRows(session: Session): WebhookRows {
  return {
    async insert(row, most) {
      await lockOwner(session, 'webhook', row.accountId);
      const written = await session.write(
        `INSERT INTO webhook (id, account_id, url, types, description, sealed_secret, secret_made_at, version, created_at)
         SELECT $1, $2, $3, $4::text[], $5, $6, $7, $8, $9
         WHERE (SELECT count(*) FROM webhook WHERE ${row.accountId === null ? 'account_id IS NULL' : 'account_id = $2'}) < $10`,
        [
          row.id,
          row.accountId,
          row.url,
          [...row.types],
          row.description,
          row.sealedSecret,
          row.secretMadeAt,
          row.version,
          row.createdAt,
          most,
        ],
      );
      return written === 1;
    },
    find: (id) => session.row<WebhookRow>(`SELECT ${columns} FROM webhook WHERE id = $1`, [id]),
    list({ accountId, state, ...page }) {
      const conditions: Condition[] = [
        accountId === undefined ? null : ownedBy(accountId),
        state === undefined ? null : [`paused_at IS ${state === 'paused' ? 'NOT NULL' : 'NULL'}`, null],
      ];
      const { sql, values } = pageClause(oldestFirst, conditions, page);
      return session.rows<WebhookRow>(`SELECT ${columns} FROM webhook ${sql}`, values);
    },
    async count({ accountId }) {
      if (accountId === undefined) return countAll(session, 'webhook');
      const { sql, values } = where([ownedBy(accountId)]);
      return (await session.row<{ count: number }>(`SELECT count(*) AS count FROM webhook ${sql}`, values))?.count ?? 0;
    },
    listForAccounts: (accountIds) =>
      session.rows<WebhookRow>(
        `SELECT ${columns} FROM webhook WHERE account_id = ANY ($1::text[]) OR account_id IS NULL ORDER BY id`,
        [[...accountIds]],
      ),
    async update(id, version, change) {
      // Object.entries forgets which keys there are; the change has no others.
      const entries = Object.entries(change) as [keyof WebhookChange, unknown][];
      const sets = entries.map(([key], index) => `${columnOf[key]} = $${index + 3}`);
      const written = await session.write(
        `UPDATE webhook SET ${['version = version + 1', ...sets].join(', ')} WHERE id = $1 AND version = $2`,
        [id, version, ...entries.map(([, value]) => value)],
      );
      return written === 1;
    },
    async markFailing(id, at) {
      await session.write('UPDATE webhook SET failing_since = $2 WHERE id = $1 AND failing_since IS NULL', [id, at]);
    },
    async markHealthy(id) {
      await session.write(
        `UPDATE webhook SET failing_since = NULL, consecutive_dead_deliveries = 0
         WHERE id = $1 AND (failing_since IS NOT NULL OR consecutive_dead_deliveries > 0)`,
        [id],
      );
    },
    async countDead(id) {
      const counted = await session.row<{ dead: number }>(
        'UPDATE webhook SET consecutive_dead_deliveries = consecutive_dead_deliveries + 1 WHERE id = $1 RETURNING consecutive_dead_deliveries AS dead',
        [id],
      );
      return counted?.dead ?? 0;
    },
    async pause(id, because, at) {
      const paused = await session.write(
        `UPDATE webhook SET paused_at = $3, paused_because = $2, version = version + 1
         WHERE id = $1 AND paused_at IS NULL`,
        [id, because, at],
      );
      return paused === 1;
    },
    async delete(id) {
      return (await session.write('DELETE FROM webhook WHERE id = $1', [id])) === 1;
    },
  };
}
