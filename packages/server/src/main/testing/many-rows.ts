import { Client } from 'pg';

/** Rows of each table that grows with the customers. */
export const rowsOfEach = 100_000;
/** Accounts that own them, each as much as the others. */
export const owners = 400;

/**
 * Tables that grow with customers and with time: nobody who waits for an answer may read one of them whole. Queues, which
 * are empty when all is well, are among them, since they are longest when nothing is.
 */
export const largeTables = [
  'access',
  'account',
  'account_move',
  'api_key',
  'audit',
  'auth_session',
  'auth_user',
  'authority_message',
  'code_clock',
  'code_event',
  'code_warning',
  'contest',
  'correction_demand',
  'blocked_name',
  'day_tally',
  'support_access',
  'support_view',
  'filing',
  'filing_code',
  'filing_event',
  'gate_entry',
  'grace',
  'idempotency',
  'job',
  'look_up',
  'material',
  'material_blob',
  'material_upload',
  'name_proof',
  'notice',
  'one_time_token',
  'quota',
  'quota_spend',
  'refused_access',
  'reminder',
  'resource',
  'resource_clock',
  'reveal_shift',
  'review_call',
  'review_round',
  'review_tally',
  'review_tally_of_kind',
  'review_tick',
  'said_text',
  'service_record',
  'stay_tally',
  'stay_tally_of_kind',
  'subject_holder',
  'subject_record',
  'submission',
  'verification',
  'verification_result',
  'webhook',
  'webhook_delivery',
  'work_failure',
] as const;

const at = `'2026-01-01T00:00:00Z'::timestamptz + i * interval '1 minute'`;
const id = (prefix: string) => `'${prefix}_' || lpad(i::text, 7, '0')`;
/** Characters that texts are made of, so that some searches find much and some nothing. */
const words = `(ARRAY['官网','商城','测试环境','landing page','备用','旧站迁移','shop'])[1 + i % 7]`;

export type LargeTable = (typeof largeTables)[number];

/** How many rows there are. */
export interface Sizes {
  readonly rows: (table: LargeTable) => number;
  /** Accounts that own them. */
  readonly owners: number;
}

/** One statement for each table; `f` are the facts of a resource that meets the rules, `rules` names those in force. */
const statementsFor = (sizes: Sizes): readonly string[] => [
  ...upToTheRecord(sizes),
  ...fromTheRecordOn(sizes),
  blockedNames,
  ...besidesTheRecord(sizes),
];

const namesOf = ({ rows, owners: many }: Sizes) => ({
  owner: `'acct_' || lpad((i % ${many})::text, 7, '0')`,
  /** A row of another table, which may have fewer. */
  of: (prefix: string, table: LargeTable) => `'${prefix}_' || lpad((i % ${rows(table)})::text, 7, '0')`,
});

