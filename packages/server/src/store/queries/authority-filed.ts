import type { FiledRows, FiledServiceRow, FiledSubjectRow, PaperRow } from '../../ports/authority-ledger.ts';
import type { Session } from '../engine/session.ts';

const subject = `provider, province_code AS "provinceCode", subject_id AS "subjectId", subject_number AS "subjectNumber",
  own_subject AS "ownSubject", paper_id AS "paperId", as_of AS "asOf", ended_at AS "endedAt"`;
const service = `service_id AS "serviceId", subject_id AS "subjectId", service_number AS "serviceNumber",
  own_service AS "ownService", access_id AS "accessId", domain_id AS "domainId", domain_name AS "domainName",
  service_name AS "serviceName", domain_names AS "domainNames", has_access AS "hasAccess"`;
const ofLine = 'provider = $1 AND province_code = $2';

export function filedRows(session: Session): FiledRows {
  return { ...filed(session), ...papers(session), ...tables(session) };
}

type Filed = Pick<FiledRows, 'putSubject' | 'findFiledSubject' | 'findFiledService' | 'findFiledByOwn'>;

function filed(session: Session): Filed {
  const subjectBy = (column: string, line: { provider: string; provinceCode: string }, value: unknown) =>
    session.row<FiledSubjectRow>(
      `SELECT ${subject} FROM authority_subject WHERE ${ofLine} AND ${column} = $3 ORDER BY as_of DESC LIMIT 1`,
      [line.provider, line.provinceCode, value],
    );
  const serviceBy = (column: string, line: { provider: string; provinceCode: string }, value: unknown) =>
    session.row<FiledServiceRow>(
      `SELECT ${service} FROM authority_service WHERE ${ofLine} AND ${column} = $3 ORDER BY service_id DESC LIMIT 1`,
      [line.provider, line.provinceCode, value],
    );
  return {
    putSubject: (row, services) => putSubject(session, row, services),
    findFiledSubject: (line, { id, number }) =>
      id === undefined ? subjectBy('subject_number', line, number) : subjectBy('subject_id', line, id),
    findFiledService: (line, { id, number }) =>
      id === undefined ? serviceBy('service_number', line, number) : serviceBy('service_id', line, id),
    findFiledByOwn: async (line, own) => ({
      subject: await subjectBy('own_subject', line, own.subject),
      service: await serviceBy('own_service', line, own.service),
    }),
  };
}

async function putSubject(
  session: Session,
  row: Omit<FiledSubjectRow, 'endedAt'>,
  services: readonly FiledServiceRow[],
): Promise<string | null> {
  const line = [row.provider, row.provinceCode, row.subjectId];
  const before = await session.row<{ paperId: string; asOf: string }>(
    `SELECT paper_id AS "paperId", as_of AS "asOf" FROM authority_subject WHERE ${ofLine} AND subject_id = $3
     FOR UPDATE`,
    line,
  );
  if (before !== null && Date.parse(before.asOf) > Date.parse(row.asOf)) return row.paperId;
  await session.write(
    `INSERT INTO authority_subject (provider, province_code, subject_id, subject_number, own_subject, paper_id, as_of)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (provider, province_code, subject_id) DO UPDATE SET
       subject_number = coalesce(excluded.subject_number, authority_subject.subject_number),
       own_subject = coalesce(excluded.own_subject, authority_subject.own_subject),
       paper_id = excluded.paper_id, as_of = excluded.as_of, ended_at = NULL`,
    [...line, row.subjectNumber, row.ownSubject, row.paperId, row.asOf],
  );
  for (const each of services) {
    await session.write(
      `INSERT INTO authority_service (provider, province_code, subject_id, service_id, service_number, own_service,
         access_id, domain_id, domain_name, service_name, domain_names, has_access, as_of)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text[], $12, $13)
       ON CONFLICT (provider, province_code, service_id) DO UPDATE SET subject_id = excluded.subject_id,
         service_number = coalesce(excluded.service_number, authority_service.service_number),
         own_service = coalesce(excluded.own_service, authority_service.own_service),
         access_id = coalesce(excluded.access_id, authority_service.access_id),
         domain_id = coalesce(excluded.domain_id, authority_service.domain_id), domain_name = excluded.domain_name,
         service_name = excluded.service_name, domain_names = excluded.domain_names, has_access = excluded.has_access,
         as_of = excluded.as_of, ended_at = NULL`,
      [
        ...line,
        each.serviceId,
        each.serviceNumber,
        each.ownService,
        each.accessId,
        each.domainId,
        each.domainName,
        each.serviceName,
        each.domainNames,
        each.hasAccess,
        row.asOf,
      ],
    );
  }
  return before?.paperId ?? null;
}

