import { isFault } from '@openbeian/model/fault';
import { beforeAll, expect, test } from 'vitest';
import { describeEmbedded } from '../../main/testing/rule-world.ts';
import { type KeyRing, KeyRingVault, makeKeyRing, withActive, withNewKey, withoutKey } from '../../secrets/index.ts';
import { sealAddresses } from '../notice/notice-mail.ts';
import { forgetKey, recheckKeys, verifyKeys } from './verify-keys.ts';

describeEmbedded('verifyKeys', (get) => {
  const ring = makeKeyRing('a');
  const rotated = withNewKey(ring, 'b', true);
  const under = (keys: KeyRing) => ({ ...get().deps, vault: new KeyRingVault(keys) });
  const outcomeOf = async (work: Promise<void>) =>
    work.then(
      () => 'known',
      (error: unknown) => {
        if (!isFault(error)) throw error;
        return error.code;
      },
    );

  // The keys under which the world was opened have sealed nothing yet.
  beforeAll(async () => {
    const { sealing, hashing } = get().deps.vault.newest;
    for (const id of new Set([sealing, hashing])) await forgetKey(get().deps, id);
    await verifyKeys(under(ring));
  });

  test('takes the database’s keys, and newer ones beside them; others, and others of the same id, are refused', async () => {
    expect(await outcomeOf(verifyKeys(under(makeKeyRing('c'))))).toBe('secret.wrong_key');
    expect(await outcomeOf(verifyKeys(under(makeKeyRing('a'))))).toBe('secret.wrong_key');
    expect(await outcomeOf(verifyKeys(under(ring)))).toBe('known');
    expect(await outcomeOf(verifyKeys(under(rotated)))).toBe('known');
    expect(await outcomeOf(verifyKeys(under(withoutKey(withActive(rotated, 'b'), 'a'))))).toBe('known');
  });

  test('recheckKeys compares and writes nothing; an id that was forgotten may be used again', async () => {
    const other = withNewKey(ring, 'b', true);
    expect(await outcomeOf(recheckKeys(under(other)))).toBe('secret.wrong_key');
    await forgetKey(get().deps, 'b');
    expect(await outcomeOf(recheckKeys(under(other)))).toBe('known');
    expect(await outcomeOf(recheckKeys(under(rotated)))).toBe('known');
    await verifyKeys(under(other));
    expect(await outcomeOf(recheckKeys(under(rotated)))).toBe('secret.wrong_key');
    await forgetKey(get().deps, 'b');
  });

  test('where no key was remembered, what the database holds must open', async () => {
    const world = get();
    const account = await world.account();
    const sealed = sealAddresses(under(ring), account, ['a@example.cn']);
    await world.deps.store.transaction((tx) => tx.notices.putMail(account, sealed, world.deps.clock.now()));
    await forgetKey(world.deps, 'a');
    expect(await outcomeOf(verifyKeys(under(makeKeyRing('a'))))).toBe('secret.wrong_key');
    expect(await outcomeOf(verifyKeys(under(ring)))).toBe('known');
  });
});
