import { authorityKinds, type FilingState, filingStates } from '@openbeian/model/filing';
import type {
  FilingChange,
  FilingEventRow,
  FilingFilter,
  FilingListRow,
  FilingOrder,
  FilingRow,
  FilingRows,
  FilingTerms,
} from '../../ports/filings.ts';
import type { PageRequest } from '../../ports/paging.ts';
import { readableOf } from '../../ports/stored.ts';
import { type Session, toJson, where } from '../engine/session.ts';
import { shownObject } from '../engine/stored-json.ts';
import { filingColumns, type ReadFiling, shownFiling, withClaim } from './filing-columns.ts';
import { foundIds } from './found-ids.ts';
import { type Keyset, orderOf, pageClause } from './keyset.ts';
import { claimConditions, conditionOf, conditionsOf, foundOf, narrowingOf } from './narrowed-filings.ts';
import { storedFindings } from './stored-findings.ts';
import { isWorkable } from './work-failures.ts';

const columns = `${filingColumns}, form`;

const open = `state NOT IN ('filed', 'abandoned')`;
/** As in the indexes that keep them unique between accounts. */
export const holdsName = `${open} AND set_aside_at IS NULL AND (state <> 'draft' OR name_proven_at IS NOT NULL)`;
const holdsSubject = `${open} AND set_aside_at IS NULL AND (state <> 'draft' OR subject_given_at IS NOT NULL)`;

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

const jsonOf = (value: unknown): string | undefined => (value === undefined ? undefined : toJson(value));

/** Column and value of each field that `update` may write; undefined: it stays. */
const changesOf = (change: FilingChange): Readonly<Record<keyof FilingChange, readonly [string, unknown]>> => ({
  form: ['form', jsonOf(change.form)],
  findings: ['findings', jsonOf(change.findings)],
  resourceId: ['resource_id', change.resourceId],
  codeId: ['code_id', change.codeId],
  spendId: ['spend_id', change.spendId],
  submissionId: ['submission_id', change.submissionId],
  byHand: ['by_hand', change.byHand],
  submittedBy: ['submitted_by', change.submittedBy],
  subjectNumber: ['subject_number', change.subjectNumber],
  serviceNumber: ['service_number', change.serviceNumber],
  dueAt: ['due_at', change.dueAt],
  nameProvenAt: ['name_proven_at', change.nameProvenAt],
  subjectGivenAt: ['subject_given_at', change.subjectGivenAt],
  setAsideAt: ['set_aside_at', change.setAsideAt],
  toldKind: ['told_kind', change.toldKind],
  stateSince: ['state_since', change.stateSince],
  reviewRound: ['review_round', change.reviewRound],
  firstPassedBy: ['first_passed_by', change.firstPassedBy],
  askedAt: ['asked_at', change.askedAt],
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
  by_hand: row.byHand,
  submitted_by: row.submittedBy,
  started_at: row.startedAt,
  updated_at: row.updatedAt,
  due_at: row.dueAt,
  name_proven_at: row.nameProvenAt,
  subject_given_at: row.subjectGivenAt,
  set_aside_at: row.setAsideAt,
  told_kind: row.toldKind,
  state_since: row.stateSince,
  review_round: row.reviewRound,
  first_passed_by: row.firstPassedBy,
  asked_at: row.askedAt,
});

function pageOfFilter(session: Session, order: FilingOrder, filter: FilingFilter & PageRequest) {
  const { accountId, claimed } = filter;
  const ofClaims = claimed === undefined ? [] : claimConditions(claimed);
  const found = accountId === undefined ? foundOf(filter, orders[order], ofClaims) : null;
  if (found !== null) {
    const { sql, values } = foundIds(found, filter);
    const text = `SELECT ${filingColumns} FROM filing WHERE id IN (${sql}) ORDER BY ${orderOf(orders[order])}`;
    return session.rows<ReadFiling<FilingListRow>>(text, values);
  }
  const { sql, values } = pageClause(orders[order], conditionsOf(filter), filter);
  return session.rows<ReadFiling<FilingListRow>>(`SELECT ${filingColumns} FROM filing ${sql}`, values);
}

/** The columns of `orders` as `filingColumns` name them. */
const listOrders: Readonly<Record<FilingOrder, string>> = {
  newest: '"startedAt" DESC, id DESC',
  due: `coalesce("dueAt", 'infinity'), id`,
};

