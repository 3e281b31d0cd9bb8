import { describe, expect, test } from 'vitest';
import type { PageRequest, Position, StoreTransaction } from '../../ports/index.ts';
import { at, audit, factsOf, fresh, later, type World } from './world.ts';

/** A list as the suite pages through it. */
interface PagedList {
  readonly name: string;
  /**
   * Makes rows that no other test lists; `add` puts one more among them, and `keys` says which sort keys they have: of
   * several the same, so that only the last column tells them apart.
   */
  readonly make: (world: World) => Promise<{
    readonly add: (key: number) => Promise<unknown>;
    readonly read: (
      tx: StoreTransaction,
      page: PageRequest,
    ) => Promise<readonly { readonly id: string; readonly position: Position }[]>;
  }>;
  /** A key before and a key behind all others; rows are added there while pages are turned. */
  readonly descending?: boolean;
  /** Its sort key is the id alone: no two rows can have the same. */
  readonly byIdOnly?: boolean;
}

const row = (id: string, ...position: string[]) => ({ id, position });

let jobYears = 0;

const lists: readonly PagedList[] = [
  ...(['newest', 'due'] as const).map(
    (order): PagedList => ({
      name: `filings, ${order}`,
      descending: order === 'newest',
      make: async (world) => {
        const accountId = await world.account();
        const states = ['draft'] as const;
        return {
          add: (key) => world.filing(accountId, { startedAt: later(key), dueAt: key === 5 ? null : later(key) }),
          read: async (tx, page) =>
            (await tx.filings.listPage({ accountId, states, order, ...page })).map((filing) =>
              row(filing.id, order === 'newest' ? filing.startedAt : (filing.dueAt ?? 'infinity'), filing.id),
            ),
        };
      },
    }),
  ),
  {
    name: 'records',
    make: async (world) => {
      const accountId = await world.account();
      const subjects = new Map<number, { id: string; number: string }>();
      return {
        add: (key) =>
          world.open.store.transaction(async (tx) => {
            const subject = subjects.get(key) ?? (await tx.records.putSubject(subjectOf(accountId, key)));
            subjects.set(key, subject);
            const id = fresh('svc');
            await tx.records.putService({
              id,
              number: `${subject.number}-${id}`,
              subjectRecordId: subject.id,
              serviceKind: 'website',
              serviceName: '示例',
              domainName: `${id}.cn`,
              state: 'filed',
              recordedAt: at,
            });
          }),
        read: async (tx, page) =>
          (await tx.records.listServices({ accountId, ...page })).map((one) =>
            row(one.id, one.subjectNumber, one.number),
          ),
      };
    },
  },
  {
    name: 'resources',
    byIdOnly: true,
    make: async (world) => {
      const accountId = await world.account();
      return {
        add: () => world.resource(accountId),
        read: async (tx, page) =>
          (await tx.resources.listPage({ accountId, ...page })).map((one) => row(one.id, one.accountId, one.id)),
      };
    },
  },
  {
    name: 'accounts',
    byIdOnly: true,
    make: async (world) => {
      const mark = fresh('shop');
      return {
        add: () => {
          const account = { id: fresh('acct'), realName: 'enterprise', displayName: `100%_${mark.toUpperCase()}` };
          return world.open.store.transaction((tx) => tx.accounts.put(account, at));
        },
        read: async (tx, page) => {
          expect(await tx.accounts.list({ search: `100x_${mark}`, ...page })).toEqual([]);
          return (await tx.accounts.list({ search: `100%_${mark}`, ...page })).map(({ id }) => row(id, id));
        },
      };
    },
  },
  {
    name: 'codes',
    byIdOnly: true,
    descending: true,
    make: async (world) => {
      const resource = await world.resource(await world.account());
      return {
        add: () => world.issue(resource, { capacity: 99 }),
        read: async (tx, page) =>
          (await tx.codes.list({ resourceId: resource.id, ...page })).map(({ id }) => row(id, id)),
      };
    },
  },
  {
    name: 'audit rows',
    descending: true,
    make: async (world) => {
      const objectId = fresh('object');
      return {
        add: (key) => world.open.store.transaction((tx) => tx.audit.append({ ...audit(objectId), at: later(key) })),
        read: async (tx, page) =>
          (await tx.audit.list({ objectId, ...page })).map((one) => row(one.id, one.at, one.id)),
      };
    },
  },
  {
    name: 'jobs',
    make: async (world) => {
      // The list is everybody's: each test has a year of its own, far ahead of what others enqueue.
      jobYears += 1;
      const [begin, end] = [`${2090 + jobYears}-01-01T00:00:00.000Z`, `${2091 + jobYears}-01-01T00:00:00.000Z`];
      const inside = (key: number) => new Date(Date.parse(begin) + key * 60_000).toISOString();
      return {
        add: (key) =>
          world.open.store.transaction((tx) =>
            tx.jobs.enqueue({ id: fresh('out'), topic: 'authority.submit', payload: {}, runAt: inside(key) }),
          ),
        read: async (tx, { after = [begin, ''], limit }) =>
          (await tx.jobs.list({ after, limit }))
            .filter(({ runAt }) => runAt < end)
            .map((one) => row(one.id, one.runAt, one.id)),
      };
    },
  },
  {
    name: 'API keys',
    byIdOnly: true,
    descending: true,
    make: async (world) => {
      const accountId = await world.account();
      return {
        add: () =>
          world.open.store.transaction((tx) =>
            tx.apiKeys.insert(
              {
                id: fresh('key'),
                accountId,
                name: '示例',
                scopes: ['codes:read'],
                secretHash: fresh('hash'),
                expiresAt: null,
                createdAt: at,
                createdBy: 'usr_1',
              },
              1000,
            ),
          ),
        read: async (tx, page) => (await tx.apiKeys.list({ accountId, ...page })).map(({ id }) => row(id, id)),
      };
    },
  },
  ...([true, false] as const).map(
    (unread): PagedList => ({
      name: unread ? 'unread notices' : 'notices',
      byIdOnly: true,
      descending: true,
      make: async (world) => {
        const accountId = await world.account();
        return {
          add: () => {
            const resource = { resourceId: null, webhookId: null, codes: 1, stopsOn: null, daysLeft: null };
            const notice = { id: fresh('ntc'), accountId, type: 'CodeSuspended', about: fresh('about'), at } as const;
            return world.open.store.transaction((tx) => tx.notices.add({ ...notice, ...resource }));
          },
          read: async (tx, page) =>
            (await tx.notices.list(accountId, { unread, ...page })).map(({ id }) => row(id, id)),
        };
      },
    }),
  ),
  {
    name: 'deliveries',
    byIdOnly: true,
    descending: true,
    make: async (world) => {
      const webhookId = fresh('whk');
      await world.run(
        `INSERT INTO webhook (id, account_id, url, types, description, sealed_secret, secret_made_at, version, created_at)
         VALUES ('${webhookId}', NULL, 'https://receiver.example/', '{}', '', 'sealed', '${at}', 1, '${at}')`,
      );
      return {
        add: () => {
          const delivery = { id: fresh('whd'), webhookId, eventId: fresh('evt'), seq: 0, type: 'WebhookTest' };
          return world.open.store.transaction((tx) =>
            tx.deliveries.insert([{ ...delivery, orderKey: null, body: '{}' }], at),
          );
        },
        read: async (tx, page) =>
          (await tx.deliveries.list(webhookId, { state: 'waiting', ...page })).map(({ id }) => row(id, id)),
      };
    },
  },
  {
    name: 'codes that stop soon',
    make: async (world) => {
      const resource = await world.resource(await world.account());
      const filter = { from: '2031-01-01', to: '2031-01-28', issuerAccountId: resource.accountId };
      return {
        add: async (key) => {
          const [codeId = ''] = await world.issue(resource, { capacity: 99 });
          const stopsOn = `2031-01-${String(key + 10).padStart(2, '0')}`;
          await world.open.store.transaction(async (tx) => {
            await tx.codeClock.add([{ codeId, resourceId: resource.id, issuerAccountId: resource.accountId }]);
            await tx.codeClock.put([{ codeId, stopsOn, warnOn: null, toldSuspended: false }]);
          });
        },
        read: async (tx, page) =>
          (await tx.codeClock.listStopping({ ...filter, ...page })).map(({ codeId, stopsOn }) =>
            row(codeId, stopsOn, codeId),
          ),
      };
    },
  },
];

