import type { Client } from '@openbeian/contract/client';
import type { Client as Database } from 'pg';
import type { Acknowledged } from './acknowledged.ts';

export interface Verdict {
  readonly codes: number;
  readonly filings: number;
  readonly filed: number;
  /** Each acknowledged write that is not there, and each book that does not balance. */
  readonly wrong: readonly string[];
}

/** Looks every acknowledged write up through the product, and reads the books past it. */
export async function verify(
  acknowledged: readonly Acknowledged[],
  { company, individual }: { readonly company: Client; readonly individual: Client },
  database: Database,
): Promise<Verdict> {
  const wrong: string[] = [];
  const states = await statesOfCodes(company);
  const issued = new Set<string>();
  const filings = new Map<string, { version: number; state: string }>();
  for (const done of acknowledged) {
    if (done.kind === 'filing') {
      const known = filings.get(done.filingId);
      if (known === undefined || known.version <= done.version) filings.set(done.filingId, done);
      continue;
    }
    issued.add(done.codeId);
    const state = states.get(done.codeId);
    if (state === undefined) wrong.push(`code ${done.codeId} was issued and is lost`);
    else if (done.kind === 'revoked' && state !== 'revoked')
      wrong.push(`code ${done.codeId} was revoked and is ${state}`);
  }
  // Whoever asks again under the same key gets the same code: there is no other one.
  for (const id of states.keys()) if (!issued.has(id)) wrong.push(`code ${id} was made and acknowledged to nobody`);
  let filed = 0;
  for (const [filingId, { version, state }] of filings) {
    const found = await individual.getFiling({ params: { filingId } }).then(
      ({ filing }) => filing,
      () => null,
    );
    if (found === null || found.version < version)
      wrong.push(`filing ${filingId} was at version ${version}: ${found?.version}`);
    if (state !== 'filed') continue;
    filed += 1;
    if (found?.state !== 'filed') wrong.push(`filing ${filingId} was filed and is ${found?.state}`);
  }
  for (const [book, statement] of Object.entries(books)) {
    const { rows } = await database.query<{ wrong: number }>(statement);
    if (rows[0]?.wrong !== 0) wrong.push(`${book}: ${rows[0]?.wrong}`);
  }
  return { codes: issued.size, filings: filings.size, filed, wrong };
}

async function statesOfCodes(company: Client): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  for (let after: string | undefined; ; ) {
    const { codes, next } = await company.listCodes({ query: { limit: 500, ...(after !== undefined && { after }) } });
    for (const { id, state } of codes) states.set(id, state);
    if (next === null) return states;
    after = next;
  }
}

/** Each counts what must not be. */
const books = {
  'ledgers that do not balance': `SELECT count(*)::int AS wrong FROM quota WHERE spent <>
    (SELECT count(*) FROM quota_spend s WHERE s.ledger_key = quota.ledger_key AND returned_at IS NULL)`,
  'codes without a spend, or with one of another': `SELECT count(*)::int AS wrong FROM filing_code code
    LEFT JOIN quota_spend spend ON spend.id = code.spend_id WHERE spend.id IS NULL`,
  'codes without exactly one event of being issued': `SELECT count(*)::int AS wrong FROM filing_code code WHERE
    (SELECT count(*) FROM code_event WHERE code_id = code.id AND type = 'CodeIssued') <> 1`,
  'names with more than one record': `SELECT count(*)::int AS wrong FROM
    (SELECT domain_name FROM service_record WHERE domain_name LIKE 'failover-%' GROUP BY 1 HAVING count(*) > 1) twice`,
  'filings that are filed without a record': `SELECT count(*)::int AS wrong FROM filing WHERE state = 'filed'
    AND NOT EXISTS (SELECT FROM service_record WHERE service_record.domain_name = filing.domain_name)`,
};
