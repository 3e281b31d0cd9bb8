import { at, type World } from '../../packages/server/src/store/testing/world.ts';

/** PostgreSQL's `insufficient privilege`. */
export const privilege = '42501';

/** A full ledger, one with one place left, and what is issued and filed on them; attacks name them in braces. */
export async function standForAttacks(world: World): Promise<Readonly<Record<string, string>>> {
  const { open } = world;
  const account = await world.account();
  const resource = await world.resource(account);
  const free = await world.resource(account);
  const [code = ''] = await world.issue(resource, { capacity: 2 });
  const [unused = ''] = await world.issue(free, { capacity: 2 });
  const [withCode, direct, draft] = [
    await world.filing(account),
    await world.filing(account),
    await world.filing(account),
  ];
  const spend = 'spd_attack_direct';
  await open.store.transaction(async (tx) => {
    await tx.codes.bind(code, withCode.id, at);
    await tx.filings.update({ id: withCode.id, version: 1 }, 'awaiting_review', { codeId: code }, at);
    await tx.quota.spendDirect({ spendId: spend, ledgerKey: `codes:${resource.id}`, filingId: direct.id, at });
    await tx.filings.update({ id: direct.id, version: 1 }, 'awaiting_review', { spendId: spend }, at);
  });
  const spendOf = async (id: string) => (await open.store.transaction((tx) => tx.codes.find(id)))?.spendId ?? '';
  return {
    account,
    resource: resource.id,
    key: `codes:${resource.id}`,
    free: `codes:${free.id}`,
    freeResource: free.id,
    code,
    unused,
    codeSpend: await spendOf(code),
    unusedSpend: await spendOf(unused),
    direct: spend,
    filing: direct.id,
    withCode: withCode.id,
    draft: draft.id,
  };
}

/** An attack's SQL with the names of this world. */
export const fillFor = (names: Readonly<Record<string, string>>) => (sql: string) =>
  sql.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? name).replace(/\bAT\b/g, `'${at}'`);

export const spend = (id: string, key = '{key}') => `('${id}', '${key}', 'code', AT)`;
export const insertSpend = 'INSERT INTO quota_spend (id, ledger_key, holder, spent_at) VALUES';
const insertCode = (spendId: string, more = '', values = '') =>
  `INSERT INTO filing_code (id, lookup_hash, sealed, tail, resource_id, issuer_account_id, spend_id, issued_at${more})
   VALUES ('c-x', 'h-x', 's', 't', '{resource}', '{account}', '${spendId}', AT${values})`;

