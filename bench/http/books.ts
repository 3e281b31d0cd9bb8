import type pg from 'pg';
import type { KindName } from './mix.ts';

/** Rows of the tables that are counted, and what has to be the same as something else. */
export type Books = Readonly<Record<string, number>>;

/** @throws Error when a counter and the rows behind it differ */
export async function booksOf(sql: pg.Pool): Promise<Books> {
  const { rows } = await sql.query<Record<string, number>>(
    `SELECT (SELECT sum(spent) FROM quota)::int AS spent, (SELECT count(*) FROM quota_spend WHERE returned_at IS NULL)::int AS live,
       (SELECT count(*) FROM filing_code)::int AS codes, (SELECT count(*) FROM code_event WHERE type = 'CodeIssued')::int AS told,
       (SELECT count(*) FROM filing)::int AS filings, (SELECT count(*) FROM resource)::int AS servers,
       (SELECT count(*) FROM job)::int AS jobs, (SELECT count(*) FROM submission)::int AS submissions,
       (SELECT sum(version) FROM filing)::int AS versions,
       (SELECT count(*) FROM filing WHERE spend_id IS NOT NULL)::int AS bound,
       (SELECT count(*) FROM filing_event WHERE type = 'FilingSubmitted')::int AS submitted,
       (SELECT count(*) FROM filing_event WHERE type = 'FilingPassed')::int AS passed,
       (SELECT count(*) FROM audit)::int AS audit,
       (SELECT count(*) FROM audit WHERE action = 'CodesIssued')::int AS "auditIssued",
       (SELECT count(*) FROM audit WHERE action = 'FilingStarted')::int AS "auditStarted",
       (SELECT count(*) FROM audit WHERE action = 'FilingSubmitted')::int AS "auditSubmitted",
       (SELECT count(*) FROM audit WHERE action = 'FilingPassed')::int AS "auditPassed",
       (SELECT count(*) FROM audit WHERE action = 'InventoryLoaded')::int AS "auditLoaded"`,
  );
  const [books = {}] = rows;
  const { spent, live, codes, told } = books;
  if (spent !== live || codes !== told) throw new Error(`the books do not balance: ${JSON.stringify(books)}`);
  return books;
}

/** What grows by one with every command that was acknowledged. */
const grows: Partial<Record<KindName, readonly string[]>> = {
  issue: ['codes', 'auditIssued'],
  start: ['filings', 'auditStarted'],
  bind: ['bound'],
  submit: ['submitted', 'auditSubmitted'],
  review: ['jobs', 'submissions', 'passed', 'auditPassed'],
  upload: ['auditLoaded'],
};

/** @throws Error when something was acknowledged and is not in the books, or was done twice */
export function balance(kind: KindName, before: Books, after: Books, acknowledged: number): void {
  for (const name of grows[kind] ?? []) {
    const grown = (after[name] ?? 0) - (before[name] ?? 0);
    if (grown !== acknowledged) throw new Error(`${kind}: ${acknowledged} acknowledged, but ${name} grew by ${grown}`);
  }
}
