import type { MoveRow, MoveRows, MoveState } from '../../ports/moves.ts';
import type { Session } from '../engine/session.ts';
import { type Condition, type Keyset, pageClause } from './keyset.ts';

const columns = `id, subject_record_id AS "subjectRecordId", subject_number AS "subjectNumber",
  from_account_id AS "fromAccountId", to_account_id AS "toAccountId", begun_by AS "begunBy", begun_at AS "begunAt",
  until, ended_at AS "endedAt", ending`;
const newestFirst: Keyset = { columns: [['id', 'text']], descending: true };

function stateIs({ is, at }: { readonly is: MoveState; readonly at: string }): Condition {
  if (is === 'waiting') return ['ending IS NULL AND until > $?::timestamptz', at];
  return is === 'lapsed' ? ['ending IS NULL AND until <= $?::timestamptz', at] : ['ending = $?', is];
}

export function moveRows(session: Session): MoveRows {
  return {
    async insert(row) {
      // One after the other for each subject, so that the second sees the first.
      await session.rows('SELECT 1 AS one FROM subject_record WHERE id = $1 FOR NO KEY UPDATE', [row.subjectRecordId]);
      const open = await session.row(
        'SELECT 1 AS one FROM account_move WHERE subject_record_id = $1 AND ended_at IS NULL AND until > $2',
        [row.subjectRecordId, row.begunAt],
      );
      if (open !== null) return false;
      await session.write(
        `INSERT INTO account_move (id, subject_record_id, subject_number, from_account_id, to_account_id, begun_by,
           begun_at, until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          row.id,
          row.subjectRecordId,
          row.subjectNumber,
          row.fromAccountId,
          row.toAccountId,
          row.begunBy,
          row.begunAt,
          row.until,
        ],
      );
      return true;
    },
    findForUpdate: (id) =>
      session.row<MoveRow>(`SELECT ${columns} FROM account_move WHERE id = $1 FOR NO KEY UPDATE`, [id]),
    list({ accountId, state, ...page }) {
      const conditions: Condition[] = [
        accountId === undefined ? null : ['(from_account_id = $? OR to_account_id = $?)', accountId],
        state === undefined ? null : stateIs(state),
      ];
      const { sql, values } = pageClause(newestFirst, conditions, page);
      return session.rows<MoveRow>(`SELECT ${columns} FROM account_move ${sql}`, values);
    },
    async end(id, ending, at) {
      const sql = 'UPDATE account_move SET ending = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL';
      return (await session.write(sql, [id, ending, at])) === 1;
    },
  };
}