function upToTheRecord(sizes: Sizes): readonly string[] {
  const { owner, of } = namesOf(sizes);
  return [
    `INSERT INTO account (id, real_name, display_name, changed_at)
     SELECT ${id('acct')}, 'enterprise', ${words} || '有限公司' || i, ${at}`,
    `INSERT INTO resource (id, account_id, provider, product, facts, changed_at)
     SELECT ${id('ins')}, ${owner}, 'tencent', 'cvm',
       f || jsonb_build_object('id', ${id('ins')}, 'account', ${owner}), ${at}`,
    `INSERT INTO resource_clock (resource_id, stale, fingerprint) SELECT ${id('ins')}, false, rules`,
    `INSERT INTO quota (ledger_key, capacity, spent, changed_at) SELECT 'codes:' || ${id('ins')}, 5, 1, ${at}`,
    `INSERT INTO quota_spend (id, ledger_key, holder, spent_at)
     SELECT ${id('spd')}, 'codes:' || ${of('ins', 'resource')}, 'code', ${at}`,
    `INSERT INTO filing_code (id, lookup_hash, sealed, tail, resource_id, issuer_account_id, grantee_account_id, granted_at,
       spend_id, note, issued_at)
     SELECT ${id('code')}, 'hash' || i, 'sealed', upper(lpad(to_hex(i * 7919 % 65536), 4, '0')), ${of('ins', 'resource')}, ${owner},
       CASE WHEN i % 3 = 0 THEN 'acct_' || lpad(((i * 7) % ${sizes.owners})::text, 7, '0') END, CASE WHEN i % 3 = 0 THEN ${at} END,
       ${id('spd')}, CASE WHEN i % 3 = 1 THEN ${words} || i ELSE '' END, ${at}`,
    `INSERT INTO code_event (id, code_id, type, at, issuer_account_id, resource_id, detail, relayed_at)
     SELECT ${id('evt')}, ${of('code', 'filing_code')}, 'CodeIssued', ${at}, ${owner}, ${of('ins', 'resource')}, '{}', ${at}`,
    `INSERT INTO code_clock (code_id, resource_id, issuer_account_id, stops_on, stale)
     SELECT ${id('code')}, ${of('ins', 'resource')}, ${owner}, '2026-11-01'::date + (i % 3000)::integer, false`,
    `INSERT INTO filing (id, account_id, provider, kind, state, version, domain_name, service_kind, subject_kind,
       province_code, subject_hash, spend_id, form, findings, submission_id, started_at, updated_at, due_at)
     SELECT ${id('fil')}, ${owner}, 'tencent', 'first',
       CASE WHEN i % 20 = 0 THEN 'draft' WHEN i % 500 = 1 THEN 'awaiting_review' WHEN i % 5000 = 2 THEN 'awaiting_sms'
            WHEN i % 9 = 0 THEN 'abandoned' ELSE 'filed' END,
       1, 'site' || i || '.cn', 'website', 'enterprise', '440000', 'subject' || i, ${id('spd')}, '{}', '[]', ${id('sub')}, ${at}, ${at},
       CASE WHEN i % 7 > 0 THEN ${at} END`,
    `INSERT INTO filing_event (filing_id, at, actor_id, actor_role, type, detail)
     SELECT ${of('fil', 'filing')}, ${at}, 'usr_1', 'customer', 'FilingSubmitted', '{}'`,
    `INSERT INTO review_round (filing_id, no, begun_at, begun_by, seen) SELECT ${id('fil')}, 1, ${at}, 'usr_1', '{}'`,
    `INSERT INTO review_tick (filing_id, round_no, rule, ticked_by, ticked_at)
     SELECT ${id('fil')}, 1, 'rule', 'usr_1', ${at}`,
    `INSERT INTO review_call (id, filing_id, round_no, at, called_by, person, outcome)
     SELECT ${id('cal')}, ${id('fil')}, 1, ${at}, 'usr_1', 'subject_principal', 'reached'`,
    `INSERT INTO look_up (filing_id, name, state, asked_at, source, about, facts, said_zh, said_en)
     SELECT ${id('fil')}, 'dns', 'answered', ${at}, 'DNS', 'about', '{}', '解析', 'DNS'`,
    `INSERT INTO verification (id, filing_id, role, person_hash, way, state, started_by, started_at, poll_at)
     SELECT ${id('ver')}, ${id('fil')}, 'service_principal', 'hash' || i, 'electronic', 'waiting', 'usr_1', ${at},
       CASE WHEN i % 5 = 0 THEN ${at} + interval '50 years' END`,
    `INSERT INTO verification_result (verification_id, result_id, outcome, at, received_at)
     SELECT ${id('ver')}, 'result', 'failed', ${at}, ${at}`,
    `INSERT INTO review_tally (day, reviewer_id, province_code, outcome, rule, field, count)
     SELECT '2025-01-01'::date + (i % 1000)::integer, 'usr_' || i % 20, (ARRAY['110000', '310000', '440000'])[1 + i % 3],
       CASE WHEN i % 2 = 0 THEN 'passed' ELSE 'reason' END, CASE WHEN i % 2 = 0 THEN '' ELSE 'rule' || i END, 'f' || i, 1`,
    `INSERT INTO day_tally (topic, day, name, province_code, kind, count)
     SELECT 'filing', '2025-01-01'::date + (i % 1000)::integer, 'awaiting_review', (110000 + i / 1000)::text, 'first', 1`,
    `INSERT INTO stay_tally (day, state, province_code, minutes, count)
     SELECT '2025-01-01'::date + (i % 1000)::integer, 'awaiting_review', '440000', (i / 1000)::integer, 1`,
    `INSERT INTO review_tally_of_kind (day, kind, reviewer_id, province_code, outcome, rule, field, count)
     SELECT '2025-01-01'::date + (i % 1000)::integer, (ARRAY['first', 'access'])[1 + i % 2], 'usr_' || i % 20,
       (ARRAY['110000', '310000', '440000'])[1 + i % 3], CASE WHEN i % 4 < 2 THEN 'passed' ELSE 'reason' END,
       CASE WHEN i % 4 < 2 THEN '' ELSE 'rule' || i END, 'f' || i, 1`,
    `INSERT INTO stay_tally_of_kind (day, kind, state, province_code, minutes, count)
     SELECT '2025-01-01'::date + (i % 1000)::integer, 'first', 'awaiting_review', '440000', (i / 1000)::integer, 1`,
    `INSERT INTO submission (id, filing_id, made_at) SELECT ${id('sub')}, ${of('fil', 'filing')}, ${at}`,
    `INSERT INTO authority_message (message_id, submission_id, body, received_at, outcome)
     SELECT ${id('msg')}, ${id('sub')}, '{}', ${at}, 'applied'`,
  ];
}

