import { type Kysely, sql } from 'kysely';

/** What a process wants of an allowance. */
export interface LeaseRequest {
  /** Of the allowance and its holder; not readable. */
  readonly key: string;
  readonly limit: number;
  readonly windowMs: number;
  /** What was spent here before anybody was asked. */
  readonly onCredit: number;
  /** Nothing is given where less is left. */
  readonly needed: number;
  /** What is given beyond that where enough is left, so that the next requests need not ask. */
  readonly chunk: number;
}

export interface LeaseAnswer {
  /** 0: too little is left. */
  readonly granted: number;
  /** By all processes, with what was given to them; above the limit once something was refused. */
  readonly spent: number;
  readonly endsInMs: number;
}

/**
 * Takes a part of an allowance in one statement: of requests at once over any number of processes each gets what is left after
 * the others. The database's clock says when a window ends; what is left at its end gets smaller parts, so that little lies
 * idle with one process while another refuses.
 */
export async function leaseAllowance(database: Kysely<unknown>, request: LeaseRequest): Promise<LeaseAnswer> {
  const { key, limit, windowMs, onCredit, needed, chunk } = request;
  const before = sql`(CASE WHEN known.ends_at > now() THEN known.spent ELSE 0 END + ${onCredit}::bigint)`;
  const given = (spent: typeof before) => sql`CASE WHEN ${spent} + ${needed}::bigint > ${limit}::bigint THEN 0
    ELSE greatest(${needed}::bigint, least(${chunk}::bigint, (${limit}::bigint - ${spent}) / 4)) END`;
  const spentAfter = (spent: typeof before) =>
    sql`least(${spent} + greatest(${needed}::bigint, ${given(spent)}), ${limit}::bigint + ${needed}::bigint)`;
  const first = sql`${onCredit}::bigint`;
  const { rows } = await sql<LeaseAnswer>`
    INSERT INTO allowance AS known (key, ends_at, spent, granted)
    VALUES (${key}, now() + ${windowMs}::bigint * interval '1 millisecond', ${spentAfter(first)}, ${given(first)})
    ON CONFLICT (key) DO UPDATE SET
      ends_at = CASE WHEN known.ends_at > now() THEN known.ends_at ELSE excluded.ends_at END,
      spent = ${spentAfter(before)},
      granted = ${given(before)}
    RETURNING granted, spent, (extract(epoch FROM ends_at - now()) * 1000)::bigint AS "endsInMs"`.execute(database);
  const [answer] = rows;
  if (answer === undefined) throw new Error('an allowance was written and is not there');
  return answer;
}

/** Deletes allowances whose window has ended. */
export async function clearAllowances(database: Kysely<unknown>): Promise<void> {
  await sql`DELETE FROM allowance WHERE ends_at <= now()`.execute(database);
}
