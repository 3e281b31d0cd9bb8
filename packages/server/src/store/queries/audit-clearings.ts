import type { AuditClearing, AuditClearingRows } from '../../ports/audit.ts';
import type { JsonObject } from '../../ports/stored.ts';
import type { Session } from '../engine/session.ts';

const columns = `day, first_seal AS "firstSeal", last_seal AS "lastSeal", row_count AS rows, digest,
  sealed_digest AS "sealedDigest", audit_id AS "auditId", keep_days AS "keepDays", decided_at AS "decidedAt",
  cleared_to AS "clearedTo"`;

export function auditClearingRows(session: Session): AuditClearingRows {
  return {
    findLast: () => session.row<AuditClearing>(`SELECT ${columns} FROM audit_clearing ORDER BY day DESC LIMIT 1`, []),
    findUnfinished: () =>
      session.row<AuditClearing>(
        `SELECT ${columns} FROM audit_clearing WHERE cleared_to IS DISTINCT FROM last_seal ORDER BY day LIMIT 1`,
        [],
      ),
    find: (day) => session.row<AuditClearing>(`SELECT ${columns} FROM audit_clearing WHERE day = $1`, [day]),
    async insert({ day, firstSeal, lastSeal, rows, digest, sealedDigest, auditId, keepDays, decidedAt }) {
      await session.write(
        `INSERT INTO audit_clearing (day, first_seal, last_seal, row_count, digest, sealed_digest, audit_id, keep_days, decided_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [day, firstSeal, lastSeal, rows, digest, sealedDigest, auditId, keepDays, decidedAt],
      );
    },
    async putClearedTo(day, seal) {
      await session.write('UPDATE audit_clearing SET cleared_to = $2 WHERE day = $1', [day, seal]);
    },
    async findSaid(auditId, day) {
      const row = await session.row<{ detail: JsonObject }>(
        `SELECT detail FROM audit WHERE id = $1 AND action = 'AuditDayCleared' AND object_id = $2 AND detail IS NOT NULL`,
        [auditId, day],
      );
      return row?.detail ?? null;
    },
    async isExported(day) {
      const row = await session.row(
        `SELECT 1 AS one FROM audit WHERE object_id = $1 AND action = 'AuditExported' LIMIT 1`,
        [day],
      );
      return row !== null;
    },
  };
}
