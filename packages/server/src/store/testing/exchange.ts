import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { JobPayload } from '../../ports/jobs.ts';
import { at, audit, factsOf, fresh, jobPayload, later, refusal, type World } from './world.ts';

/** Accounts and resources, the exchange with the authority, jobs, audit and idempotency. */
export function describeExchange(world: () => World): void {
  describe('accounts and resources', () => {
    test('an account keeps its display name when an empty one comes', async () => {
      const { store } = world().open;
      const id = fresh('acct');
      await store.transaction(async ({ accounts }) => {
        await accounts.put({ id, realName: 'individual', displayName: '张三' }, at);
        await accounts.put({ id, realName: 'enterprise', displayName: '' }, at);
        expect(await accounts.find(id)).toEqual({
          id,
          realName: 'enterprise',
          displayName: '张三',
          mayFileForOthers: false,
        });
        expect(await accounts.find('acct_none')).toBeNull();
        const listed = (await accounts.list({ limit: 1000 })).map((row) => row.id);
        expect(listed).toContain(id);
        expect(listed).toEqual([...listed].sort());
      });
    });

    test('a resource’s version rises when a fact differs, whoever writes it, and only then', async () => {
      const { store } = world().open;
      const [accountId, buyer] = [await world().account(), await world().account()];
      const { version: _, ...row } = await world().resource(accountId);
      await store.transaction(async ({ resources }) => {
        const put = async (some: Partial<typeof row>) => (await resources.put({ ...row, ...some }, at)).version;
        expect(await put({})).toBe(1);
        const facts = factsOf({ bandwidthMbps: 1, publicIps: [{ address: '203.0.113.7', kind: 'elastic' }] });
        // The same in another order.
        const reversed = { ...Object.fromEntries(Object.entries(facts).reverse()), ...facts };
        expect(await put({ facts })).toBe(2);
        expect(await put({ facts: reversed })).toBe(2);
        expect(await put({ facts: reversed, accountId: buyer })).toBe(3);
        const existing = { ...row, accountId: buyer, facts, version: 3 };
        expect(await resources.find(row.id)).toEqual(existing);
        expect(await resources.findForShare(row.id)).toEqual(existing);
        expect(await resources.list({ accountId: buyer })).toEqual([existing]);
        expect((await resources.list({ accountId: null })).map((one) => one.id)).toContain(row.id);
        expect(await resources.find('ins_none')).toBeNull();
      });
      await world().run(`UPDATE resource SET facts = facts || '{"trial": true}', version = 1 WHERE id = '${row.id}'`);
      expect((await store.transaction((tx) => tx.resources.find(row.id)))?.version).toBe(4);
    });
  });

  test('resources in an order that depends on no language, some at a time, between two places', async () => {
    const { store } = world().open;
    const accountId = await world().account();
    const put = async (id: string) => {
      const state = id.endsWith('z') ? 'released' : 'running';
      const row = { id, accountId, provider: 'sample', product: 'vm', facts: factsOf({ id, state }) };
      await store.transaction(({ resources }) => resources.put(row, at));
      return id;
    };
    const prefix = fresh('ins');
    // A language would have these otherwise: B after a, é before z.
    const ids = [`${prefix}-B`, `${prefix}-a`, `${prefix}-z`, `${prefix}-é`];
    for (const id of ids.toReversed()) await put(id);
    const list = (after: string | null, until: string | null, limit = 100) => {
      const place = (id: string | null) => (id === null ? null : { accountId, id });
      const from = after === null ? { accountId, id: '' } : place(after);
      return store.read(async ({ resources }) => {
        const rows = await resources.listIds({ after: from, until: place(until), limit });
        return rows.filter((row) => row.accountId === accountId);
      });
    };
    const [first = '', second = '', third = '', last = ''] = ids;
    const of = { accountId, provider: 'sample', product: 'vm', region: null };
    expect(await list(null, null)).toEqual(ids.map((id) => ({ ...of, id, isReleased: id.endsWith('z') })));
    expect((await list(first, third)).map(({ id }) => id)).toEqual([second, third]);
    expect((await list(null, last, 2)).map(({ id }) => id)).toEqual([first, second]);
  });

  describe('many accounts and resources in one statement', () => {
    test('are written as one by one: versions rise where facts differ, only those are answered, by id', async () => {
      const { store } = world().open;
      const [accountId, other] = [await world().account(), fresh('acct')];
      const row = (facts: object) => ({
        id: fresh('ins'),
        accountId,
        provider: 'sample',
        product: 'vm',
        facts: factsOf(facts),
      });
      const [one, two, three] = [
        row({ used: { codes: 1 } }),
        row({ used: { codes: 2 } }),
        row({ region: '备\\u0041"案' }),
      ];
      await store.transaction(async ({ resources, accounts }) => {
        await resources.put(two, at);
        expect(await resources.putAll([three, two, one], at)).toEqual([
          { ...one, version: 1 },
          { ...three, version: 1 },
        ]);
        const changed = { ...two, facts: factsOf({ used: { codes: 3 } }) };
        expect(await resources.putAll([one, changed, three], at)).toEqual([{ ...changed, version: 2 }]);
        expect(await resources.putAll([], at)).toEqual([]);
        await accounts.putAll(
          [
            { id: accountId, realName: 'individual', displayName: '' },
            { id: other, realName: 'none', displayName: '李四' },
          ],
          at,
        );
        expect(await accounts.listByIds([accountId, other])).toEqual(
          [
            { id: accountId, realName: 'individual', displayName: accountId, mayFileForOthers: false },
            { id: other, realName: 'none', displayName: '李四', mayFileForOthers: false },
          ].sort(({ id: a }, { id: b }) => (a < b ? -1 : 1)),
        );
      });
    });
  });

  describe('the exchange', () => {
    test('a submission keeps its first receipt; a message counts once', async () => {
      const { store } = world().open;
      const filing = await world().filing(await world().account());
      const id = fresh('exc');
      const message = {
        kind: 'rejected' as const,
        messageId: fresh('msg'),
        submissionId: id,
        sentAt: at,
        reasons: [{ code: '1020', field: 'service.name', text: '名称重复' }],
      };
      await store.transaction(async ({ exchange }) => {
        await exchange.insertSubmission({ id, filingId: filing.id, at });
        expect(await exchange.findSubmission(id)).toEqual({ id, filingId: filing.id, receipt: null });
        await exchange.recordReceipt(id, 'R-1', later(1));
        await exchange.recordReceipt(id, 'R-2', later(2));
        expect(await exchange.findSubmission(id)).toEqual({ id, filingId: filing.id, receipt: 'R-1' });
        expect(await exchange.findSubmission('exc_none')).toBeNull();
        expect(await exchange.insertMessage(message, at)).toBe(true);
        await exchange.markMessage(message.messageId, 'applied');
      });
      expect(await store.transaction((tx) => tx.exchange.insertMessage(message, later(5)))).toBe(false);
      const [row] = await world().run(
        `SELECT body, outcome FROM authority_message WHERE message_id = '${message.messageId}'`,
      );
      expect(row).toEqual({ body: message, outcome: 'applied' });
    });
  });

  describe('jobs', () => {
    const topic = 'authority.submit' as const;
    // Each test's jobs lie in a year of their own, and every test finishes what it leases.
    let year = 1970;
    const instants = () => {
      year += 1;
      return (minute: number) => new Date(Date.UTC(year, 0, 1, 0, minute)).toISOString();
    };
    const enqueue = async (runAt: string, payload: JobPayload = jobPayload) => {
      const id = fresh('out');
      await world().open.store.transaction((tx) => tx.jobs.enqueue({ id, topic, payload, runAt }));
      return id;
    };
    const lease = (when: string, owner: string, limit = 10) =>
      world().open.store.leaseJobs({ topics: [topic], limit: limit, owner: owner, at: when, leaseMs: 60_000 });
    const finish = (id: string, owner: string, when: string) =>
      world().open.store.transaction((tx) => tx.jobs.complete(id, owner, when));

    test('come due, oldest first, up to a limit; those of topics that were not asked for stay', async () => {
      const minute = instants();
      const ofLater = fresh('out');
      await world().run(
        `INSERT INTO job (id, topic, payload, run_at) VALUES ('${ofLater}', 'later.topic', '{}', '${minute(0)}')`,
      );
      const second = await enqueue(minute(2), { submissionId: 'sub_2', filingId: 'fil_2' });
      const first = await enqueue(minute(1));
      const third = await enqueue(minute(3));
      expect(await lease(minute(0), 'w')).toEqual([]);
      expect((await lease(minute(2), 'w', 1)).map((job) => job.id)).toEqual([first]);
      expect(await lease(minute(2), 'w')).toEqual([
        { id: second, topic, payload: { submissionId: 'sub_2', filingId: 'fil_2' }, line: '', attempts: 0 },
      ]);
      for (const id of [first, second]) expect(await finish(id, 'w', minute(2))).toBe(true);
      expect((await lease(minute(3), 'w')).map((job) => job.id)).toEqual([third]);
      expect(await finish(third, 'w', minute(3))).toBe(true);
      await world().run(`DELETE FROM job WHERE id = '${ofLater}'`);
    });

    test('are hidden while they are leased; after that another worker has them and the first cannot finish', async () => {
      const minute = instants();
      const id = await enqueue(minute(0));
      expect(await lease(minute(0), 'one')).toHaveLength(1);
      expect(await lease(minute(0), 'two')).toEqual([]);
      expect(await lease(minute(1), 'two')).toMatchObject([{ id, attempts: 0 }]);
      expect(await finish(id, 'one', minute(1))).toBe(false);
      expect(await finish(id, 'two', minute(1))).toBe(true);
      expect(await finish(id, 'two', minute(1))).toBe(false);
      expect(await lease(minute(9), 'two')).toEqual([]);
    });

    test('a failed one waits until it is told to run again, and operators see why', async () => {
      const minute = instants();
      const id = await enqueue(minute(0));
      await lease(minute(0), 'one');
      await world().open.store.transaction(async ({ jobs }) => {
        await jobs.retry(id, 'stranger', minute(1), 'not mine');
        const lastFault = { code: 'authority.unreachable', zh: '无法连接', en: 'away' };
        await jobs.retry(id, 'one', minute(5), { lastError: 'authority.unreachable: away', lastFault });
        expect((await jobs.list({ limit: 100 })).find((job) => job.id === id)).toEqual({
          id,
          topic,
          payload: jobPayload,
          line: '',
          attempts: 1,
          runAt: minute(5),
          lastError: 'authority.unreachable: away',
          lastFault,
          domainName: null,
        });
      });
      expect(await lease(minute(4), 'two')).toEqual([]);
      expect(await lease(minute(5), 'two')).toMatchObject([{ id, attempts: 1 }]);
      expect(await finish(id, 'two', minute(5))).toBe(true);
    });

    test('a lease that its worker lost, killed say, is no failure: only one that was told of an error counts', async () => {
      const minute = instants();
      const id = await enqueue(minute(0));
      for (const [n, owner] of ['one', 'two', 'three'].entries()) {
        expect(await lease(minute(n), owner)).toMatchObject([{ id, attempts: 0 }]);
      }
      await world().open.store.transaction(({ jobs }) => jobs.retry(id, 'three', minute(5), 'authority.unreachable'));
      expect(await lease(minute(5), 'four')).toMatchObject([{ id, attempts: 1 }]);
      expect(await finish(id, 'four', minute(5))).toBe(true);
    });

    test('one that is rolled back was never there', async () => {
      const minute = instants();
      const job = { id: fresh('out'), topic, payload: jobPayload, runAt: minute(0) };
      const failing = world().open.store.transaction(async ({ jobs }) => {
        await jobs.enqueue(job);
        throw new Error('given up');
      });
      await expect(failing).rejects.toThrow('given up');
      expect(await lease(minute(9), 'w')).toEqual([]);
    });
  });

  describe('audit', () => {
    test('is listed newest first and only ever added to', async () => {
      const { store } = world().open;
      const objectId = fresh('code');
      const rows = [
        audit(objectId),
        { ...audit(objectId), at: later(2), detail: null },
        { ...audit(objectId), at: later(1) },
      ];
      await store.transaction(async (tx) => {
        for (const row of rows) await tx.audit.append(row);
        expect(await tx.audit.list({ objectId, limit: 9 })).toEqual([rows[1], rows[2], rows[0]]);
        expect(await tx.audit.list({ objectId, limit: 1 })).toEqual([rows[1]]);
        expect(await tx.audit.list({ limit: 2 })).toHaveLength(2);
      });
      for (const [statement, refusedBy] of [
        [`UPDATE audit SET actor_id = 'nobody' WHERE object_id = '${objectId}'`, 'audit_is_append_only'],
        [`DELETE FROM audit WHERE object_id = '${objectId}'`, 'audit_is_append_only'],
        ['TRUNCATE audit', 'audit_is_not_emptied'],
      ] as const) {
        expect(await refusal(world().run(statement))).toBe(refusedBy);
      }
    });
  });

  describe('idempotency', () => {
    const claimOf = (key: string) => ({ actorId: 'usr_1', operation: 'start-filing', key, requestHash: 'h1', at });

    test('a key is claimed once, and its answer is given to whoever comes after', async () => {
      const { store } = world().open;
      const row = claimOf(fresh('key'));
      await store.transaction(async ({ idempotency }) => {
        expect(await idempotency.find(row, z.unknown())).toBeNull();
        expect(await idempotency.claim(row, z.unknown())).toEqual({ claimed: true });
        await idempotency.complete(row.actorId, row.operation, row.key, { filing: ['fil_1'] });
      });
      const stored = { requestHash: 'h1', response: { filing: ['fil_1'] } };
      await store.transaction(async ({ idempotency }) => {
        expect(await idempotency.claim({ ...row, requestHash: 'h2' }, z.unknown())).toEqual({
          claimed: false,
          ...stored,
        });
        expect(await idempotency.find(row, z.unknown())).toEqual(stored);
        expect(await idempotency.claim({ ...row, actorId: 'usr_2' }, z.unknown())).toEqual({ claimed: true });
        expect(await idempotency.claim({ ...row, operation: 'other' }, z.unknown())).toEqual({ claimed: true });
      });
    });

    test('a concurrent claim waits: for the answer if the first succeeds, for the key if it fails', async () => {
      const { store } = world().open;
      for (const fails of [false, true]) {
        const row = claimOf(fresh('key'));
        const claimed = Promise.withResolvers<void>();
        const proceed = Promise.withResolvers<void>();
        const first = store.transaction(async ({ idempotency }) => {
          await idempotency.claim(row, z.unknown());
          claimed.resolve();
          await proceed.promise;
          if (fails) throw new Error('given up');
          await idempotency.complete(row.actorId, row.operation, row.key, 'answer');
        });
        await claimed.promise;
        let settled = false;
        const second = store
          .transaction(({ idempotency }) => idempotency.claim(row, z.unknown()))
          .finally(() => {
            settled = true;
          });
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(settled).toBe(false);
        proceed.resolve();
        await first.catch(() => {});
        expect(await second).toEqual(
          fails ? { claimed: true } : { claimed: false, requestHash: 'h1', response: 'answer' },
        );
      }
    });
  });
}
