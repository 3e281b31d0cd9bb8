import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/support/shared-postgres.ts';
import type { Answer, Connection, Engine } from './connection.ts';
import { openStore } from './open-store.ts';
import { isReading } from './session.ts';
import { SqlStore } from './sql-store.ts';

/** A store on a database that answers nothing, with all that it is asked. */
function listening(fails: (text: string) => boolean = () => false) {
  const asked: string[] = [];
  const connection: Connection = {
    async query<Row>(text: string): Promise<Answer<Row>> {
      const word = text.trim().split(/\s/)[0] ?? '';
      asked.push(word);
      if (fails(text)) throw new Error('it fails');
      return { rows: [], rowCount: 1, command: word };
    },
    script: async () => {},
    bePatient: async () => void asked.push('patient'),
    release: () => {},
  };
  // The parts that a transaction uses.
  const engine = { isShared: true, channel: null, connect: async () => connection } as unknown as Engine;
  return { asked, store: new SqlStore(engine, []) };
}

const account = { id: 'acct', realName: 'none', displayName: '' } as const;
const at = '2026-11-30T00:00:00.000Z';

test('a transaction that only reads is asked nothing else', async () => {
  const { asked, store } = listening();
  await store.transaction(async (tx) => {
    await tx.accounts.find('acct');
    await tx.filings.find('fil');
  });
  expect(asked).toEqual(['SELECT', 'SELECT']);
});

test('it begins before the first statement that writes or locks', async () => {
  const { asked, store } = listening();
  await store.transaction(async (tx) => {
    await tx.accounts.find('acct');
    await tx.filings.findForUpdate('fil');
    await tx.accounts.put(account, at);
  });
  expect(asked).toEqual(['SELECT', 'BEGIN', 'SELECT', 'INSERT', 'COMMIT']);
});

test('a patient one begins at once', async () => {
  const { asked, store } = listening();
  await store.transaction((tx) => tx.accounts.find('acct'), { isPatient: true });
  expect(asked).toEqual(['BEGIN', 'patient', 'SELECT', 'COMMIT']);
});

test('a reading that failed and was swallowed lets nothing be committed, as inside of a transaction', async () => {
  const { asked, store } = listening((text) => /FROM filing/.test(text));
  const swallowing = store.transaction(async (tx) => {
    await tx.filings.find('fil').catch(() => {});
    await tx.accounts.put(account, at);
  });
  await expect(swallowing).rejects.toThrow(/swallowed/);
  expect(asked).toEqual(['SELECT', 'BEGIN', 'INSERT', 'ROLLBACK']);
});

test('every function of ours that may write is known to, wherever it is called', async (context) => {
  const database = await createTestDatabase();
  if (database === null) return context.skip('no PostgreSQL');
  const open = await openStore({ databaseUrl: database.url });
  try {
    const { rows } = await sql<{ name: string }>`
      SELECT DISTINCT proname AS name FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace AND provolatile = 'v' AND prorettype <> 'trigger'::regtype
    `.execute(open.kysely);
    expect(rows.map(({ name }) => name).filter((name) => isReading(`SELECT ${name}()`))).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
  } finally {
    await open.close();
    await database.drop();
  }
});