function subjectOf(accountId: string, key: number) {
  const id = fresh('sub');
  return {
    id,
    number: `${accountId}-${key + 10}`,
    accountId,
    subjectKind: 'enterprise' as const,
    unitName: '示例公司',
    subjectHash: id,
    sealedName: 'sealed',
    provinceCode: '440000',
    recordedAt: at,
  };
}

/** Keyset pages: every list of the store, on both drivers. */
export function describePages(world: () => World): void {
  describe.each(lists)('pages of $name', ({ make, descending = false, byIdOnly = false }) => {
    test('hold every row once, in order, across rows of the same key, and end', async () => {
      const { add, read } = await make(world());
      for (const key of [3, 1, 2, 2, 2, 5, 4]) await add(key);
      const { store } = world().open;
      const pageAt = (after?: Position, limit = 2) => store.transaction((tx) => read(tx, { after, limit }));
      const whole = await pageAt(undefined, 100);
      expect(whole).toHaveLength(7);
      expect(new Set(whole.map(({ id }) => id)).size).toBe(7);
      if (!byIdOnly) expect(new Set(whole.map(({ position }) => position[0])).size).toBe(5);
      for (const limit of [1, 2, 3, 7, 8]) {
        const pages: string[] = [];
        let after: Position | undefined;
        for (;;) {
          const page = await pageAt(after, limit);
          pages.push(...page.map(({ id }) => id));
          if (page.length < limit) break;
          after = page.at(-1)?.position;
        }
        expect(pages, `by ${limit}`).toEqual(whole.map(({ id }) => id));
      }
    });

    test('stay as they are while rows are added in front and behind', async () => {
      const { add, read } = await make(world());
      for (const key of [2, 2, 2, 3]) await add(key);
      const { store } = world().open;
      const pageAt = (after?: Position) => store.transaction((tx) => read(tx, { after, limit: 2 }));
      const before = await store.transaction((tx) => read(tx, { limit: 100 }));
      const first = await pageAt();
      await add(descending ? 4 : 1);
      await add(descending ? 1 : 4);
      const second = await pageAt(first.at(-1)?.position);
      // What came in front is on no later page; what was there comes in its order, none twice and none left out.
      expect([...first, ...second].map(({ id }) => id)).toEqual(before.map(({ id }) => id));
      if (byIdOnly) return;
      const third = await pageAt(second.at(-1)?.position);
      expect(third).toHaveLength(1);
      expect(await pageAt(third.at(-1)?.position)).toEqual([]);
    });
  });

  describe('counts', () => {
    test('of filings, by state, for one account and over all', async () => {
      const accountId = await world().account();
      for (const state of ['draft', 'draft', 'returned'] as const) await world().filing(accountId, { state });
      await world().open.store.transaction(async ({ filings }) => {
        expect(await filings.countByState({ accountId })).toEqual(
          new Map([
            ['draft', 2],
            ['returned', 1],
          ]),
        );
        expect(await filings.countByState({ accountId, states: ['draft'] })).toEqual(new Map([['draft', 2]]));
        expect(await filings.countByState({ accountId, states: [] })).toEqual(new Map());
        expect((await filings.countByState({})).get('draft')).toBeGreaterThanOrEqual(2);
      });
    });

    test('of accounts that a search finds', async () => {
      const accountId = await world().account();
      await world().open.store.transaction(async ({ accounts }) => {
        expect(await accounts.count({ search: accountId.toUpperCase() })).toBe(1);
        expect(await accounts.count({})).toBeGreaterThan(1);
        expect((await accounts.listByIds([accountId, 'acct_none'])).map(({ id }) => id)).toEqual([accountId]);
      });
    });

    test('of jobs, and of those that failed', async () => {
      await world().open.store.transaction(async ({ jobs }) => {
        const before = await jobs.count();
        await jobs.enqueue({
          id: fresh('out'),
          topic: 'authority.submit',
          payload: {},
          runAt: '2091-01-01T00:00:00.000Z',
        });
        expect(await jobs.count()).toEqual({ total: before.total + 1, failing: before.failing });
      });
    });
  });

  test('resources are found by a part of id, product, region or account, and by products named from outside', async () => {
    const accountId = await world().account();
    const { store } = world().open;
    const facts = factsOf({ region: 'Sample-South-1' });
    const one = { id: fresh('ins'), accountId, provider: 'sample', product: 'disk', facts };
    await store.transaction((tx) => tx.resources.put(one, at));
    const other = await world().resource(accountId);
    await store.transaction(async ({ resources }) => {
      const found = async (search: string, products?: readonly string[]) =>
        (await resources.listPage({ accountId, search, products, limit: 9 })).map(({ id }) => id);
      expect(await found(one.id.toUpperCase())).toEqual([one.id]);
      expect(await found('DIS')).toEqual([one.id]);
      expect(await found('south-1')).toEqual([one.id]);
      expect(await found(accountId)).toEqual([one.id, other.id].sort());
      expect(await found('云硬盘')).toEqual([]);
      expect(await found('云硬盘', ['sample/disk'])).toEqual([one.id]);
      expect(await found('%')).toEqual([]);
      expect((await resources.listOfAccounts([accountId, 'acct_none'])).map(({ id }) => id)).toEqual(
        [one.id, other.id].sort(),
      );
    });
  });

  test('a position of another shape is a mistake of the program', async () => {
    const read = world().open.store.transaction((tx) => tx.audit.list({ limit: 1, after: ['x'] }));
    await expect(read).rejects.toThrow('a position of 2 values');
  });
}
