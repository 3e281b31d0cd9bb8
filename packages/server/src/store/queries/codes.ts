import type { CodeCount, CodeFilter, CodePhase, CodeRow, CodeRows } from '../../ports/code-ledger.ts';
import type { PageRequest } from '../../ports/paging.ts';
import { type Session, where } from '../engine/session.ts';
import { foundIds } from './found-ids.ts';
import { type Condition, type Keyset, pageClause } from './keyset.ts';

const newestFirst: Keyset = { columns: [['id', 'text']], descending: true };

const codeColumns = `id, resource_id AS "resourceId", issuer_account_id AS "issuerAccountId",
  grantee_account_id AS "granteeAccountId", sealed, tail, spend_id AS "spendId", note, issued_at AS "issuedAt",
  granted_at AS "grantedAt", bound_filing_id AS "boundFilingId", bound_at AS "boundAt", used_at AS "usedAt",
  revoked_at AS "revokedAt", stopped_at AS "stoppedAt"`;

/** In the order in which they take precedence: each leaves out the ones before it. */
const phases: Readonly<Record<CodePhase, string>> = {
  revoked: 'revoked_at IS NOT NULL',
  used: 'used_at IS NOT NULL AND revoked_at IS NULL',
  bound: 'bound_filing_id IS NOT NULL AND used_at IS NULL AND revoked_at IS NULL',
  open: 'bound_filing_id IS NULL AND used_at IS NULL AND revoked_at IS NULL',
};
const phaseColumn = `CASE ${Object.entries(phases)
  .map(([phase, condition]) => `WHEN ${condition} THEN '${phase}'`)
  .join(' ')} END`;

/** In the note, looking at each row or by the index of its grams; by anything else there is an index in the list's order. */
const inNote = {
  byRow: `(note <> '' AND strpos(lower(note), lower($?)) > 0)`,
  byGrams: `(note <> '' AND search_grams(note) @> asked_grams($?) AND strpos(lower(note), lower($?)) > 0)`,
} as const;
const elsewhere = ['lower(tail) = lower($?)', 'issuer_account_id = $?', 'grantee_account_id = $?'] as const;
const found = `(${[inNote.byGrams, ...elsewhere].join(' OR ')})`;

function conditionsOf(filter: CodeFilter): Condition[] {
  const { issuerAccountId, granteeAccountId, partyAccountId, otherAccountId, resourceId, phase, search } = filter;
  return [
    issuerAccountId === undefined ? null : ['issuer_account_id = $?', issuerAccountId],
    granteeAccountId === undefined ? null : ['grantee_account_id = $?', granteeAccountId],
    partyAccountId === undefined ? null : ['(issuer_account_id = $? OR grantee_account_id = $?)', partyAccountId],
    otherAccountId === undefined ? null : ['(issuer_account_id = $? OR grantee_account_id = $?)', otherAccountId],
    resourceId === undefined ? null : ['resource_id = $?', resourceId],
    phase === undefined ? null : [phases[phase], null],
    search === undefined ? null : [found, search],
  ];
}

/**
 * A page of each, newest first by its own index: asked for any of them at once, the planner may walk all codes for a page, or
 * collect and sort all that are found. Their values are the same.
 */
function pageOfAny(pages: readonly Statement[]): Statement {
  const [[sql, values] = ['', []]] = pages;
  if (pages.length === 1) return [sql, values];
  return [`${pages.map(([one]) => `(${one})`).join(' UNION ')} ORDER BY id DESC LIMIT $${values.length}`, values];
}

/** The values of one list are the same, of which the last is how many. */
type Statement = readonly [sql: string, values: unknown[]];

function pageOf(conditions: readonly Condition[], page: PageRequest): Statement {
  const { sql, values } = pageClause(newestFirst, conditions, page);
  return [`SELECT ${codeColumns} FROM filing_code ${sql}`, values];
}

/** What a search finds, each way by itself. */
function pagesFound(conditions: readonly Condition[], search: string, page: PageRequest): readonly Statement[] {
  const { sql, values } = foundIds(
    { table: 'filing_code', keyset: newestFirst, conditions, near: 1000, search, ...inNote },
    page,
  );
  return [
    [`SELECT ${codeColumns} FROM filing_code WHERE id IN (${sql})`, values],
    // The search first, as above.
    ...elsewhere.map((one) => pageOf([[one, search], ...conditions], page)),
  ];
}

