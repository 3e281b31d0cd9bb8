import type { FilingNamed, HandoverRow, PackageRow, PackageRows } from '../../ports/authority-ledger.ts';
import type { Session } from '../engine/session.ts';
import { filingNamed } from './filing-named.ts';

const handover = `submission_id AS "submissionId", provider, province_code AS "provinceCode", filing_id AS "filingId",
  operation, state, outcome, own_subject AS "ownSubject", own_service AS "ownService", own_domain AS "ownDomain",
  own_access AS "ownAccess", subject_id AS "subjectId", service_id AS "serviceId", access_id AS "accessId",
  subject_number AS "subjectNumber", service_number AS "serviceNumber", domain_name AS "domainName", made_at AS "madeAt",
  accepted_at AS "acceptedAt", due_at AS "dueAt"`;
const packed = `id, provider, province_code AS "provinceCode", sequence, submission_id AS "submissionId",
  case_id AS "caseId", made_by AS "madeBy", state, content_digest AS "contentDigest", bytes, paper_id AS "paperId", made_at AS "madeAt", tries, answered_at AS "answeredAt",
  answer_code AS "answerCode"`;
const ofLine = 'provider = $1 AND province_code = $2';
const selectHandover = `SELECT ${handover} FROM authority_handover`;
const selectPackage = `SELECT ${packed} FROM authority_package`;

/** Column by property, of what changes. */
const changeable = {
  state: 'state',
  outcome: 'outcome',
  acceptedAt: 'accepted_at',
  dueAt: 'due_at',
  endedAt: 'ended_at',
  subjectId: 'subject_id',
  serviceId: 'service_id',
  accessId: 'access_id',
  subjectNumber: 'subject_number',
  serviceNumber: 'service_number',
} as const;

export function packageRows(session: Session): PackageRows {
  return { ...handovers(session), ...packages(session) };
}

type HandoverRows = Pick<
  PackageRows,
  | 'insertHandover'
  | 'findHandover'
  | 'findHandoverForUpdate'
  | 'updateHandover'
  | 'listMeant'
  | 'listDue'
  | 'listByOwnIds'
>;

