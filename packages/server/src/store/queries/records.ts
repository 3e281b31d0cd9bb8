import type {
  AccessRow,
  OrganiserStand,
  RecordRows,
  ServiceListRow,
  ServiceRecordRow,
  SubjectRecordRow,
} from '../../ports/records.ts';
import type { Session } from '../engine/session.ts';
import { foundIds } from './found-ids.ts';
import { type Keyset, pageClause } from './keyset.ts';
import { byNumber, foundOf, narrowingOf } from './narrowed-services.ts';
import { countAll } from './row-counts.ts';

const subjectColumns = `o.id, o.number, o.account_id AS "accountId", o.subject_kind AS "subjectKind",
  o.subject_hash AS "subjectHash", o.unit_name AS "unitName", o.sealed_name AS "sealedName",
  o.province_code AS "provinceCode", o.recorded_at AS "recordedAt", o.cancelled_at AS "cancelledAt"`;

const serviceListColumns = `s.id, s.number, s.subject_record_id AS "subjectRecordId", s.service_kind AS "serviceKind",
  s.service_name AS "serviceName", s.domain_name AS "domainName", s.state, s.recorded_at AS "recordedAt",
  s.cancelled_at AS "cancelledAt",
  (SELECT coalesce(array_agg(DISTINCT a.provider ORDER BY a.provider), '{}') FROM access a
   WHERE a.service_record_id = s.id AND a.ended_at IS NULL) AS accesses`;
const serviceColumns = `${serviceListColumns},
  (SELECT max(g.until) FROM grace g WHERE g.domain_name = s.domain_name AND g.until IS NOT NULL) AS "graceUntil"`;

/** Through the subjects, whose accounts they are of: an index of each table gives its part of the order. */
const byNumbers: Keyset = {
  columns: [
    ['o.number', 'text'],
    ['s.number', 'text'],
  ],
};
const servicesOfSubjects = 'FROM subject_record o JOIN service_record s ON s.subject_record_id = o.id';

/** By one row of an index: of NOT EXISTS, PostgreSQL makes a table of all services. */
const isShellSubject = `(o.cancelled_at IS NULL AND s.state = 'cancelled' AND (SELECT 1 FROM service_record x
   WHERE x.subject_record_id = o.id AND x.state <> 'cancelled' LIMIT 1) IS NULL) AS "isShellSubject"`;

const organiserStand = `SELECT a.real_name AS "realName", a.may_file_for_others AS "mayFileForOthers",
  EXISTS (SELECT 1 FROM filing f WHERE f.account_id = a.id AND f.subject_hash <> $2
     AND f.state <> ALL (ARRAY['filed', 'abandoned']) AND f.state <> 'draft')
    AS "filesOtherSubject",
  EXISTS (SELECT 1 FROM material m WHERE m.filing_id = $3 AND m.key = 'agency_letter' AND m.removed_at IS NULL) AS "hasAgencyLetter",
  EXISTS (SELECT 1 FROM subject_record x WHERE x.account_id = a.id AND x.subject_hash <> $2 AND x.cancelled_at IS NULL)
    AS "holdsOtherSubject",
  o.id IS NOT NULL AS "isOnRecord",
  (SELECT coalesce(jsonb_agg(jsonb_build_object('number', s.number, 'serviceKind', s.service_kind,
     'serviceName', s.service_name, 'domainName', s.domain_name)), '[]')
   FROM service_record s WHERE s.subject_record_id = o.id AND s.state <> 'cancelled') AS services
  FROM account a LEFT JOIN LATERAL (SELECT id FROM subject_record x
    WHERE x.account_id = a.id AND x.subject_hash = $2 AND x.cancelled_at IS NULL
    ORDER BY x.recorded_at DESC, x.id DESC LIMIT 1) o ON TRUE
  WHERE a.id = $1`;

/** Where several records name one domain: one in force before a cancelled one, then the latest. */
export const inForceFirst = `s.state = 'cancelled', s.recorded_at DESC, s.id DESC`;

