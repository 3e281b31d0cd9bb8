import { describe, expect, test } from 'vitest';
import type { CodeRows } from '../../ports/code-ledger.ts';
import { at, fresh, later, refusal, type World } from './world.ts';

type CodeState = 'unused' | 'bound' | 'used' | 'revoked';
type CodeWrite = 'grant' | 'bind' | 'release' | 'consume' | 'revoke';

/** Which write may leave which state; everything else answers false and changes nothing. */
const allowed: Readonly<Record<CodeState, readonly CodeWrite[]>> = {
  unused: ['grant', 'bind', 'revoke'],
  bound: ['release', 'consume'],
  used: [],
  revoked: [],
};

interface Written {
  readonly id: string;
  readonly filingId: string;
  readonly accountId: string;
}

/** The life of a code. */
export function describeCodes(world: () => World): void {
  describe('a code', () => {
    async function codeIn(state: CodeState) {
      const accountId = await world().account();
      const resource = await world().resource(accountId);
      const [id = ''] = await world().issue(resource);
      const filingId = (await world().filing(accountId)).id;
      await world().open.store.transaction(async ({ codes }) => {
        if (state === 'revoked') expect(await codes.revoke(id, at)).toBe(true);
        if (state === 'bound' || state === 'used') expect(await codes.bind(id, filingId, at)).toBe(true);
        if (state === 'used') expect(await codes.consume(id, filingId, at)).toBe(true);
      });
      return { id, accountId, resource, filingId };
    }
    const write = (codes: CodeRows, step: CodeWrite, { id, filingId, accountId }: Written) =>
      ({
        grant: () => codes.grant(id, accountId, later(1)),
        bind: () => codes.bind(id, filingId, later(1)),
        release: () => codes.release(id, filingId, later(1)),
        consume: () => codes.consume(id, filingId, later(1)),
        revoke: () => codes.revoke(id, later(1)),
      })[step]();

    for (const [state, steps] of Object.entries(allowed) as [CodeState, readonly CodeWrite[]][]) {
      test(`${state}: only ${steps.join(', ') || 'nothing'} may follow`, async () => {
        for (const step of ['grant', 'bind', 'release', 'consume', 'revoke'] as const) {
          const { id, accountId, filingId } = await codeIn(state);
          const target = state === 'bound' && step === 'bind' ? (await world().filing(accountId)).id : filingId;
          await world().open.store.transaction(async ({ codes }) => {
            const before = await codes.find(id);
            expect(await write(codes, step, { id, filingId: target, accountId }), step).toBe(steps.includes(step));
            if (!steps.includes(step)) expect(await codes.find(id)).toEqual(before);
          });
        }
      });
    }

    test('each write leaves its dated fact, and release leaves none', async () => {
      const { id, accountId, filingId } = await codeIn('unused');
      await world().open.store.transaction(async ({ codes }) => {
        await codes.grant(id, accountId, later(1));
        expect(await codes.find(id)).toMatchObject({ granteeAccountId: accountId, grantedAt: later(1) });
        await codes.grant(id, null, later(2));
        expect(await codes.find(id)).toMatchObject({ granteeAccountId: null, grantedAt: null });
        await codes.bind(id, filingId, later(3));
        expect(await codes.find(id)).toMatchObject({ boundFilingId: filingId, boundAt: later(3) });
        await codes.release(id, filingId, later(4));
        expect(await codes.find(id)).toMatchObject({ boundFilingId: null, boundAt: null });
        await codes.bind(id, filingId, later(5));
        await codes.consume(id, filingId, later(6));
        expect(await codes.find(id)).toMatchObject({ boundFilingId: filingId, boundAt: later(5), usedAt: later(6) });
      });
    });

    test('only the filing it is bound to releases or consumes it', async () => {
      const { id, accountId } = await codeIn('bound');
      const other = (await world().filing(accountId)).id;
      await world().open.store.transaction(async ({ codes }) => {
        expect(await codes.release(id, other, at)).toBe(false);
        expect(await codes.consume(id, other, at)).toBe(false);
      });
    });

    test('a filing holds one code', async () => {
      const { filingId, resource } = await codeIn('bound');
      const [second = ''] = await world().issue(resource);
      const bind = world().open.store.transaction(({ codes }) => codes.bind(second, filingId, at));
      expect(await refusal(bind)).toBe('filing_code_one_per_filing');
    });

    test('revoking gives its place back, in either order within one transaction', async () => {
      for (const returnFirst of [true, false]) {
        const { id, resource } = await codeIn('unused');
        await world().open.store.transaction(async ({ codes, quota }) => {
          const spendId = (await codes.find(id))?.spendId ?? '';
          if (returnFirst) await quota.returnSpend(spendId, at);
          await codes.revoke(id, at);
          if (!returnFirst) await quota.returnSpend(spendId, at);
        });
        expect((await world().ledger(`codes:${resource.id}`)).spent).toBe(0);
      }
    });

    test('is found by its hash, its issuer, its grantee and its resource', async () => {
      const { store } = world().open;
      const resource = await world().resource(await world().account());
      const grantee = await world().account();
      const [older = '', newer = ''] = [
        ...(await world().issue(resource)),
        ...(await world().issue(resource, { granteeAccountId: grantee })),
      ];
      const ids = (rows: readonly { readonly id: string }[]) => rows.map((row) => row.id);
      await store.transaction(async ({ codes }) => {
        expect((await codes.findByLookupHash([`hash-${older}`]))?.id).toBe(older);
        expect(await codes.findByLookupHash(['no-such-hash'])).toBeNull();
        expect(await codes.find('code_none')).toBeNull();
        expect(ids(await codes.list({ issuerAccountId: resource.accountId, limit: 9 }))).toEqual([newer, older]);
        expect(ids(await codes.list({ issuerAccountId: resource.accountId, limit: 1 }))).toEqual([newer]);
        expect(ids(await codes.list({ issuerAccountId: resource.accountId, limit: 9, after: [newer] }))).toEqual([
          older,
        ]);
        expect(ids(await codes.list({ granteeAccountId: grantee, limit: 9 }))).toEqual([newer]);
        expect(ids(await codes.list({ resourceId: resource.id, granteeAccountId: grantee, limit: 9 }))).toEqual([
          newer,
        ]);
        expect(await codes.list({ issuerAccountId: grantee, limit: 9 })).toEqual([]);
      });
    });

    test('is found and counted by its phase, its note, its tail and either account', async () => {
      const resource = await world().resource(await world().account());
      const grantee = await world().account();
      const [open = ''] = await world().issue(resource, { note: 'For the Harbour 港口 office 100%' });
      const [gone = ''] = await world().issue(resource, { granteeAccountId: grantee });
      const [used = ''] = await world().issue(resource, { granteeAccountId: grantee });
      const filingId = (await world().filing(grantee)).id;
      await world().open.store.transaction(async ({ codes }) => {
        await codes.revoke(gone, at);
        await codes.bind(used, filingId, at);
        const found = async (filter: Parameters<CodeRows['count']>[0]) =>
          (await codes.list({ issuerAccountId: resource.accountId, ...filter, limit: 9 })).map(({ id }) => id);
        expect(await found({ phase: 'open' })).toEqual([open]);
        expect(await found({ phase: 'bound' })).toEqual([used]);
        expect(await found({ phase: 'revoked' })).toEqual([gone]);
        await codes.consume(used, filingId, at);
        expect(await found({ phase: 'bound' })).toEqual([]);
        expect(await found({ phase: 'used' })).toEqual([used]);
        for (const search of ['harbour', '港口', '100%', 'OFFICE 1']) expect(await found({ search })).toEqual([open]);
        for (const search of ['1_0', '_ffice', 'harbor']) expect(await found({ search })).toEqual([]);
        const { tail = '' } = (await codes.find(gone)) ?? {};
        expect(await found({ search: tail.toLowerCase() })).toContain(gone);
        expect(await found({ search: grantee, phase: 'used' })).toEqual([used]);

        const counts = await codes.count({ issuerAccountId: resource.accountId });
        expect(counts.toSorted((a, b) => (a.phase < b.phase ? -1 : 1))).toEqual([
          { phase: 'open', resourceId: resource.id, issuedAt: at, stoppedAt: null, count: 1 },
          { phase: 'revoked', resourceId: null, issuedAt: null, stoppedAt: null, count: 1 },
          { phase: 'used', resourceId: null, issuedAt: null, stoppedAt: null, count: 1 },
        ]);
        expect(await codes.count({ partyAccountId: grantee, phase: 'used' })).toHaveLength(1);
        expect(await codes.count({ partyAccountId: 'acct-nobody' })).toEqual([]);
      });
    });

    test('open codes are counted per day in Asia/Shanghai, which their own life may depend on', async () => {
      const resource = await world().resource(await world().account());
      const before = '2026-11-20T15:59:59.000Z';
      const midnight = '2026-11-20T16:00:00.000Z';
      for (const issuedAt of [before, midnight, '2026-11-21T01:00:00.000Z'])
        await world().issue(resource, { at: issuedAt });
      const counts = await world().open.store.transaction(({ codes }) => codes.count({ resourceId: resource.id }));
      expect(counts.map(({ issuedAt, count }) => [issuedAt, count]).toSorted()).toEqual([
        [before, 1],
        [midnight, 2],
      ]);
    });

    test('what its life forbids is refused to hand-written statements too', async () => {
      const { run } = world();
      const [unused, bound, used, revoked] = await Promise.all([
        codeIn('unused'),
        codeIn('bound'),
        codeIn('used'),
        codeIn('revoked'),
      ]);
      const elsewhere = (await world().filing(unused.accountId)).id;
      const attempts: [string, string, string][] = [
        [unused.id, `used_at = '${at}'`, 'filing_code_used_is_bound'],
        [unused.id, `id = '${fresh('code')}'`, 'filing_code_life'],
        [unused.id, `bound_filing_id = '${elsewhere}'`, 'filing_code_bound_when'],
        [unused.id, `bound_filing_id = 'no-such-filing', bound_at = '${at}'`, 'filing_code_bound_filing_id_fkey'],
        [bound.id, `bound_filing_id = '${elsewhere}'`, 'filing_code_life'],
        [bound.id, `resource_id = '${unused.resource.id}'`, 'filing_code_life'],
        [bound.id, `revoked_at = '${at}'`, 'filing_code_revoked_is_free'],
        [bound.id, `bound_filing_id = NULL, bound_at = NULL, used_at = '${at}'`, 'filing_code_used_is_bound'],
        [used.id, 'used_at = NULL', 'filing_code_life'],
        [used.id, 'used_at = NULL, bound_filing_id = NULL, bound_at = NULL', 'filing_code_life'],
        [used.id, `revoked_at = '${at}'`, 'filing_code_life'],
        [used.id, `grantee_account_id = '${unused.accountId}', granted_at = '${at}'`, 'filing_code_life'],
        [revoked.id, 'revoked_at = NULL', 'filing_code_life'],
        [revoked.id, `bound_filing_id = '${elsewhere}', bound_at = '${at}'`, 'filing_code_life'],
      ];
      for (const [id, set, refusedBy] of attempts) {
        expect(await refusal(run(`UPDATE filing_code SET ${set} WHERE id = '${id}'`)), set).toBe(refusedBy);
      }
      // Keys rotate: re-sealing is always possible.
      for (const { id } of [unused, bound, used, revoked])
        await run(`UPDATE filing_code SET sealed = 'v2' WHERE id = '${id}'`);
    });

    test('moves to another resource with its place in one statement, while it is free', async () => {
      const { run } = world();
      const { id, resource, accountId } = await codeIn('unused');
      const target = await world().resource(accountId);
      const key = `codes:${target.id}`;
      await run(`INSERT INTO quota (ledger_key, capacity, changed_at) VALUES ('${key}', 1, '${at}')`);
      const repoint = (code: string, ledgerKey = key) =>
        world().open.store.transaction((tx) =>
          tx.codes.repoint(code, { resourceId: target.id, ledgerKey, spendId: fresh('spd') }, later(1)),
        );
      expect(await repoint(id)).toBe('repointed');
      expect(await world().open.store.transaction((tx) => tx.codes.find(id))).toMatchObject({ resourceId: target.id });
      expect(await world().ledger(`codes:${resource.id}`)).toEqual({ capacity: 5, spent: 0, live: 0 });
      expect(await world().ledger(key)).toEqual({ capacity: 1, spent: 1, live: 1 });
      const [second = ''] = await world().issue(resource);
      expect(await repoint(second)).toBe('quota_exhausted');
      expect(await world().ledger(`codes:${resource.id}`)).toEqual({ capacity: 5, spent: 1, live: 1 });
      // On one full ledger for both nothing has to move.
      await run(`UPDATE quota SET capacity = 1 WHERE ledger_key = 'codes:${resource.id}'`);
      expect(await repoint(second, `codes:${resource.id}`)).toBe('repointed');
      expect(await world().ledger(`codes:${resource.id}`)).toEqual({ capacity: 1, spent: 1, live: 1 });
      expect(await repoint((await codeIn('bound')).id)).toBe('wrong_state');
      expect(await repoint((await codeIn('revoked')).id)).toBe('wrong_state');
      // Only within its issuer's own resources, whoever writes.
      const foreign = await world().resource(await world().account());
      const steal = run(`UPDATE filing_code SET resource_id = '${foreign.id}' WHERE id = '${second}'`);
      expect(await refusal(steal)).toBe('filing_code_of_its_resource');
    });
  });
}