/** What gates blocked, in which nobody else has a part. */
const blockedNames = `INSERT INTO blocked_name (day, host, domain, reason, count)
   SELECT '2025-01-01'::date + (i % 1000)::integer, CASE WHEN i % 2 = 0 THEN '' ELSE 'www.site' || i || '.cn' END,
     'site' || i || '.cn', 'unfiled', 1 + i % 7`;

function fromTheRecordOn(sizes: Sizes): readonly string[] {
  const { owner, of } = namesOf(sizes);
  return [
    `INSERT INTO subject_record (id, number, account_id, subject_kind, subject_hash, unit_name, sealed_name, province_code,
       recorded_at)
     SELECT ${id('subj')}, '粤ICP备' || (2026000000 + i) || '号', ${owner}, 'enterprise', 'subject' || i,
       '示例' || i || '有限公司', 'sealed', '440000', ${at}`,
    `INSERT INTO service_record (id, number, subject_record_id, service_kind, service_name, domain_name, state, recorded_at,
       state_since)
     SELECT ${id('svc')}, '粤ICP备' || (2026000000 + i) || '号-1', ${of('subj', 'subject_record')}, 'website', '示例', 'site' || i || '.cn',
       'filed', ${at}, ${at}`,
    `INSERT INTO access (id, service_record_id, provider, resource_id, started_at)
     SELECT ${id('acc')}, ${of('svc', 'service_record')}, 'tencent', ${of('ins', 'resource')}, ${at}`,
    `INSERT INTO gate_entry (name, exact, record) SELECT 'site' || i || '.cn', false,
       jsonb_build_object('name', 'site' || i || '.cn', 'number', '粤ICP备2026000001号-' || i, 'accesses', '["xingyun"]'::jsonb)`,
    `INSERT INTO audit (id, at, actor_id, actor_role, account_id, action, object_kind, object_id, detail)
     SELECT ${id('aud')}, ${at}, 'usr_1', 'customer', ${owner}, 'CodeIssued', 'code', ${id('code')}, '{}'`,
    `INSERT INTO name_proof (account_id, domain_name, proven_at, proven_until, method)
     SELECT ${owner}, 'site' || i || '.cn', ${at}, ${at} + interval '90 days', 'dns_txt'`,
    `INSERT INTO contest (id, filing_id, account_id, holder_filing_id, holder_account_id, about, domain_name, sealed_statement,
       opened_at, decision, reasons, decided_by, decided_at)
     SELECT ${id('cts')}, ${id('fil')}, ${owner}, ${id('fil')}, ${owner}, 'domain_name', 'site' || i || '.cn', 'mine', ${at},
       CASE WHEN i % 10 > 0 THEN 'upheld' END, CASE WHEN i % 10 > 0 THEN 'r' END, CASE WHEN i % 10 > 0 THEN 'usr' END,
       CASE WHEN i % 10 > 0 THEN ${at} END`,
    `INSERT INTO material_blob (id, state, content_hash, sealed_key, object_name, facts, copy_bytes, scan, made_at)
     SELECT ${id('blo')}, 'stored', 'hash' || i, 'sealed', 'object' || i, '{}', 1, 'clean', ${at}`,
    `INSERT INTO material (id, filing_id, blob_id, key, part, advice, added_at, added_by)
     SELECT ${id('mat')}, ${id('fil')}, ${id('blo')}, 'pledge', 'whole', '[]', ${at}, 'usr_1'`,
    `INSERT INTO material_upload (id, filing_id, key, part, bytes, sealed_key, begun_by, begun_at, expires_at)
     SELECT ${id('upl')}, ${id('fil')}, 'pledge', 'whole', 10, 'sealed', 'usr_1', ${at}, ${at} + interval '20 years'`,
    `INSERT INTO support_access (id, account_id, operator_id, operator_name, reason, begun_at, until)
     SELECT ${id('sup')}, ${owner}, 'usr_1', 'operator', 'reason', ${at}, ${at}`,
    `INSERT INTO support_view (id, access_id, operation, first_at, last_at, count)
     SELECT ${id('spv')}, ${id('sup')}, 'listFilings', ${at}, ${at}, 1`,
    `INSERT INTO notice (id, account_id, type, about, at, resource_id, read_at)
     SELECT ${id('ntc')}, CASE WHEN i % 50 > 0 THEN ${owner} END, 'CodeSuspended', 'about' || i, ${at}, ${id('ins')},
       CASE WHEN i % 10 > 0 THEN ${at} END`,
    `INSERT INTO webhook (id, account_id, url, types, sealed_secret, secret_made_at, created_at)
     SELECT ${id('whk')}, ${id('acct')}, 'https://hooks.example/', '{}', 'sealed', ${at}, ${at}`,
    `INSERT INTO webhook_delivery (id, webhook_id, event_id, seq, type, body, state, created_at, next_at, ended_at)
     SELECT ${id('whd')}, 'whk_' || lpad((i % ${sizes.owners})::text, 7, '0'), ${id('evt')}, i, 'CodeIssued', '{}',
       CASE WHEN i % 100 = 0 THEN 'waiting' ELSE 'delivered' END, ${at}, CASE WHEN i % 100 = 0 THEN ${at} END,
       CASE WHEN i % 100 > 0 THEN ${at} END`,
    `INSERT INTO api_key (id, account_id, name, scopes, secret_hash, created_at, created_by)
     SELECT ${id('key')}, ${owner}, 'key', '{codes:read}', 'hash', ${at}, 'usr_1'`,
    `INSERT INTO auth_user (id, name, email, username, role, "accountId", "createdAt", "updatedAt")
     SELECT ${id('usr')}, ${words} || i, i || '@users.invalid', 'user' || lpad(i::text, 7, '0'), 'customer', ${owner},
       ${at}, ${at}`,
    `INSERT INTO auth_session (id, token, "userId", "expiresAt", "createdAt", "updatedAt", "lastSeenAt", "openedBy", device,
       "secondFactorDue")
     SELECT ${id('ses')}, 'token' || i, ${id('usr')}, '2030-01-01', ${at}, ${at}, ${at}, 'password', '', false`,
    `INSERT INTO idempotency (actor_id, operation, key, request_hash, response, claimed_at)
     SELECT 'usr_1', 'issueCodes', 'key' || i, 'hash', '{}', ${at}`,
    `INSERT INTO job (id, topic, payload, run_at, made_at, line)
     SELECT ${id('out')}, 'authority.submit', jsonb_build_object('submissionId', ${id('sub')}, 'filingId', ${id('fil')}), ${at}, ${at},
       (ARRAY['110000', '310000', '440000'])[1 + i % 3]`,
    `INSERT INTO work_failure (kind, item_id, failures, failed_at, retry_at, last_error)
     SELECT 'message', ${id('msg')}, 1, ${at}, CASE WHEN i % 3 > 0 THEN ${at} END, 'x'`,
  ];
}

