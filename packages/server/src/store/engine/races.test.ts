import { setTimeout as pause } from 'node:timers/promises';
import { isFault } from '@openbeian/model/fault';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/support/shared-postgres.ts';
import type { FilingRow } from '../../ports/filings.ts';
import { at, factsOf, fresh, idsOf, jobPayload, later, type World, worldOf } from '../testing/world.ts';
import { type OpenStore, openStore } from './open-store.ts';

const database = await createTestDatabase();
afterAll(() => database?.drop());

/** What only shows with several sessions at once: real PostgreSQL. */
describe.skipIf(database === null)('many sessions at once', () => {
  const databaseUrl = database?.url ?? '';
  let world: World;
  let open: OpenStore;
  let other: OpenStore;
  beforeAll(async () => {
    open = await openStore({ databaseUrl, maxConnections: 32 });
    other = await openStore({ databaseUrl, maxConnections: 8 });
    world = worldOf(open);
  });
  afterAll(() => Promise.all([open.close(), other.close()]));

  const times = <T>(count: number, work: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, index) => work(index)));
  const unsettled = async (work: Promise<unknown>) =>
    (await Promise.race([work.then(() => 'settled'), pause(150, 'waiting')])) === 'waiting';

  test('32 sessions that issue on a ledger of 20 get exactly 20, single or in batches', async () => {
    const resource = await world.resource(await world.account());
    const outcomes = await times(32, async (worker) => {
      const got: string[] = [];
      for (let round = 0; round < 6; round += 1) {
        const outcome = await open.store.issueCodes(world.command(resource, { capacity: 20, count: 1 + (worker % 3) }));
        expect(['issued', 'quota_exhausted']).toContain(outcome.outcome);
        got.push(...idsOf(outcome));
      }
      return got;
    });
    const ids = outcomes.flat();
    expect(ids).toHaveLength(20);
    expect(await world.ledger(`codes:${resource.id}`)).toEqual({ capacity: 20, spent: 20, live: 20 });
    const rows = await open.store.transaction((tx) => tx.codes.list({ resourceId: resource.id, limit: 99 }));
    expect(rows.map((row) => row.id).sort()).toEqual(ids.sort());
  });

  test('two servers at once on one ledger and on many: exactly the quota, and nobody fails', async () => {
    const hot = await world.resource(await world.account());
    const cold = await times(8, async () => world.resource(await world.account()));
    const outcomes = await times(48, async (worker) => {
      const { store } = worker % 2 === 0 ? open : other;
      const got: string[] = [];
      for (let round = 0; round < 8; round += 1) {
        const place = (worker + round) % 3 === 0 ? cold[(worker * 5 + round) % 8] : hot;
        if (place === undefined) throw new Error('there are eight');
        const outcome = await store.issueCodes(world.command(place, { capacity: place === hot ? 150 : 1000 }));
        expect(['issued', 'quota_exhausted']).toContain(outcome.outcome);
        if (place === hot) got.push(...idsOf(outcome));
        else expect(outcome.outcome).toBe('issued');
      }
      return got;
    });
    expect(outcomes.flat()).toHaveLength(150);
    expect(await world.ledger(`codes:${hot.id}`)).toEqual({ capacity: 150, spent: 150, live: 150 });
    for (const place of cold) {
      const { spent, live } = await world.ledger(`codes:${place.id}`);
      expect(spent).toBe(live);
    }
  });

  test.each(['resource', 'quota'])('who waits for a lock on a %s holds up nobody else', async (table) => {
    const locked = await world.resource(await world.account());
    await world.issue(locked, { capacity: 9 });
    const held = Promise.withResolvers<void>();
    const proceed = Promise.withResolvers<void>();
    const holding = open.store.transaction(async (tx) => {
      if (table === 'resource') await tx.resources.put({ ...locked, facts: factsOf({ publicIps: [] }) }, at);
      else await tx.quota.put(`codes:${locked.id}`, 9, at);
      held.resolve();
      await proceed.promise;
      throw new Error('given up');
    });
    await held.promise;
    const resources = await times(6, async () => world.resource(await world.account()));
    const waiting = [locked, locked].map((one) => other.store.issueCodes(world.command(one, { capacity: 9 })));
    for (let round = 0; round < 3; round += 1) {
      const others = await Promise.all(resources.map((one) => other.store.issueCodes(world.command(one))));
      expect(others.every(({ outcome }) => outcome === 'issued')).toBe(true);
    }
    expect(await unsettled(Promise.race(waiting))).toBe(true);
    proceed.resolve();
    await holding.catch(() => {});
    expect((await Promise.all(waiting)).map(({ outcome }) => outcome)).toEqual(['issued', 'issued']);
  });

  test('one idempotency key from eight sessions of two servers has one effect and eight equal answers', async () => {
    for (let round = 0; round < 10; round += 1) {
      const resource = await world.resource(await world.account());
      const idempotency = { ...world.command(resource).idempotency, key: fresh('key') };
      // Capacity 1: a twin that came too late for the key must not be told that the quota is exhausted.
      const answers = await times(8, (index) =>
        (index % 2 === 0 ? open : other).store.issueCodes(world.command(resource, { idempotency, capacity: 1 })),
      );
      expect(answers.map((answer) => answer.outcome).sort()).toEqual(['issued', ...Array(7).fill('replayed')]);
      expect(new Set(answers.map((answer) => idsOf(answer).join())).size).toBe(1);
      expect(await world.ledger(`codes:${resource.id}`)).toEqual({ capacity: 1, spent: 1, live: 1 });
    }
  });

  test('a change of the facts under way decides whether the old decision still holds', async () => {
    for (const rolledBack of [false, true]) {
      const resource = await world.resource(await world.account());
      const changed = Promise.withResolvers<void>();
      const proceed = Promise.withResolvers<void>();
      const changing = open.store.transaction(async (tx) => {
        await tx.resources.put({ ...resource, facts: factsOf({ publicIps: [] }) }, at);
        changed.resolve();
        await proceed.promise;
        if (rolledBack) throw new Error('given up');
      });
      await changed.promise;
      const issuing = other.store.issueCodes(world.command(resource));
      expect(await unsettled(issuing)).toBe(true);
      proceed.resolve();
      await changing.catch(() => {});
      expect((await issuing).outcome).toBe(rolledBack ? 'issued' : 'facts_changed');
    }
  });

  test('facts read for share stand still until the decision is committed', async () => {
    const resource = await world.resource(await world.account());
    let changing: Promise<unknown> = Promise.resolve();
    await open.store.transaction(async (tx) => {
      await tx.resources.findForShare(resource.id);
      changing = other.store.transaction((inner) =>
        inner.resources.put({ ...resource, facts: factsOf({ state: 'released' }) }, at),
      );
      expect(await unsettled(changing)).toBe(true);
    });
    expect(await changing).toMatchObject({ version: 2 });
  });

  test('issuing, direct filings, revoking and giving back, all at once, keep the ledger balanced and within bounds', async () => {
    const accountId = await world.account();
    const resource = await world.resource(accountId);
    const ledgerKey = `codes:${resource.id}`;
    await open.store.transaction((tx) => tx.quota.put(ledgerKey, 6, at));
    const filing = await world.filing(accountId);
    const worked = new AbortController();
    const watch = (async () => {
      while (!worked.signal.aborted) {
        const { spent, live } = await world.ledger(ledgerKey);
        expect(spent).toBe(live);
        expect(spent).toBeLessThanOrEqual(6);
      }
    })();
    await times(12, async (worker) => {
      for (let round = 0; round < 15; round += 1) {
        const spendId = fresh('spd');
        if ((worker + round) % 2 === 0) {
          const [id] = idsOf(await open.store.issueCodes(world.command(resource, { capacity: 6 })));
          if (id === undefined) continue;
          await open.store.transaction(async ({ codes, quota }) => {
            expect(await codes.revoke(id, at)).toBe(true);
            expect(await quota.returnSpend((await codes.find(id))?.spendId ?? '', at)).toBe(true);
          });
        } else {
          const direct = { spendId, ledgerKey, filingId: filing.id, at };
          if (!(await open.store.transaction((tx) => tx.quota.spendDirect(direct)))) continue;
          const back = await times(2, () => open.store.transaction((tx) => tx.quota.returnSpend(spendId, at)));
          expect(back.sort()).toEqual([false, true]);
        }
      }
    });
    worked.abort();
    await watch;
    expect(await world.ledger(ledgerKey)).toEqual({ capacity: 6, spent: 0, live: 0 });
  });

  test('a code binds to one of many filings; a name and a subject open for one of many', async () => {
    const accountId = await world.account();
    const resource = await world.resource(accountId);
    const [codeId = ''] = await world.issue(resource);
    const filings = await times(8, () => world.filing(accountId));
    const bound = await Promise.all(
      filings.map((filing) => open.store.transaction((tx) => tx.codes.bind(codeId, filing.id, at))),
    );
    expect(bound.filter(Boolean)).toHaveLength(1);
    const subjectHash = fresh('subject');
    const { id: _, ...same } = filings[0] as FilingRow;
    const opened = await times(8, (index) => {
      const id = fresh('fil');
      const row = {
        ...same,
        id,
        domainName: index % 2 ? 'raced.cn' : `${id}.cn`,
        subjectHash: index % 2 ? id : subjectHash,
      };
      return open.store.transaction((tx) => tx.filings.insert(row));
    });
    expect(opened.filter(Boolean)).toHaveLength(2);
  });

  test('submitting a filing and letting go of its code at once never leaves it submitted on nothing', async () => {
    for (let round = 0; round < 25; round += 1) {
      const accountId = await world.account();
      const [codeId = ''] = await world.issue(await world.resource(accountId));
      const filing = await world.filing(accountId);
      await open.store.transaction(async ({ codes, filings }) => {
        await codes.bind(codeId, filing.id, at);
        await filings.update({ id: filing.id, version: 1 }, 'draft', { codeId }, at);
      });
      await Promise.allSettled([
        open.store.transaction((tx) => tx.filings.update({ id: filing.id, version: 2 }, 'awaiting_review', {}, at)),
        other.store.transaction((tx) => tx.codes.release(codeId, filing.id, at)),
      ]);
      const [state, boundTo] = await open.store.transaction(async ({ codes, filings }) => [
        (await filings.find(filing.id))?.state,
        (await codes.find(codeId))?.boundFilingId,
      ]);
      expect([`draft null`, `awaiting_review ${filing.id}`]).toContain(`${state} ${boundTo}`);
    }
  });

  test('who reads version n of the gate’s records sees each change up to n and none beyond', async () => {
    const accountId = await world.account();
    const filings = await times(24, () => world.filing(accountId));
    const snapshot = () => other.store.transaction((tx) => tx.gateLog.snapshot());
    const base = await snapshot();
    const written = new AbortController();
    const seen: string[] = [];
    const reader = (async () => {
      while (!written.signal.aborted) {
        const { version, records } = await snapshot();
        seen.push(`${version - base.version} ${records.length - base.records.length}`);
      }
    })();
    await Promise.all(
      filings.map((filing) =>
        open.store.transaction(async ({ records }) => {
          await records.putGrace({
            domainName: filing.domainName,
            number: 'n',
            filingId: filing.id,
            until: '2026-12-01',
            at,
          });
          await pause(Math.random() * 8);
        }),
      ),
    );
    written.abort();
    await reader;
    const { version, records } = await snapshot();
    expect([version - base.version, records.length - base.records.length]).toEqual([24, 24]);
    expect(new Set(seen.map((one) => one.split(' ')[0])).size).toBeGreaterThan(3);
    for (const one of seen) expect(one.split(' ')[0]).toBe(one.split(' ')[1]);
  });

  test('who asks for the changes behind the last one misses none and gets none twice, whatever order they commit in', async () => {
    const accountId = await world.account();
    const filings = await times(24, () => world.filing(accountId));
    const begin = await other.store.transaction((tx) => tx.gateLog.version());
    const written = new AbortController();
    const heard: { readonly sequence: number; readonly name: string }[] = [];
    let batches = 0;
    const hear = async () => {
      const after = heard.at(-1)?.sequence ?? begin;
      const { changes } = await other.store.transaction((tx) => tx.gateLog.changesAfter(after, 5));
      heard.push(...changes);
      batches += changes.length > 0 ? 1 : 0;
      return changes.length;
    };
    const reader = (async () => {
      while (!written.signal.aborted) await hear();
    })();
    await Promise.all(
      filings.map((filing, place) =>
        open.store.transaction(async ({ records }) => {
          // Some are at work for long before they write, some after.
          await pause(Math.random() * 8);
          const of = { number: 'n', filingId: filing.id, until: '2026-12-01', at };
          await records.putGrace({ ...of, domainName: filing.domainName });
          if (place % 3 === 0) await records.putGrace({ ...of, domainName: `moved-${filing.domainName}` });
          await pause(Math.random() * 8);
        }),
      ),
    );
    written.abort();
    await reader;
    while ((await hear()) > 0);
    // A grace that moves ends one name and opens another.
    expect(heard.map(({ sequence }) => sequence)).toEqual(heard.map((_, place) => begin + place + 1));
    expect(heard).toHaveLength(24 + 8 * 2);
    expect(new Set(heard.map(({ name }) => name)).size).toBe(24 + 8);
    expect(batches).toBeGreaterThan(3);
  });

  test('workers on two servers lease every job once, and pass over what another is taking this moment', async () => {
    const ids = await times(40, async () => {
      const id = fresh('out');
      await open.store.transaction((tx) =>
        tx.jobs.enqueue({ id, topic: 'authority.submit', payload: jobPayload, runAt: at }),
      );
      return id;
    });
    const leased = await times(16, (index) =>
      (index % 2 ? open : other).store.leaseJobs({
        topics: ['authority.submit'],
        limit: 3,
        owner: `w${index}`,
        at: at,
        leaseMs: 60_000,
      }),
    );
    const rest = await open.store.leaseJobs({
      topics: ['authority.submit'],
      limit: 100,
      owner: 'last',
      at: at,
      leaseMs: 60_000,
    });
    expect([...leased.flat(), ...rest].map((job) => job.id).sort()).toEqual(ids);
  });

  test('sweepers divide the overdue filings among them', async () => {
    const accountId = await world.account();
    const dueAt = '2001-01-01T00:00:00.000Z';
    const ids = (await times(4, () => world.filing(accountId, { dueAt }))).map((filing) => filing.id).sort();
    const [mine, theirs] = await open.store.transaction(async (tx) => {
      const first = await tx.filings.listOverdue(dueAt, 2);
      return [first, await other.store.transaction((inner) => inner.filings.listOverdue(dueAt, 9))];
    });
    expect([...mine, ...theirs].map((filing) => filing.id).sort()).toEqual(ids);
    expect(mine).toHaveLength(2);
  });

  test('of two that wait for each other both finish: the one given up runs again', async () => {
    const [a, b] = [await world.account(), await world.account()];
    const meet = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const runs = [0, 0];
    const both = (index: 0 | 1, first: string, second: string) =>
      open.store.transaction(async ({ accounts }) => {
        runs[index] = (runs[index] ?? 0) + 1;
        await accounts.put({ id: first, realName: 'enterprise', displayName: '' }, later(index));
        meet[index].resolve();
        await meet[index === 0 ? 1 : 0].promise;
        await accounts.put({ id: second, realName: 'enterprise', displayName: '' }, later(index));
      });
    await Promise.all([both(0, a, b), both(1, b, a)]);
    // Which is given up, and whether the two meet once more, is the database's choice: both are through, and one ran again.
    expect(Math.min(...runs)).toBeGreaterThanOrEqual(1);
    expect((runs[0] ?? 0) + (runs[1] ?? 0)).toBeGreaterThanOrEqual(3);
  });

  describe('a database that goes away', () => {
    const fault = async (work: Promise<unknown>) =>
      work.then(
        () => 'none',
        (error: unknown) => (isFault(error) ? error.code : String(error)),
      );

    test('in the middle of a transaction is a fault to retry, and the next one goes through', async () => {
      const id = fresh('acct');
      const cut = open.store.transaction(async (tx) => {
        await tx.accounts.put({ id, realName: 'none', displayName: '' }, at);
        await worldOf(other).run(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
             AND state = 'idle in transaction' AND pid <> pg_backend_pid()`,
        );
        await tx.accounts.find(id);
      });
      expect(await fault(cut)).toBe('store.unavailable');
      expect(await open.store.transaction((tx) => tx.accounts.find(id))).toBeNull();
    });

    test('or was never there', async () => {
      expect(await fault(openStore({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' }))).toBe('store.unavailable');
    });

    test('is not ready, and ready again', async () => {
      await worldOf(other).run('ALTER TABLE schema_migration RENAME TO hidden');
      expect(await open.store.ready()).toBe(false);
      await worldOf(other).run('ALTER TABLE hidden RENAME TO schema_migration');
      expect(await open.store.ready()).toBe(true);
    });
  });
});
