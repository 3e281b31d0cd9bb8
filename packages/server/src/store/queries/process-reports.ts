import { z } from 'zod';
import type { HeardProcess, ProcessReport, ProcessReportRows } from '../../ports/process-reports.ts';
import type { Stored } from '../../ports/stored.ts';
import type { Session } from '../engine/session.ts';
import { parseStored } from '../engine/stored-json.ts';

/** For how long one that says nothing any more is remembered: a gate is missed for longer than a worker that was replaced. */
const forgottenAfter = { gate: '7 days', others: '1 day' };

const own = {
  migration: z.string(),
  clockAheadMs: z.number(),
  files: z.object({
    kept: z.enum(['directory', 's3', 'memory']),
    isReachable: z.boolean(),
    freeBytes: z.number().nullable(),
    totalBytes: z.number().nullable(),
  }),
};
const heard = { name: z.string(), version: z.string(), secondsAgo: z.number() };

const shape = z.discriminatedUnion('kind', [
  z.object({
    ...heard,
    kind: z.literal('server'),
    facts: z.object({
      ...own,
      replica: z.object({ why: z.string().nullable(), lagSeconds: z.number().nullable() }).nullable(),
      certificate: z
        .object({ host: z.string(), until: z.string().nullable(), trouble: z.string().nullable() })
        .nullable(),
    }),
  }),
  z.object({
    ...heard,
    kind: z.literal('worker'),
    facts: z.object({ ...own, stalled: z.array(z.string()), isHeldByClock: z.boolean() }),
  }),
  z.object({
    ...heard,
    kind: z.literal('gate'),
    facts: z.object({
      sequence: z.number().nullable(),
      decisions: z
        .array(
          z.object({
            outcome: z.enum(['allow', 'block', 'indeterminate']),
            reason: z.string(),
            count: z.number(),
          }),
        )
        .nullable(),
      startedAt: z.string().nullable(),
    }),
  }),
]) satisfies z.ZodType<HeardProcess>;

const select = `SELECT kind, name, version, facts,
    greatest(0, extract(epoch FROM clock_timestamp() - heard_at))::float8 AS "secondsAgo"
  FROM process_report`;

interface ReportRow {
  readonly kind: string;
  readonly name: string;
}

const heardOf = (row: ReportRow): Stored<HeardProcess> =>
  parseStored(shape, row, { table: 'process_report', row: `${row.kind} ${row.name}`, column: 'facts' });

export function processReportRows(session: Session): ProcessReportRows {
  return {
    async put(reports: readonly ProcessReport[]) {
      await session.write(
        `WITH gone AS (
           DELETE FROM process_report WHERE heard_at < clock_timestamp()
             - CASE kind WHEN 'gate' THEN interval '${forgottenAfter.gate}' ELSE interval '${forgottenAfter.others}' END
             AND (kind, name) NOT IN (SELECT * FROM unnest($1::text[], $2::text[]))
         )
         INSERT INTO process_report (kind, name, version, heard_at, facts)
         SELECT kind, name, version, clock_timestamp(), facts
         FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) AS new (kind, name, version, facts)
         ON CONFLICT (kind, name) DO UPDATE
           SET version = excluded.version, heard_at = excluded.heard_at, facts = excluded.facts`,
        [
          reports.map(({ kind }) => kind),
          reports.map(({ name }) => name),
          reports.map(({ version }) => version),
          reports.map(({ facts }) => JSON.stringify(facts)),
        ],
      );
    },
    async remove(kind, name) {
      await session.write('DELETE FROM process_report WHERE kind = $1 AND name = $2', [kind, name]);
    },
    async lockGates(names) {
      const rows = await session.rows<ReportRow>(
        `${select} WHERE kind = 'gate' AND name = ANY ($1::text[]) ORDER BY name FOR UPDATE`,
        [[...names]],
      );
      return rows.map(heardOf);
    },
    async list(limit) {
      const rows = await session.rows<ReportRow>(`${select} ORDER BY kind, name LIMIT $1`, [limit]);
      return rows.map(heardOf);
    },
  };
}
