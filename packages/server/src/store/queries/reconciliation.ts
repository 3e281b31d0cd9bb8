import type { LineKey, LineTrouble } from '../../ports/authority-ledger.ts';
import type {
  DifferenceRow,
  FiledRecordRow,
  ReconciliationRow,
  ReconciliationRows,
  RecordToCompare,
} from '../../ports/reconciliation.ts';
import type { Session } from '../engine/session.ts';
import { heldByNumbers } from './authority-arrivals.ts';
import { type Keyset, pageClause } from './keyset.ts';

const run = `id, provider, province_code AS "provinceCode", started_at AS "startedAt", started_by AS "startedBy", phase,
  after_id AS "afterId", compared, asked, skipped, found, waiting, uncarried, unsaid,
  due_at AS "dueAt", waits, because, ended_at AS "endedAt", ending`;
const difference = `id, provider, province_code AS "provinceCode", kind, about, service_number AS "serviceNumber",
  domain_name AS "domainName", filed_subject_id AS "filedSubjectId", ours, theirs, digest, state,
  submission_id AS "submissionId", found_at AS "foundAt", confirmed_at AS "confirmedAt", ended_at AS "endedAt",
  ended_by AS "endedBy", ending`;
const record = `s.id, s.number, s.service_kind AS "serviceKind", s.service_name AS "serviceName",
  s.domain_name AS "domainName", s.state, s.recorded_at AS "recordedAt", s.subject_record_id AS "subjectRecordId",
  o.number AS "subjectNumber", o.subject_kind AS "subjectKind", o.subject_hash AS "subjectHash",
  o.sealed_name AS "sealedName", o.province_code AS "provinceCode", o.cancelled_at IS NOT NULL AS "isSubjectCancelled"`;
const filed = `v.provider, v.province_code AS "provinceCode", v.service_id AS "serviceId", v.subject_id AS "subjectId",
  v.service_number AS "serviceNumber", v.own_service AS "ownService", v.access_id AS "accessId", v.domain_id AS "domainId",
  v.domain_name AS "domainName", v.service_name AS "serviceName", v.domain_names AS "domainNames",
  v.has_access AS "hasAccess", v.as_of AS "asOf", v.ended_at AS "endedAt", t.subject_number AS "subjectNumber",
  t.own_subject AS "ownSubject", t.paper_id AS "paperId"`;
const ofLine = 'provider = $1 AND province_code = $2';
const newestFirst: Keyset = { columns: [['id', 'text']], descending: true };

export function reconciliationRows(session: Session): ReconciliationRows {
  return { ...runs(session), ...records(session), ...sync(session), ...differences(session) };
}

type Written = Omit<ReconciliationRow, 'because'> & { readonly because: readonly string[] | null };

function shaped({ because, ...row }: Written): ReconciliationRow {
  if (because === null) return { ...row, because };
  const [code = '', zh = '', en = ''] = because;
  return { ...row, because: { code, zh, en } };
}

const textsOf = (trouble: LineTrouble | null) => (trouble === null ? null : [trouble.code, trouble.zh, trouble.en]);

