import type { BlockedNameRows, NameOnFile } from '../../ports/blocked-names.ts';
import { type Session, where } from '../engine/session.ts';
import { holdsName } from './filings.ts';
import type { Condition } from './keyset.ts';
import { inForceFirst } from './records.ts';

/** Of a day: where there are twice as many, those beyond are forgotten. Domains and hosts each. */
const mostOfDay = 1000;

export function blockedNameRows(session: Session): BlockedNameRows {
  /** One report after another: they meet in the rows of a day. */
  const inTurn = () => session.rows(`SELECT pg_advisory_xact_lock(hashtextextended('blocked names', 0))`);
  return {
    async add(report, { at, keptFrom }) {
      await inTurn();
      const { gate, run, number, day } = report;
      const isNew = await session.write(
        `INSERT INTO blocked_report AS known (gate, run, number, heard_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (gate, run) DO UPDATE SET number = excluded.number, heard_at = excluded.heard_at
         WHERE known.number < excluded.number`,
        [gate, run, number, at],
      );
      if (isNew === 0 || day < keptFrom) return false;
      await session.write(
        `INSERT INTO blocked_day AS known (day, total, malformed, too_low_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (day) DO UPDATE SET total = known.total + excluded.total,
           malformed = known.malformed + excluded.malformed, too_low_by = known.too_low_by + excluded.too_low_by`,
        [day, report.total, report.malformed, report.tooLowBy],
      );
      const rows = [
        ...report.domains.map(({ name, ...counted }) => ({ domain: name, host: '', ...counted })),
        ...report.hosts.map(({ name, ...counted }) => ({ host: name, ...counted })),
      ];
      await session.write(
        `INSERT INTO blocked_name AS known (day, host, domain, reason, count)
         SELECT $1::date, host, domain, reason, sum(count)
         FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[]) AS new (host, domain, reason, count)
         GROUP BY host, domain, reason
         ON CONFLICT (day, host, domain, reason) DO UPDATE SET count = known.count + excluded.count`,
        [
          day,
          rows.map(({ host }) => host),
          rows.map(({ domain }) => domain),
          rows.map(({ reason }) => reason),
          rows.map(({ count }) => count),
        ],
      );
      await forgetLeast(session, day);
      for (const table of ['blocked_name', 'blocked_day'])
        await session.write(`DELETE FROM ${table} WHERE day < $1::date`, [keptFrom]);
      await session.write('DELETE FROM blocked_report WHERE heard_at < $1::date', [keptFrom]);
      return true;
    },
    async sums({ from, to }) {
      const sums = await session.row<{ readonly total: number; readonly malformed: number; readonly tooLowBy: number }>(
        `SELECT coalesce(sum(total), 0)::bigint AS total, coalesce(sum(malformed), 0)::bigint AS malformed,
           coalesce(sum(too_low_by), 0)::bigint AS "tooLowBy"
         FROM blocked_day WHERE day >= $1::date AND day <= $2::date`,
        [from, to],
      );
      return sums ?? { total: 0, malformed: 0, tooLowBy: 0 };
    },
    domains({ from, to, reason }, limit) {
      const conditions: Condition[] = [
        ['day >= $?::date', from],
        ['day <= $?::date', to],
        [`host = ''`, null],
        reason === undefined ? null : ['reason = $?', reason],
      ];
      const { sql, values } = where(conditions);
      return session.rows(
        `WITH counted AS (
           SELECT domain, reason, sum(count)::bigint AS count FROM blocked_name ${sql} GROUP BY domain, reason
         ), most AS (
           SELECT domain, sum(count) AS all_reasons FROM counted GROUP BY domain
           ORDER BY all_reasons DESC, domain LIMIT $${values.length + 1}
         )
         SELECT domain, reason, count FROM counted JOIN most USING (domain)
         ORDER BY all_reasons DESC, domain, count DESC, reason`,
        [...values, limit],
      );
    },
    hosts(domains, { from, to, reason }, each) {
      return session.rows(
        `SELECT asked.domain, found.host, found.count FROM unnest($1::text[]) AS asked (domain)
         CROSS JOIN LATERAL (
           SELECT host, sum(count)::bigint AS count FROM blocked_name
           WHERE domain = asked.domain AND day >= $2::date AND day <= $3::date AND host <> ''
             AND ($4::text IS NULL OR reason = $4)
           GROUP BY host ORDER BY sum(count) DESC, host LIMIT $5
         ) AS found`,
        [[...domains], from, to, reason, each],
      );
    },
    onFile(domains) {
      return session.rows<NameOnFile>(
        `SELECT asked.domain, f.id AS "filingId", f.state AS "filingState", s.number, s.state AS "recordState"
         FROM unnest($1::text[]) AS asked (domain)
         LEFT JOIN LATERAL (
           SELECT id, state FROM filing WHERE domain_name = asked.domain AND domain_name <> '' AND ${holdsName} LIMIT 1
         ) AS f ON true
         LEFT JOIN LATERAL (
           SELECT number, state FROM service_record s WHERE domain_name = asked.domain ORDER BY ${inForceFirst} LIMIT 1
         ) AS s ON true`,
        [[...domains]],
      );
    },
  };
}

/** A name that is forgotten is too low by what it had, should it come again. */
async function forgetLeast(session: Session, day: string): Promise<void> {
  await session.write(
    `WITH placed AS (
       SELECT host, domain, reason, row_number() OVER (PARTITION BY host = '' ORDER BY count DESC, domain, host, reason) AS place,
         count(*) OVER (PARTITION BY host = '') AS among
       FROM blocked_name WHERE day = $1::date
     ), gone AS (
       DELETE FROM blocked_name USING placed
       WHERE day = $1::date AND among > 2 * $2 AND place > $2 AND blocked_name.host = placed.host
         AND blocked_name.domain = placed.domain AND blocked_name.reason = placed.reason
       RETURNING blocked_name.count
     )
     UPDATE blocked_day SET too_low_by = too_low_by + most FROM (SELECT max(count) AS most FROM gone) AS lost
     WHERE day = $1::date AND most IS NOT NULL`,
    [day, mostOfDay],
  );
}
