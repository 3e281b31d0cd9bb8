import type { FilingListRow } from '../../ports/filings.ts';
import type { ReviewRows, SimilarRow } from '../../ports/reviews.ts';
import type { Session } from '../engine/session.ts';
import { filingColumns, type ReadFiling, shownFiling } from './filing-columns.ts';

/** As in the indexes, to the letter. */
const domain = `name_variants(split_part(domain_name, '.', 1))`;
const filingName = `name_variants(form ->> 'service.name')`;
const recordName = 'name_variants(service_name)';
const open = `state NOT IN ('filed', 'abandoned')`;
const askedDomain = `name_variants(split_part($3, '.', 1))`;
const askedName = 'name_variants($4)';

/*
 * One index look-up for each way of being alike. What is found is found apart from the limit: for the first few of them the planner
 * would rather read the table until it has met so many.
 */
const filingsLike = (own: string, asked: string, byDomain: boolean) =>
  `(WITH near AS MATERIALIZED (SELECT id FROM filing WHERE ${own} && ${asked} AND ${open})
    SELECT 'filing' AS of, f.state, f.id, NULL AS number, f.account_id AS "accountId", f.domain_name AS "domainName",
      f.form ->> 'service.name' AS "serviceName", ${byDomain} AS "byDomain"
    FROM near JOIN filing f ON f.id = near.id WHERE f.id <> $1 AND f.subject_hash <> $2 LIMIT $5)`;
const recordsLike = (own: string, asked: string, byDomain: boolean) =>
  `(WITH near AS MATERIALIZED (SELECT id FROM service_record WHERE ${own} && ${asked} AND state <> 'cancelled')
    SELECT 'record' AS of, s.state, s.id, s.number, o.account_id AS "accountId", s.domain_name AS "domainName",
      s.service_name AS "serviceName", ${byDomain} AS "byDomain"
    FROM near JOIN service_record s ON s.id = near.id
    JOIN subject_record o ON o.id = s.subject_record_id AND o.subject_hash <> $2 LIMIT $5)`;

export function similarRows(session: Session) {
  return {
    async listOfSubject(subjectHash, except, limit) {
      const rows = await session.rows<ReadFiling<FilingListRow>>(
        `SELECT ${filingColumns} FROM filing WHERE subject_hash = $1 AND id <> $2
         ORDER BY started_at DESC, id DESC LIMIT $3`,
        [subjectHash, except, limit],
      );
      return rows.map(shownFiling);
    },
    async listSimilar({ filingId, subjectHash, domainName, serviceName }, limit) {
      const ways = [
        ...(domainName === '' ? [] : [filingsLike(domain, askedDomain, true), recordsLike(domain, askedDomain, true)]),
        ...(serviceName === ''
          ? []
          : [filingsLike(filingName, askedName, false), recordsLike(recordName, askedName, false)]),
      ];
      if (ways.length === 0) return [];
      return session.rows<SimilarRow>(
        // Every value has its type also where no way asks for it.
        `SELECT DISTINCT ON (of, id) * FROM (${ways.join(' UNION ALL ')}) AS found
         WHERE $3::text IS NOT NULL AND $4::text IS NOT NULL ORDER BY of, id, "byDomain" DESC`,
        [filingId, subjectHash, domainName, serviceName, limit],
      );
    },
  } satisfies Partial<ReviewRows>;
}