function runs(session: Session) {
  const one = async (sql: string, values: readonly unknown[]) => {
    const row = await session.row<Written>(sql, values);
    return row === null ? null : shaped(row);
  };
  return {
    async startReconciliation({ id, provider, provinceCode, startedAt, startedBy }) {
      session.signal('jobs');
      const sql = `INSERT INTO authority_reconciliation (id, provider, province_code, started_at, started_by, due_at)
        VALUES ($1, $2, $3, $4, $5, $4) ON CONFLICT (provider, province_code) WHERE ended_at IS NULL DO NOTHING`;
      return (await session.write(sql, [id, provider, provinceCode, startedAt, startedBy])) === 1;
    },
    findReconciliation: (id) => one(`SELECT ${run} FROM authority_reconciliation WHERE id = $1`, [id]),
    findOpenReconciliation: ({ provider, provinceCode }) =>
      one(`SELECT ${run} FROM authority_reconciliation WHERE ${ofLine} AND ended_at IS NULL`, [provider, provinceCode]),
    leaseReconciliation: (owner, at, until) =>
      one(
        `WITH due AS MATERIALIZED (
           SELECT id FROM authority_reconciliation
           WHERE ended_at IS NULL AND due_at <= $2 AND (lease_until IS NULL OR lease_until <= $2)
           ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
         )
         UPDATE authority_reconciliation SET lease_owner = $1, lease_until = $3
         WHERE id IN (SELECT id FROM due) RETURNING ${run}`,
        [owner, at, until],
      ),
    async advanceReconciliation({ id, phase, afterId }, owner, step, at) {
      const sql = `UPDATE authority_reconciliation SET phase = $5, after_id = $6, due_at = $7, because = $8::text[],
          compared = compared + $9, asked = asked + $10, skipped = skipped + $11, found = found + $12,
          ended_at = $13, ending = $14, waits = $15, waiting = waiting + $16, uncarried = uncarried + $17,
          unsaid = unsaid + $18, lease_owner = NULL, lease_until = NULL
        WHERE id = $1 AND lease_owner = $2 AND phase = $3 AND after_id = $4 AND ended_at IS NULL`;
      const written = await session.write(sql, [
        id,
        owner,
        phase,
        afterId,
        step.phase,
        step.afterId,
        step.dueAt,
        textsOf(step.because),
        step.compared,
        step.asked,
        step.skipped,
        step.found,
        step.isDone ? at : null,
        step.isDone ? 'done' : null,
        step.waits,
        step.waiting,
        step.uncarried,
        step.unsaid,
      ]);
      return written === 1;
    },
    async callOffReconciliation(id, at) {
      const sql = `UPDATE authority_reconciliation SET ended_at = $2, ending = 'called_off', lease_owner = NULL
        WHERE id = $1 AND ended_at IS NULL`;
      return (await session.write(sql, [id, at])) === 1;
    },
    async listReconciliations({ provinceCode, ...page }) {
      const condition = provinceCode === undefined ? null : (['province_code = $?', provinceCode] as const);
      const { sql, values } = pageClause(newestFirst, [condition], page);
      return (await session.rows<Written>(`SELECT ${run} FROM authority_reconciliation ${sql}`, values)).map(shaped);
    },
  } satisfies Partial<ReconciliationRows>;
}

type FlatFiled = Omit<FiledRecordRow, 'subject'> & FiledRecordRow['subject'];

const nested = ({ subjectNumber, ownSubject, paperId, ...row }: FlatFiled): FiledRecordRow => ({
  ...row,
  subject: { subjectId: row.subjectId, subjectNumber, ownSubject, paperId },
});

const filedFrom = `FROM authority_service v JOIN authority_subject t ON t.provider = v.provider
  AND t.province_code = v.province_code AND t.subject_id = v.subject_id`;
const filedOfLine = 'v.provider = $1 AND v.province_code = $2';