export function codeRows(session: Session): CodeRows {
  return {
    find: (id) => session.row<CodeRow>(`SELECT ${codeColumns} FROM filing_code WHERE id = $1`, [id]),
    listByIds: (ids) =>
      session.rows<CodeRow>(`SELECT ${codeColumns} FROM filing_code WHERE id = ANY ($1::text[])`, [[...ids]]),
    findByLookupHash: (lookupHashes) =>
      session.row<CodeRow>(`SELECT ${codeColumns} FROM filing_code WHERE lookup_hash = ANY ($1::text[])`, [
        [...lookupHashes],
      ]),
    async list(filter) {
      const { partyAccountId, otherAccountId, search, ...rest } = filter;
      const either = partyAccountId ?? otherAccountId;
      const both = partyAccountId !== undefined && otherAccountId !== undefined;
      const others = conditionsOf({ ...rest, ...(both && { otherAccountId }) });
      const parties: readonly (readonly Condition[])[] =
        either === undefined
          ? [others]
          : [
              [['issuer_account_id = $?', either], ...others],
              [['grantee_account_id = $?', either], ...others],
            ];
      const pages = parties.flatMap((party) =>
        search === undefined ? [pageOf(party, filter)] : pagesFound(party, search, filter),
      );
      return session.rows<CodeRow>(...pageOfAny(pages));
    },
    count(filter) {
      const narrowed = where(conditionsOf(filter));
      return session.rows<CodeCount>(
        `SELECT phase, "resourceId", min(issued_at) AS "issuedAt",
           min(stopped_at) AS "stoppedAt", count(*)::int AS count FROM (
           SELECT ${phaseColumn} AS phase,
             CASE WHEN ${phases.open} THEN resource_id END AS "resourceId",
             CASE WHEN ${phases.open} THEN issued_at END AS issued_at,
             CASE WHEN ${phases.open} THEN stopped_at END AS stopped_at
           FROM filing_code ${narrowed.sql}
         ) AS code
         GROUP BY phase, "resourceId", (issued_at AT TIME ZONE 'Asia/Shanghai')::date,
           (stopped_at AT TIME ZONE 'Asia/Shanghai')::date`,
        narrowed.values,
      );
    },
    async grant(id, granteeAccountId, at) {
      session.signal('events');
      const written = await session.write(
        `UPDATE filing_code SET changed_at = $3, grantee_account_id = $2, granted_at = CASE WHEN $2::text IS NOT NULL THEN $3::timestamptz END
         WHERE id = $1 AND bound_filing_id IS NULL AND used_at IS NULL AND revoked_at IS NULL`,
        [id, granteeAccountId, at],
      );
      return written === 1;
    },
    async bind(id, filingId, at) {
      session.signal('events');
      const written = await session.write(
        `UPDATE filing_code SET changed_at = $3, bound_filing_id = $2, bound_at = $3
         WHERE id = $1 AND bound_filing_id IS NULL AND used_at IS NULL AND revoked_at IS NULL`,
        [id, filingId, at],
      );
      return written === 1;
    },
    async release(id, filingId, at) {
      session.signal('events');
      const written = await session.write(
        `UPDATE filing_code SET changed_at = $3, bound_filing_id = NULL, bound_at = NULL
         WHERE id = $1 AND bound_filing_id = $2 AND used_at IS NULL`,
        [id, filingId, at],
      );
      return written === 1;
    },
    async consume(id, filingId, at) {
      session.signal('events');
      const written = await session.write(
        `UPDATE filing_code SET changed_at = $3, used_at = $3
         WHERE id = $1 AND bound_filing_id = $2 AND used_at IS NULL`,
        [id, filingId, at],
      );
      return written === 1;
    },
    async repoint(id, { resourceId, ledgerKey, spendId }, at) {
      session.signal('events');
      // Asked first, under the ledger's lock: letting the CHECK refuse would end the caller's transaction.
      const done = await session.row<{ free: number; moved: number }>(
        `WITH old AS (
           SELECT id, spend_id FROM filing_code
           WHERE id = $1 AND bound_filing_id IS NULL AND used_at IS NULL AND revoked_at IS NULL FOR UPDATE
         ), stays AS (
           SELECT 1 FROM old JOIN quota_spend ON quota_spend.id = old.spend_id AND quota_spend.ledger_key = $3
         ), room AS (
           SELECT ledger_key FROM quota WHERE ledger_key = $3 AND (capacity IS NULL OR spent < capacity)
             AND EXISTS (SELECT FROM old) AND NOT EXISTS (SELECT FROM stays) FOR NO KEY UPDATE
         ), taken AS (
           INSERT INTO quota_spend (id, ledger_key, holder, spent_at) SELECT $4, ledger_key, 'code', $5 FROM room
           RETURNING id
         ), given AS (
           UPDATE quota_spend SET returned_at = $5 FROM old, taken WHERE quota_spend.id = old.spend_id
         ), moved AS (
           UPDATE filing_code SET changed_at = $5, resource_id = $2,
             spend_id = coalesce((SELECT id FROM taken), filing_code.spend_id)
           FROM old WHERE filing_code.id = old.id AND (EXISTS (SELECT FROM stays) OR EXISTS (SELECT FROM taken))
           RETURNING 1
         )
         SELECT (SELECT count(*) FROM old) AS free, (SELECT count(*) FROM moved) AS moved`,
        [id, resourceId, ledgerKey, spendId, at],
      );
      if (done?.moved === 1) return 'repointed';
      return done?.free === 1 ? 'quota_exhausted' : 'wrong_state';
    },
    listAlive: (resourceIds) =>
      session.rows<CodeRow>(
        `SELECT ${codeColumns} FROM filing_code
         WHERE resource_id = ANY ($1::text[]) AND used_at IS NULL AND revoked_at IS NULL AND stopped_at IS NULL
         ORDER BY id`,
        [[...resourceIds]],
      ),
    async hasAny(resourceId) {
      return (
        (await session.row('SELECT 1 AS one FROM filing_code WHERE resource_id = $1 LIMIT 1', [resourceId])) !== null
      );
    },
    async stop(ids, at) {
      await session.write('UPDATE filing_code SET stopped_at = $2 WHERE id = ANY ($1::text[]) AND stopped_at IS NULL', [
        [...ids],
        at,
      ]);
    },
    async revoke(id, at) {
      session.signal('events');
      const written = await session.write(
        `UPDATE filing_code SET changed_at = $2, revoked_at = $2
         WHERE id = $1 AND bound_filing_id IS NULL AND used_at IS NULL AND revoked_at IS NULL`,
        [id, at],
      );
      return written === 1;
    },
  };
}