function papers(
  session: Session,
): Pick<FiledRows, 'insertPaper' | 'findPaper' | 'findPapers' | 'deletePaper' | 'deleteBefore'> {
  return {
    async insertPaper({ id, sealedKey, body, keptUntil }) {
      await session.write('INSERT INTO authority_paper (id, sealed_key, body, kept_until) VALUES ($1, $2, $3, $4)', [
        id,
        sealedKey,
        body,
        keptUntil,
      ]);
    },
    findPaper: (id) =>
      session.row<PaperRow>(
        `SELECT id, sealed_key AS "sealedKey", body, kept_until AS "keptUntil" FROM authority_paper WHERE id = $1`,
        [id],
      ),
    findPapers: (ids) =>
      session.rows<PaperRow>(
        `SELECT id, sealed_key AS "sealedKey", body, kept_until AS "keptUntil" FROM authority_paper WHERE id = ANY ($1::text[])`,
        [[...ids]],
      ),
    async deletePaper(id) {
      await session.write('DELETE FROM authority_paper WHERE id = $1', [id]);
    },
    async deleteBefore(instant, limit) {
      let gone = 0;
      for (const one of old) gone += await session.write(withPapers(one), [instant, limit]);
      for (const table of compared) gone += await session.write(endedOf(table), [instant, limit]);
      return gone;
    },
  };
}

/** What goes, and since when it could: with it its paper. Cases that an operator has not ended stay, and so do packages under way. */
const old = [
  { table: 'authority_arrival', key: 'message_id', since: 'taken_at', more: '' },
  { table: 'authority_case', key: 'id', since: 'ended_at', more: '' },
  { table: 'authority_package', key: 'id', since: 'made_at', more: `AND state <> 'sending'` },
  {
    table: 'authority_download',
    key: 'id',
    since: 'fetched_at',
    more: 'AND acknowledged_at IS NOT NULL AND trouble IS NULL',
  },
] as const;

/** Runs that compared both books, and differences that are over. */
const compared = ['authority_reconciliation', 'authority_difference'] as const;
const endedOf = (table: (typeof compared)[number]): string => `DELETE FROM ${table} WHERE id = ANY (ARRAY(
  SELECT id FROM ${table} WHERE ended_at < $1 ORDER BY ended_at LIMIT $2 FOR UPDATE SKIP LOCKED))`;

const withPapers = ({ table, key, since, more }: (typeof old)[number]): string => `WITH gone AS (
    DELETE FROM ${table} WHERE ${key} = ANY (ARRAY(
      SELECT ${key} FROM ${table} WHERE ${since} < $1 ${more} ORDER BY ${since} LIMIT $2 FOR UPDATE SKIP LOCKED))
    RETURNING paper_id)
  DELETE FROM authority_paper WHERE id IN (SELECT paper_id FROM gone)`;

function tables(session: Session): Pick<FiledRows, 'putTables' | 'listTables' | 'findTables'> {
  return {
    async putTables({ provider, provinceCode }, asOf, text) {
      const sql = `INSERT INTO authority_tables (provider, province_code, as_of, tables) VALUES ($1, $2, $3::date, $4)
        ON CONFLICT (provider, province_code) DO UPDATE SET as_of = excluded.as_of, tables = excluded.tables
        WHERE authority_tables.as_of <= excluded.as_of`;
      return (await session.write(sql, [provider, provinceCode, asOf, text])) === 1;
    },
    listTables: () =>
      session.rows(
        `SELECT province_code AS "provinceCode", as_of AS "asOf", md5(tables) AS digest FROM authority_tables
         ORDER BY province_code, as_of`,
      ),
    findTables: (provinceCode) =>
      session.row(
        `SELECT as_of AS "asOf", tables FROM authority_tables WHERE province_code = $1 ORDER BY as_of DESC LIMIT 1`,
        [provinceCode],
      ),
  };
}