function records(session: Session) {
  const compared = (more: string) => `SELECT ${record}, EXISTS (SELECT 1 FROM access a WHERE a.service_record_id = s.id
      AND a.ended_at IS NULL AND a.provider = $1) AS "hasAccess"
    FROM service_record s JOIN subject_record o ON o.id = s.subject_record_id ${more}`;
  const filedBy = async (more: string, values: readonly unknown[], first = 'v.service_id DESC') => {
    const sql = `SELECT ${filed} ${filedFrom} WHERE ${filedOfLine} AND ${more}
      ORDER BY v.ended_at IS NOT NULL, v.as_of DESC NULLS LAST, ${first} LIMIT 1`;
    const row = await session.row<FlatFiled>(sql, values);
    return row === null ? null : nested(row);
  };
  return {
    listRecordsToCompare: (provider, { afterId, limit }) =>
      session.rows<RecordToCompare>(compared('WHERE s.id > $2 ORDER BY s.id LIMIT $3'), [provider, afterId, limit]),
    findRecordToCompare: (provider, id) => session.row<RecordToCompare>(compared('WHERE s.id = $2'), [provider, id]),
    async listFiledRecords({ provider, provinceCode }, afterServiceId, limit) {
      const sql = `SELECT ${filed} ${filedFrom} WHERE ${filedOfLine} AND v.service_id > $3 ORDER BY v.service_id LIMIT $4`;
      return (await session.rows<FlatFiled>(sql, [provider, provinceCode, afterServiceId, limit])).map(nested);
    },
    async findFiledRecord({ provider, provinceCode }, by) {
      const line = [provider, provinceCode];
      if ('serviceId' in by) return filedBy('v.service_id = $3', [...line, by.serviceId]);
      if (by.domainName === '') return filedBy('v.service_number = $3', [...line, by.number]);
      // Another record here of the same name is compared by itself.
      return filedBy(
        `(v.service_number = $3 OR (v.domain_name = $4 AND NOT EXISTS (
           SELECT 1 FROM service_record r WHERE r.number = v.service_number AND r.number <> $3)))`,
        [...line, by.number, by.domainName],
        '(v.service_number = $3) DESC NULLS LAST',
      );
    },
    async findLastDecision({ provider, provinceCode }, { serviceNumber, subjectNumber, ownService, ownSubject }) {
      const row = await session.row<{ decidedAt: string | null; isWaiting: boolean }>(
        `SELECT max(ended_at) FILTER (WHERE outcome = 'approved') AS "decidedAt",
           coalesce(bool_or(state <> 'ended' AND NOT (state = 'with_operator' AND ${isOfNumbers})), false) AS "isWaiting"
         FROM authority_handover WHERE ${ofLine}
           AND (service_number = $3 OR subject_number = $4 OR own_service = $5 OR own_subject = $6)`,
        [provider, provinceCode, serviceNumber, subjectNumber, ownService, ownSubject],
      );
      return row ?? { decidedAt: null, isWaiting: false };
    },
  } satisfies Partial<ReconciliationRows>;
}

/** Which the comparison may show. */
const isOfNumbers = heldByNumbers('authority_handover.submission_id');

function sync(session: Session) {
  return {
    async noteSync({ provider, provinceCode }, at, gapMs) {
      const before = new Date(Date.parse(at) - gapMs).toISOString();
      const sql = `UPDATE authority_line SET synced_from = CASE WHEN synced_to >= $4 THEN synced_from ELSE $3 END, synced_to = $3
        WHERE ${ofLine}`;
      await session.write(sql, [provider, provinceCode, at, before]);
    },
    findSync: ({ provider, provinceCode }) =>
      session.row<{ from: string; to: string }>(
        `SELECT synced_from AS "from", synced_to AS "to" FROM authority_line WHERE ${ofLine} AND synced_from IS NOT NULL`,
        [provider, provinceCode],
      ),
    async endFiled({ provider, provinceCode }, scope, id, at) {
      const column = scope === 'subject' ? 'subject_id' : 'service_id';
      await session.write(
        `UPDATE authority_service SET ended_at = $4 WHERE ${ofLine} AND ${column} = $3 AND ended_at IS NULL`,
        [provider, provinceCode, id, at],
      );
      if (scope === 'subject') {
        await session.write(
          `UPDATE authority_subject SET ended_at = $4 WHERE ${ofLine} AND subject_id = $3 AND ended_at IS NULL`,
          [provider, provinceCode, id, at],
        );
      }
      const row = await session.row<{ endedAt: string | null }>(
        `SELECT max(ended_at) AS "endedAt" FROM authority_service WHERE ${ofLine} AND ${column} = $3`,
        [provider, provinceCode, id],
      );
      return row?.endedAt ?? null;
    },
    async endFiledAccess({ provider, provinceCode }, serviceId) {
      await session.write(`UPDATE authority_service SET has_access = false WHERE ${ofLine} AND service_id = $3`, [
        provider,
        provinceCode,
        serviceId,
      ]);
    },
  } satisfies Partial<ReconciliationRows>;
}