/**
 * A page over several states of all accounts: the first rows of each state, by the index that begins with it, and of these
 * the first. Asked for at once, an index of all states would be read through whatever there is of the others. The states are
 * in the text, so that each is planned by how many filings it has.
 */
async function pageOfStates(
  session: Session,
  { states = [], asked, ...filter }: FilingFilter,
  order: FilingOrder,
  page: PageRequest,
): Promise<ReadFiling<FilingListRow>[]> {
  if (states.length === 0 && asked !== true) return [];
  const narrowing = narrowingOf(filter);
  const { values } = pageClause(orders[order], narrowing, page);
  const arms = states.map((state) => {
    if (!Object.hasOwn(filingStates, state)) throw new Error(`no state of filings is called ${state}`);
    return `state = '${state}'${asked === false ? ' AND asked_at IS NULL' : ''}`;
  });
  if (asked === true) arms.push('asked_at IS NOT NULL');
  const pages = arms.map(
    (arm) =>
      `(SELECT ${filingColumns} FROM filing ${pageClause(orders[order], [[arm, null], ...narrowing], page).sql})`,
  );
  return session.rows<ReadFiling<FilingListRow>>(
    `SELECT * FROM (${pages.join(' UNION ALL ')}) AS page ORDER BY ${listOrders[order]} LIMIT $${values.length}`,
    values,
  );
}

function countedOf(filter: FilingFilter) {
  const { sql, values } = where(conditionsOf(filter));
  return { sql: `SELECT state, count(*) AS count FROM filing ${sql} GROUP BY state`, values };
}

/** Over all accounts the totals are kept. */
function keptCounts({ states }: FilingFilter) {
  const { sql, values } = where([[`counted = 'filing'`, null], states === undefined ? null : conditionOf(states)]);
  return {
    sql: `SELECT state, sum(change)::bigint AS count FROM row_count_change ${sql}
          GROUP BY state HAVING sum(change) <> 0`,
    values,
  };
}

/** The kept totals know states alone: adds those whose customer is asked, or takes them away. */
async function tellAskedApart(
  session: Session,
  { states, asked }: FilingFilter,
  found: Map<FilingState, number>,
): Promise<void> {
  if (states === undefined || asked === undefined) return;
  const sql = 'SELECT count(*) AS count FROM filing WHERE asked_at IS NOT NULL';
  const count = (await session.row<{ count: number }>(sql))?.count ?? 0;
  const left = asked ? count : (found.get('awaiting_review') ?? 0) - count;
  if (left > 0) found.set('awaiting_review', left);
  else found.delete('awaiting_review');
}

type Whose = Pick<FilingRow, 'accountId' | 'domainName' | 'subjectHash'>;

/** Always in this order, so that no two wait for each other. */
async function holdNameAndSubject(session: Session, { domainName, subjectHash }: Whose): Promise<void> {
  const ofName = domainName === '' ? [] : [`filings of the name ${domainName}`];
  await hold(session, ...ofName, `filings of the subject ${subjectHash}`);
}

const subjectRival = `SELECT ${columns} FROM filing WHERE subject_hash = $2 AND ${holdsSubject} AND account_id <> $1`;
const nameRival = `SELECT ${columns} FROM filing WHERE domain_name = $3 AND $3 <> '' AND ${holdsName} AND account_id <> $1`;

const onlyOne: FilingTerms = { slot: 'any_filing', excludes: [], holdsPlace: true };

/** One after the other, in the order of the array. */
const hold = (session: Session, ...held: readonly string[]) =>
  session.rows('SELECT pg_advisory_xact_lock(hashtextextended(one, 0)) FROM unnest($1::text[]) AS held (one)', [
    [...held],
  ]);

/** May the filing stand beside the account's others of its subject? Nobody begins another one until the transaction ends. */
async function hasRoom(session: Session, row: FilingRow, { excludes }: FilingTerms): Promise<boolean> {
  await hold(session, `filings of the subject ${row.subjectHash}`);
  const other = await session.row(
    `SELECT 1 AS one FROM filing
     WHERE account_id = $1 AND subject_hash = $2 AND kind = ANY ($3::text[]) AND ${open} LIMIT 1`,
    [row.accountId, row.subjectHash, [...excludes]],
  );
  return other === null;
}

/** Columns that are empty again once the filing is in another state. */
const ofState = [
  ...(['claim_holder_id', 'claimed_at', 'claim_until'] as const),
  ...(['first_passed_by', 'asked_at', 'last_call', 'call_again_at'] as const),
];

