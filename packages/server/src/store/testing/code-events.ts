import { describe, expect, test } from 'vitest';
import { at, later, refusal, type World } from './world.ts';

/** The outbox of codes: no change without its event, no event lost before it was relayed. */
export function describeCodeEvents(world: () => World): void {
  describe('events of a code', () => {
    const eventsOf = (codeId: string) =>
      world().run(
        `SELECT id, type, at AT TIME ZONE 'UTC' AS at, issuer_account_id, grantee_account_id, resource_id, detail
         FROM code_event WHERE code_id = '${codeId}' ORDER BY seq`,
      );
    const typesOf = async (codeId: string) => (await eventsOf(codeId)).map((event) => event.type);
    const issued = async () => {
      const accountId = await world().account();
      const resource = await world().resource(accountId);
      const [id = ''] = await world().issue(resource);
      return { id, accountId, resource, filingId: (await world().filing(accountId)).id };
    };

    test('come with each change, in its order, with what it changed', async () => {
      const { id, accountId, resource, filingId } = await issued();
      const target = await world().resource(accountId);
      const { store } = world().open;
      await store.transaction(({ codes }) => codes.grant(id, accountId, later(1)));
      await store.transaction(async ({ codes }) => {
        await codes.bind(id, filingId, later(2));
        await codes.release(id, filingId, later(3));
      });
      const spendId = `${id}-spd`;
      await world().run(
        `WITH ledger AS (INSERT INTO quota (ledger_key, changed_at) VALUES ('${spendId}', '${at}') RETURNING ledger_key),
           taken AS (INSERT INTO quota_spend (id, ledger_key, holder, spent_at)
             SELECT '${spendId}', ledger_key, 'code', '${at}' FROM ledger)
         UPDATE filing_code SET changed_at = '${later(4)}', spend_id = '${spendId}', resource_id = '${target.id}'
         WHERE id = '${id}'`,
      );
      await store.transaction(async ({ codes }) => {
        await codes.bind(id, filingId, later(5));
        await codes.consume(id, filingId, later(6));
      });
      const events = await eventsOf(id);
      const common = { issuer_account_id: accountId, grantee_account_id: accountId, resource_id: target.id };
      expect(events).toMatchObject([
        { ...common, type: 'CodeIssued', grantee_account_id: null, resource_id: resource.id, detail: {} },
        { ...common, type: 'CodeGranted', resource_id: resource.id, detail: { fromAccountId: null } },
        { ...common, type: 'CodeBound', resource_id: resource.id, detail: { filingId } },
        { ...common, type: 'CodeReleased', resource_id: resource.id, detail: { filingId } },
        { ...common, type: 'CodeRepointed', detail: { fromResourceId: resource.id } },
        { ...common, type: 'CodeBound', detail: { filingId } },
        { ...common, type: 'CodeUsed', detail: { filingId } },
      ]);
      expect(new Set(events.map((event) => event.id)).size).toBe(7);
      expect(String(events[0]?.id)).toMatch(/^evt_[0-9a-f]{32}$/);
    });

    test('are written for a batch one by one, for a revoked code, and for hand-written statements too', async () => {
      const accountId = await world().account();
      const [first = '', second = ''] = await world().issue(await world().resource(accountId), { count: 2 });
      await world().open.store.transaction(({ codes }) => codes.revoke(first, later(1)));
      await world().run(
        `UPDATE filing_code SET grantee_account_id = '${accountId}', granted_at = '${at}' WHERE id = '${second}'`,
      );
      expect(await typesOf(first)).toEqual(['CodeIssued', 'CodeRevoked']);
      expect(await typesOf(second)).toEqual(['CodeIssued', 'CodeGranted']);
    });

    test('are not written for what did not happen, nor for re-sealing', async () => {
      const { id, filingId } = await issued();
      const { store } = world().open;
      await store.transaction(async ({ codes }) => {
        expect(await codes.release(id, filingId, at)).toBe(false);
        expect(await codes.consume(id, filingId, at)).toBe(false);
      });
      const rolledBack = store.transaction(async ({ codes }) => {
        await codes.revoke(id, at);
        throw new Error('given up');
      });
      await expect(rolledBack).rejects.toThrow('given up');
      await world().run(`UPDATE filing_code SET sealed = 'v2', note = 'n' WHERE id = '${id}'`);
      expect(await typesOf(id)).toEqual(['CodeIssued']);
    });

    test('stay as they were written, and are kept until they were relayed', async () => {
      const { id } = await issued();
      const { run, open } = world();
      const of = `code_id = '${id}'`;
      expect(await refusal(run(`DELETE FROM code_event WHERE ${of}`))).toBe('code_event_is_kept_until_relayed');
      expect(await refusal(run('TRUNCATE code_event'))).toBe('code_event_is_not_emptied');
      expect(await refusal(run(`UPDATE code_event SET at = '${later(1)}' WHERE ${of}`))).toBe('code_event_is_a_fact');
      expect(await refusal(run(`UPDATE code_event SET type = 'CodeLost' WHERE ${of}`))).toBe('code_event_is_a_fact');
      // All that other tests left are taken along: the oldest come first, and nothing is skipped.
      const taken = await open.store.transaction(async ({ codeEvents }) => {
        const events = await codeEvents.takeUnrelayed({ limit: 10_000 });
        await codeEvents.markRelayed(
          events.map((event) => event.seq),
          later(1),
        );
        return events;
      });
      const seqs = taken.map((event) => event.seq);
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
      expect(taken.at(-1)).toEqual({
        seq: seqs.at(-1),
        id: taken.at(-1)?.id,
        codeId: id,
        type: 'CodeIssued',
        at,
        granteeAccountId: null,
        issuerAccountId: taken.at(-1)?.issuerAccountId,
        resourceId: taken.at(-1)?.resourceId,
        detail: {},
      });
      expect(await open.store.transaction(({ codeEvents }) => codeEvents.takeUnrelayed({ limit: 10 }))).toEqual([]);
      expect(await refusal(run(`UPDATE code_event SET relayed_at = '${later(2)}' WHERE ${of}`))).toBe(
        'code_event_is_a_fact',
      );
      const clear = (instant: string, limit: number) =>
        open.store.transaction(({ codeEvents }) => codeEvents.deleteRelayedBefore(instant, limit));
      expect(await clear(later(1), 10)).toBe(0);
      expect(await clear(later(2), 1)).toBe(1);
      expect(await clear(later(2), 10_000)).toBe(taken.length - 1);
      expect(await typesOf(id)).toEqual([]);
    });
  });
}
