import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { at, factsOf, fresh, idsOf, refusal, type World } from './world.ts';

/** `issueCodes`: all of it or nothing, and the same request once. */
export function describeIssuing(world: () => World): void {
  describe('issuing codes', () => {
    const resourceOf = async () => world().resource(await world().account());

    test('writes codes, spends, audit row and the answer under the key', async () => {
      const { open, run } = world();
      const resource = await resourceOf();
      const grantee = await world().account();
      const command = world().command(resource, { count: 3, granteeAccountId: grantee, note: '给客户' });
      expect(await open.store.issueCodes(command)).toEqual({
        outcome: 'issued',
        codeIds: command.codes.map((code) => code.id),
      });
      expect(await world().ledger(command.ledgerKey)).toEqual({ capacity: 5, spent: 3, live: 3 });
      await open.store.transaction(async (tx) => {
        const [first] = command.codes;
        expect(await tx.codes.find(first?.id ?? '')).toEqual({
          id: first?.id,
          resourceId: resource.id,
          issuerAccountId: resource.accountId,
          granteeAccountId: grantee,
          sealed: first?.sealed,
          tail: 'ABCD',
          spendId: first?.spendId,
          note: '给客户',
          issuedAt: at,
          grantedAt: at,
          boundFilingId: null,
          boundAt: null,
          usedAt: null,
          revokedAt: null,
          stoppedAt: null,
        });
        expect(await tx.audit.list({ objectId: command.audit.objectId, limit: 9 })).toEqual([command.audit]);
        const { actorId, operation, key } = command.idempotency;
        expect(await tx.idempotency.find({ actorId, operation, key }, z.unknown())).toEqual({
          requestHash: 'request',
          response: { codeIds: command.codes.map((code) => code.id) },
        });
      });
      const spends = await run(`SELECT id FROM quota_spend WHERE ledger_key = '${command.ledgerKey}' ORDER BY id`);
      expect(spends.map((row) => row.id)).toEqual(command.codes.map((code) => code.spendId));
    });

    test('the same request again gives the first answer and writes nothing, also when it could no longer be done', async () => {
      const { store } = world().open;
      const resource = await resourceOf();
      const command = world().command(resource, { count: 2, capacity: 2 });
      await store.issueCodes(command);
      const again = { ...world().command(resource, { count: 2, capacity: 2 }), idempotency: command.idempotency };
      const replayed = { outcome: 'replayed', codeIds: command.codes.map((code) => code.id) };
      expect(await store.issueCodes(again)).toEqual(replayed);
      await store.transaction((tx) =>
        tx.resources.put({ ...resource, facts: factsOf({ expiresAt: '2020-01-01' }) }, at),
      );
      expect(await store.issueCodes(again)).toEqual(replayed);
      expect(await world().ledger(command.ledgerKey)).toEqual({ capacity: 2, spent: 2, live: 2 });
    });

    test('another request under a used key is refused', async () => {
      const { store } = world().open;
      const resource = await resourceOf();
      const command = world().command(resource);
      await store.issueCodes(command);
      const other = world().command(resource, { idempotency: { ...command.idempotency, requestHash: 'another' } });
      expect(await store.issueCodes(other)).toEqual({ outcome: 'key_reused' });
      // The key is the actor's and the operation's own.
      const elsewhere = world().command(resource, { idempotency: { ...command.idempotency, actorId: 'usr_2' } });
      expect((await store.issueCodes(elsewhere)).outcome).toBe('issued');
    });

    test('a resource that changed since it was evaluated, or is gone, gets nothing; the key stays free', async () => {
      const { store } = world().open;
      const resource = await resourceOf();
      const command = world().command(resource);
      const changed = await store.transaction((tx) =>
        tx.resources.put({ ...resource, facts: factsOf({ publicIps: [] }) }, at),
      );
      expect(await store.issueCodes(command)).toEqual({ outcome: 'facts_changed' });
      const missing = { ...command, resource: { id: 'no-such-resource', version: 1 } };
      expect(await store.issueCodes(missing)).toEqual({ outcome: 'facts_changed' });
      expect(await store.transaction((tx) => tx.quota.find(command.ledgerKey))).toBeNull();
      const evaluatedAgain = { ...command, resource: { id: changed.id, version: changed.version } };
      expect((await store.issueCodes(evaluatedAgain)).outcome).toBe('issued');
    });

    test('a buyer whose real name changed since it was decided gets nothing, alone or together with others', async () => {
      const { store } = world().open;
      const [resource, other] = [await resourceOf(), await resourceOf()];
      await store.transaction((tx) =>
        tx.accounts.put({ id: resource.accountId, realName: 'none', displayName: '' }, at),
      );
      expect(await store.issueCodes(world().command(resource))).toEqual({ outcome: 'facts_changed' });
      const commands = [world().command(other), world().command(resource), world().command(other)];
      const outcomes = await Promise.all(commands.map((command) => store.issueCodes(command)));
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['issued', 'facts_changed', 'issued']);
      const decidedAgain = world().command(resource, { issuerRealName: 'none' });
      expect((await store.issueCodes(decidedAgain)).outcome).toBe('issued');
    });

    test('facts may be some minutes old; once a guard found them changed they are read again', async () => {
      const { store } = world().open;
      const resource = await resourceOf();
      const versionOf = async () => (await store.findIssuing(resource.id, null))?.resource.version;
      expect(await versionOf()).toBe(1);
      await store.transaction((tx) => tx.resources.put({ ...resource, facts: factsOf({ publicIps: [] }) }, at));
      expect(await store.issueCodes(world().command(resource))).toEqual({ outcome: 'facts_changed' });
      expect(await versionOf()).toBe(2);
      expect(await store.findIssuing('no-such-resource', null)).toBeNull();
    });

    test('a batch that does not fit issues none; the key stays free until it does', async () => {
      const { store } = world().open;
      const resource = await resourceOf();
      await world().issue(resource, { count: 3, capacity: 5 });
      const batch = world().command(resource, { count: 3, capacity: 5 });
      expect(await store.issueCodes(batch)).toEqual({ outcome: 'quota_exhausted' });
      expect(await world().ledger(batch.ledgerKey)).toEqual({ capacity: 5, spent: 3, live: 3 });
      await store.transaction(async (tx) => {
        expect(await tx.codes.list({ resourceId: resource.id, limit: 99 })).toHaveLength(3);
        expect(await tx.audit.list({ objectId: batch.audit.objectId, limit: 1 })).toEqual([]);
        expect(
          await tx.idempotency.find(
            { actorId: 'usr_1', operation: 'issue-codes', key: batch.idempotency.key },
            z.unknown(),
          ),
        ).toBeNull();
      });
      expect((await store.issueCodes({ ...batch, capacity: 6 })).outcome).toBe('issued');
      expect(await world().ledger(batch.ledgerKey)).toEqual({ capacity: 6, spent: 6, live: 6 });
    });

    test('sizes the ledger as told, never below what is spent', async () => {
      const { store } = world().open;
      const resource = await resourceOf();
      await world().issue(resource, { count: 2, capacity: null });
      const key = `codes:${resource.id}`;
      expect(await world().ledger(key)).toEqual({ capacity: null, spent: 2, live: 2 });
      expect((await store.issueCodes(world().command(resource, { capacity: 1 }))).outcome).toBe('quota_exhausted');
      expect(await world().ledger(key)).toEqual({ capacity: null, spent: 2, live: 2 });
      await world().issue(resource, { capacity: 3 });
      expect(await world().ledger(key)).toEqual({ capacity: 3, spent: 3, live: 3 });
    });

    test('a code that exists already fails the whole batch', async () => {
      const { store } = world().open;
      const resource = await resourceOf();
      const first = world().command(resource);
      await store.issueCodes(first);
      const second = world().command(resource, { count: 2 });
      const twin = {
        ...second,
        codes: second.codes.map((code) => ({ ...code, lookupHash: first.codes[0]?.lookupHash ?? '' })),
      };
      expect(await refusal(store.issueCodes(twin))).toBe('filing_code_lookup_hash');
      expect((await world().ledger(first.ledgerKey)).spent).toBe(1);
    });

    test('many asking at once get exactly the capacity; the same key at once has one effect', async () => {
      const { store } = world().open;
      const resource = await resourceOf();
      const outcomes = await Promise.all(
        Array.from({ length: 12 }, () => store.issueCodes(world().command(resource, { capacity: 5 }))),
      );
      const tally = Map.groupBy(outcomes, (outcome) => outcome.outcome);
      expect([tally.get('issued')?.length, tally.get('quota_exhausted')?.length]).toEqual([5, 7]);

      const twin = await resourceOf();
      const idempotency = { ...world().command(twin).idempotency, key: fresh('key') };
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => store.issueCodes(world().command(twin, { idempotency }))),
      );
      expect(new Set(answers.map((answer) => idsOf(answer).join())).size).toBe(1);
      expect(answers.filter((answer) => answer.outcome === 'issued')).toHaveLength(1);
      expect((await world().ledger(`codes:${twin.id}`)).live).toBe(1);
    });
  });
}
