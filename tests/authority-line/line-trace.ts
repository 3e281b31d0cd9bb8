import type { LineWorld } from './line-world.ts';

/** All that both books say of a filing, for whoever looks why it went wrong. */
export async function traceOf({ rows, sim }: LineWorld, filingId: string): Promise<string> {
  const own = await rows(
    `SELECT 'event' AS what, to_jsonb(e) AS row FROM filing_event e WHERE filing_id = $1
     UNION ALL SELECT 'hand-over', to_jsonb(h) FROM authority_handover h WHERE filing_id = $1
     UNION ALL SELECT 'package', to_jsonb(p) FROM authority_package p JOIN submission s ON s.id = p.submission_id
       WHERE s.filing_id = $1
     UNION ALL SELECT 'arrival', to_jsonb(a) FROM authority_arrival a JOIN submission s ON a.message_id LIKE 'v3-' || s.id || '-%'
       WHERE s.filing_id = $1
     UNION ALL SELECT 'job', to_jsonb(j) FROM job j WHERE payload ->> 'filingId' = $1`,
    [filingId],
  );
  const [filing] = await rows<{ domain: string }>('SELECT domain_name AS domain FROM filing WHERE id = $1', [filingId]);
  const { submissions } = (await (await fetch(`${sim.url}/control/state`)).json()) as {
    readonly submissions: readonly { readonly domainName: string }[];
  };
  const there = submissions.filter(({ domainName }) => domainName === filing?.domain);
  return [...own, ...there].map((row) => JSON.stringify(row)).join('\n');
}
