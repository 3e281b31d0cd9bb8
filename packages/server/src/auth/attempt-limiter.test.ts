import { afterAll, expect, it } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/shared-postgres.ts';
import { openStore } from '../store/index.ts';
import { AttemptLimiter } from './attempt-limiter.ts';

const database = await createTestDatabase();
afterAll(() => database?.drop());

it('first attempts that come at once in many sessions are all counted, and none fails', async (context) => {
  if (database === null) return context.skip('no PostgreSQL');
  const open = await openStore({ databaseUrl: database.url, maxConnections: 16 });
  try {
    const limiter = new AttemptLimiter(
      open.kysely,
      (key) => key,
      () => 0,
    );
    const attempts = Array.from({ length: 100 }, (_, guesser) => async () => {
      const attempt = () => limiter.attempt(`guesser ${guesser}`, { limit: 5, windowSeconds: 60 });
      const waits = await Promise.all(Array.from({ length: 16 }, attempt));
      return waits.filter((wait) => wait === 0).length;
    });
    for (const attempt of attempts) expect(await attempt()).toBe(5);

    const keys = (name: number) => [{ key: `failure ${name}`, windowSeconds: 60 }];
    for (let name = 0; name < 100; name += 1) {
      const fail = () => open.store.transaction((tx) => tx.signIns.addFailures(keys(name), 0));
      const counts = await Promise.all(Array.from({ length: 16 }, fail));
      expect(counts.flat().sort((one, other) => one - other)).toEqual(Array.from({ length: 16 }, (_, n) => n + 1));
    }
  } finally {
    await open.close();
  }
});
