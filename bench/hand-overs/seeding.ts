import { randomUUID } from 'node:crypto';
import { fieldsOf, formFor } from '@openbeian/model/forms';
import { provinces } from '@openbeian/model/province';
import pg from 'pg';
import { formContextOf, openValues, sealValues } from '../../packages/server/src/flows/filing/form-values.ts';
import type { RuleWorld } from '../../packages/server/src/main/testing/rule-world.ts';

const batch = 500;

/** Filings that passed the review, a few of each of these provinces, made once by the flows and copied from then on. */
export interface Seeds {
  /** Makes so many more, with the job that hands each over; their ids. */
  add(count: number): Promise<string[]>;
  close(): Promise<void>;
}

/** Makes SQL that copies one row, with these columns of its own for each that is made. */
function copierOf(client: pg.Client) {
  const columnsOf = async (table: string) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns
       WHERE table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
      [table],
    );
    return rows.map(({ name }) => name);
  };
  return async (table: string, made: string, own: Readonly<Record<string, string>>) => {
    const names = await columnsOf(table);
    const values = names.map((name) => own[name] ?? `${table}.${name}`);
    return `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${table}, ${made}`;
  };
}

/** The filing that all others are copies of. */
async function passFirst(world: RuleWorld): Promise<string> {
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  const bound = await world.bind(await world.draft(account), { resourceId });
  return (await world.pass(await world.submit(bound))).filingId;
}

/** @param lines how many provinces they are of */
export async function openSeeds(world: RuleWorld, databaseUrl: string, lines: number): Promise<Seeds> {
  const filingId = await passFirst(world);
  const { deps } = world;
  const template = await deps.store.transaction((tx) => tx.filings.find(filingId));
  if (template === null) throw new Error('the first filing is gone');
  const values = openValues(deps, filingId, template.form);
  const fields = fieldsOf(formFor(formContextOf(deps, template, deps.clock.now())));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await world.run('DELETE FROM job');
  const copyOf = copierOf(client);
  const copyFilings = `${await copyOf(
    'filing',
    'unnest($1::text[], $2::text[], $3::text[]) AS made (id, form, province)',
    {
      id: 'made.id',
      domain_name: `made.id || '.cn'`,
      subject_hash: `'hash ' || made.id`,
      submission_id: `'sub_' || made.id`,
      spend_id: `'spd_' || made.id`,
      form: 'made.form::jsonb',
      province_code: 'made.province',
    },
  )} WHERE filing.id = $4`;
  const others = [
    `${await copyOf('quota_spend', 'unnest($1::text[]) AS made (id)', {
      id: `'spd_' || made.id`,
      filing_id: 'made.id',
    })} WHERE quota_spend.id = $2`,
    `INSERT INTO submission (id, filing_id, made_at) SELECT 'sub_' || id, id, now() FROM unnest($1::text[]) AS made (id)`,
    `INSERT INTO job (id, topic, payload, run_at, made_at, line)
     SELECT 'out_' || id, 'authority.submit', jsonb_build_object('submissionId', 'sub_' || id, 'filingId', id),
       now() - interval '1 hour', now(), province FROM unnest($1::text[], $2::text[]) AS made (id, province)`,
  ] as const;
  let made = 0;
  const addBatch = async (count: number) => {
    const ids = Array.from({ length: count }, () => `fil_${(made += 1)}_${randomUUID().slice(0, 8)}`);
    const forms = ids.map((id) => JSON.stringify(sealValues(deps, id, values, fields)));
    const codes = ids.map((_, index) => provinces[index % lines]?.code ?? '');
    // Past the triggers, which would count and check each: this is only about what is taken from here on.
    await client.query('BEGIN; SET LOCAL session_replication_role = replica');
    await client.query(copyFilings, [ids, forms, codes, filingId]);
    await client.query(others[0], [ids, template.spendId]);
    await client.query(others[1], [ids]);
    await client.query(others[2], [ids, codes]);
    await client.query('COMMIT');
    return ids;
  };
  return {
    async add(count) {
      const ids: string[] = [];
      while (ids.length < count) ids.push(...(await addBatch(Math.min(batch, count - ids.length))));
      await client.query('ANALYZE job; ANALYZE filing; ANALYZE quota_spend; ANALYZE submission');
      return ids;
    },
    close: () => client.end(),
  };
}
