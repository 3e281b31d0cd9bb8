import type { ArrivalRow, ArrivalRows, CaseRow, DownloadRow, ListedCase } from '../../ports/authority-ledger.ts';
import type { Session } from '../engine/session.ts';
import { filingNamed } from './filing-named.ts';

const download = `id, provider, province_code AS "provinceCode", file_name AS "fileName", content_digest AS "contentDigest",
  trouble, paper_id AS "paperId", fetched_at AS "fetchedAt", acknowledged_at AS "acknowledgedAt"`;
const arrival = `message_id AS "messageId", provider, province_code AS "provinceCode", download_id AS "downloadId",
  paper_id AS "paperId", made_at AS "madeAt"`;
const kase = `id, provider, province_code AS "provinceCode", kind, about, submission_id AS "submissionId",
  download_id AS "downloadId", paper_id AS "paperId", opened_at AS "openedAt", ended_at AS "endedAt", ended_by AS "endedBy", ending`;
const ofLine = 'provider = $1 AND province_code = $2';

export function arrivalRows(session: Session): ArrivalRows {
  return { ...downloads(session), ...messages(session), ...cases(session) };
}

type DownloadRows = Pick<
  ArrivalRows,
  | 'insertDownload'
  | 'findDownload'
  | 'findDownloadById'
  | 'listUnacknowledged'
  | 'markAcknowledged'
  | 'markRead'
  | 'listDownloads'
>;

function downloads(session: Session): DownloadRows {
  return {
    async insertDownload(row) {
      const sql = `INSERT INTO authority_download (id, provider, province_code, file_name, content_digest, trouble, paper_id,
          fetched_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`;
      const { id, provider, provinceCode, fileName, contentDigest, trouble, paperId, fetchedAt } = row;
      const values = [id, provider, provinceCode, fileName, contentDigest, trouble, paperId, fetchedAt];
      return (await session.write(sql, values)) === 1;
    },
    findDownload: ({ provider, provinceCode }, fileName, contentDigest) =>
      session.row<DownloadRow>(
        `SELECT ${download} FROM authority_download WHERE ${ofLine} AND file_name = $3 AND content_digest = $4`,
        [provider, provinceCode, fileName, contentDigest],
      ),
    findDownloadById: (id) =>
      session.row<DownloadRow>(`SELECT ${download} FROM authority_download WHERE id = $1`, [id]),
    listUnacknowledged: ({ provider, provinceCode }, limit) =>
      session.rows<DownloadRow>(
        `SELECT ${download} FROM authority_download
         WHERE ${ofLine} AND acknowledged_at IS NULL AND file_name <> '' ORDER BY id LIMIT $3`,
        [provider, provinceCode, limit],
      ),
    async markAcknowledged(id, at) {
      await session.write(
        'UPDATE authority_download SET acknowledged_at = $2 WHERE id = $1 AND acknowledged_at IS NULL',
        [id, at],
      );
    },
    async markRead(id, trouble) {
      await session.write('UPDATE authority_download SET trouble = $2 WHERE id = $1', [id, trouble]);
    },
    listDownloads: ({ provider, provinceCode }, limit) =>
      session.rows<DownloadRow>(
        `SELECT ${download} FROM authority_download WHERE ${ofLine} ORDER BY id DESC LIMIT $3`,
        [provider, provinceCode, limit],
      ),
  };
}

function messages(session: Session): Pick<ArrivalRows, 'insertArrival' | 'listArrivals' | 'markTaken'> {
  return {
    async insertArrival(row) {
      const sql = `INSERT INTO authority_arrival (message_id, provider, province_code, download_id, paper_id, made_at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`;
      const { messageId, provider, provinceCode, downloadId, paperId, madeAt } = row;
      return (await session.write(sql, [messageId, provider, provinceCode, downloadId, paperId, madeAt])) === 1;
    },
    listArrivals: (limit) =>
      session.rows<ArrivalRow>(
        `SELECT ${arrival} FROM authority_arrival WHERE taken_at IS NULL ORDER BY seq LIMIT $1`,
        [limit],
      ),
    async markTaken(messageId, at) {
      await session.write('UPDATE authority_arrival SET taken_at = $2 WHERE message_id = $1 AND taken_at IS NULL', [
        messageId,
        at,
      ]);
    },
  };
}

/** The authority has decided on a submission; only under which numbers is open. */
export const heldByNumbers = (submissionId: string): string => `EXISTS (SELECT 1 FROM authority_case c
  WHERE c.submission_id = ${submissionId} AND c.kind = 'numbers_unfit' AND c.ended_at IS NULL)`;

function cases(
  session: Session,
): Pick<
  ArrivalRows,
  'isHeldByNumbers' | 'insertCase' | 'findCaseForUpdate' | 'listCases' | 'endCase' | 'endCasesSeen' | 'endCasesOf'
> {
  return {
    async isHeldByNumbers(submissionId) {
      const row = await session.row<{ isHeld: boolean }>(`SELECT ${heldByNumbers('$1')} AS "isHeld"`, [submissionId]);
      return row?.isHeld === true;
    },
    async insertCase(row) {
      const sql = `INSERT INTO authority_case (id, provider, province_code, kind, about, submission_id, download_id, paper_id,
          opened_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`;
      const { id, provider, provinceCode, kind, about, submissionId, downloadId, paperId, openedAt } = row;
      const values = [id, provider, provinceCode, kind, about, submissionId, downloadId, paperId, openedAt];
      return (await session.write(sql, values)) === 1;
    },
    findCaseForUpdate: (id) =>
      session.row<CaseRow>(`SELECT ${kase} FROM authority_case WHERE id = $1 FOR NO KEY UPDATE`, [id]),
    listCases: ({ before, limit, provinceCode, kind }) =>
      session.rows<ListedCase>(
        `SELECT ${kase}, ${filingNamed('authority_case')},
           coalesce((SELECT h.state = 'with_operator' FROM authority_handover AS h
             WHERE h.submission_id = authority_case.submission_id), false) AS waits
         FROM authority_case
         WHERE ended_at IS NULL AND ($1::text IS NULL OR id < $1) AND ($3::text IS NULL OR province_code = $3)
           AND ($4::text IS NULL OR kind = $4)
         ORDER BY id DESC LIMIT $2`,
        [before, limit, provinceCode, kind],
      ),
    async endCase(id, ending, by, at) {
      const sql = `UPDATE authority_case SET ending = $2, ended_by = $3, ended_at = $4 WHERE id = $1 AND ended_at IS NULL`;
      return (await session.write(sql, [id, ending, by, at])) === 1;
    },
    endCasesSeen: (ids, by, at) =>
      session.rows<CaseRow>(
        `UPDATE authority_case SET ending = 'seen', ended_by = $2, ended_at = $3
         WHERE id = ANY (ARRAY(SELECT id FROM authority_case
           WHERE id = ANY ($1::text[]) AND ended_at IS NULL AND submission_id IS NULL ORDER BY id FOR NO KEY UPDATE))
         RETURNING ${kase}`,
        [[...ids], by, at],
      ),
    async endCasesOf(submissionId, ending, by, at) {
      const sql = `UPDATE authority_case SET ending = $2, ended_by = $3, ended_at = $4
        WHERE submission_id = $1 AND ended_at IS NULL`;
      await session.write(sql, [submissionId, ending, by, at]);
    },
  };
}