export function recordRows(session: Session): RecordRows {
  const findSubject = (id: string) =>
    session.row<SubjectRecordRow>(`SELECT ${subjectColumns} FROM subject_record o WHERE o.id = $1`, [id]);
  return {
    findSubject,
    findSubjectByHash: (subjectHash) =>
      session.row<SubjectRecordRow>(
        `SELECT ${subjectColumns} FROM subject_record o WHERE o.subject_hash = $1 AND o.cancelled_at IS NULL
         ORDER BY o.recorded_at DESC, o.id DESC LIMIT 1`,
        [subjectHash],
      ),
    listSubjectsByHash: (subjectHashes) =>
      session.rows<SubjectRecordRow>(
        `SELECT ${subjectColumns} FROM subject_record o
         WHERE o.subject_hash = ANY ($1::text[]) AND o.cancelled_at IS NULL
         ORDER BY o.recorded_at DESC, o.id DESC LIMIT 5`,
        [[...subjectHashes]],
      ),
    findSubjectOfAccount: (accountId) =>
      session.row<SubjectRecordRow>(
        `SELECT ${subjectColumns} FROM subject_record o WHERE o.account_id = $1 AND o.cancelled_at IS NULL
         ORDER BY o.recorded_at DESC, o.id DESC LIMIT 1`,
        [accountId],
      ),
    findOrganiserStand: ({ id, accountId, subjectHash }) =>
      session.row<OrganiserStand>(organiserStand, [accountId, subjectHash, id]),
    findServiceByDomainName: (domainName, serviceKind) =>
      session.row<ServiceRecordRow>(
        `SELECT ${serviceColumns} FROM service_record s
         WHERE s.domain_name = $1 AND ($2::text IS NULL OR s.service_kind = $2) ORDER BY ${inForceFirst} LIMIT 1`,
        [domainName, serviceKind ?? null],
      ),
    listServices({ accountId, ...page }) {
      const conditions = [
        accountId === undefined ? null : (['o.account_id = $?', accountId] as const),
        ...narrowingOf(page),
        // Says nothing new, but a comparison over two tables is no index's; this part of it is.
        page.after === undefined ? null : (['o.number >= $?', page.after[0]] as const),
      ];
      const { sql, values } = pageClause(byNumbers, conditions, page);
      return session.rows<ServiceListRow>(
        `SELECT ${serviceListColumns}, o.number AS "subjectNumber", ${isShellSubject} ${servicesOfSubjects} ${sql}`,
        values,
      );
    },
    findServices({ search, ...filter }) {
      const select = `SELECT ${serviceListColumns}, o.number AS "subjectNumber", ${isShellSubject} ${servicesOfSubjects}`;
      if (search === undefined) {
        const { sql, values } = pageClause(byNumber, narrowingOf(filter), filter);
        return session.rows<ServiceListRow>(`${select} ${sql}`, values);
      }
      const { sql, values } = foundIds(foundOf({ ...filter, search }), filter);
      return session.rows<ServiceListRow>(`${select} WHERE s.id IN (${sql}) ORDER BY s.number`, values);
    },
    async countServices({ accountId }) {
      if (accountId === undefined) return countAll(session, 'service_record');
      const sql = `SELECT count(*) AS count ${servicesOfSubjects} WHERE o.account_id = $1`;
      return (await session.row<{ count: number }>(sql, [accountId]))?.count ?? 0;
    },
    async putSubject(row) {
      const written = await session.row<SubjectRecordRow>(
        `INSERT INTO subject_record AS o (id, number, account_id, subject_kind, subject_hash, unit_name, sealed_name,
           province_code, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (number) DO UPDATE SET account_id = excluded.account_id, subject_kind = excluded.subject_kind,
           subject_hash = excluded.subject_hash, unit_name = excluded.unit_name, sealed_name = excluded.sealed_name,
           province_code = excluded.province_code, cancelled_at = NULL
         RETURNING ${subjectColumns}`,
        [
          row.id,
          row.number,
          row.accountId,
          row.subjectKind,
          row.subjectHash,
          row.unitName,
          row.sealedName,
          row.provinceCode,
          row.recordedAt,
        ],
      );
      if (written === null) throw new Error('an upsert returned nothing');
      return written;
    },
    async putService(row) {
      const written = await session.row<{ id: string }>(
        `INSERT INTO service_record (id, number, subject_record_id, service_kind, service_name, domain_name, state,
           recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (number) DO UPDATE SET subject_record_id = excluded.subject_record_id,
           service_kind = excluded.service_kind, service_name = excluded.service_name,
           domain_name = excluded.domain_name, state = excluded.state,
           cancelled_at = CASE WHEN excluded.state = 'cancelled' THEN service_record.cancelled_at END,
           state_since = CASE WHEN service_record.state = excluded.state THEN service_record.state_since
                              ELSE excluded.recorded_at END
         RETURNING id`,
        [
          row.id,
          row.number,
          row.subjectRecordId,
          row.serviceKind,
          row.serviceName,
          row.domainName,
          row.state,
          row.recordedAt,
        ],
      );
      // Read in a second statement: RETURNING evaluates the `accesses` subquery in the upsert's snapshot, which misses
      // rows of a concurrent writer that the upsert waited for.
      const service = await session.row<ServiceRecordRow>(
        `SELECT ${serviceColumns} FROM service_record s WHERE s.id = $1`,
        [written?.id],
      );
      if (service === null) throw new Error('an upsert returned nothing');
      return service;
    },
    async putAccess(row) {
      const written = await session.write(
        `INSERT INTO access (id, service_record_id, provider, resource_id, filing_id, started_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
        [row.id, row.serviceRecordId, row.provider, row.resourceId, row.filingId, row.at],
      );
      return written === 1;
    },
    async putGrace(row) {
      await session.write(
        `INSERT INTO grace (filing_id, domain_name, number, until, changed_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (filing_id) DO UPDATE SET domain_name = excluded.domain_name, number = excluded.number,
           until = excluded.until, changed_at = excluded.changed_at
         WHERE (grace.domain_name, grace.number, grace.until)
               IS DISTINCT FROM (excluded.domain_name, excluded.number, excluded.until)`,
        [row.filingId, row.domainName, row.number, row.until, row.at],
      );
    },
    async searchPublic({ names, numbers, units }, serviceKind, offset, limit) {
      // Lowered by the database, as the indexes are, and once for all rows.
      const lowered = (parameter: number) => `ARRAY(SELECT lower(text) FROM unnest($${parameter}::text[]) AS text)`;
      // One index look-up for each way of asking; an OR across the two tables would read them whole.
      const found = `WITH found AS (
          SELECT id FROM service_record WHERE lower(domain_name) = ANY (${lowered(1)})
          UNION SELECT id FROM service_record WHERE lower(number) = ANY (${lowered(2)})
          UNION SELECT s.id FROM subject_record o JOIN service_record s ON s.subject_record_id = o.id
                WHERE lower(o.number) = ANY (${lowered(2)})
          UNION SELECT s.id FROM subject_record o JOIN service_record s ON s.subject_record_id = o.id
                WHERE lower(o.unit_name) = ANY (${lowered(3)}))`;
      const from = `FROM service_record s JOIN subject_record o ON o.id = s.subject_record_id
        WHERE s.id IN (SELECT id FROM found) AND s.service_kind = $4 AND s.state <> 'cancelled'`;
      const asked = [names, numbers, units];
      const counted = await session.row<{ total: number }>(`${found} SELECT count(*) AS total ${from}`, [
        ...asked,
        serviceKind,
      ]);
      const page = await session.rows<ServiceRecordRow>(
        `${found} SELECT ${serviceColumns} ${from} ORDER BY s.number LIMIT $5 OFFSET $6`,
        [...asked, serviceKind, limit, offset],
      );
      const subjects = await session.rows<SubjectRecordRow>(
        `SELECT ${subjectColumns} FROM subject_record o WHERE o.id = ANY ($1::text[])`,
        [page.map((row) => row.subjectRecordId)],
      );
      const subjectById = new Map(subjects.map((subject) => [subject.id, subject]));
      const rows = page.flatMap((row) => {
        const subject = subjectById.get(row.subjectRecordId);
        return subject === undefined ? [] : [{ ...row, subject }];
      });
      return { total: counted?.total ?? 0, rows };
    },
    ...cancelling(session),
    ...renumbering(session),
    ...moving(session),
  };
}

/** What gives records to others. */
function moving(session: Session) {
  return {
    async moveSubject(id, from, to) {
      const sql = `UPDATE subject_record SET account_id = $3 WHERE id = $1 AND account_id = $2 AND cancelled_at IS NULL`;
      return (await session.write(sql, [id, from, to])) === 1;
    },
    async moveHolder(fromHash, toHash) {
      await session.write(
        `UPDATE subject_holder SET subject_hash = $2 WHERE subject_hash = $1
           AND NOT EXISTS (SELECT FROM subject_holder WHERE subject_hash = $2)`,
        [fromHash, toHash],
      );
    },
    async endAccess(id, at) {
      return (
        (await session.write('UPDATE access SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL', [id, at])) === 1
      );
    },
    listAccesses: (serviceRecordId) =>
      session.rows<AccessRow>(
        `SELECT id, provider, resource_id AS "resourceId", filing_id AS "filingId" FROM access
         WHERE service_record_id = $1 AND ended_at IS NULL ORDER BY started_at, id`,
        [serviceRecordId],
      ),
  } satisfies Partial<RecordRows>;
}

/** Rows that name a record by its number: what was filed of it is found by that again, and what is under way goes on. */
const named = {
  service: [
    `UPDATE filing SET service_number = $2 WHERE service_number = $1`,
    'UPDATE correction_demand SET service_number = $2 WHERE service_number = $1 AND ended_at IS NULL',
    'UPDATE grace SET number = $2 WHERE number = $1',
  ],
  subject: [`UPDATE filing SET subject_number = $2 WHERE subject_number = $1`],
} as const;

function renumbering(session: Session) {
  const follow = async (kind: keyof typeof named, former: string | undefined, number: string) => {
    if (former === undefined) return;
    for (const sql of named[kind]) await session.write(sql, [former, number]);
  };
  return {
    async renumberSubject(id, number, sealedName) {
      const before = await session.row<{ number: string }>('SELECT number FROM subject_record WHERE id = $1', [id]);
      await session.write('UPDATE subject_record SET number = $2, sealed_name = $3 WHERE id = $1', [
        id,
        number,
        sealedName,
      ]);
      await follow('subject', before?.number, number);
    },
    async renumberService(id, number, subjectRecordId) {
      const before = await session.row<{ number: string }>('SELECT number FROM service_record WHERE id = $1', [id]);
      await session.write('UPDATE service_record SET number = $2, subject_record_id = $3 WHERE id = $1', [
        id,
        number,
        subjectRecordId,
      ]);
      await follow('service', before?.number, number);
    },
  } satisfies Partial<RecordRows>;
}

/** What cancels records. */
function cancelling(session: Session) {
  return {
    // The row that every change of a record locks first.
    async hold() {
      await session.rows('SELECT version FROM gate_change FOR UPDATE', []);
    },
    findSubjectByNumber: (number) =>
      session.row<SubjectRecordRow>(`SELECT ${subjectColumns} FROM subject_record o WHERE o.number = $1`, [number]),
    findServiceByNumber: (number) =>
      session.row<ServiceRecordRow>(`SELECT ${serviceColumns} FROM service_record s WHERE s.number = $1`, [number]),
    listServicesOfSubject: (subjectRecordId) =>
      session.rows<ServiceRecordRow>(
        `SELECT ${serviceColumns} FROM service_record s WHERE s.subject_record_id = $1 ORDER BY s.number`,
        [subjectRecordId],
      ),
    async cancelSubject(id, at) {
      const sql = 'UPDATE subject_record SET cancelled_at = $2 WHERE id = $1 AND cancelled_at IS NULL';
      return (await session.write(sql, [id, at])) === 1;
    },
    async cancelService(id, at) {
      const sql = `UPDATE service_record SET state = 'cancelled', cancelled_at = $2
        WHERE id = $1 AND state <> 'cancelled'`;
      return (await session.write(sql, [id, at])) === 1;
    },
    endAccesses: (serviceRecordId, provider, at) =>
      session.rows(
        `UPDATE access SET ended_at = $3
         WHERE service_record_id = $1 AND ended_at IS NULL AND ($2::text IS NULL OR provider = $2)
         RETURNING provider, filing_id AS "filingId"`,
        [serviceRecordId, provider, at],
      ),
    async endGraceOf(number, at) {
      await session.write('UPDATE grace SET until = NULL, changed_at = $2 WHERE number = $1 AND until IS NOT NULL', [
        number,
        at,
      ]);
    },
  } satisfies Partial<RecordRows>;
}
