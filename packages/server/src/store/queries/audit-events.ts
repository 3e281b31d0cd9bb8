import { z } from 'zod';
import type { AuditEventRows, RefusedAccess, StartedWith } from '../../ports/audit-events.ts';
import { type Session, toJson } from '../engine/session.ts';
import { parseStored } from '../engine/stored-json.ts';

const refusedColumns = `actor_id AS "actorId", actor_role AS "actorRole", account_id AS "accountId", operation, fault, count,
  hour`;

const settingsShape: z.ZodType<readonly StartedWith[]> = z.array(
  z.object({ path: z.string(), value: z.string(), secret: z.boolean() }),
);

export function auditEventRows(session: Session): AuditEventRows {
  return {
    async countRefused({ actorId, actorRole, accountId, operation, fault, count }, hour) {
      const row = await session.row<{ count: number }>(
        `INSERT INTO refused_access AS known (actor_id, operation, fault, hour, actor_role, account_id, count)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (hour, actor_id, operation, fault)
           DO UPDATE SET count = least(known.count::bigint + excluded.count, 2147483647)
         RETURNING count`,
        [actorId, operation, fault, hour, actorRole, accountId, count],
      );
      return row?.count === count;
    },
    takeRefusedBefore: (hour, limit) =>
      session.rows<RefusedAccess & { hour: string }>(
        `DELETE FROM refused_access WHERE (hour, actor_id, operation, fault) IN (
           SELECT hour, actor_id, operation, fault FROM refused_access WHERE hour < $1
           ORDER BY hour, actor_id, operation, fault LIMIT $2 FOR UPDATE SKIP LOCKED)
         RETURNING ${refusedColumns}`,
        [hour, limit],
      ),
    async findConfiguration(process) {
      const row = await session.row<{ settings: unknown }>(
        'SELECT settings FROM process_configuration WHERE process = $1 FOR UPDATE',
        [process],
      );
      const at = { table: 'process_configuration', row: process, column: 'settings' };
      return row === null ? null : parseStored(settingsShape, row.settings, at);
    },
    async putConfiguration(process, settings, at) {
      await session.write(
        `INSERT INTO process_configuration (process, settings, changed_at) VALUES ($1, $2::jsonb, $3)
         ON CONFLICT (process) DO UPDATE SET settings = excluded.settings, changed_at = excluded.changed_at`,
        [process, toJson(settings), at],
      );
    },
  };
}
