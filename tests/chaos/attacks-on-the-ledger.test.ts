import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Query } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenStore, openStore } from '../../packages/server/src/store/index.ts';
import { at, type World, worldOf } from '../../packages/server/src/store/testing/world.ts';
import { createTestDatabase } from '../support/shared-postgres.ts';
import { attacks, fillFor, insertSpend, privilege, spend, standForAttacks } from './attacks.ts';

const database = await createTestDatabase();
afterAll(() => database?.drop());
const page = join(import.meta.dirname, '..', '..', 'docs', 'database-role.md');
const suffix = `ledger_${process.pid}_${Date.now().toString(36)}`;
const role = `app_${suffix}`;
const owningRole = `owner_${suffix}`;

/** The page's SQL, step by step, with names of this test's own. */
const [administratorSql = '', ownerSql = ''] = [...readFileSync(page, 'utf8').matchAll(/```sql\n([\s\S]+?)```/g)].map(
  ([, text = '']) =>
    text
      .replaceAll('openbeian_app', role)
      .replaceAll('openbeian_owner', owningRole)
      .replace('DATABASE openbeian ', `DATABASE ${suffix} `),
);

interface CopyLine {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}
/** COPY … FROM STDIN: the driver leaves the rows to whoever asks. */
class CopyIn extends Query {
  readonly #rows: string;
  constructor(text: string, rows: string, callback: (error: Error | null) => void) {
    super(text, callback as never);
    this.#rows = rows;
  }
  handleCopyInResponse(line: CopyLine): void {
    line.sendCopyFromChunk(Buffer.from(this.#rows));
    line.endCopyFrom();
  }
}
const copyIn = (client: Client, text: string, rows: string) =>
  new Promise<void>((resolve, reject) => {
    client.query(new CopyIn(text, rows, (error) => (error === null ? resolve() : reject(error))));
  });

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (error: { constraint?: string; code?: string }) => error.constraint ?? error.code ?? 'unknown',
  );

/**
 * Somebody holds the application's own role and the ledger is full: two places, one under a code that is bound to a
 * submitted filing, one under a submitted direct filing. Whatever they send, one statement or a whole transaction, is
 * refused by the name that is given here (a constraint, a trigger, or PostgreSQL's `insufficient privilege`).
 */
describe.skipIf(database === null)('attacks on the ledger, as the application’s own role', () => {
  const urlOf = (username: string) =>
    Object.assign(new URL(database?.url ?? ''), { pathname: suffix, username, password: 'attack' }).href;
  let administrator: Client;
  let open: OpenStore;
  let owner: Client;
  let attacker: Client;
  const names: Record<string, string> = {};
  const fill = (sql: string) => fillFor(names)(sql);

  beforeAll(async () => {
    administrator = new Client({ connectionString: database?.url ?? '' });
    await administrator.connect();
    for (const statement of administratorSql.split(';'))
      if (statement.trim() !== '') await administrator.query(statement);
    for (const name of [role, owningRole]) await administrator.query(`ALTER ROLE ${name} PASSWORD 'attack'`);
    open = await openStore({ databaseUrl: urlOf(owningRole) });
    const world = worldOf(open, 'attack');
    owner = new Client({ connectionString: urlOf(owningRole) });
    await owner.connect();
    await owner.query(ownerSql);
    Object.assign(names, await standForAttacks(world));
    attacker = new Client({ connectionString: urlOf(role) });
    attacker.on('error', () => {});
    await attacker.connect();
  });
  afterAll(async () => {
    await attacker?.end();
    await owner?.end();
    await open?.close();
    await administrator?.query(`DROP DATABASE ${suffix} WITH (FORCE)`);
    await administrator?.query(`DROP ROLE ${role}, ${owningRole}`);
    await administrator?.end();
  });

  const books = async () =>
    (
      await owner.query(
        fill(
          `SELECT ledger_key, capacity, spent, (SELECT count(*)::int FROM quota_spend s WHERE s.ledger_key = q.ledger_key AND returned_at IS NULL) AS live FROM quota q WHERE ledger_key IN ('{key}', '{free}') ORDER BY 1`,
        ),
      )
    ).rows;
  it.each(attacks)('%s: refused by %s', async (_what, refusedBy, text) => {
    const before = await books();
    await attacker.query('BEGIN');
    const step = await refusalOf(attacker.query(fill(text.replace(/^BEGIN [^;]+; /, '').replace(/; COMMIT$/, ''))));
    const end = step === 'nothing' ? await refusalOf(attacker.query('COMMIT')) : step;
    await attacker.query('ROLLBACK');
    expect(end).toBe(refusedBy);
    expect(await books()).toEqual(before);
  });

  // Columns, rows as COPY reads them, and who refuses them.
  const copies: readonly (readonly [what: string, refusedBy: string, into: string, rows: string])[] = [
    [
      'one spend too many',
      'quota_spent_within_capacity',
      'quota_spend (id, ledger_key, holder, spent_at)',
      'c1\t{key}\tcode\tAT\n',
    ],
    [
      'one that fits and one that does not',
      'quota_spent_within_capacity',
      'quota_spend (id, ledger_key, holder, spent_at)',
      'c2\t{free}\tcode\tAT\nc3\t{free}\tcode\tAT\n',
    ],
    [
      'a spend of no ledger',
      'quota_spend_in_ledger',
      'quota_spend (id, ledger_key, holder, spent_at)',
      'c4\tnone\tcode\tAT\n',
    ],
    [
      'a spend given back before it was made',
      'quota_spend_starts_live',
      'quota_spend (id, ledger_key, holder, spent_at, returned_at)',
      'c5\t{key}\tcode\tAT\tAT\n',
    ],
    [
      'a code on no place',
      'filing_code_has_live_spend',
      'filing_code (id, lookup_hash, sealed, tail, resource_id, issuer_account_id, spend_id, issued_at)',
      'c6\th6\ts\tt\t{resource}\t{account}\tnone\tAT\n',
    ],
    [
      'a code that is used already',
      'filing_code_starts_unused',
      'filing_code (id, lookup_hash, sealed, tail, resource_id, issuer_account_id, spend_id, issued_at, used_at)',
      'c7\th7\ts\tt\t{resource}\t{account}\tnone\tAT\tAT\n',
    ],
    ['a ledger of one’s own counting', privilege, 'quota', 'c8\t5\t0\tAT\n'],
    ['events', privilege, 'code_event', '1\te\tc\tCodeIssued\tAT\ta\t\\N\tr\t{}\t\\N\n'],
  ];

  it.each(copies)('COPY … FROM STDIN, %s: refused by %s', async (_what, refusedBy, into, rows) => {
    const before = await books();
    const text = fill(rows).replaceAll(`'${at}'`, at);
    expect(await refusalOf(copyIn(attacker, `COPY ${into} FROM STDIN`, text))).toBe(refusedBy);
    expect(await books()).toEqual(before);
  });

  it('COPY … FROM STDIN of what fits is counted', async () => {
    const counted = () => owner.query(`SELECT spent FROM quota WHERE ledger_key = 'copy'`);
    await owner.query(`INSERT INTO quota (ledger_key, capacity, changed_at) VALUES ('copy', 2, '${at}')`);
    const rows = `copy-1\tcopy\tcode\t${at}\ncopy-2\tcopy\tcode\t${at}\n`;
    await copyIn(attacker, 'COPY quota_spend (id, ledger_key, holder, spent_at) FROM STDIN', rows);
    expect((await counted()).rows).toEqual([{ spent: 2 }]);
  });

  it('COPY from a file or a program of the server’s is its superusers’ only', async () => {
    expect(await refusalOf(attacker.query(`COPY quota_spend FROM '/dev/null'`))).toBe(privilege);
    expect(await refusalOf(attacker.query(`COPY quota_spend FROM PROGRAM 'true'`))).toBe(privilege);
  });

  it('two sessions, one shrinking the ledger while the other spends, end within the capacity', async () => {
    const rival = new Client({ connectionString: urlOf(owningRole) });
    await rival.connect();
    await owner.query(`INSERT INTO quota (ledger_key, capacity, changed_at) VALUES ('race', 1, '${at}')`);
    await rival.query('BEGIN');
    await rival.query(`UPDATE quota SET capacity = 0 WHERE ledger_key = 'race'`);
    const spending = refusalOf(attacker.query(fill(`${insertSpend} ${spend('race-1', 'race')}`)));
    await rival.query('COMMIT');
    expect(await spending).toBe('quota_spent_within_capacity');
    await rival.end();
  });

  it('the owner’s own temporary table is not mistaken for the ledger, either', async () => {
    await owner.query('CREATE TEMP TABLE quota (ledger_key text, capacity int, spent int, changed_at timestamptz)');
    await owner.query(fill(`INSERT INTO pg_temp.quota VALUES ('{key}', 99, 0, AT)`));
    expect(await refusalOf(owner.query(fill(`${insertSpend} ${spend('a99')}`)))).toBe('quota_spent_within_capacity');
    await owner.query('DROP TABLE pg_temp.quota');
  });

  it('every trigger’s function names its schema: none can be led astray', async () => {
    const { rows } = await owner.query(
      `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype
         AND NOT coalesce(array_to_string(proconfig, ',') LIKE 'search_path=%', false)`,
    );
    expect(rows).toEqual([]);
  });

  it('the application runs as this role', async () => {
    const app = await openStore({ databaseUrl: urlOf(role) });
    const world = worldOf(app, 'role');
    const resource = await world.resource(await world.account());
    await world.issue(resource, { count: 5 });
    expect(await world.ledger(`codes:${resource.id}`)).toEqual({ capacity: 5, spent: 5, live: 5 });
    expect(await app.store.ready()).toBe(true);
    await app.close();
  });
});

/** Here the program itself is the database, with nobody to take rights from: what no writer can do, whatever its rights. */
describe('attacks on the ledger, in the embedded database', () => {
  let open: OpenStore;
  let world: World;
  let fill: (sql: string) => string;
  beforeAll(async () => {
    open = await openStore({ dataDir: null });
    world = worldOf(open, 'attack');
    fill = fillFor(await standForAttacks(world));
  }, 60_000);
  afterAll(() => open?.close());
  const books = () =>
    world.run(`SELECT ledger_key, capacity, spent, (SELECT count(*)::int FROM quota_spend s
      WHERE s.ledger_key = q.ledger_key AND returned_at IS NULL) AS live FROM quota q ORDER BY 1`);

  it.each(attacks.filter(([, refusedBy]) => refusedBy !== privilege))(
    '%s: refused by %s',
    async (_, refusedBy, text) => {
      const before = await books();
      const statements = text.includes('$$')
        ? [text]
        : text.split(/;\s*/).filter((part) => !/^(BEGIN|COMMIT)\b|^$/.test(part));
      expect(await refusalOf(world.runTogether(statements.map(fill)))).toBe(refusedBy);
      expect(await books()).toEqual(before);
    },
  );
});
