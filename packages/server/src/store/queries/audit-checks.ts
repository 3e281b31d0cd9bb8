import { z } from 'zod';
import {
  type AuditCheck,
  type AuditCheckRows,
  type AuditFinding,
  auditFindingKinds,
} from '../../ports/audit-checks.ts';
import { type Session, toJson } from '../engine/session.ts';
import { parseStored } from '../engine/stored-json.ts';

const columns = `id, asked_at AS "askedAt", asked_by AS "askedBy", up_to AS "upTo", through_seal AS "throughSeal",
  through_digest AS "throughDigest", row_count AS rows, ended_at AS "endedAt", difference`;

const position = z.object({ at: z.string(), id: z.string() }).nullable();
const shape: z.ZodType<AuditFinding> = z.object({
  what: z.enum(auditFindingKinds),
  seal: z.number(),
  day: z.string(),
  row: position,
  after: position,
  before: position,
});

export function auditCheckRows(session: Session): AuditCheckRows {
  const one = async (tail: string, values: readonly unknown[] = []): Promise<AuditCheck | null> => {
    const row = await session.row<Omit<AuditCheck, 'difference'> & { readonly difference: unknown }>(tail, values);
    if (row === null) return null;
    const at = { table: 'audit_check', row: row.id, column: 'difference' };
    return { ...row, difference: row.difference === null ? null : parseStored(shape, row.difference, at) };
  };
  const select = `SELECT ${columns} FROM audit_check`;
  return {
    async ask({ id, askedAt, askedBy, upTo }) {
      session.signal('jobs');
      const sql = `INSERT INTO audit_check (id, asked_at, asked_by, up_to) VALUES ($1, $2, $3, $4)
        ON CONFLICT ((ended_at IS NULL)) WHERE ended_at IS NULL DO NOTHING`;
      return (await session.write(sql, [id, askedAt, askedBy, upTo])) === 1;
    },
    findOpen: () => one(`${select} WHERE ended_at IS NULL`),
    findLast: () => one(`${select} WHERE ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT 1`),
    findLastWhole: () =>
      one(
        `${select} WHERE ended_at IS NOT NULL AND difference IS NULL AND through_digest IS NOT NULL
         ORDER BY ended_at DESC LIMIT 1`,
      ),
    lease: (at, until) =>
      one(
        `UPDATE audit_check SET lease_until = $2
         WHERE ended_at IS NULL AND (lease_until IS NULL OR lease_until <= $1) RETURNING ${columns}`,
        [at, until],
      ),
    async advance({ id, throughSeal }, { through, rows, isDone, difference }, at) {
      await session.write(
        `UPDATE audit_check SET through_seal = coalesce($3, through_seal), through_digest = coalesce($4, through_digest),
           row_count = row_count + $5, lease_until = NULL, ended_at = $6, difference = $7::jsonb
         WHERE id = $1 AND through_seal = $2 AND ended_at IS NULL`,
        [
          id,
          throughSeal,
          through?.sequence ?? null,
          through?.digest ?? null,
          rows,
          isDone ? at : null,
          difference === null ? null : toJson(difference),
        ],
      );
    },
  };
}
