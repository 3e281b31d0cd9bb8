import { type AuthorityKind, authorityKinds, type SideBySide, standingOf } from '@openbeian/model/filing';
import { loadDesk } from '@openbeian/policies/desk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/support/shared-postgres.ts';
import { at, draft, fresh, refusal, type World, worldOf } from '../testing/world.ts';
import { type OpenStore, openStore } from './open-store.ts';

const database = await createTestDatabase();
let world: World;
let open: OpenStore;
let other: OpenStore;
beforeAll(async () => {
  if (database === null) return;
  open = await openStore({ databaseUrl: database.url, maxConnections: 8 });
  other = await openStore({ databaseUrl: database.url, maxConnections: 8 });
  world = worldOf(open);
});
afterAll(async () => {
  await Promise.all([open?.close(), other?.close()]);
  await database?.drop();
});

const variants = loadDesk().sideBySide;

/** May these be open together, by the table of the variant? */
function fitTogether(variant: SideBySide, kinds: readonly AuthorityKind[]): boolean {
  return kinds.every((kind, index) => {
    const { excludes } = standingOf(variant, kind);
    return kinds.every((one, place) => place === index || !excludes.includes(one));
  });
}

describe.each(variants)('$id', (variant) => {
  test('of many filings of one organiser that begin at once, those that may are open, and no more could be', async (context) => {
    if (database === null) return context.skip('no PostgreSQL');
    for (let round = 0; round < 6; round += 1) {
      const accountId = await world.account();
      const subjectHash = fresh('subject');
      // Twice each, in another order every time.
      const asked = [...authorityKinds, ...authorityKinds].map(
        (kind, index, all) => all[(index * 7 + round * 3) % all.length] ?? kind,
      );
      const rows = asked.map((kind) => ({ ...draft(accountId), kind, subjectHash }));
      const begun = await Promise.all(
        rows.map((row, index) => {
          const { store } = index % 2 === 0 ? open : other;
          const terms = { ...standingOf(variant, row.kind), holdsPlace: true };
          return store.transaction((tx) => tx.filings.insert(row, terms));
        }),
      );
      const kinds = rows.flatMap(({ kind }, index) => (begun[index] ? [kind] : []));
      expect(kinds.length).toBeGreaterThan(0);
      expect({ kinds, fit: fitTogether(variant, kinds) }).toEqual({ kinds, fit: true });
      const left = rows.flatMap(({ kind }, index) => (begun[index] ? [] : [kind]));
      for (const kind of left)
        expect({ kind, fit: fitTogether(variant, [...kinds, kind]) }).toEqual({ kind, fit: false });
    }
  });
});

test('the database keeps a slot single whatever a flow forgot, and an organiser with one account', async (context) => {
  if (database === null) return context.skip('no PostgreSQL');
  const accountId = await world.account();
  const subjectHash = fresh('subject');
  const insert = (row: ReturnType<typeof draft>, slot: string | null) =>
    open.store.transaction((tx) => tx.filings.insert(row, { slot, excludes: [], holdsPlace: false }));
  expect(await insert({ ...draft(accountId), subjectHash }, 'change')).toBe(true);
  expect(await insert({ ...draft(accountId), subjectHash }, 'change')).toBe(false);
  expect(await insert({ ...draft(accountId), subjectHash, state: 'returned' }, null)).toBe(true);
  expect(await insert({ ...draft(accountId), subjectHash, state: 'returned' }, null)).toBe(true);
  const stranger = { ...draft(await world.account()), subjectHash };
  expect(await insert({ ...stranger, id: fresh('fil'), domainName: 'one.cn', state: 'returned' }, null)).toBe(false);
  expect(await insert(stranger, null)).toBe(true);
  const submit = open.store.transaction((tx) => tx.filings.update({ id: stranger.id, version: 1 }, 'returned', {}, at));
  expect(await refusal(submit)).toBe('filing_one_held_per_subject');
});
