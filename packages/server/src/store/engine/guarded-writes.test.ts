import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/support/shared-postgres.ts';
import type { FilingRow } from '../../ports/filings.ts';
import { at, fresh, type World, worldOf } from '../testing/world.ts';
import { type OpenStore, openStore } from './open-store.ts';

const database = await createTestDatabase();
const databaseUrl = database?.url ?? '';
let world: World;
let open: OpenStore;
let other: OpenStore;
beforeAll(async () => {
  if (database === null) return;
  open = await openStore({ databaseUrl, maxConnections: 8 });
  other = await openStore({ databaseUrl, maxConnections: 8 });
  world = worldOf(open);
});
afterAll(async () => {
  await Promise.all([open?.close(), other?.close()]);
  await database?.drop();
});

const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

test('a name and a certificate that many accounts submit at once are one account’s, and nobody fails', async (context) => {
  if (database === null) return context.skip('no PostgreSQL');
  for (let round = 0; round < 5; round += 1) {
    const [domainName, subjectHash] = [`${fresh('raced')}.cn`, fresh('subject')];
    const rows = await times(12, async (index) =>
      world.filing(await world.account(), {
        // Some name both, some only one of them: whoever waits for both waits in one order.
        ...(index % 3 === 1 ? {} : { domainName }),
        ...(index % 3 === 2 ? {} : { subjectHash }),
      }),
    );
    const submit = (row: FilingRow, { store }: OpenStore) =>
      store.transaction(async ({ filings }) => {
        const found = await filings.findForUpdate(row.id);
        if (found === null || (await filings.findRival(found)) !== null) return false;
        // Whatever it is that counts as submitted; this one needs no place.
        return filings.update(found, 'returned', {}, at);
      });
    const won = await Promise.all(rows.map((row, index) => submit(row, index % 2 === 0 ? open : other)));
    const winners = rows.filter((_, index) => won[index]);
    expect(winners.filter((row) => row.domainName === domainName).length).toBe(1);
    expect(winners.filter((row) => row.subjectHash === subjectHash).length).toBe(1);
  }
});

test('recovery codes that are renewed twice at once are those of one; a renewal waits for the removal of the app', async (context) => {
  if (database === null) return context.skip('no PostgreSQL');
  const userId = fresh('usr');
  const person = {
    id: userId,
    login: userId,
    displayName: '',
    role: 'reviewer',
    accountId: null,
    sealedMail: null,
  } as const;
  await open.store.transaction(async ({ people, secondFactors }) => {
    await people.insert(person, at);
    await secondFactors.putTotp(userId, 'sealed', at);
    await secondFactors.confirmTotp(userId, 1, at);
  });
  for (const round of ['first', 'second']) {
    const bothHaveRead = Promise.withResolvers<void>();
    let reading = 2;
    const renew = ({ store }: OpenStore, name: string) =>
      store.transaction(async ({ secondFactors }) => {
        const earlier = await secondFactors.listRecoveryCodes(userId);
        reading -= 1;
        if (reading === 0) bothHaveRead.resolve();
        await bothHaveRead.promise;
        if (!(await secondFactors.replaceRecoveryCodes(userId, earlier, [`${name} 1`, `${name} 2`])))
          throw new Error(name);
        return name;
      });
    const renewed = await Promise.allSettled([renew(open, `${round} a`), renew(other, `${round} b`)]);
    const [winner, ...others] = renewed.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(others).toEqual([]);
    const left = await open.store.transaction((tx) => tx.secondFactors.listRecoveryCodes(userId));
    expect(left).toEqual([`${winner} 1`, `${winner} 2`]);
  }
  const removal = open.store.transaction(async ({ secondFactors }) => {
    await secondFactors.deleteTotp(userId);
    await secondFactors.putRecoveryCodes(userId, []);
  });
  const late = other.store.transaction(async ({ secondFactors }) =>
    secondFactors.replaceRecoveryCodes(userId, await secondFactors.listRecoveryCodes(userId), ['late']),
  );
  await Promise.all([removal, late]);
  // Whichever came first, no code is left without its app.
  expect(await open.store.transaction((tx) => tx.secondFactors.listRecoveryCodes(userId))).toEqual([]);
});