function besidesTheRecord(sizes: Sizes): readonly string[] {
  const { owner, of } = namesOf(sizes);
  return [
    `INSERT INTO account_move (id, subject_record_id, subject_number, from_account_id, to_account_id, begun_by, begun_at, until,
       ended_at, ending)
     SELECT ${id('mov')}, ${of('subj', 'subject_record')}, '粤ICP备' || (2026000000 + i) || '号', ${owner}, 'acct_x', 'holder', ${at}, ${at},
       CASE WHEN i % 10 > 0 THEN ${at} END, CASE WHEN i % 10 > 0 THEN 'moved' END`,
    `INSERT INTO correction_demand (id, service_number, demanded_by, findings, due_on, made_at, made_by, ended_at, ending)
     SELECT ${id('dem')}, '粤ICP备' || (2026000000 + i) || '号-1', 'provider', '[]', '2027-01-01', ${at}, 'usr_1',
       CASE WHEN i % 3 > 0 THEN ${at} END, CASE WHEN i % 3 > 0 THEN 'corrected' END`,
    `INSERT INTO reminder (kind, item_id, at) SELECT 'filing', ${id('fil')}, ${at} + interval '1 year'`,
    `INSERT INTO said_text (id, sealed_text, said_at, of_audit) SELECT ${id('txt')}, 'sealed', ${at}, true`,
    `INSERT INTO one_time_token (digest, purpose, payload, made_at, expires_at)
     SELECT ${id('tok')}, 'reset', '{}', ${at}, ${at} + interval '1 year'`,
    `INSERT INTO code_warning (code_id, stops_on, threshold_days) SELECT ${id('code')}, '2026-11-01'::date, 7`,
    `INSERT INTO reveal_shift (actor_id, shift_at, count) SELECT ${id('usr')}, ${at} + interval '1 year', 1`,
    `INSERT INTO refused_access (actor_id, operation, fault, hour, actor_role, count)
     SELECT ${id('usr')}, 'getCode', 'auth.forbidden', ${at} + interval '1 year', 'customer', 1`,
    `INSERT INTO subject_holder (id, subject_hash) SELECT ${id('sub')}, 'subject' || i`,
    `INSERT INTO grace (filing_id, domain_name, number, until, changed_at)
     SELECT ${id('fil')}, 'site' || i || '.cn', '粤ICP备' || (2026000000 + i) || '号-1', '2027-01-01', ${at}`,
  ];
}

