import type { IssuingFacts, ResourceFilter, ResourceRow, ResourceRows } from '../../ports/resources.ts';
import { type Session, toJson, where } from '../engine/session.ts';
import { type Condition, type Keyset, pageClause } from './keyset.ts';

const resourceColumns = `id, account_id AS "accountId", provider, product, facts, version`;

const byAccount: Keyset = {
  columns: [
    ['account_id', 'text'],
    ['id', 'text'],
  ],
};

/** The search's parameter is an array: what is looked for, then the products. */
const term = 'lower(($?::text[])[1])';
/** The first part is the one that the index resource_search answers. */
const found = `((search_grams(id || ' ' || product || ' ' || account_id || ' ' || coalesce(facts ->> 'region', ''))
    @> asked_grams(($?::text[])[1])
  AND (strpos(lower(id), ${term}) > 0 OR strpos(lower(product), ${term}) > 0
    OR strpos(lower(account_id), ${term}) > 0 OR strpos(lower(facts ->> 'region'), ${term}) > 0))
  OR provider || '/' || product = ANY (($?::text[])[2:]))`;

const conditionsOf = ({ accountId, search, products = [] }: ResourceFilter): Condition[] => [
  accountId === undefined ? null : ['account_id = $?', accountId],
  search === undefined ? null : [found, [search, ...products]],
];

export function resourceRows(session: Session): ResourceRows {
  const find = (id: string) => session.row<ResourceRow>(`SELECT ${resourceColumns} FROM resource WHERE id = $1`, [id]);
  return {
    find,
    findForShare: (id) =>
      session.row<ResourceRow>(`SELECT ${resourceColumns} FROM resource WHERE id = $1 FOR SHARE`, [id]),
    listByIds: (ids) =>
      session.rows<ResourceRow>(`SELECT ${resourceColumns} FROM resource WHERE id = ANY ($1::text[]) ORDER BY id`, [
        [...ids],
      ]),
    list({ accountId }) {
      const filter = where([accountId === null ? null : ['account_id = $?', accountId]]);
      return session.rows<ResourceRow>(
        `SELECT ${resourceColumns} FROM resource ${filter.sql} ORDER BY id`,
        filter.values,
      );
    },
    listPage(filter) {
      const { sql, values } = pageClause(byAccount, conditionsOf(filter), filter);
      return session.rows<ResourceRow>(`SELECT ${resourceColumns} FROM resource ${sql}`, values);
    },
    listOfAccounts: (accountIds) =>
      session.rows<ResourceRow>(
        `SELECT ${resourceColumns} FROM resource WHERE account_id = ANY ($1::text[]) ORDER BY account_id, id`,
        [[...accountIds]],
      ),
    async put(row, at) {
      // The version rises by trigger, and only when something differs.
      const written = await session.row<ResourceRow>(
        `INSERT INTO resource (id, account_id, provider, product, facts, changed_at)
         VALUES ($1, $2, $3, $4, $5::jsonb, $6)
         ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, provider = excluded.provider,
           product = excluded.product, facts = excluded.facts, changed_at = excluded.changed_at
         WHERE (resource.account_id, resource.provider, resource.product, resource.facts)
               IS DISTINCT FROM (excluded.account_id, excluded.provider, excluded.product, excluded.facts)
         RETURNING ${resourceColumns}`,
        [row.id, row.accountId, row.provider, row.product, toJson(row.facts), at],
      );
      const current = written ?? (await find(row.id));
      if (current === null) throw new Error(`resource ${row.id} vanished while it was written`);
      return current;
    },
  };
}

/** What is asked of `findIssuing`. */
export interface IssuingQuestion {
  readonly resourceId: string;
  readonly granteeAccountId: string | null;
}

/** One autocommitted read for several questions: the resource, its buyer, and whether the grantee is somebody. */
export async function findIssuing(
  session: Session,
  questions: readonly IssuingQuestion[],
): Promise<(IssuingFacts | null)[]> {
  const grantees = questions.flatMap(({ granteeAccountId }) => (granteeAccountId === null ? [] : [granteeAccountId]));
  const rows = await session.rows<ResourceRow & { realName: string; displayName: string; known: string[] }>(
    `SELECT resource.id, account_id AS "accountId", provider, product, facts, version, real_name AS "realName",
       display_name AS "displayName", ARRAY(SELECT id FROM account WHERE id = ANY ($2::text[])) AS known
     FROM resource JOIN account ON account.id = resource.account_id WHERE resource.id = ANY ($1::text[])`,
    [questions.map(({ resourceId }) => resourceId), grantees],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return questions.map(({ resourceId, granteeAccountId }) => {
    const row = found.get(resourceId);
    if (row === undefined) return null;
    const { realName, displayName, known, ...resource } = row;
    const granteeKnown = granteeAccountId === null || known.includes(granteeAccountId);
    return { resource, account: { id: resource.accountId, realName, displayName }, granteeKnown };
  });
}
