import { describe, expect, test } from 'vitest';
import { hashedColumns, sealedKinds, sealedThings } from '../../ports/sealed-things.ts';
import type { World } from './world.ts';

export function describeSealedThings(world: () => World): void {
  describe('the list of what is sealed', () => {
    const columns = async (condition: string) =>
      (
        await world().run(
          `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
           WHERE table_schema = current_schema() AND ${condition} ORDER BY 1`,
        )
      ).map(({ name }) => name);

    test('names every column whose name says that it is sealed, and filings’ forms', async () => {
      const named = await columns(
        `(column_name ~ '(^|_)sealed(_|$)' OR (table_name, column_name) = ('filing', 'form'))`,
      );
      expect(named).toEqual(Object.values(sealedThings).flat().sort());
    });

    test('names every column of keyed hashes', async () => {
      expect(await columns(`column_name ~ '_hash$'`)).toEqual([...hashedColumns].sort());
    });

    test('is the list of what rotation keeps its progress of', async () => {
      const [row] = await world().run(
        `SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = 'reseal_progress_kind_check'`,
      );
      expect(Array.from(String(row?.text).matchAll(/'([a-z_]+)'/g), ([, kind]) => kind)).toEqual([...sealedKinds]);
    });
  });
}
