import { expect } from 'vitest';
import type { PageRequest, Position, StoreTransaction } from '../../ports/index.ts';
import { at, audit, fresh, jobPayload, later, type World } from './world.ts';

/** A list as the suite pages through it. */
export interface PagedList {
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

export const pagedLists: readonly PagedList[] = [
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
            tx.jobs.enqueue({ id: fresh('out'), topic: 'authority.submit', payload: jobPayload, runAt: inside(key) }),
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
            (await tx.notices.list({ accountId }, { unread, ...page })).map(({ id }) => row(id, id)),
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
    name: 'webhooks',
    byIdOnly: true,
    make: async (world) => {
      const accountId = await world.account();
      return {
        add: () => world.open.store.transaction((tx) => tx.webhooks.insert(webhookOf(accountId), 1000)),
        read: async (tx, page) => (await tx.webhooks.list({ accountId, ...page })).map(({ id }) => row(id, id)),
      };
    },
  },
  ...(['parked', 'retried'] as const).map(
    (which): PagedList => ({
      name: `work that failed, ${which}`,
      // Those that are parked have no time: their ids tell them apart.
      byIdOnly: which === 'parked',
      make: async (world) => {
        const prefix = `${fresh('item')}_`;
        const put = (key: number) => {
          const retryAt = which === 'parked' ? null : later(key);
          const row = { kind: 'message', itemId: fresh(prefix), payload: null, sealedPayload: null } as const;
          return world.open.store.transaction((tx) =>
            tx.workFailures.put({ ...row, failedAt: at, retryAt, lastError: 'TypeError' }),
          );
        };
        return {
          add: put,
          // The list is everybody's: the other tests' rows are passed over.
          read: async (tx, { after, limit }) => {
            const rows = await tx.workFailures.list({ after, limit: 1000 });
            return rows
              .filter(({ itemId }) => itemId.startsWith(prefix))
              .slice(0, limit)
              .map(({ kind, itemId, retryAt }) => row(itemId, retryAt ?? '-infinity', kind, itemId));
          },
        };
      },
    }),
  ),
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
            await tx.codeClock.put([{ codeId, stopsOn, warnOn: null, suspensionNotified: false }]);
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

function webhookOf(accountId: string) {
  const id = fresh('whk');
  const settings = { url: `https://${id}.example/`, types: [], description: '', sealedSecret: 'sealed' };
  const secrets = { secretMadeAt: at, previousSealedSecret: null, previousSecretUntil: null };
  const health = { pausedAt: null, pausedBecause: null, failingSince: null, consecutiveDeadDeliveries: 0 };
  return { id, accountId, ...settings, ...secrets, ...health, version: 1, createdAt: at };
}

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
