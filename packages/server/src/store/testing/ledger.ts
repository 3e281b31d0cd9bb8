import { beforeEach, describe, expect, test } from 'vitest';
import { at, draft, fresh, later, refusal, type World } from './world.ts';

/** Quota: what the store does, and what nobody can do past it. */
export function describeLedger(world: () => World): void {
  describe('a ledger', () => {
    let accountId: string;
    let key: string;
    beforeEach(async () => {
      accountId = await world().account();
      key = fresh('ledger');
      await world().open.store.transaction((tx) => tx.quota.put(key, 2, at));
    });

    const spend = async (filingId: string) => {
      const spendId = fresh('spd');
      const spent = await world().open.store.transaction((tx) =>
        tx.quota.spendDirect({ spendId, ledgerKey: key, filingId, at }),
      );
      return { spendId, spent };
    };

    test('counts what is spent and given back, each once', async () => {
      const filing = await world().filing(accountId);
      const { spendId } = await spend(filing.id);
      const { store } = world().open;
      const [found, listed] = await store.transaction(async (tx) => [
        await tx.quota.find(key),
        (await tx.quota.listWithAccounts([key, 'no-such-ledger'], [])).ledgers,
      ]);
      expect(found).toEqual({ ledgerKey: key, capacity: 2, spent: 1 });
      expect(listed).toEqual([found]);
      expect(await store.transaction((tx) => tx.quota.returnSpend(spendId, later(1)))).toBe(true);
      expect(await store.transaction((tx) => tx.quota.returnSpend(spendId, later(2)))).toBe(false);
      expect(await store.transaction((tx) => tx.quota.returnSpend('spd_none', later(2)))).toBe(false);
      expect(await world().ledger(key)).toEqual({ capacity: 2, spent: 0, live: 0 });
      expect(await store.transaction((tx) => tx.quota.find('no-such-ledger'))).toBeNull();
    });

    test('says no when it is exhausted, and the transaction goes on', async () => {
      const { store } = world().open;
      const filing = await world().filing(accountId);
      const answers = await store.transaction(async (tx) => {
        const asked: boolean[] = [];
        for (let count = 0; count < 4; count += 1) {
          asked.push(await tx.quota.spendDirect({ spendId: fresh('spd'), ledgerKey: key, filingId: filing.id, at }));
        }
        return asked;
      });
      expect(answers).toEqual([true, true, false, false]);
      expect(await world().ledger(key)).toEqual({ capacity: 2, spent: 2, live: 2 });
    });

    test('without a capacity it counts and refuses nothing; without a ledger nothing is spent', async () => {
      const { store } = world().open;
      const filing = await world().filing(accountId);
      await store.transaction((tx) => tx.quota.put(key, null, at));
      for (let count = 0; count < 3; count += 1) expect((await spend(filing.id)).spent).toBe(true);
      expect(await world().ledger(key)).toEqual({ capacity: null, spent: 3, live: 3 });
      const nowhere = { spendId: fresh('spd'), ledgerKey: 'no-such-ledger', filingId: filing.id, at };
      expect(await store.transaction((tx) => tx.quota.spendDirect(nowhere))).toBe(false);
    });

    test('is never sized below what is spent', async () => {
      const { store } = world().open;
      const filing = await world().filing(accountId);
      await spend(filing.id);
      await store.transaction((tx) => tx.quota.put(key, 0, at));
      expect(await world().ledger(key)).toEqual({ capacity: 1, spent: 1, live: 1 });
      await store.transaction((tx) => tx.quota.put(key, 7, at));
      expect((await world().ledger(key)).capacity).toBe(7);
    });

    test('a filing cannot be given up by giving back the place it is submitted on', async () => {
      const { store } = world().open;
      const filing = await world().filing(accountId);
      const { spendId } = await spend(filing.id);
      await store.transaction((tx) =>
        tx.filings.update({ id: filing.id, version: 1 }, 'awaiting_review', { spendId }, at),
      );
      const giveBack = () => store.transaction((tx) => tx.quota.returnSpend(spendId, at));
      expect(await refusal(giveBack())).toBe('filing_covered_by_spend');
      await store.transaction(async (tx) => {
        expect(await tx.quota.returnSpend(spendId, at)).toBe(true);
        await tx.filings.update({ id: filing.id, version: 2 }, 'abandoned', {}, at);
      });
      expect((await world().ledger(key)).spent).toBe(0);
    });
  });

  describe('overspending by hand', () => {
    test('no statement of anybody moves the counter, and none overspends', async () => {
      const { run, open } = world();
      const accountId = await world().account();
      const resource = await world().resource(accountId);
      const [codeId] = await world().issue(resource, { capacity: 2 });
      const key = `codes:${resource.id}`;
      const filing = await world().filing(accountId);
      const direct = fresh('spd');
      await open.store.transaction((tx) =>
        tx.quota.spendDirect({ spendId: direct, ledgerKey: key, filingId: filing.id, at }),
      );
      const [code] = await run(`SELECT spend_id FROM filing_code WHERE id = '${codeId}'`);
      const other = fresh('ledger');
      const gone = fresh('spd');
      await run(`INSERT INTO quota (ledger_key, capacity, changed_at) VALUES ('${other}', 1, '${at}')`);
      await run(
        `INSERT INTO quota_spend (id, ledger_key, holder, spent_at) VALUES ('${gone}', '${other}', 'code', '${at}')`,
      );
      await run(`UPDATE quota_spend SET returned_at = '${at}' WHERE id = '${gone}'`);

      const spendRow = (id: string) => `('${id}', '${key}', 'code', '${at}')`;
      const codeRow = (spendId: string) =>
        `INSERT INTO filing_code (id, lookup_hash, sealed, tail, resource_id, issuer_account_id, spend_id, issued_at)
         VALUES ('${fresh('code')}', '${fresh('hash')}', 's', 't', '${resource.id}', '${accountId}', '${spendId}', '${at}')`;
      const attempts: [string, string][] = [
        [
          `INSERT INTO quota_spend (id, ledger_key, holder, spent_at) VALUES ${spendRow(fresh('x'))}`,
          'quota_spent_within_capacity',
        ],
        [
          `INSERT INTO quota_spend (id, ledger_key, holder, spent_at) VALUES ${spendRow(fresh('x'))}, ${spendRow(fresh('x'))}`,
          'quota_spent_within_capacity',
        ],
        [
          `WITH more AS (INSERT INTO quota_spend (id, ledger_key, holder, spent_at) VALUES ${spendRow(fresh('x'))} RETURNING id)
           SELECT * FROM more`,
          'quota_spent_within_capacity',
        ],
        [
          `INSERT INTO quota_spend (id, ledger_key, holder, spent_at) VALUES ('${fresh('x')}', 'no-such-ledger', 'code', '${at}')`,
          'quota_spend_in_ledger',
        ],
        [
          `INSERT INTO quota_spend (id, ledger_key, holder, spent_at, returned_at)
           VALUES ('${fresh('x')}', '${key}', 'code', '${at}', '${at}')`,
          'quota_spend_starts_live',
        ],
        [
          `INSERT INTO quota (ledger_key, capacity, spent, changed_at) VALUES ('${fresh('l')}', 9, 5, '${at}')`,
          'quota_starts_unspent',
        ],
        [`UPDATE quota SET spent = 0 WHERE ledger_key = '${key}'`, 'quota_moves_by_spends_only'],
        [`UPDATE quota SET spent = spent - 1, capacity = 9 WHERE ledger_key = '${key}'`, 'quota_moves_by_spends_only'],
        [
          `INSERT INTO quota (ledger_key, capacity, changed_at) VALUES ('${key}', 9, '${at}')
           ON CONFLICT (ledger_key) DO UPDATE SET spent = 0`,
          'quota_moves_by_spends_only',
        ],
        [
          `MERGE INTO quota q USING (SELECT 1) one ON q.ledger_key = '${key}' WHEN MATCHED THEN UPDATE SET spent = 0`,
          'quota_moves_by_spends_only',
        ],
        [`UPDATE quota SET capacity = 1 WHERE ledger_key = '${key}'`, 'quota_spent_within_capacity'],
        [`UPDATE quota SET ledger_key = '${fresh('l')}' WHERE ledger_key = '${key}'`, 'quota_moves_by_spends_only'],
        [`DELETE FROM quota WHERE ledger_key = '${key}'`, 'quota_is_kept'],
        [`UPDATE quota_spend SET returned_at = NULL WHERE id = '${gone}'`, 'quota_spend_is_returned_once'],
        [`UPDATE quota_spend SET returned_at = '${later(1)}' WHERE id = '${gone}'`, 'quota_spend_is_returned_once'],
        [
          `UPDATE quota_spend SET ledger_key = '${other}', returned_at = '${at}' WHERE id = '${direct}'`,
          'quota_spend_is_returned_once',
        ],
        [`UPDATE quota_spend SET ledger_key = '${other}' WHERE id = '${direct}'`, 'quota_spend_is_returned_once'],
        [
          `UPDATE quota_spend SET holder = 'code', filing_id = NULL WHERE id = '${direct}'`,
          'quota_spend_is_returned_once',
        ],
        [`DELETE FROM quota_spend WHERE id = '${direct}'`, 'quota_spend_is_kept'],
        [`TRUNCATE quota_spend CASCADE`, 'quota_spend_is_not_emptied'],
        [`TRUNCATE quota CASCADE`, 'quota_is_not_emptied'],
        [`TRUNCATE filing_code CASCADE`, 'filing_code_is_not_emptied'],
        // A place that something lives on stays taken.
        [`UPDATE quota_spend SET returned_at = '${at}' WHERE id = '${code?.spend_id}'`, 'filing_code_has_live_spend'],
        [`DELETE FROM filing_code WHERE id = '${codeId}'`, 'filing_code_is_kept'],
        // A code has a unit of quota of its own, spent for a code, and not returned.
        [codeRow(direct), 'filing_code_has_live_spend'],
        [codeRow(gone), 'filing_code_has_live_spend'],
        [codeRow(String(code?.spend_id)), 'filing_code_one_per_spend'],
        [codeRow('no-such-spend'), 'filing_code_has_live_spend'],
        [`UPDATE filing_code SET spend_id = '${direct}' WHERE id = '${codeId}'`, 'filing_code_has_live_spend'],
      ];
      for (const [statement, refusedBy] of attempts) {
        // Which of two truncations is refused first is the server's choice.
        const by = await refusal(run(statement));
        expect(by.replace('filing_code_is_not_emptied', 'quota_spend_is_not_emptied'), statement).toBe(
          refusedBy.replace('filing_code_is_not_emptied', 'quota_spend_is_not_emptied'),
        );
        expect(await world().ledger(key), statement).toEqual({ capacity: 2, spent: 2, live: 2 });
      }
    });

    test('no filing is submitted on a place of another filing, of a code, or given back', async () => {
      const { run } = world();
      const accountId = await world().account();
      const resource = await world().resource(accountId);
      const key = fresh('ledger');
      const [mine, theirs] = [await world().filing(accountId), await world().filing(accountId)];
      const [codeId] = await world().issue(resource);
      const [free, bound] = [await world().filing(accountId), await world().filing(accountId)];
      await run(`INSERT INTO quota (ledger_key, changed_at) VALUES ('${key}', '${at}')`);
      const [spentByThem, spentForCode, givenBack] = [fresh('spd'), fresh('spd'), fresh('spd')];
      await run(`INSERT INTO quota_spend (id, ledger_key, holder, filing_id, spent_at) VALUES
        ('${spentByThem}', '${key}', 'direct', '${theirs.id}', '${at}'),
        ('${spentForCode}', '${key}', 'code', NULL, '${at}'),
        ('${givenBack}', '${key}', 'direct', '${mine.id}', '${at}')`);
      await run(`UPDATE quota_spend SET returned_at = '${at}' WHERE id = '${givenBack}'`);
      await run(`UPDATE filing_code SET bound_filing_id = '${bound.id}', bound_at = '${at}' WHERE id = '${codeId}'`);
      const submit = (id: string, columns: string) =>
        refusal(run(`UPDATE filing SET state = 'awaiting_review', ${columns} WHERE id = '${id}'`));
      expect(await submit(mine.id, 'spend_id = NULL')).toBe('filing_submitted_spends');
      expect(await submit(mine.id, `spend_id = '${spentByThem}'`)).toBe('filing_covered_by_spend');
      expect(await submit(mine.id, `spend_id = '${spentForCode}'`)).toBe('filing_covered_by_spend');
      expect(await submit(mine.id, `spend_id = '${givenBack}'`)).toBe('filing_covered_by_spend');
      expect(await submit(free.id, `code_id = '${codeId}'`)).toBe('filing_covered_by_code');
      // No filing may be born submitted either, nor carry an id that reads as the holder of a code's place.
      const born = { ...draft(accountId), state: 'awaiting_review' as const, spendId: givenBack };
      expect(await refusal(world().open.store.transaction((tx) => tx.filings.insert(born)))).toBe(
        'filing_covered_by_spend',
      );
      const misnamed = { ...draft(accountId), id: 'code' };
      expect(await refusal(world().open.store.transaction((tx) => tx.filings.insert(misnamed)))).toBe(
        'filing_id_is_no_holder',
      );
    });
  });
}
