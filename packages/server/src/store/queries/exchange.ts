import type { ExchangeRows } from '../../ports/exchange.ts';
import { readableOf } from '../../ports/stored.ts';
import { type Session, toJson } from '../engine/session.ts';
import { parseStored } from '../engine/stored-json.ts';
import { cancellationShape } from './message-shapes.ts';

export function exchangeRows(session: Session): ExchangeRows {
  return {
    async insertSubmission(row) {
      await session.write('INSERT INTO submission (id, filing_id, made_at) VALUES ($1, $2, $3)', [
        row.id,
        row.filingId,
        row.at,
      ]);
    },
    async recordReceipt(submissionId, receipt, at) {
      await session.write('UPDATE submission SET receipt = $2, received_at = $3 WHERE id = $1 AND receipt IS NULL', [
        submissionId,
        receipt,
        at,
      ]);
    },
    findSubmission: (id) =>
      session.row('SELECT id, filing_id AS "filingId", receipt FROM submission WHERE id = $1', [id]),
    async insertMessage(message, at) {
      const inserted = await session.write(
        `INSERT INTO authority_message (message_id, submission_id, body, received_at) VALUES ($1, $2, $3::jsonb, $4)
         ON CONFLICT (message_id) DO NOTHING`,
        [message.messageId, message.kind === 'cancelled' ? null : message.submissionId, toJson(message), at],
      );
      return inserted === 1;
    },
    async markMessage(messageId, outcome) {
      await session.write('UPDATE authority_message SET outcome = $2 WHERE message_id = $1', [messageId, outcome]);
    },
    deleteMessagesBefore: (instant, limit) =>
      session.write(
        `DELETE FROM authority_message WHERE message_id = ANY (ARRAY(
           SELECT message_id FROM authority_message
           WHERE received_at < $1 AND body->>'kind' IN ('sms_requested', 'sms_progress', 'sms_confirmed', 'sms_failed', 'rejected')
           ORDER BY received_at LIMIT $2 FOR UPDATE SKIP LOCKED))`,
        [instant, limit],
      ),
    async reportSms(submissionId, people, { state, code, resends, wrongCodes, at }) {
      const rank = (row: string) => `array_position(ARRAY['sent', 'expired', 'failed', 'confirmed'], ${row}.state)`;
      await session.write(
        `INSERT INTO sms_person AS known (submission_id, person, state, code, resends, wrong_codes, changed_at)
         SELECT $1, person, $3, $4, $5, $6, $7 FROM unnest($2::text[]) AS person
         ON CONFLICT (submission_id, person) DO UPDATE SET
           resends = greatest(known.resends, excluded.resends),
           wrong_codes = greatest(known.wrong_codes, excluded.wrong_codes),
           state = CASE WHEN ${rank('excluded')} > ${rank('known')} THEN excluded.state ELSE known.state END,
           code = CASE WHEN (${rank('excluded')}, excluded.changed_at) >= (${rank('known')}, known.changed_at)
             THEN coalesce(excluded.code, known.code) ELSE known.code END,
           changed_at = CASE WHEN ${rank('excluded')} > ${rank('known')} THEN excluded.changed_at
             WHEN ${rank('excluded')} = ${rank('known')} THEN greatest(known.changed_at, excluded.changed_at)
             ELSE known.changed_at END`,
        [submissionId, [...people], state, code, resends, wrongCodes, at],
      );
    },
    listSms: (submissionId) =>
      session.rows(
        `SELECT person, state, code, resends, wrong_codes AS "wrongCodes", changed_at AS "changedAt" FROM sms_person
         WHERE submission_id = $1`,
        [submissionId],
      ),
    async findApprovedAt(serviceNumber) {
      const row = await session.row<{ sentAt: string | null }>(
        `SELECT max((body->>'sentAt')::timestamptz) AS "sentAt" FROM authority_message
         WHERE coalesce(body->>'number', body->>'serviceNumber') = $1 AND body->>'kind' = 'approved'
           AND outcome = 'applied'`,
        [serviceNumber],
      );
      return row?.sentAt ?? null;
    },
    async listWaitingCancellations(numbers) {
      const rows = await session.rows<{ id: string; body: unknown }>(
        `SELECT message_id AS id, body FROM authority_message
         WHERE coalesce(body->>'number', body->>'serviceNumber') = ANY ($1::text[]) AND body->>'kind' = 'cancelled'
           AND outcome = 'stale'
         ORDER BY (body->>'sentAt')::timestamptz, message_id`,
        [[...numbers]],
      );
      return rows.map(({ id, body }) =>
        readableOf(parseStored(cancellationShape, body, { table: 'authority_message', row: id, column: 'body' })),
      );
    },
  };
}