export function filingRows(session: Session): FilingRows {
  return {
    async insert(row, terms = onlyOne) {
      if (!authorityKinds.includes(row.kind)) throw new Error(`no kind of filing is called ${row.kind}`);
      if (!(await hasRoom(session, row, terms))) return false;
      const made = { ...insertedOf(row), slot: terms.slot ?? row.id, holds_place: terms.holdsPlace };
      const names = Object.keys(made);
      const inserted = await session.write(
        `INSERT INTO filing (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})
         ON CONFLICT DO NOTHING`,
        Object.values(made),
      );
      return inserted === 1;
    },
    async findInTheWay({ accountId, domainName, subjectHash }, { slot, excludes }) {
      const found = await session.row<ReadFiling<FilingListRow>>(
        `SELECT ${filingColumns} FROM filing WHERE account_id = $1 AND domain_name = $2 AND $2 <> '' AND ${open}
         UNION ALL
         SELECT ${filingColumns} FROM filing
         WHERE account_id = $1 AND subject_hash = $3 AND (slot = $4 OR kind = ANY ($5::text[])) AND ${open}
         LIMIT 1`,
        [accountId, domainName, subjectHash, slot, [...excludes]],
      );
      return found === null ? null : shownFiling(found);
    },
    find: (id) => filing(session, `SELECT ${columns} FROM filing WHERE id = $1`, [id]),
    findForUpdate: (id) => filing(session, `SELECT ${columns} FROM filing WHERE id = $1 FOR NO KEY UPDATE`, [id]),
    findWithAccountForUpdate(id) {
      const held = `SELECT FROM account WHERE account.id = (SELECT account_id FROM filing WHERE id = $1) FOR NO KEY UPDATE`;
      const sql = `WITH held AS MATERIALIZED (${held}) SELECT ${columns} FROM filing WHERE id = $1 AND EXISTS (SELECT FROM held)`;
      return filing(session, `${sql} FOR NO KEY UPDATE`, [id]);
    },
    async findRival(asked) {
      await holdNameAndSubject(session, asked);
      const { accountId, domainName, subjectHash } = asked;
      // Who holds the name comes first.
      const sql = `(${nameRival} LIMIT 1) UNION ALL (${subjectRival} LIMIT 1) LIMIT 1`;
      return filing(session, sql, [accountId, subjectHash, domainName]);
    },
    async findSubjectRival(asked) {
      await holdNameAndSubject(session, asked);
      return filing(session, subjectRival, [asked.accountId, asked.subjectHash]);
    },
    async hasOpen({ accountId, domainName, subjectHash }) {
      const found = await session.row(
        `SELECT 1 AS one FROM filing WHERE account_id = $1 AND domain_name = $2 AND $2 <> '' AND ${open}
         UNION ALL SELECT 1 FROM filing WHERE account_id = $1 AND subject_hash = $3 AND ${open} LIMIT 1`,
        [accountId, domainName, subjectHash],
      );
      return found !== null;
    },
    findLastFiled: (accountId, subjectHash) =>
      filing(
        session,
        `SELECT ${columns} FROM filing WHERE account_id = $1 AND subject_hash = $2 AND state = 'filed'
         ORDER BY started_at DESC, id DESC LIMIT 1`,
        [accountId, subjectHash],
      ),
    findLastFiledOf(record) {
      const [column, number] =
        'serviceNumber' in record ? ['service_number', record.serviceNumber] : ['subject_number', record.subjectNumber];
      return filing(
        session,
        `SELECT ${columns} FROM filing WHERE ${column} = $1 AND state = 'filed' ORDER BY started_at DESC, id DESC LIMIT 1`,
        [number],
      );
    },
    async countOpenOfSubject({ accountId, subjectHash, subjectNumber }) {
      const sql = `SELECT count(*) AS count FROM filing
        WHERE account_id = $1 AND (subject_hash = $2 OR subject_number = $3) AND ${open}`;
      return (await session.row<{ count: number }>(sql, [accountId, subjectHash, subjectNumber]))?.count ?? 0;
    },
    async listPage({ order, ...filter }) {
      const { accountId, states, asked, claimed } = filter;
      const isSeveral = states !== undefined && (states.length !== 1 || asked === true);
      const isAll = accountId === undefined && claimed === undefined && filter.search === undefined;
      const isPerState = isAll && isSeveral;
      const rows = isPerState
        ? await pageOfStates(session, filter, order, filter)
        : await pageOfFilter(session, order, filter);
      return rows.map(shownFiling);
    },
    async listByIds(ids) {
      const sql = `SELECT ${filingColumns} FROM filing WHERE id = ANY ($1::text[])`;
      return (await session.rows<ReadFiling<FilingListRow>>(sql, [[...ids]])).map(shownFiling);
    },
    async countByState(filter) {
      const isKept = filter.accountId === undefined && filter.claimed === undefined;
      const { sql, values } = isKept ? keptCounts(filter) : countedOf(filter);
      const counts = await session.rows<{ state: FilingState; count: number }>(sql, values);
      const found = new Map(counts.map(({ state, count }) => [state, count]));
      if (isKept) await tellAskedApart(session, filter, found);
      return found;
    },
    findBySubmission: (submissionId) =>
      filing(session, `SELECT ${columns} FROM filing WHERE submission_id = $1`, [submissionId]),
    async update({ id, version }, state, change, at) {
      const values: unknown[] = [id, version, state, at];
      const sets = new Map([
        ['state', '$3'],
        ['version', 'version + 1'],
        ['updated_at', '$4'],
        ['state_since', 'CASE WHEN state = $3 THEN state_since ELSE $4 END'],
        ['calls_missed', 'CASE WHEN state = $3 THEN calls_missed ELSE 0 END'],
        // Whoever worked on it is done with it in that state.
        ...ofState.map((column) => [column, `CASE WHEN state = $3 THEN ${column} END`] as const),
      ]);
      for (const [column, value] of Object.values(changesOf(change))) {
        if (value === undefined) continue;
        values.push(value);
        sets.set(column, `$${values.length}`);
      }
      const written = await session.write(
        `UPDATE filing SET ${[...sets].map(([column, value]) => `${column} = ${value}`).join(', ')}
         WHERE id = $1 AND version = $2`,
        values,
      );
      return written === 1;
    },
    async claim({ filingId, state, holderId, at, until }) {
      const written = await session.write(
        `UPDATE filing SET claim_holder_id = $3, claim_until = $5,
           claimed_at = CASE WHEN claim_holder_id = $3 AND claim_until > $4 THEN claimed_at ELSE $4 END
         WHERE id = $1 AND state = $2 AND (claim_until IS NULL OR claim_until <= $4 OR claim_holder_id = $3)`,
        [filingId, state, holderId, at, until],
      );
      return written === 1;
    },
    async release(filingId, holderId, at) {
      const written = await session.write(
        `UPDATE filing SET claim_holder_id = NULL, claimed_at = NULL, claim_until = NULL
         WHERE id = $1 AND claim_holder_id = $2 AND claim_until > $3`,
        [filingId, holderId, at],
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
    async findLastActor(filingId, type) {
      const [found] = await session.rows<{ actorId: string }>(
        `SELECT actor_id AS "actorId" FROM filing_event WHERE filing_id = $1 AND type = $2
         ORDER BY filing_event.id DESC LIMIT 1`,
        [filingId, type],
      );
      return found?.actorId ?? null;
    },
    async listEvents(filingId) {
      const rows = await session.rows<FilingEventRow & { id: number }>(
        `SELECT filing_event.id, at, actor_id AS "actorId", actor_role AS "actorRole", type, detail
         FROM filing_event WHERE filing_id = $1 ORDER BY filing_event.id`,
        [filingId],
      );
      return rows.map(({ id, ...event }) => ({
        ...event,
        detail: shownObject(event.detail, { table: 'filing_event', row: String(id), column: 'detail' }),
      }));
    },
    listOverdue: (at, limit) =>
      session.rows(
        `SELECT id, version FROM filing WHERE ${open} AND due_at <= $1 AND ${isWorkable('overdue', 'filing.id', '$1')}
         ORDER BY due_at, id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED`,
        [at, limit],
      ),
  };
}

/** Rows are typed here, once: what is in a JSON column is checked before anybody relies on it. */
async function filing(session: Session, sql: string, values: unknown[]): Promise<FilingRow | null> {
  const row = await session.row<ReadFiling<FilingRow>>(sql, values);
  return row === null
    ? null
    : { ...withClaim(row), form: row.form, findings: readableOf(storedFindings('filing', row)) };
}