/** What is put in: the facts of a resource that meets the rules, what names the rules in force, and how much of it. */
interface ManyRows {
  readonly facts: unknown;
  readonly rules: string;
  /** `rowsOfEach` of `owners` unless said. */
  readonly sizes?: Sizes;
  /** Makes every index that is no constraint afterwards: of millions of rows it is faster. */
  readonly indexesLast?: boolean;
  readonly memory?: string;
  readonly onStep?: (text: string, seconds: number) => void;
}

/**
 * Fills every large table, two at a time. Past the triggers and foreign keys, since this is about reading; indexes of words,
 * which are slow to add to, are made afterwards.
 */
export async function loadManyRows(databaseUrl: string, given: ManyRows): Promise<void> {
  const { facts, rules, sizes = { rows: () => rowsOfEach, owners }, memory = '128MB', onStep } = given;
  const clients = [
    new Client({ connectionString: databaseUrl }),
    new Client({ connectionString: databaseUrl }),
  ] as const;
  const [one] = clients;
  for (const client of clients) {
    await client.connect();
    await client.query(`SET session_replication_role = replica; SET synchronous_commit = off;
      SET maintenance_work_mem = '${memory}'; SET default_statistics_target = ${given.indexesLast ? 100 : 10}`);
  }
  const together = async (work: readonly string[]) => {
    const left = [...work];
    const takeAll = async (client: Client) => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const begunMs = performance.now();
        await client.query(next);
        onStep?.(next, (performance.now() - begunMs) / 1000);
      }
    };
    await Promise.all(clients.map(takeAll));
  };
  const { rows: last } = await one.query<{ name: string; made: string }>(
    `SELECT indexname AS name, indexdef AS made FROM pg_indexes
     WHERE schemaname = current_schema() AND (indexdef LIKE '% USING gin %' OR $1 AND tablename = ANY ($2)
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexname::regclass))`,
    [given.indexesLast === true, [...largeTables]],
  );
  await one.query(`DROP INDEX ${last.map(({ name }) => name).join(', ')}`);
  const known = `${one.escapeLiteral(JSON.stringify(facts))}::jsonb AS f, ${one.escapeLiteral(rules)} AS rules`;
  const made = (statement: string) => {
    // Each begins with the name of its table, which is one of these.
    const table = (/INSERT INTO (\w+)/.exec(statement)?.[1] ?? '') as LargeTable;
    return `${statement} FROM generate_series(0::bigint, ${sizes.rows(table) - 1}) AS i, (SELECT ${known}) AS t`;
  };
  await together(statementsFor(sizes).map(made));
  await together(last.map((index) => index.made));
  await together(largeTables.map((table) => `${given.indexesLast ? 'VACUUM ' : ''}ANALYZE ${table}`));
  for (const client of clients) await client.end();
}
