import { authorityKinds } from '@openbeian/model/filing';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../support/shared-postgres.ts';
import { proveLine } from './proof.ts';

/* The same at its full size: `npm run test:authority-line -- --filings 2000`. */
test('filings of every type over interface V3.0 end in one verdict each, and both books are equal, whatever fails and whoever is killed', {
  timeout: 900_000,
}, async (context) => {
  const database = await createTestDatabase();
  if (database === null) return context.skip('no PostgreSQL');
  try {
    const proof = await proveLine({
      databaseUrl: database.url,
      seed: 15,
      filings: 22,
      lanes: 4,
      workerKills: 2,
      sessionKills: 2,
    });
    expect(proof.differences).toEqual([]);
    expect(proof.filings).toHaveLength(22);
    expect(new Set(proof.filings.map(({ kind }) => kind))).toEqual(new Set(authorityKinds));
    expect(proof.workersKilled).toBe(2);
    expect(proof.sessionsEnded).toBeGreaterThan(0);
    expect(Object.keys(proof.faults).length).toBeGreaterThan(4);
  } finally {
    await database.drop();
  }
});
