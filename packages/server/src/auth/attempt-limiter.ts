import { type Kysely, sql } from 'kysely';

/** Counts of old windows are swept out once in so many new windows. */
const sweepEvery = 200;

interface Rule {
  readonly limit: number;
  readonly windowSeconds: number;
}

/**
 * Counts attempts in the database, so that several servers slow a guesser down together. Windows are fixed: waiting
 * helps even while somebody goes on trying. In `auth_rate_limit`, `lastRequest` is when the window began.
 */
export class AttemptLimiter {
  readonly #database: Kysely<unknown>;
  readonly #hash: (key: string) => string;
  readonly #nowMs: () => number;
  #untilSweep = 0;

  /** @param hash keyed: login names and addresses are not to be read from the table */
  constructor(database: Kysely<unknown>, hash: (key: string) => string, nowMs: () => number) {
    this.#database = database;
    this.#hash = hash;
    this.#nowMs = nowMs;
  }

  /** Counts one attempt. 0: go on; otherwise the seconds until the window ends. */
  async attempt(key: string, { limit, windowSeconds }: Rule): Promise<number> {
    const now = this.#nowMs();
    const begun = now - windowSeconds * 1000;
    const hash = this.#hash(key);
    // An id of its own for each row: two first attempts at once may meet in the key only, which is what the statement handles.
    const { rows } = await sql<{ count: number; begun: number }>`
      INSERT INTO auth_rate_limit AS known (id, key, count, "lastRequest")
      VALUES (gen_random_uuid(), ${hash}, 1, ${now}::bigint)
      ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN known."lastRequest" <= ${begun}::bigint THEN 1 ELSE known.count + 1 END,
        "lastRequest" = CASE WHEN known."lastRequest" <= ${begun}::bigint THEN ${now}::bigint ELSE known."lastRequest" END
      RETURNING count, "lastRequest" AS begun`.execute(this.#database);
    const row = rows[0] ?? { count: 1, begun: now };
    if (row.count === 1) await this.#sweep(now);
    if (row.count <= limit) return 0;
    return Math.max(1, Math.ceil((row.begun + windowSeconds * 1000 - now) / 1000));
  }

  /** Takes one attempt back. */
  async forgive(key: string): Promise<void> {
    const hash = this.#hash(key);
    await sql`UPDATE auth_rate_limit SET count = count - 1 WHERE key = ${hash} AND count > 0`.execute(this.#database);
  }

  async #sweep(now: number): Promise<void> {
    this.#untilSweep -= 1;
    if (this.#untilSweep > 0) return;
    this.#untilSweep = sweepEvery;
    const yesterday = now - 24 * 3_600_000;
    await sql`DELETE FROM auth_rate_limit WHERE "lastRequest" < ${yesterday}::bigint`.execute(this.#database);
  }
}