const isDecided = `EXISTS (SELECT 1 FROM authority_handover h
  WHERE h.submission_id = d.submission_id AND h.state = 'ended')`;

function differences(session: Session) {
  const open = (more: string, values: readonly unknown[]) =>
    session.row<DifferenceRow>(`SELECT ${difference} FROM authority_difference WHERE ${more}`, values);
  return {
    async putDifference(row) {
      await session.write(
        `INSERT INTO authority_difference AS d (id, provider, province_code, kind, about, service_number, domain_name,
           filed_subject_id, ours, theirs, digest, state, found_at, confirmed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', $12, $12)
         ON CONFLICT (provider, province_code, about, kind) WHERE ended_at IS NULL DO UPDATE SET
           service_number = excluded.service_number, domain_name = excluded.domain_name,
           filed_subject_id = excluded.filed_subject_id, ours = excluded.ours, theirs = excluded.theirs,
           digest = excluded.digest, confirmed_at = excluded.confirmed_at,
           state = CASE WHEN d.digest <> excluded.digest OR (d.state = 'sent' AND ${isDecided}) THEN 'open' ELSE d.state END`,
        [
          row.id,
          row.provider,
          row.provinceCode,
          row.kind,
          row.about,
          row.serviceNumber,
          row.domainName,
          row.filedSubjectId,
          row.ours,
          row.theirs,
          row.digest,
          row.foundAt,
        ],
      );
    },
    async endDifferencesBut({ provider, provinceCode }, about, kinds, at) {
      await session.write(
        `UPDATE authority_difference SET ended_at = $5, ended_by = 'authority', ending = 'agrees'
         WHERE ${ofLine} AND about = $3 AND ended_at IS NULL AND kind <> ALL ($4::text[])`,
        [provider, provinceCode, about, [...kinds], at],
      );
    },
    findDifference: (id) => open('id = $1', [id]),
    findDifferenceForUpdate: (id) => open('id = $1 FOR NO KEY UPDATE', [id]),
    findSentDifference: (submissionId) => open('submission_id = $1 FOR NO KEY UPDATE', [submissionId]),
    listDifferences({ provinceCode, kind, state, ...page }) {
      const conditions = [
        ['ended_at IS NULL', null] as const,
        provinceCode === undefined ? null : (['province_code = $?', provinceCode] as const),
        kind === undefined ? null : (['kind = $?', kind] as const),
        state === undefined ? null : (['state = $?', state] as const),
      ];
      const { sql, values } = pageClause(newestFirst, conditions, page);
      return session.rows<DifferenceRow>(`SELECT ${difference} FROM authority_difference ${sql}`, values);
    },
    async countDifferences({ provider, provinceCode }: LineKey) {
      const sql = `SELECT count(*) AS count FROM authority_difference WHERE ${ofLine} AND ended_at IS NULL AND state <> 'seen'`;
      return (await session.row<{ count: number }>(sql, [provider, provinceCode]))?.count ?? 0;
    },
    async setDifference(id, state, submissionId) {
      await session.write('UPDATE authority_difference SET state = $2, submission_id = $3 WHERE id = $1', [
        id,
        state,
        submissionId,
      ]);
    },
    async endDifference(id, ending, by, at) {
      const sql = `UPDATE authority_difference SET ended_at = $4, ended_by = $3, ending = $2
        WHERE id = $1 AND ended_at IS NULL`;
      return (await session.write(sql, [id, ending, by, at])) === 1;
    },
  } satisfies Partial<ReconciliationRows>;
}
