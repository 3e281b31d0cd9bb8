import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import { type DatabaseSource, databaseSource, type TestDatabase } from './private-postgres.ts';

/**
 * The PostgreSQL that serves this run of the tests (started at the first call of a run); null where PostgreSQL is not
 * installed, so that the test skips itself. Throws when CI=true and it is missing.
 */
export async function sharedPostgres(): Promise<DatabaseSource | null> {
  const answer: { url?: string | null; error?: string } = JSON.parse(await text(connect(inject('postgresSocket'))));
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.url ? databaseSource(answer.url) : null;
}

/** A fresh database on the run's PostgreSQL, one per test file; null as with `sharedPostgres`. */
export async function createTestDatabase(options?: { readonly template?: string }): Promise<TestDatabase | null> {
  return (await sharedPostgres())?.createDatabase(options) ?? null;
}