function handovers(session: Session): HandoverRows {
  return {
    async insertHandover(row) {
      await session.write(
        `INSERT INTO authority_handover (submission_id, provider, province_code, filing_id, operation, state, own_subject,
           own_service, own_domain, own_access, subject_id, service_id, access_id, subject_number, service_number,
           domain_name, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
        [
          row.submissionId,
          row.provider,
          row.provinceCode,
          row.filingId,
          row.operation,
          row.state,
          row.ownSubject,
          row.ownService,
          row.ownDomain,
          row.ownAccess,
          row.subjectId,
          row.serviceId,
          row.accessId,
          row.subjectNumber,
          row.serviceNumber,
          row.domainName,
          row.madeAt,
        ],
      );
    },
    findHandover: (id) => session.row<HandoverRow>(`${selectHandover} WHERE submission_id = $1`, [id]),
    findHandoverForUpdate: (id) =>
      session.row<HandoverRow>(`${selectHandover} WHERE submission_id = $1 FOR NO KEY UPDATE`, [id]),
    async updateHandover(submissionId, change) {
      const given = Object.entries(changeable).flatMap(([key, column]) => {
        const value = (change as Readonly<Record<string, unknown>>)[key];
        return value === undefined ? [] : [[column, value] as const];
      });
      if (given.length === 0) return;
      const set = given.map(([column], index) => `${column} = $${index + 2}`).join(', ');
      await session.write(`UPDATE authority_handover SET ${set} WHERE submission_id = $1`, [
        submissionId,
        ...given.map(([, value]) => value),
      ]);
    },
    listMeant({ provider, provinceCode }, operation, { id, number }, which) {
      const columns =
        id === undefined
          ? ['subject_number', 'service_number']
          : ['own_subject', 'own_service', 'subject_id', 'service_id', 'access_id'];
      // One look into an index each: an OR over them would read every hand-over that waits.
      const looks = columns.map(
        (column) => `(${selectHandover} WHERE ${ofLine} AND ${column} = $3 AND (state = 'ended') = $5
           AND ($4::bigint IS NULL OR operation = $4))`,
      );
      return session.rows<HandoverRow>(`${looks.join(' UNION ')} ORDER BY "acceptedAt", "submissionId"`, [
        provider,
        provinceCode,
        id ?? number,
        operation,
        which === 'ended',
      ]);
    },
    listDue: ({ provider, provinceCode }, state, at, limit) =>
      session.rows<HandoverRow>(
        `${selectHandover} WHERE ${ofLine} AND state = $3 AND due_at <= $4 ORDER BY due_at, submission_id LIMIT $5`,
        [provider, provinceCode, state, at, limit],
      ),
    listByOwnIds: ({ provider, provinceCode }, { subject, services }) =>
      session.rows<HandoverRow>(
        `(${selectHandover} WHERE ${ofLine} AND own_subject = $3)
         UNION (${selectHandover} WHERE ${ofLine} AND own_service = ANY ($4::bigint[]))
         ORDER BY "submissionId" DESC`,
        [provider, provinceCode, subject, [...services]],
      ),
  };
}

function packages(session: Session): Omit<PackageRows, keyof HandoverRows> {
  return {
    async insertPackage(row) {
      await session.write(
        `INSERT INTO authority_package (id, provider, province_code, sequence, submission_id, state, content_digest, bytes,
           paper_id, made_at, case_id, made_by)
         VALUES ($1, $2, $3, $4, $5, 'sending', $6, $7, $8, $9, $10, $11)`,
        [
          row.id,
          row.provider,
          row.provinceCode,
          row.sequence,
          row.submissionId,
          row.contentDigest,
          row.bytes,
          row.paperId,
          row.madeAt,
          row.caseId,
          row.madeBy,
        ],
      );
    },
    findPackageOf: (submissionId) =>
      session.row<PackageRow>(`${selectPackage} WHERE submission_id = $1 ORDER BY id DESC LIMIT 1`, [submissionId]),
    findPackage: (id) => session.row<PackageRow>(`${selectPackage} WHERE id = $1`, [id]),
    findSending: ({ provider, provinceCode }) =>
      session.row<PackageRow>(`${selectPackage} WHERE ${ofLine} AND state = 'sending'`, [provider, provinceCode]),
    findInSequence: ({ provider, provinceCode }, sequence) =>
      session.row<PackageRow>(`${selectPackage} WHERE ${ofLine} AND sequence = $3 AND state <> 'unsent'`, [
        provider,
        provinceCode,
        sequence,
      ]),
    findUnsent: ({ provider, provinceCode }, contentDigest) =>
      session.row<PackageRow>(
        `${selectPackage} WHERE ${ofLine} AND state = 'unsent' AND content_digest = $3 ORDER BY id DESC LIMIT 1`,
        [provider, provinceCode, contentDigest],
      ),
    async countTry(id) {
      await session.write('UPDATE authority_package SET tries = tries + 1 WHERE id = $1', [id]);
    },
    async renumberPackage(id, sequence) {
      const sql = `UPDATE authority_package SET sequence = $2 WHERE id = $1 AND state = 'sending'`;
      return (await session.write(sql, [id, sequence])) === 1;
    },
    async settlePackage(id, state, code, at) {
      const sql = `UPDATE authority_package SET state = $2, answer_code = $3, answered_at = $4
        WHERE id = $1 AND state = 'sending'`;
      return (await session.write(sql, [id, state, code, at])) === 1;
    },
    async acceptUnsent(id, sequence, at) {
      const sql = `UPDATE authority_package SET state = 'accepted', sequence = $2, answer_code = NULL, answered_at = $3
        WHERE id = $1 AND state = 'unsent'`;
      return (await session.write(sql, [id, sequence, at])) === 1;
    },
    listPackages: ({ provider, provinceCode }, { before, limit }) =>
      session.rows<PackageRow & FilingNamed>(
        `SELECT ${packed}, ${filingNamed('authority_package')} FROM authority_package WHERE ${ofLine} AND state <> 'unsent' AND sequence < coalesce($3, 9223372036854775807)
         ORDER BY sequence DESC LIMIT $4`,
        [provider, provinceCode, before, limit],
      ),
  };
}
