import type { Reminded, ReminderRows } from '../../ports/reminders.ts';
import type { Session } from '../engine/session.ts';
import { isWorkable } from './work-failures.ts';

export function reminderRows(session: Session): ReminderRows {
  return {
    async put({ kind, itemId }, at) {
      if (at === null) {
        await session.write('DELETE FROM reminder WHERE kind = $1 AND item_id = $2', [kind, itemId]);
        return;
      }
      await session.write(
        `INSERT INTO reminder (kind, item_id, at) VALUES ($1, $2, $3)
         ON CONFLICT (kind, item_id) DO UPDATE SET at = excluded.at`,
        [kind, itemId, at],
      );
    },
    async claim({ kind, itemId }) {
      const sql = 'SELECT at FROM reminder WHERE kind = $1 AND item_id = $2 FOR NO KEY UPDATE SKIP LOCKED';
      return (await session.row<{ at: string }>(sql, [kind, itemId]))?.at ?? null;
    },
    listDue: (at, limit) =>
      session.rows<Reminded>(
        `SELECT kind, item_id AS "itemId" FROM reminder
         WHERE at <= $1 AND ${isWorkable('reminder', `reminder.kind || ':' || reminder.item_id`, '$1')}
         ORDER BY at, kind, item_id LIMIT $2`,
        [at, limit],
      ),
  };
}
