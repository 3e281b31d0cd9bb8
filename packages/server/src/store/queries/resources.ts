import { isDay, isPeriod } from '@openbeian/model/calendar';
import {
  billings,
  filingServiceStates,
  inOneShape,
  publicIpKinds,
  type Resource,
  resourceStates,
} from '@openbeian/model/eligibility';
import { Fault } from '@openbeian/model/fault';
import { z } from 'zod';
import type { PageRequest } from '../../ports/paging.ts';
import type { IssuingFacts, ResourceRow, ResourceRows, ResourceToPut, ResourceUse } from '../../ports/resources.ts';
import { readableOf } from '../../ports/stored.ts';
import { type Session, toJson, where } from '../engine/session.ts';
import { parseStored } from '../engine/stored-json.ts';
import { foundIds, gramsOf } from './found-ids.ts';
import { type Condition, type Keyset, pageClause } from './keyset.ts';

const resourceColumns = `id, account_id AS "accountId", provider, product, facts, version`;

const day = z.string().refine(isDay);
/**
 * Facts as deciding needs them. Less than the inventory's own schema asks for: what an earlier release took stays readable
 * when a later one takes less.
 */
const factsShape: z.ZodType<Resource> = z
  .object({
    id: z.string(),
    provider: z.string(),
    product: z.string(),
    account: z.string().optional(),
    region: z.string().optional(),
    billing: z.enum(billings).optional(),
    boughtAt: day.optional(),
    expiresAt: day.optional(),
    firstTerm: z.string().refine(isPeriod).optional(),
    orderAmountCny: z.number().optional(),
    package: z.object({ invocations: z.number().optional(), gbSeconds: z.number().optional() }).optional(),
    environment: z
      .object({ id: z.string().optional(), filingService: z.enum(filingServiceStates).optional() })
      .optional(),
    boundTo: z.string().optional(),
    state: z.enum(resourceStates),
    trial: z.boolean(),
    publicIps: z.array(z.object({ address: z.string().optional(), kind: z.enum(publicIpKinds).optional() })).optional(),
    bandwidthMbps: z.number().optional(),
    used: z.object({ codes: z.number(), sites: z.number() }),
  })
  .transform(inOneShape);

/** A row as the database gives it. */
type StoredRow = Omit<ResourceRow, 'facts'> & { readonly facts: unknown };

const factsOf = ({ id, facts }: StoredRow) =>
  parseStored(factsShape, facts, { table: 'resource', row: id, column: 'facts' });

/** @throws Fault `store.unreadable`, naming the row: of an account whose quotas add up, no resource may be left out. */
const typed = (row: StoredRow): ResourceRow => ({ ...row, facts: readableOf(factsOf(row)) });

const byAccount: Keyset = {
  columns: [
    ['account_id', 'text'],
    ['id', 'text'],
  ],
};

/** The search's parameter is an array: what is looked for, then the products. */
const term = '($?::text[])[1]';
const inRow = `(strpos(lower(id), lower(${term})) > 0 OR strpos(lower(product), lower(${term})) > 0
    OR strpos(lower(account_id), lower(${term})) > 0 OR strpos(lower(facts ->> 'region'), lower(${term})) > 0)`;
const isProduct = `provider || '/' || product = ANY (($?::text[])[2:])`;
const looked = `id || ' ' || product || ' ' || account_id || ' ' || coalesce(facts ->> 'region', '')`;

/** What the indexes resource_search, resource_by_sixes and resource_by_product answer. */
const found = (search: string) => `((${gramsOf(looked, search, term)} AND ${inRow}) OR ${isProduct})`;

/** What the index resource_by_place answers. */
const place = '(account_id COLLATE "C", id COLLATE "C")';

