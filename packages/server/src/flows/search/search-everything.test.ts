import { expect, test } from 'vitest';
import { filedCompany } from '../../main/testing/filed-company.ts';
import { describeOperation } from '../../main/testing/operation-tests.ts';
import type { Caller } from '../../main/testing/operation-world.ts';

const everybody = ['customer', 'reviewer', 'operator', 'auditor'] as const;

/** What is found, as `kind title match`; of one kind, where it is given. */
async function found({ client }: Caller, text: string): Promise<string[]> {
  const { groups } = await client.searchEverything({ body: { text } });
  return groups.flatMap(({ kind, hits }) => hits.map((hit) => `${kind} ${hit.title} ${hit.match}`));
}

describeOperation(
  'searchEverything',
  { may: everybody, sample: () => ({ body: { text: 'example' } }), leaves: 'nothing' },
  (get) => {
    test('a customer finds their own of each kind, and nobody else’s; the provider’s people find all', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const resourceId = await world.eligible(owner);
      const { serviceNumber, domainName } = await world.filed(owner.accountId, { resourceId });
      const both = [`filing ${domainName} whole`, `record ${domainName} whole`];
      const asked: readonly (readonly [text: string, own: readonly string[]])[] = [
        [domainName.toUpperCase(), both],
        [`https://www.${domainName}/page?a=1`, both],
        [serviceNumber.replace('ICP', ' ICP '), both],
        [resourceId, [`resource ${resourceId} whole`]],
      ];
      for (const [text, own] of asked) {
        expect([text, await found(owner, text)]).toEqual([text, own]);
        expect([text, await found(other, text)]).toEqual([text, []]);
        expect(await found(world.people.reviewer, text)).toEqual(expect.arrayContaining([...own]));
      }
    });

    test('a filing is found by its id; the name that is meant comes before those that begin with it', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId, domainName } = await world.draft(owner.accountId);
      expect(await found(owner, filingId)).toEqual([`filing ${domainName} whole`]);
      expect(await found(await world.customer(), filingId)).toEqual([]);
      const ids = [world.fresh('one'), 'x', 'y', 'z', 'v', 'w', 'u'];
      const [short = '', ...more] = ids.map((end, at) => (at === 0 ? end : `${ids[0]}${end}`));
      for (const id of [...more, short]) await world.server(owner.accountId, 'xingyun', 'server', { id });
      const { groups } = await owner.client.searchEverything({ body: { text: short } });
      expect(groups).toMatchObject([{ kind: 'resource', more: true }]);
      expect(groups[0]?.hits.map(({ match }) => match)).toEqual(['whole', 'start', 'start', 'start', 'start']);
      expect(groups[0]?.hits[0]?.id).toBe(short);
    });

    test('a whole code is found by its issuer, its grantee and the provider’s people, and by nobody else', async () => {
      const world = get();
      const [owner, grantee, stranger] = [await world.customer(), await world.customer(), await world.customer()];
      const { clear } = await world.issue(owner.accountId, await world.eligible(owner), grantee.accountId);
      const hit = [`code •••• ${clear.slice(-4)} whole`];
      for (const by of [owner, grantee, world.people.auditor]) expect(await found(by, clear)).toEqual(hit);
      expect(await found(stranger, clear)).toEqual([]);
      expect(await found(grantee, clear.slice(-4).toLowerCase())).toEqual(hit);
    });

    test('the whole number of an organiser’s certificate finds its records, a part of it nothing', async () => {
      const world = get();
      const owner = await world.customer();
      const { proof, domainName } = await filedCompany(world, owner);
      const { certificateNumber: creditCode } = proof;
      const record = [`record ${domainName} whole`];
      expect(await found(owner, creditCode.toLowerCase())).toEqual(record);
      expect(await found(world.people.reviewer, creditCode)).toEqual(record);
      expect(await found(await world.customer(), creditCode)).toEqual([]);
      expect(await found(world.people.reviewer, creditCode.slice(0, -1))).toEqual([]);
    });

    test('accounts are for the provider’s people, people for operators and auditors', async () => {
      const world = get();
      const { accountId } = await world.customer();
      const kinds = async (by: Caller, text: string) =>
        (await by.client.searchEverything({ body: { text } })).groups.map(({ kind }) => kind);
      const login = world.fresh('invited').replace('_', '-');
      const invite = { login, displayName: '受邀者', role: 'auditor' } as const;
      await world.people.operator.client.invitePerson({ body: invite });
      expect(await kinds(world.people.reviewer, accountId)).toEqual(['account']);
      expect(await kinds(world.people.operator, login)).toEqual(['person']);
      expect(await kinds(world.people.reviewer, login)).toEqual([]);
      expect(await kinds(await world.customer(), accountId)).toEqual([]);
    });
  },
);
