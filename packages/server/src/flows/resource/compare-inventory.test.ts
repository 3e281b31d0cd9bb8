import { Fault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const server = (id: string, account: string, more: object = {}) => ({
  id,
  account,
  provider: 'xingyun',
  product: 'server',
  region: 'cn-north-1',
  billing: 'prepaid',
  boughtAt: '2026-06-01',
  expiresAt: '2028-12-31',
  publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
  ...more,
});

describeOperation(
  'compareInventory',
  {
    may: ['operator'],
    sample: (world) => {
      const account = world.fresh('acct');
      const accounts = [{ id: account, realName: 'enterprise' }];
      return { body: { accounts, resources: [server(world.fresh('ins'), account)] } };
    },
    leaves: 'nothing',
  },
  (get) => {
    const inventory = (...resources: object[]) => ({ body: { accounts: [], resources } });
    const put = (...resources: object[]) => get().people.operator.client.putInventory(inventory(...resources));
    const compare = (query: object, ...resources: object[]) =>
      get().people.operator.client.compareInventory({ ...inventory(...resources), query });

    test('tells what is new, what differs and how, and what is the same; importing leaves exactly that', async () => {
      const world = get();
      const { accountId } = await world.customer();
      const [one, two, three] = [world.fresh('ins'), world.fresh('ins'), world.fresh('ins')];
      await put(server(one, accountId), server(two, accountId));
      const later = [
        server(one, accountId),
        server(two, accountId, { expiresAt: '2029-12-31', bandwidthMbps: 5 }),
        server(three, accountId),
      ];
      const answer = await compare({}, ...later);
      expect(answer).toEqual({
        counts: {
          accounts: { new: 0, changed: 0, same: 0 },
          resources: { new: 1, changed: 1, same: 1, gone: 0, breaking: 0 },
        },
        accounts: [],
        new: [three],
        changed: [
          {
            id: two,
            fields: [
              { field: 'expiresAt', before: '2028-12-31', after: '2029-12-31' },
              { field: 'bandwidthMbps', before: null, after: 5 },
            ],
          },
        ],
        gone: [],
        breaking: [],
        leftOut: 0,
      });
      expect((await put(...later)).changed).toEqual([two, three]);
      const counts = { new: 0, changed: 0, same: 3, gone: 0, breaking: 0 };
      expect((await compare({}, ...later)).counts.resources).toEqual(counts);
    });

    test('tells accounts that are new or get another real name; none said is none', async () => {
      const world = get();
      const [{ accountId }, other] = [await world.customer('enterprise'), await world.customer('enterprise')];
      const fresh = world.fresh('acct');
      const accounts = [
        { id: accountId, realName: 'enterprise' },
        { id: other.accountId },
        { id: fresh, realName: 'individual' },
      ];
      const answer = await world.people.operator.client.compareInventory({ body: { accounts, resources: [] } });
      expect(answer.counts.accounts).toEqual({ new: 1, changed: 1, same: 1 });
      expect(answer.accounts).toEqual([
        { id: other.accountId, before: 'enterprise', after: 'none' },
        { id: fresh, before: null, after: 'individual' },
      ]);
    });

    test('names codes, open filings and records that would no longer be allowed on a resource, and why', async () => {
      const world = get();
      const owner = await world.customer();
      const [withCode, withDraft, withRecord, free] = await Promise.all(
        Array.from({ length: 4 }, () => world.eligible(owner)),
      );
      const code = await world.issue(owner.accountId, withCode ?? '');
      const draft = await world.bind(await world.draft(owner.accountId), { resourceId: withDraft ?? '' });
      const filed = await world.filed(owner.accountId, { resourceId: withRecord ?? '' });
      const ids = [withCode, withDraft, withRecord, free].map((id) => id ?? '');
      const expired = ids.map((id) => server(id, owner.accountId, { expiresAt: '2026-11-01' }));
      const { counts, breaking } = await compare({}, ...expired);
      expect(counts.resources).toMatchObject({ changed: 4, breaking: 3 });
      const seen = new Map(breaking.map((row) => [row.id, row]));
      expect(seen.get(ids[0] ?? '')).toMatchObject({
        codes: [{ id: code.id }],
        filings: [],
        services: [],
        isGone: false,
      });
      expect(seen.get(ids[1] ?? '')).toMatchObject({
        codes: [],
        filings: [{ id: draft.filingId, domainName: draft.domainName }],
        services: [],
      });
      expect(seen.get(ids[2] ?? '')).toMatchObject({
        filings: [],
        services: [{ number: filed.serviceNumber, domainName: filed.domainName }],
      });
      for (const { reasons } of breaking) {
        expect(reasons.map((reason) => reason.code)).toContain('resource.expired');
        expect(reasons[0]?.remedy).toMatchObject({ action: 'renew' });
      }
      // What fails already is no news.
      await put(...expired);
      const again = expired.map((facts) => ({ ...facts, expiresAt: '2026-10-01' }));
      expect((await compare({}, ...again)).counts.resources).toMatchObject({ changed: 4, breaking: 0 });
    });

    test('where rules look at another resource of the account, that one’s change breaks what stays the same', async () => {
      const world = get();
      const owner = await world.customer();
      const of = (product: string, more: object) => ({
        ...server(world.fresh('ins'), owner.accountId, { provider: 'tencent', region: 'ap-guangzhou', ...more }),
        product,
      });
      const behind = of('cvm', {});
      const balancer = of('clb', { boundTo: behind.id });
      await put(behind, balancer);
      await world.bind(await world.draft(owner.accountId), { resourceId: balancer.id });
      expect((await compare({}, behind, balancer)).breaking).toEqual([]);
      const { breaking } = await compare({}, balancer, { ...behind, billing: 'pay_as_you_go', expiresAt: undefined });
      expect(breaking.map((row) => [row.id, row.reasons.map((reason) => reason.code)])).toEqual([
        [balancer.id, ['resource.billing_not_prepaid']],
      ]);
    });

    test('what a complete inventory does not name is gone: of its accounts or of all, of its products, in its part', async () => {
      const world = get();
      const [{ accountId }, other] = [await world.customer(), await world.customer()];
      const [one, two, theirs, hosted] = ['ins', 'ins', 'ins', 'host'].map((prefix) => world.fresh(prefix));
      await put(
        server(one ?? '', accountId),
        server(two ?? '', accountId),
        server(theirs ?? '', other.accountId),
        server(hosted ?? '', accountId, { product: 'hosting' }),
      );
      const code = await world.issue(accountId, two ?? '');
      const gone = async (query: object) => {
        const answer = await compare(query, server(one ?? '', accountId));
        return { ids: answer.gone.map(({ id }) => id), ...answer };
      };
      expect((await gone({})).ids).toEqual([]);
      const ofAccounts = await gone({ complete: 'accounts' });
      expect(ofAccounts.ids).toEqual([two]);
      expect(ofAccounts.gone[0]).toMatchObject({ id: two, accountId, facts: { id: two, expiresAt: '2028-12-31' } });
      expect(ofAccounts.breaking).toMatchObject([
        { id: two, isGone: true, codes: [{ id: code.id }], reasons: [{ code: 'resource.not_running' }] },
      ]);
      // Beside what other tests have: of these two accounts and those that lie between them.
      const [first, last] = [accountId, other.accountId].sort();
      const ofBoth = { afterAccount: first, afterResource: '0', untilAccount: last, untilResource: 'z' };
      expect((await gone({ complete: 'all', ...ofBoth })).ids).toEqual(expect.arrayContaining([two, theirs]));
      expect((await gone({ complete: 'accounts', products: 'xingyun/server,xingyun/hosting' })).ids.sort()).toEqual(
        [two, hosted].sort(),
      );
      const part = { complete: 'all', afterAccount: accountId, afterResource: one, untilAccount: accountId };
      expect((await gone({ ...part, untilResource: two })).ids).toEqual([two]);
      expect((await gone({ ...part, untilResource: one })).ids).toEqual([]);
      // Behind the last that a part names of an account, where the next part begins with another account.
      const next = { complete: 'accounts', afterAccount: accountId, afterResource: one, products: 'xingyun/server' };
      const behind = await compare(
        { ...next, untilAccount: accountId, untilResource: two },
        server(theirs ?? '', other.accountId),
      );
      expect(behind.gone.map(({ id }) => id)).toEqual([two]);
      // What is released already is not gone again.
      await put(server(two ?? '', accountId, { state: 'released' }));
      expect((await gone({ complete: 'accounts' })).ids).toEqual([]);
      // Of nothing nothing is gone, whatever it says to be complete for.
      expect((await compare({ complete: 'all' })).counts.resources.gone).toBe(0);
    });

    test('what is gone breaks what another resource of its account is allowed by it', async () => {
      const world = get();
      const owner = await world.customer();
      const of = (product: string, more: object) => ({
        ...server(world.fresh('ins'), owner.accountId, { provider: 'tencent', region: 'ap-guangzhou', ...more }),
        product,
      });
      const behind = of('cvm', {});
      const balancer = of('clb', { boundTo: behind.id });
      await put(behind, balancer);
      await world.bind(await world.draft(owner.accountId), { resourceId: balancer.id });
      const { breaking, gone } = await compare({ complete: 'accounts', products: 'tencent/clb,tencent/cvm' }, balancer);
      expect(gone.map(({ id }) => id)).toEqual([behind.id]);
      expect(breaking).toMatchObject([{ id: balancer.id, isGone: false, codes: [] }]);
    });

    test('of an inventory in parts, the account that the part before ended with is counted once', async () => {
      const world = get();
      const [account, other] = [world.fresh('acct'), world.fresh('acct')];
      const accounts = [{ id: account, realName: 'enterprise' }, { id: other }];
      const body = { accounts, resources: [server(world.fresh('ins'), account)] };
      const query = { afterAccount: account, afterResource: 'ins' };
      const answer = await world.people.operator.client.compareInventory({ body, query });
      expect(answer.counts).toMatchObject({ accounts: { new: 1, changed: 0, same: 0 }, resources: { new: 1 } });
      expect(answer.accounts.map(({ id }) => id)).toEqual([other]);
    });

    test('names all resources of unknown or other accounts at once', async () => {
      const world = get();
      const [{ accountId }, other] = [await world.customer(), await world.customer()];
      const id = world.fresh('ins');
      await put(server(id, accountId));
      const answer = compare({}, server(world.fresh('ins'), 'acct-nobody'), server(id, other.accountId));
      await expect(answer).rejects.toMatchObject({
        problem: { places: [{ path: 'resources[0].account' }, { path: 'resources[1].account' }] },
      });
      expect(await refusal(compare({}, { ...server(id, accountId), colour: 'red' }))).toEqual(['input.invalid']);
    });

    test('an answer is never much longer than the question: what has no room is counted', async () => {
      const world = get();
      const { accountId } = await world.customer();
      const publicIps = Array.from({ length: 200 }, (_, index) => ({
        address: `203.0.113.${index}`,
        kind: 'instance',
      }));
      const ids = Array.from({ length: 60 }, () => world.fresh('ins'));
      await put(...ids.map((id) => server(id, accountId, { publicIps })));
      const { counts, gone, leftOut } = await compare({ complete: 'accounts' }, server(world.fresh('ins'), accountId));
      expect(counts.resources.gone).toBe(60);
      expect(gone.length).toBeGreaterThan(0);
      expect(gone.length + leftOut).toBe(60 + 1);
    });

    test('is told to come again where too many wait', async () => {
      get().replace({ inventories: { read: () => Promise.reject(new Fault('server.busy')) } });
      expect(await refusal(compare({}))).toEqual(['server.busy']);
    });
  },
);
