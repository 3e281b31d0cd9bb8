import { filingKinds } from '@openbeian/model/filing';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../support/shared-postgres.ts';
import { kindsOf, troublesOf } from './line-table.ts';
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
      filings: 28,
      lanes: 6,
      workerKills: 2,
      sessionKills: 2,
    });
    expect(proof.differences).toEqual([]);
    expect(proof.filings).toHaveLength(28);
    expect(kindsOf(proof)).toEqual(new Set(filingKinds));
    expect(new Set(proof.filings.map(({ nature }) => nature))).toEqual(
      new Set(['individual', 'enterprise', 'government']),
    );
    // Apps, and changes of whoever has a certificate that a change does not carry.
    expect(proof.filings.filter(({ end }) => end === 'not_carried' || end === 'by_hand')).toHaveLength(6);
    expect(proof.filings.filter(({ end }) => end === 'by_hand').length).toBeGreaterThan(0);
    expect(Object.keys(troublesOf(proof.filings)).length).toBeGreaterThan(2);
    expect(proof.workersKilled).toBe(2);
    expect(proof.sessionsEnded).toBeGreaterThan(0);
    expect(Object.keys(proof.faults).length).toBeGreaterThan(4);
  } finally {
    await database.drop();
  }
});