export function resourceRows(session: Session): ResourceRows {
  const rowOf = async (text: string, values: readonly unknown[]): Promise<ResourceRow | null> => {
    const row = await session.row<StoredRow>(text, [...values]);
    return row === null ? null : typed(row);
  };
  const rowsOf = async (text: string, values: readonly unknown[]): Promise<ResourceRow[]> =>
    (await session.rows<StoredRow>(text, [...values])).map(typed);
  const find = (id: string) => rowOf(`SELECT ${resourceColumns} FROM resource WHERE id = $1`, [id]);
  // The version rises by trigger, and only when something differs. Rows are locked in the order of their ids.
  const putAll = async (rows: readonly ResourceToPut[], at: string) => {
    const written = await rowsOf(
      `INSERT INTO resource (id, account_id, provider, product, facts, changed_at)
       SELECT id, "accountId", provider, product, facts, $2::timestamptz
       FROM jsonb_to_recordset($1::jsonb)
         AS given (id text, "accountId" text, provider text, product text, facts jsonb) ORDER BY id
       ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, provider = excluded.provider,
         product = excluded.product, facts = excluded.facts, changed_at = excluded.changed_at
       WHERE (resource.account_id, resource.provider, resource.product, resource.facts)
             IS DISTINCT FROM (excluded.account_id, excluded.provider, excluded.product, excluded.facts)
       RETURNING ${resourceColumns}`,
      [toJson(rows), at],
    );
    return written.sort(({ id: a }, { id: b }) => (a < b ? -1 : 1));
  };
  return {
    find,
    findForShare: (id) => rowOf(`SELECT ${resourceColumns} FROM resource WHERE id = $1 FOR SHARE`, [id]),
    listByIds: (ids) =>
      rowsOf(`SELECT ${resourceColumns} FROM resource WHERE id = ANY ($1::text[]) ORDER BY id`, [[...ids]]),
    list({ accountId, products }) {
      const filter = where([
        accountId === null ? null : ['account_id = $?', accountId],
        products === undefined ? null : [`provider || '/' || product = ANY ($?::text[])`, [...products]],
      ]);
      return rowsOf(`SELECT ${resourceColumns} FROM resource ${filter.sql} ORDER BY id`, filter.values);
    },
    async listPage(filter) {
      const { accountId, search, products = [], ...page } = filter;
      const conditions = [accountId === undefined ? null : (['account_id = $?', accountId] as const)];
      const rows = await session.rows<StoredRow>(
        ...(search === undefined ? pageOf(conditions, page) : foundPageOf(conditions, [search, ...products], page)),
      );
      // One that cannot be read, such as a newer release's, hides no other; asked for alone it is named.
      return rows.flatMap((row) => {
        const facts = factsOf(row);
        return facts instanceof Fault ? [] : [{ ...row, facts }];
      });
    },
    listIds: ({ after, until, limit }) => {
      const from = after ?? { accountId: '', id: '' };
      // Left out where there is no end: a condition that is always true would be looked at for every row.
      const end = until === null ? '' : `AND ${place} <= ($4::text, $5::text)`;
      return session.rows(
        `SELECT account_id AS "accountId", id, provider, product, facts ->> 'region' AS region,
           facts ->> 'state' IS NOT DISTINCT FROM 'released' AS "isReleased"
         FROM resource
         WHERE ${place} > ($1::text, $2::text) ${end}
         ORDER BY account_id COLLATE "C", id COLLATE "C" LIMIT $3`,
        [from.accountId, from.id, limit, ...(until === null ? [] : [until.accountId, until.id])],
      );
    },
    listUses: (resourceIds) =>
      session.rows<ResourceUse>(
        `SELECT resource_id AS "resourceId", 'filing' AS kind, id, domain_name AS "domainName" FROM filing
         WHERE resource_id = ANY ($1::text[]) AND state <> ALL (ARRAY['filed', 'abandoned'])
         UNION ALL
         SELECT access.resource_id, 'service', service_record.number, service_record.domain_name
         FROM access JOIN service_record ON service_record.id = access.service_record_id
         WHERE access.resource_id = ANY ($1::text[]) AND access.ended_at IS NULL
         ORDER BY 1, 2, 3`,
        [[...resourceIds]],
      ),
    listOfAccounts: (accountIds) =>
      rowsOf(`SELECT ${resourceColumns} FROM resource WHERE account_id = ANY ($1::text[]) ORDER BY account_id, id`, [
        [...accountIds],
      ]),
    async put(row, at) {
      const [written] = await putAll([row], at);
      const current = written ?? (await find(row.id));
      if (current === null) throw new Error(`resource ${row.id} vanished while it was written`);
      return current;
    },
    putAll,
  };
}

type Statement = [text: string, values: unknown[]];

function pageOf(conditions: readonly Condition[], page: PageRequest): Statement {
  const { sql, values } = pageClause(byAccount, conditions, page);
  return [`SELECT ${resourceColumns} FROM resource ${sql}`, values];
}

function foundPageOf(
  conditions: readonly Condition[],
  search: readonly [term: string, ...products: string[]],
  page: PageRequest,
): Statement {
  const ways = { byRow: `(${inRow} OR ${isProduct})`, byGrams: found(search[0]) };
  const { sql, values } = foundIds(
    { table: 'resource', keyset: byAccount, conditions, near: 250, search, ...ways },
    page,
  );
  return [`SELECT ${resourceColumns} FROM resource WHERE id IN (${sql}) ORDER BY account_id, id`, values];
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
  const rows = await session.rows<StoredRow & { realName: string; displayName: string; known: string[] }>(
    `SELECT resource.id, account_id AS "accountId", provider, product, facts, version, real_name AS "realName",
       display_name AS "displayName", ARRAY(SELECT id FROM account WHERE id = ANY ($2::text[])) AS known
     FROM resource JOIN account ON account.id = resource.account_id WHERE resource.id = ANY ($1::text[])`,
    [questions.map(({ resourceId }) => resourceId), grantees],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return questions.map(({ resourceId, granteeAccountId }) => {
    const row = found.get(resourceId);
    if (row === undefined) return null;
    // Whoever reads everything again is told which row cannot be read; the other questions have their answers.
    const facts = factsOf(row);
    if (facts instanceof Fault) return null;
    const { realName, displayName, known, ...resource } = row;
    const granteeKnown = granteeAccountId === null || known.includes(granteeAccountId);
    return {
      resource: { ...resource, facts },
      account: { id: resource.accountId, realName, displayName },
      granteeKnown,
    };
  });
}
