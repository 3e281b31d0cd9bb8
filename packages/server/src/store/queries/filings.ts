import { type FilingState, openFilingStates, openingKinds } from '@openbeian/model/filing';
import { type Finding, findingOrigins } from '@openbeian/model/forms';
import { z } from 'zod';
import type {
  FilingChange,
  FilingEventRow,
  FilingFilter,
  FilingListRow,
  FilingOrder,
  FilingRow,
  FilingRows,
} from '../../ports/filings.ts';
import { type Session, toJson, where } from '../engine/session.ts';
import { type Condition, type Keyset, pageClause } from './keyset.ts';
import { isWorkable } from './work-failures.ts';

const listColumns = `id, account_id AS "accountId", provider, kind, state, version, domain_name AS "domainName",
  service_kind AS "serviceKind", subject_kind AS "subjectKind", province_code AS "provinceCode",
  subject_hash AS "subjectHash", subject_number AS "subjectNumber", service_number AS "serviceNumber",
  resource_id AS "resourceId", code_id AS "codeId", spend_id AS "spendId", findings,
  submission_id AS "submissionId", submitted_by AS "submittedBy", started_at AS "startedAt",
  updated_at AS "updatedAt", due_at AS "dueAt"`;
const columns = `${listColumns}, form`;

const open = `state NOT IN ('filed', 'abandoned')`;

/** Each has its indexes; the expression must be the one of the index, to the letter. */
const orders: Readonly<Record<FilingOrder, Keyset>> = {
  newest: {
    columns: [
      ['started_at', 'timestamptz'],
      ['id', 'text'],
    ],
    descending: true,
  },
  due: {
    columns: [
      [`coalesce(due_at, 'infinity')`, 'timestamptz'],
      ['id', 'text'],
    ],
  },
};

function conditionsOf({ accountId, states }: FilingFilter): Condition[] {
  return [
    accountId === undefined ? null : ['account_id = $?', accountId],
    states === undefined ? null : conditionOf(states),
    // Always true then, and what the index of open filings is for.
    states?.every((state) => (openFilingStates as readonly string[]).includes(state)) ? [open, null] : null,
  ];
}

/** One state is told apart from several: an index that begins with the state then gives its rows in order. */
const conditionOf = (states: readonly FilingState[]): Condition =>
  states.length === 1 ? ['state = $?', states[0]] : ['state = ANY ($?::text[])', [...states]];

const jsonOf = (value: unknown): string | undefined => (value === undefined ? undefined : toJson(value));

/** Column and value of each field that `update` may write; undefined: it stays. */
const changesOf = (change: FilingChange): Readonly<Record<keyof FilingChange, readonly [string, unknown]>> => ({
  form: ['form', jsonOf(change.form)],
  findings: ['findings', jsonOf(change.findings)],
  resourceId: ['resource_id', change.resourceId],
  codeId: ['code_id', change.codeId],
  spendId: ['spend_id', change.spendId],
  submissionId: ['submission_id', change.submissionId],
  submittedBy: ['submitted_by', change.submittedBy],
  subjectNumber: ['subject_number', change.subjectNumber],
  serviceNumber: ['service_number', change.serviceNumber],
  dueAt: ['due_at', change.dueAt],
});

/** Columns and values of a new filing. */
const insertedOf = (row: FilingRow): Readonly<Record<string, unknown>> => ({
  id: row.id,
  account_id: row.accountId,
  provider: row.provider,
  kind: row.kind,
  state: row.state,
  version: row.version,
  domain_name: row.domainName,
  service_kind: row.serviceKind,
  subject_kind: row.subjectKind,
  province_code: row.provinceCode,
  subject_hash: row.subjectHash,
  subject_number: row.subjectNumber,
  service_number: row.serviceNumber,
  resource_id: row.resourceId,
  code_id: row.codeId,
  spend_id: row.spendId,
  form: toJson(row.form),
  findings: toJson(row.findings),
  submission_id: row.submissionId,
  submitted_by: row.submittedBy,
  started_at: row.startedAt,
  updated_at: row.updatedAt,
  due_at: row.dueAt,
});

