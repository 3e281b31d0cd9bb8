import { afterAll, describe } from 'vitest';
import { createTestDatabase } from '../../../../../tests/support/shared-postgres.ts';
import { describeConformance } from '../testing/conformance.ts';
import { openStore } from './open-store.ts';

const database = await createTestDatabase();
afterAll(() => database?.drop());

describe.skipIf(database === null)('PostgreSQL', () => {
  describeConformance('real PostgreSQL', () => openStore({ databaseUrl: database?.url ?? '' }));
});
