import { loadCodeTables } from '@openbeian/policies/code-tables';
import pg from 'pg';
import { result, results } from '../../packages/server/src/authority/v3/testing/files.ts';
import { lineWorld, province } from '../../packages/server/src/authority/v3/testing/line-world.ts';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../packages/server/src/secrets/index.ts';
import { openStore } from '../../packages/server/src/store/index.ts';

const unit = 9001;
/** The first of the provider's own numbers. */
const firstOwnId = 1_000_000_001;

/** A line with so many filings that wait for the authority, on a database of its own. */
export async function openOurs(databaseUrl: string, waiting: number) {
  const open = await openStore({ databaseUrl, maxConnections: 5 });
  const makeIds = (nowMs: () => number) => new SortableIds(nowMs);
  const parts = { vault: new KeyRingVault(makeKeyRing()), makeIds, codeTables: loadCodeTables() };
  const world = await lineWorld({ ...parts, store: open.store, unit });
  await fill(databaseUrl, waiting);
  world.there.sequence = waiting;
  const adapter = world.adapter();
  let seed = 1;
  return {
    /** The steps of one filing in their order, each with how long it took, in milliseconds. */
    async steps(): Promise<Readonly<Record<string, number>>> {
      seed += 2;
      const filing = world.filing(seed);
      const submit = await timed(() => adapter.submit(filing));
      const own = await world.ledger((ledger) => ledger.findHandover(filing.id));
      if (own === null) throw new Error('it was just handed over');
      await world.there.put(`f${seed}`, results(result(1, own.ownSubject, 1002)));
      world.clock.nowMs += 60_000;
      const fetch = await timed(() => adapter.fetchMessages(20));
      const [taken] = fetch.answer;
      if (taken === undefined) throw new Error('the verdict did not come');
      const acknowledge = await timed(() => adapter.acknowledge(taken.messageId));
      return { submit: submit.ms, 'fetch and apply a result': fetch.ms, acknowledge: acknowledge.ms };
    },
    async close() {
      await world.there.close();
      await open.close();
    },
  };
}

export async function timed<T>(act: () => Promise<T>): Promise<{ readonly ms: number; readonly answer: T }> {
  const beganMs = performance.now();
  const answer = await act();
  return { ms: performance.now() - beganMs, answer };
}

/** Hand-overs that were accepted, each with its package. */
async function fill(databaseUrl: string, waiting: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `INSERT INTO authority_handover (submission_id, provider, province_code, filing_id, operation, state, own_subject, own_service,
       own_domain, own_access, domain_name, made_at, accepted_at)
     SELECT 'w' || n, $1, $2, 'f' || n, 1, 'waiting', $3::bigint + 5 * n, $3::bigint + 5 * n + 1, $3::bigint + 5 * n + 2,
       $3::bigint + 5 * n + 3, 'w' || n || '.cn', '2026-11-20', '2026-11-20' FROM generate_series(1, $4::int) AS n`,
    [String(unit), province, firstOwnId, waiting],
  );
  await client.query(
    `INSERT INTO authority_package (id, provider, province_code, sequence, submission_id, state, content_digest, bytes, paper_id, made_at,
       tries, answered_at, answer_code)
     SELECT 'p' || n, $1, $2, n, 'w' || n, 'accepted', 'd' || n, 5000, 'none', '2026-11-20', 1, '2026-11-20', 0
     FROM generate_series(1, $3::int) AS n`,
    [String(unit), province, waiting],
  );
  await client.query(
    'UPDATE authority_line SET accepted_sequence = $1, next_own_id = $2 WHERE provider = $3 AND province_code = $4',
    [waiting, firstOwnId + 5 * (waiting + 2), String(unit), province],
  );
  await client.query('ANALYZE');
  await client.end();
}
