import { describe, expect, test } from 'vitest';
import { at, fresh, later, refusal, type World } from './world.ts';

/** Keys by which programs call: only hashes are kept, and a revoked key stays revoked. */
export function describeApiKeys(world: () => World): void {
  describe('API keys', () => {
    async function made(accountId?: string) {
      const row = {
        id: fresh('key'),
        accountId: accountId ?? (await world().account()),
        name: '对账',
        scopes: ['codes:read'],
        secretHash: `hash-${fresh('s')}`,
        expiresAt: later(60),
        createdAt: at,
        createdBy: 'usr_1',
      };
      await world().open.store.transaction((tx) => tx.apiKeys.insert(row, 50));
      return row;
    }
    const find = (id: string) => world().open.store.transaction((tx) => tx.apiKeys.find(id));

    test('are read back as written, one by one, together, and newest first per account', async () => {
      const first = await made();
      const second = await made(first.accountId);
      const unused = { earlierHash: null, earlierUntil: null, rotatedAt: null, revokedAt: null, lastUsedAt: null };
      expect(await find(first.id)).toEqual({ ...first, ...unused });
      expect(await find('key_none')).toBeNull();
      const { store } = world().open;
      expect(await Promise.all([first.id, 'key_none', second.id].map((id) => store.findApiKey(id)))).toEqual([
        { ...first, ...unused },
        null,
        { ...second, ...unused },
      ]);
      await store.transaction(async ({ apiKeys }) => {
        const ids = async (accountId: string | null, limit: number) =>
          (await apiKeys.list({ accountId, limit })).map(({ id }) => id);
        expect(await ids(first.accountId, 9)).toEqual([second.id, first.id]);
        expect(await ids(first.accountId, 1)).toEqual([second.id]);
        expect(await ids(null, 1)).toEqual([second.id]);
        expect(await ids('acct_none', 9)).toEqual([]);
      });
    });

    test('are as many as an account may have at that instant; revoked and expired ones do not count', async () => {
      const accountId = await world().account();
      await world().open.store.transaction(async ({ apiKeys }) => {
        const key = { accountId, name: '', scopes: ['codes:read'], createdAt: at, createdBy: 'usr_1' };
        const insert = (id: string, expiresAt: string | null) =>
          apiKeys.insert({ ...key, id, secretHash: fresh('hash'), expiresAt }, 2);
        const [revoked, refused] = [fresh('key'), fresh('key')];
        expect(await insert(fresh('key'), at)).toBe(true);
        expect(await insert(revoked, null)).toBe(true);
        expect(await insert(fresh('key'), later(1))).toBe(true);
        expect(await insert(refused, null)).toBe(false);
        expect(await apiKeys.find(refused)).toBe(null);
        await apiKeys.revoke(revoked, at);
        expect(await insert(fresh('key'), null)).toBe(true);
        expect(await insert(fresh('key'), null)).toBe(false);
      });
    });

    test('after a rotation the earlier secret is known with its end; the same secret may be hashed again', async () => {
      const { id, secretHash } = await made();
      await world().open.store.transaction(async ({ apiKeys }) => {
        expect(
          await apiKeys.rotate(id, { secretHash: 'hash-new', earlierUntil: later(5), at: later(1), by: 'usr_2' }),
        ).toBe(true);
        await apiKeys.rehash(id, 'hash-new', 'k2.hash-new');
        await apiKeys.rehash(id, 'hash-new', 'too late');
        await apiKeys.touch(id, later(2));
      });
      expect(await find(id)).toMatchObject({
        secretHash: 'k2.hash-new',
        earlierHash: secretHash,
        earlierUntil: later(5),
        rotatedAt: later(1),
        lastUsedAt: later(2),
      });
    });

    test('a key ends with whoever made it or received one of its last two secrets', async () => {
      for (const [who, ends] of [
        ['usr_first', false],
        ['usr_second', true],
        ['usr_third', true],
        ['usr_4', false],
      ] as const) {
        const { id } = await made();
        const by = (one: string) => ({ secretHash: 'hash', earlierUntil: later(5), at: later(1), by: one });
        await world().open.store.transaction(async ({ apiKeys, people }) => {
          for (const one of ['usr_first', 'usr_second', 'usr_third']) await apiKeys.rotate(id, by(one));
          expect((await people.revokeKeysOf(who, later(2))).includes(id)).toBe(ends);
        });
      }
    });

    test('a revoked key stays as it was, whoever writes', async () => {
      const { id, secretHash } = await made();
      await world().open.store.transaction(async ({ apiKeys }) => {
        expect(await apiKeys.revoke(id, later(1))).toBe(true);
        expect(await apiKeys.revoke(id, later(2))).toBe(false);
        expect(
          await apiKeys.rotate(id, { secretHash: 'hash-new', earlierUntil: later(5), at: later(3), by: 'usr_2' }),
        ).toBe(false);
        await apiKeys.rehash(id, secretHash, 'k2.x');
        await apiKeys.touch(id, later(3));
      });
      expect(await find(id)).toMatchObject({ secretHash, revokedAt: later(1), rotatedAt: null, lastUsedAt: null });
      for (const change of ['revoked_at = NULL', `secret_hash = 'mine'`]) {
        expect(await refusal(world().run(`UPDATE api_key SET ${change} WHERE id = '${id}'`))).toBe('api_key_life');
      }
      expect(await refusal(world().run(`DELETE FROM api_key WHERE id = '${id}'`))).toBe('api_key_is_kept');
    });

    test('no key changes its account, has no scopes, or half an earlier secret', async () => {
      const [{ id }, other] = [await made(), await world().account()];
      const set = (change: string) => refusal(world().run(`UPDATE api_key SET ${change} WHERE id = '${id}'`));
      expect(await set(`account_id = '${other}'`)).toBe('api_key_life');
      expect(await set(`scopes = '{}'`)).toBe('api_key_has_scopes');
      expect(await set(`earlier_hash = 'x'`)).toBe('api_key_earlier_until_when');
    });
  });
}
