import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { at, factsOf, idsOf, refusal, type World } from './world.ts';

/** Commands of the same moment share a statement; each stays all or nothing by itself, as if it had come alone. */
export function describeIssuingTogether(world: () => World): void {
  describe('issuing codes at the same moment', () => {
    const resourceOf = async () => world().resource(await world().account());
    const outcomesOf = async (commands: ReturnType<World['command']>[]) => {
      const { store } = world().open;
      return (await Promise.all(commands.map((command) => store.issueCodes(command)))).map(({ outcome }) => outcome);
    };

    test('writes for each command exactly what it writes for one', async () => {
      const { open, run } = world();
      const grantee = await world().account();
      const resources = [await resourceOf(), await resourceOf(), await resourceOf()];
      const commands = resources.flatMap((resource, index) => [
        world().command(resource, { count: 1 + index, note: `第 ${index} 批 "\\'` }),
        world().command(resource, { granteeAccountId: grantee, capacity: index === 0 ? null : 5 }),
      ]);
      const answers = await Promise.all(commands.map((command) => open.store.issueCodes(command)));
      expect(answers).toEqual(
        commands.map((command) => ({ outcome: 'issued', codeIds: command.codes.map((code) => code.id) })),
      );
      for (const command of commands) {
        await open.store.transaction(async (tx) => {
          for (const code of command.codes) {
            expect(await tx.codes.find(code.id)).toEqual({
              id: code.id,
              sealed: code.sealed,
              tail: code.tail,
              spendId: code.spendId,
              note: command.note,
              resourceId: command.resource.id,
              issuerAccountId: command.issuerAccountId,
              issuedAt: at,
              granteeAccountId: command.granteeAccountId,
              grantedAt: command.granteeAccountId && at,
              boundFilingId: null,
              boundAt: null,
              usedAt: null,
              revokedAt: null,
              stoppedAt: null,
            });
            expect((await tx.codes.findByLookupHash([code.lookupHash]))?.id).toBe(code.id);
          }
          expect(await tx.audit.list({ objectId: command.audit.objectId, limit: 9 })).toEqual([command.audit]);
          const { actorId, operation, key, requestHash } = command.idempotency;
          expect(await tx.idempotency.find({ actorId, operation, key }, z.unknown())).toEqual({
            requestHash,
            response: { codeIds: command.codes.map((code) => code.id) },
          });
        });
      }
      for (const [index, resource] of resources.entries()) {
        const events = await run(
          `SELECT code_id FROM code_event WHERE resource_id = '${resource.id}' ORDER BY code_id`,
        );
        expect(events).toHaveLength(2 + index);
        const ledger = await world().ledger(`codes:${resource.id}`);
        expect(ledger).toEqual({ capacity: index === 0 ? null : 5, spent: 2 + index, live: 2 + index });
      }
    });

    test('shares out a ledger in the order of arrival; what does not fit leaves its room to those behind it', async () => {
      const resource = await resourceOf();
      const counts = [3, 3, 1, 2, 1, 1];
      const commands = counts.map((count) => world().command(resource, { count, capacity: 5 }));
      expect(await outcomesOf(commands)).toEqual([
        'issued',
        'quota_exhausted',
        'issued',
        'quota_exhausted',
        'issued',
        'quota_exhausted',
      ]);
      expect(await world().ledger(`codes:${resource.id}`)).toEqual({ capacity: 5, spent: 5, live: 5 });
      // Full from the start as well.
      expect(await outcomesOf(commands.map((one) => world().command(resource, { count: one.codes.length })))).toEqual(
        counts.map(() => 'quota_exhausted'),
      );
    });

    test('leaves nobody out because of what another command may not have', async () => {
      const { store } = world().open;
      const [good, changed, full] = [await resourceOf(), await resourceOf(), await resourceOf()];
      await world().issue(full, { count: 5 });
      const earlier = world().command(good);
      await store.issueCodes(earlier);
      await store.transaction((tx) => tx.resources.put({ ...changed, facts: factsOf({ publicIps: [] }) }, at));
      const commands = [
        world().command(good),
        world().command(changed),
        world().command(full),
        world().command(good, { resource: { id: 'no-such-resource', version: 1 } }),
        world().command(good, { idempotency: earlier.idempotency }),
        world().command(good, { idempotency: { ...earlier.idempotency, requestHash: 'another' } }),
        world().command(await resourceOf()),
      ];
      expect(await outcomesOf(commands)).toEqual([
        'issued',
        'facts_changed',
        'quota_exhausted',
        'facts_changed',
        'replayed',
        'key_reused',
        'issued',
      ]);
      expect((await world().ledger(`codes:${good.id}`)).live).toBe(2);
    });

    test('the same key twice: the second sees the first’s answer', async () => {
      const { store } = world().open;
      const resource = await resourceOf();
      const { idempotency } = world().command(resource);
      const other = { ...idempotency, requestHash: 'another' };
      const commands = [idempotency, idempotency, other].map((one) =>
        world().command(resource, { idempotency: one, capacity: 1 }),
      );
      commands.push(world().command(await resourceOf()));
      const answers = await Promise.all(commands.map((command) => store.issueCodes(command)));
      expect(answers.map(({ outcome }) => outcome)).toEqual(['issued', 'replayed', 'key_reused', 'issued']);
      const ids = commands[0]?.codes.map((code) => code.id);
      expect(answers.slice(0, 2).map((one) => idsOf(one))).toEqual([ids, ids]);
    });

    test('what a constraint or the encoding refuses fails alone and whole', async () => {
      const { store } = world().open;
      const [one, two] = [await resourceOf(), await resourceOf()];
      const existing = world().command(one);
      await store.issueCodes(existing);
      const twin = world().command(two, { count: 2 });
      const commands = [
        world().command(one),
        { ...twin, codes: twin.codes.map((code) => ({ ...code, lookupHash: existing.codes[0]?.lookupHash ?? '' })) },
        world().command(two, { note: 'a\u0000b' }),
        world().command(two, { granteeAccountId: 'nobody' }),
        world().command(two, { issuerAccountId: one.accountId }),
        world().command(two),
      ];
      const [first, ...others] = commands.map((command) => store.issueCodes(command));
      const last = others.pop();
      const refused = await Promise.all(others.map((work) => refusal(work)));
      expect([(await first)?.outcome, (await last)?.outcome]).toEqual(['issued', 'issued']);
      expect(refused).toEqual([
        'filing_code_lookup_hash',
        '22021',
        'filing_code_grantee_account_id_fkey',
        'filing_code_of_its_resource',
      ]);
      expect(await world().ledger(`codes:${two.id}`)).toEqual({ capacity: 5, spent: 1, live: 1 });
    });

    test('a ledger is sized by each command as it comes', async () => {
      const resource = await resourceOf();
      const capacities = [1, 1, 2, null, 3, 4];
      const commands = capacities.map((capacity) => world().command(resource, { capacity }));
      expect(await outcomesOf(commands)).toEqual([
        'issued',
        'quota_exhausted',
        'issued',
        'issued',
        'quota_exhausted',
        'issued',
      ]);
      expect(await world().ledger(`codes:${resource.id}`)).toEqual({ capacity: 4, spent: 4, live: 4 });
    });

    test('hundreds at once, batches among them, on one ledger and on many', async () => {
      const { store } = world().open;
      const [hot, ...cold] = await Promise.all(Array.from({ length: 9 }, resourceOf));
      const commands = Array.from({ length: 240 }, (_, index) => {
        const resource = index % 3 === 0 ? (cold[index % 8] ?? hot) : hot;
        if (resource === undefined) throw new Error('there are nine');
        return world().command(resource, {
          capacity: resource === hot ? 100 : 30,
          count: 1 + (index % 7 === 0 ? 4 : 0),
        });
      });
      const outcomes = await Promise.all(commands.map((command) => store.issueCodes(command)));
      for (const resource of [hot, ...cold]) {
        const key = `codes:${resource?.id}`;
        const issued = outcomes.flatMap((one, index) => (commands[index]?.ledgerKey === key ? idsOf(one) : []));
        const codes = await store.transaction((tx) => tx.codes.list({ resourceId: resource?.id ?? '', limit: 500 }));
        expect(codes.map((code) => code.id).sort()).toEqual(issued.sort());
        const capacity = resource === hot ? 100 : 30;
        expect(await world().ledger(key)).toEqual({ capacity, spent: issued.length, live: issued.length });
      }
      expect((await world().ledger(`codes:${hot?.id}`)).spent).toBe(100);
    });
  });
}