export function filingRows(session: Session): FilingRows {
  return {
    async insert(row) {
      if (!openingKinds.includes(row.kind)) throw new Error(`no kind of filing is called ${row.kind}`);
      const made = insertedOf(row);
      const names = Object.keys(made);
      const inserted = await session.write(
        `INSERT INTO filing (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})
         ON CONFLICT DO NOTHING`,
        Object.values(made),
      );
      return inserted === 1;
    },
    find: (id) => filing(session, `SELECT ${columns} FROM filing WHERE id = $1`, [id]),
    findForUpdate: (id) => filing(session, `SELECT ${columns} FROM filing WHERE id = $1 FOR NO KEY UPDATE`, [id]),
    findLastFiled: (accountId, subjectHash) =>
      filing(
        session,
        `SELECT ${columns} FROM filing WHERE account_id = $1 AND subject_hash = $2 AND state = 'filed'
         ORDER BY started_at DESC, id DESC LIMIT 1`,
        [accountId, subjectHash],
      ),
    listPage({ order, ...filter }) {
      const { sql, values } = pageClause(orders[order], conditionsOf(filter), filter);
      return filings<FilingListRow>(session, `SELECT ${listColumns} FROM filing ${sql}`, values);
    },
    async countByState(filter) {
      const { sql, values } = where(conditionsOf(filter));
      const counts = await session.rows<{ state: FilingState; count: number }>(
        `SELECT state, count(*) AS count FROM filing ${sql} GROUP BY state`,
        values,
      );
      return new Map(counts.map(({ state, count }) => [state, count]));
    },
    findBySubmission: (submissionId) =>
      filing(session, `SELECT ${columns} FROM filing WHERE submission_id = $1`, [submissionId]),
    async update({ id, version }, state, change, at) {
      const values: unknown[] = [id, version, state, at];
      const sets = [`state = $3`, `version = version + 1`, `updated_at = $4`];
      for (const [column, value] of Object.values(changesOf(change))) {
        if (value === undefined) continue;
        values.push(value);
        sets.push(`${column} = $${values.length}`);
      }
      const written = await session.write(
        `UPDATE filing SET ${sets.join(', ')} WHERE id = $1 AND version = $2`,
        values,
      );
      return written === 1;
    },
    async appendEvent(filingId, event) {
      await session.write(
        `INSERT INTO filing_event (filing_id, at, actor_id, actor_role, type, detail)
         VALUES ($1, $2, $3, $4, $5, $6::jsonb)`,
        [filingId, event.at, event.actorId, event.actorRole, event.type, toJson(event.detail)],
      );
    },
    listEvents: (filingId) =>
      session.rows<FilingEventRow>(
        `SELECT at, actor_id AS "actorId", actor_role AS "actorRole", type, detail
         FROM filing_event WHERE filing_id = $1 ORDER BY filing_event.id`,
        [filingId],
      ),
    listOverdue: (at, limit) =>
      filings(
        session,
        `SELECT ${columns} FROM filing WHERE ${open} AND due_at <= $1 AND ${isWorkable('overdue', 'filing.id', '$1')}
         ORDER BY due_at, id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED`,
        [at, limit],
      ),
  };
}

const textShape = z.object({ zh: z.string(), en: z.string() });
const findingsShape = z.array(
  z.object({
    field: z.string().nullable(),
    rule: z.string(),
    message: textShape,
    remedy: textShape.nullable(),
    source: z.string().nullable(),
    asOf: z.string().exactOptional(),
    from: z.enum(findingOrigins),
  }),
) satisfies z.ZodType<Finding[]>;

/** Rows are typed here, once: what is in a JSON column is checked before anybody relies on it. */
const typed = <Row extends FilingListRow>(row: Row): Row => ({ ...row, findings: findingsShape.parse(row.findings) });

async function filings<Row extends FilingListRow>(session: Session, sql: string, values: unknown[]): Promise<Row[]> {
  return (await session.rows<Row>(sql, values)).map(typed);
}

async function filing(session: Session, sql: string, values: unknown[]): Promise<FilingRow | null> {
  const row = await session.row<FilingRow>(sql, values);
  return row === null ? null : typed(row);
}
