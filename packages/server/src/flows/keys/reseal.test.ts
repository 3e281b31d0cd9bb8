import { beforeAll, expect, test } from 'vitest';
import { describeEmbedded } from '../../main/testing/rule-world.ts';
import { type KeyRing, KeyRingVault, makeKeyRing, withActive, withNewKey } from '../../secrets/index.ts';
import { addressesIn, sealAddresses } from '../notice/notice-mail.ts';
import { countKeyUses, resealNext, restartReseal } from './reseal.ts';

const before = makeKeyRing('a');
const after = withActive(withNewKey(before, 'b', true), 'b');

describeEmbedded('resealNext', (get) => {
  const under = (keys: KeyRing) => ({ ...get().deps, vault: new KeyRingVault(keys) });
  const accounts: string[] = [];
  const sealedOf = (account: string) => get().deps.store.transaction((tx) => tx.notices.findMail(account));
  const resealAll = async () => {
    const done = [];
    for (let page = await resealNext(under(after)); page !== null; page = await resealNext(under(after)))
      done.push(page);
    return done;
  };

  beforeAll(async () => {
    const world = get();
    // The last one is sealed under a key that nobody has.
    for (const keys of [before, before, makeKeyRing('lost')]) {
      const account = await world.account();
      const sealed = sealAddresses(under(keys), account, [`${account}@example.cn`]);
      await world.deps.store.transaction((tx) => tx.notices.putMail(account, sealed, world.deps.clock.now()));
      accounts.push(account);
    }
  });

  test('brings everything under the newest key once, and names what no key opens', async () => {
    const held = async (keyId: string) =>
      (await countKeyUses(under(after)))
        .filter((use) => use.kind === 'addresses' && use.keyId === keyId)
        .map(({ count }) => count);
    expect([await held('a'), await held('b')]).toEqual([[2], []]);
    const pages = (await resealAll()).filter(({ kind }) => kind === 'addresses');
    const cause = expect.stringContaining(`account_mail.sealed of row ${accounts[2]}: `);
    expect(pages).toEqual([{ kind: 'addresses', seen: 3, changed: 2, unreadable: [{ id: accounts[2], cause }] }]);
    expect([await held('a'), await held('b')]).toEqual([[], [2]]);
    for (const account of accounts.slice(0, 2)) {
      const sealed = await sealedOf(account);
      expect(addressesIn(under(after), account, sealed ?? '')).toEqual([`${account}@example.cn`]);
    }
    expect(await resealAll()).toEqual([]);
  });

  test('looks at everything again when it is told to, and changes what is under the newest key no more', async () => {
    const sealed = await sealedOf(accounts[0] ?? '');
    await restartReseal(under(after));
    const pages = (await resealAll()).filter(({ kind }) => kind === 'addresses');
    expect(pages).toMatchObject([{ seen: 3, changed: 0 }]);
    expect(await sealedOf(accounts[0] ?? '')).toBe(sealed);
  });
});