/** What is tried, who refuses it (a constraint, a trigger, or the lack of a privilege), and the SQL. */
export const attacks: readonly (readonly [what: string, refusedBy: string, sql: string])[] = [
  ['one spend too many', 'quota_spent_within_capacity', `${insertSpend} ${spend('a1')}`],
  [
    'many at once',
    'quota_spent_within_capacity',
    `INSERT INTO quota_spend (id, ledger_key, holder, spent_at) SELECT 'a2' || n, '{key}', 'code', AT FROM generate_series(1, 500) n`,
  ],
  [
    'a spend inside a query',
    'quota_spent_within_capacity',
    `WITH w AS (${insertSpend} ${spend('a3')} RETURNING 1) SELECT * FROM w`,
  ],
  [
    'a spend by MERGE',
    'quota_spent_within_capacity',
    `MERGE INTO quota_spend s USING (SELECT 'a4' AS id) n ON s.id = n.id WHEN NOT MATCHED THEN INSERT (id, ledger_key, holder, spent_at) VALUES (n.id, '{key}', 'code', AT)`,
  ],
  [
    'a spend in a block that catches errors',
    'quota_spent_within_capacity',
    `DO $$ BEGIN ${insertSpend} ${spend('a5')}; EXCEPTION WHEN foreign_key_violation THEN NULL; END $$`,
  ],
  [
    'constraints deferred first',
    'quota_spent_within_capacity',
    `SET CONSTRAINTS ALL DEFERRED; ${insertSpend} ${spend('a6')}`,
  ],
  [
    'a serializable transaction',
    'quota_spent_within_capacity',
    `BEGIN ISOLATION LEVEL SERIALIZABLE; ${insertSpend} ${spend('a7')}; COMMIT`,
  ],
  [
    'after a savepoint that failed',
    'quota_spent_within_capacity',
    `SAVEPOINT s; ROLLBACK TO s; ${insertSpend} ${spend('a8')}`,
  ],
  ['a spend on no ledger', 'quota_spend_in_ledger', `${insertSpend} ${spend('a9', 'nowhere')}`],
  [
    'a spend that is given back before it is made',
    'quota_spend_starts_live',
    `INSERT INTO quota_spend (id, ledger_key, holder, spent_at, returned_at) VALUES ('a10', '{key}', 'code', AT, AT)`,
  ],
  ['the counter set back', privilege, `UPDATE quota SET spent = 0 WHERE ledger_key = '{key}'`],
  [
    'the counter set back by upsert',
    privilege,
    `INSERT INTO quota (ledger_key, capacity, changed_at) VALUES ('{key}', 2, AT) ON CONFLICT (ledger_key) DO UPDATE SET spent = 0`,
  ],
  [
    'a ledger born with a negative counter',
    privilege,
    `INSERT INTO quota (ledger_key, capacity, spent, changed_at) VALUES ('n', 1, -9, AT)`,
  ],
  ['a ledger renamed', privilege, `UPDATE quota SET ledger_key = 'moved' WHERE ledger_key = '{key}'`],
  [
    'capacity below what is spent',
    'quota_spent_within_capacity',
    `UPDATE quota SET capacity = 1 WHERE ledger_key = '{key}'`,
  ],
  [
    'negative capacity',
    'quota_capacity_not_negative',
    `INSERT INTO quota (ledger_key, capacity, changed_at) VALUES ('m', -1, AT)`,
  ],
  ['a ledger deleted, to begin again', 'quota_is_kept', `DELETE FROM quota WHERE ledger_key = '{key}'`],
  ['spends deleted', 'quota_spend_is_kept', `DELETE FROM quota_spend WHERE ledger_key = '{key}'`],
  ['spends emptied', privilege, 'TRUNCATE quota_spend CASCADE'],
  ['ledgers emptied', privilege, 'TRUNCATE quota CASCADE'],
  [
    'a spend moved to another ledger',
    'quota_spend_is_returned_once',
    `UPDATE quota_spend SET ledger_key = '{free}' WHERE id = '{direct}'`,
  ],
  [
    'a spend moved while given back',
    'quota_spend_is_returned_once',
    `UPDATE quota_spend SET ledger_key = '{free}', returned_at = AT WHERE id = '{direct}'`,
  ],
  [
    'a direct spend made a code’s',
    'quota_spend_is_returned_once',
    `UPDATE quota_spend SET holder = 'code', filing_id = NULL WHERE id = '{direct}'`,
  ],
  [
    'given back under a bound code',
    'filing_code_has_live_spend',
    `UPDATE quota_spend SET returned_at = AT WHERE id = '{codeSpend}'`,
  ],
  [
    'given back under an unused code',
    'filing_code_has_live_spend',
    `UPDATE quota_spend SET returned_at = AT WHERE id = '{unusedSpend}'`,
  ],
  [
    'given back under a submitted filing',
    'filing_covered_by_spend',
    `UPDATE quota_spend SET returned_at = AT WHERE id = '{direct}'`,
  ],
  [
    'given back and taken again in one transaction',
    'filing_code_has_live_spend',
    `UPDATE quota_spend SET returned_at = AT WHERE id = '{codeSpend}'; ${insertSpend} ${spend('a28')}`,
  ],
  ['a second code on one place', 'filing_code_one_per_spend', insertCode('{codeSpend}')],
  ['a code on a direct place', 'filing_code_has_live_spend', insertCode('{direct}')],
  ['a code on nothing', 'filing_code_has_live_spend', insertCode('nothing')],
  [
    'a code born used',
    'filing_code_starts_unused',
    insertCode('nothing', ', bound_filing_id, bound_at, used_at', `, '{draft}', AT, AT`),
  ],
  [
    'a code led off its place while it is used',
    'filing_code_used_on_spend',
    `UPDATE filing_code SET spend_id = 'nothing', bound_filing_id = '{draft}', bound_at = AT, used_at = AT WHERE id = '{unused}'`,
  ],
  [
    'the same in steps',
    'filing_code_used_on_spend',
    `UPDATE filing_code SET spend_id = 'nothing' WHERE id = '{unused}'; UPDATE filing_code SET bound_filing_id = '{draft}', bound_at = AT WHERE id = '{unused}'; UPDATE filing_code SET used_at = AT WHERE id = '{unused}'`,
  ],
  [
    'a bound code bound elsewhere',
    'filing_code_life',
    `UPDATE filing_code SET bound_filing_id = '{draft}' WHERE id = '{code}'`,
  ],
  [
    'a submitted filing’s code let go',
    'filing_covered_by_code',
    `UPDATE filing_code SET bound_filing_id = NULL, bound_at = NULL WHERE id = '{code}'`,
  ],
  [
    'a filing submitted on another’s place',
    'filing_covered_by_spend',
    `UPDATE filing SET state = 'awaiting_review', spend_id = '{direct}' WHERE id = '{draft}'`,
  ],
  [
    'a filing filed on another’s place',
    'filing_filed_on_spend',
    `UPDATE filing SET state = 'filed', spend_id = '{direct}' WHERE id = '{draft}'`,
  ],
  [
    'the same in steps',
    'filing_filed_on_spend',
    `UPDATE filing SET state = 'awaiting_verdict', spend_id = '{direct}' WHERE id = '{draft}'; UPDATE filing SET state = 'filed' WHERE id = '{draft}'`,
  ],
  [
    'a filing submitted on nothing',
    'filing_submitted_spends',
    `UPDATE filing SET state = 'awaiting_review' WHERE id = '{draft}'`,
  ],
  ['codes deleted', 'filing_code_is_kept', `DELETE FROM filing_code WHERE id = '{code}'`],
  [
    'events forged',
    privilege,
    `INSERT INTO code_event (code_id, type, at, issuer_account_id, resource_id, detail) VALUES ('{code}', 'CodeRevoked', AT, 'a', 'r', '{}')`,
  ],
  [
    'a temporary ledger in front of the real one',
    privilege,
    `CREATE TEMP TABLE quota (ledger_key text, capacity int, spent int, changed_at timestamptz)`,
  ],
  ['a schema in front', privilege, 'CREATE SCHEMA front'],
  [
    'a function of one’s own',
    privilege,
    `CREATE FUNCTION public.mine() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$`,
  ],
  ['guards switched off for the session', privilege, 'SET session_replication_role = replica'],
  ['guards switched off on the table', privilege, 'ALTER TABLE quota_spend DISABLE TRIGGER ALL'],
  ['a guard dropped', privilege, 'DROP TRIGGER quota_spend_moves_quota ON quota_spend'],
  ['the check dropped', privilege, 'ALTER TABLE quota DROP CONSTRAINT quota_spent_within_capacity'],
  [
    'a guard’s function replaced',
    privilege,
    `CREATE OR REPLACE FUNCTION move_quota_on_spend() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$`,
  ],
  ['a rule that swallows', privilege, `CREATE RULE swallow AS ON UPDATE TO quota DO INSTEAD NOTHING`],
  ['the owner’s shoes', privilege, 'SET ROLE postgres'],
];
