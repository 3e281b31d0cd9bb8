import { expect, test } from 'vitest';
import { uploadNeeded } from '../../main/sample/materials.ts';
import { filedCompany } from '../../main/testing/filed-company.ts';
import { stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';

describeOperation(
  'listAccounts',
  { may: ['reviewer', 'operator', 'auditor'], sample: () => ({}), leaves: 'nothing' },
  (get) => {
    test('by id, narrowed to a part of id or name, by pages', async () => {
      const world = get();
      const { accountId } = await world.customer('individual');
      const { client } = world.people.auditor;
      const { accounts, next } = await client.listAccounts({ query: { search: accountId.toUpperCase(), limit: 1 } });
      expect(accounts.map(({ id, realName }) => [id, realName])).toEqual([[accountId, 'individual']]);
      const rest =
        next === null ? [] : (await client.listAccounts({ query: { search: accountId, after: next } })).accounts;
      expect(rest.every(({ id }) => id > accountId)).toBe(true);
    });
  },
);

describeOperation(
  'countAccounts',
  { may: ['reviewer', 'operator', 'auditor'], sample: () => ({}), leaves: 'nothing' },
  (get) => {
    test('counts what the list lists', async () => {
      const world = get();
      const count = async () => (await world.people.operator.client.countAccounts({})).total;
      const before = await count();
      await world.customer();
      expect(await count()).toBe(before + 1);
      expect((await world.people.operator.client.countAccounts({ query: { search: 'nobody-here' } })).total).toBe(0);
    });
  },
);

describeOperation(
  'nameAccounts',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    sample: () => ({ query: { ids: 'acct-none' } }),
    leaves: 'nothing',
  },
  (get) => {
    test('staff learn all names; a customer its own and those of accounts with which codes were exchanged', async () => {
      const world = get();
      const [owner, grantee, stranger] = [await world.customer(), await world.customer(), await world.customer()];
      const ids = [owner, grantee, stranger].map(({ accountId }) => accountId);
      for (const id of ids) await world.run(`UPDATE account SET display_name = 'of ${id}' WHERE id = '${id}'`);
      const resourceId = await world.eligible(owner);
      await owner.client.issueCodes({ params: { resourceId }, body: { granteeAccountId: grantee.accountId } });
      const named = async (client: typeof owner.client, asked: readonly string[]) =>
        (await client.nameAccounts({ query: { ids: asked.join(',') } })).accounts.map(({ id }) => id).sort();
      const [own, other, third] = ids as [string, string, string];
      expect(await named(world.people.reviewer.client, [...ids, 'acct-none', own])).toEqual([...ids].sort());
      expect(await named(owner.client, ids)).toEqual([own, other].sort());
      expect(await named(grantee.client, ids)).toEqual([own, other].sort());
      expect(await named(stranger.client, ids)).toEqual([third]);
      const { accounts } = await owner.client.nameAccounts({ query: { ids: other } });
      expect(accounts).toEqual([{ id: other, displayName: `of ${other}` }]);
      const many = Array.from({ length: 101 }, (_, index) => `acct-${index}`).join(',');
      expect(await refusal(owner.client.nameAccounts({ query: { ids: many } }))).toEqual(['input.invalid']);
    });
  },
);

describeOperation(
  'findAccounts',
  { may: ['customer'], sample: () => ({ query: { name: '星云' } }), leaves: 'nothing' },
  (get) => {
    test('finds whoever has exactly that id or name, and nobody by a part of it', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const displayName = `港口${world.fresh('Named')}有限公司`;
      await world.run(`UPDATE account SET display_name = '${displayName}' WHERE id = '${other.accountId}'`);
      const find = async (name: string) => (await owner.client.findAccounts({ query: { name } })).accounts;
      const found = [{ id: other.accountId, displayName }];
      expect(await find(other.accountId)).toEqual(found);
      expect(await find(displayName.toUpperCase())).toEqual(found);
      expect(await find(displayName.slice(0, -1))).toEqual([]);
      // Without its last character it may be another's.
      expect(await find(other.accountId.slice(1))).toEqual([]);
    });
  },
);

const agencyOf = ({ accountId }: Customer, mayFileForOthers: boolean) => ({
  params: { accountId },
  body: { mayFileForOthers },
});

const set = (world: OperationWorld, owner: Customer, mayFileForOthers: boolean) =>
  world.people.operator.client.setAccountAgency(agencyOf(owner, mayFileForOthers));

/** Somebody whose account files for itself only, unless its real name is said. */
async function selfOnly(world: OperationWorld, realName?: string): Promise<Customer> {
  const owner = await world.customer(realName);
  await set(world, owner, false);
  return owner;
}

/** A whole filing of a company, with its own server. */
async function boundOf(world: OperationWorld, owner: Customer, company: number) {
  return world.bind(await world.draft(owner.accountId, company), { resourceId: await world.eligible(owner) });
}

const ownRules = ['account.own_subject_only', 'account.agency_proof', 'account.other_subject', 'account.other_kind'];
async function rulesOf(owner: Customer, filingId: string): Promise<string[]> {
  const { findings } = await owner.client.getFilingForm({ params: { filingId } });
  return findings.map(({ rule }) => rule).filter((rule) => ownRules.includes(rule));
}

describeOperation(
  'setAccountAgency',
  {
    may: ['operator'],
    sample: async (_world, owner) => agencyOf(owner, false),
    leaves: ['AccountAgencySet'],
  },
  (get) => {
    test('an account that comes with an inventory files for itself only, until an operator allows more', async () => {
      const world = get();
      const { client } = world.people.operator;
      const id = world.fresh('acct');
      const body = { accounts: [{ id, realName: 'enterprise' }], resources: [] };
      await client.putInventory({ body });
      const mine = async () => (await client.listAccounts({ query: { search: id } })).accounts[0]?.mayFileForOthers;
      expect(await mine()).toBe(false);
      const params = { accountId: id };
      expect(await client.setAccountAgency({ params, body: { mayFileForOthers: true } })).toMatchObject({
        id,
        mayFileForOthers: true,
      });
      // What the provider imports again changes nothing of it.
      await client.putInventory({ body });
      expect(await mine()).toBe(true);
      const none = client.setAccountAgency({ params: { accountId: 'acct-none' }, body: { mayFileForOthers: true } });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });

    test('the first organiser that it submits is its own; another one is refused with what to do, and goes once allowed', async () => {
      const world = get();
      const owner = await selfOnly(world);
      const [first, second] = [world.companySerial(), world.companySerial()];
      const [own, strange] = [await boundOf(world, owner, first), await boundOf(world, owner, second)];
      expect(await rulesOf(owner, strange.filingId)).toEqual([]);
      await world.submit(own);
      expect(await rulesOf(owner, own.filingId)).toEqual([]);
      expect(await rulesOf(owner, strange.filingId)).toEqual(['account.own_subject_only']);
      await expect(world.submit(strange)).rejects.toMatchObject({
        code: 'filing.form_incomplete',
        extras: {
          findings: [
            expect.objectContaining({
              rule: 'account.own_subject_only',
              field: 'subject.certificateNumber',
              remedy: { zh: expect.stringContaining('授权码'), en: expect.stringContaining('provider') },
            }),
          ],
        },
      });
      await set(world, owner, true);
      expect(await rulesOf(owner, strange.filingId)).toEqual([]);
      expect(await world.submit(strange)).toMatchObject({ filingId: strange.filingId });
    });

    test('an organiser on record in the account stays its own, also where there are several', async () => {
      const world = get();
      const owner = await world.customer();
      const [one, other] = [await filedCompany(world, owner), await filedCompany(world, owner)];
      await set(world, owner, false);
      for (const { company } of [one, other]) {
        const further = await boundOf(world, owner, company);
        expect(await rulesOf(owner, further.filingId)).toEqual([]);
        await world.submit(further);
      }
      const strange = await boundOf(world, owner, world.companySerial());
      expect(await rulesOf(owner, strange.filingId)).toEqual(['account.own_subject_only']);
    });

    test('an account that is verified as another kind than the organiser files for a stranger', async () => {
      const world = get();
      const owner = await selfOnly(world, 'individual');
      const strange = await boundOf(world, owner, world.companySerial());
      expect(await rulesOf(owner, strange.filingId)).toEqual(['account.own_subject_only']);
      await expect(world.submit(strange)).rejects.toMatchObject({ code: 'filing.form_incomplete' });
    });

    test('taken away between check and submission, and of two organisers submitted at once, only one goes', async () => {
      const world = get();
      const owner = await selfOnly(world);
      const both = [
        await boundOf(world, owner, world.companySerial()),
        await boundOf(world, owner, world.companySerial()),
      ];
      const ends = await Promise.allSettled(both.map((one) => world.submit(one)));
      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const agency = await world.customer();
      await filedCompany(world, agency);
      const strange = await boundOf(world, agency, world.companySerial());
      const { findings } = await agency.client.checkFiling({ params: { filingId: strange.filingId } });
      expect(findings.map(({ rule }) => rule)).not.toContain('account.own_subject_only');
      await set(world, agency, false);
      await expect(world.submit(strange)).rejects.toMatchObject({ code: 'filing.form_incomplete' });
    });

    test('what goes on after the right is taken away: filings that are submitted', async () => {
      const world = get();
      const agency = await world.customer();
      await filedCompany(world, agency);
      const strange = await world.submit(await boundOf(world, agency, world.companySerial()));
      await set(world, agency, false);
      expect(await world.pass(strange)).toMatchObject({ filingId: strange.filingId });
    });

    test('where pictures are demanded, an allowed account brings the organiser’s letter, which stays with the provider', async () => {
      const world = get();
      const agency = await world.customer();
      const filed = await filedCompany(world, agency);
      const own = await boundOf(world, agency, filed.company);
      const strange = await boundOf(world, agency, world.companySerial());
      world.replace({ materials: { areRequired: true } });
      const letterOf = async (filingId: string) => {
        const { needed, letters } = await agency.client.listMaterials({ params: { filingId } });
        const place = needed.find(({ key }) => key === 'agency_letter');
        return [place?.isRequired, place?.imageUse, letters.some(({ id }) => id === 'agency_letter')];
      };
      // A further site of an organiser on record has no place for it.
      expect(await letterOf(own.filingId)).toEqual([undefined, undefined, false]);
      expect(await letterOf(strange.filingId)).toEqual([true, null, true]);
      const { findings } = await agency.client.getFilingForm({ params: { filingId: strange.filingId } });
      expect(findings.find(({ rule }) => rule === 'account.agency_proof')).toMatchObject({
        field: 'materials.agency_letter.whole',
        severity: 'error',
      });
      const submit = () => agency.client.submitFiling(stepOf(strange));
      expect(await refusal(submit())).toEqual(['filing.form_incomplete']);
      await uploadNeeded(agency.client, strange.filingId);
      expect(await rulesOf(agency, strange.filingId)).not.toContain('account.agency_proof');
      expect((await submit()).state).toBe('awaiting_review');
      const params = { filingId: strange.filingId };
      const letter = await agency.client.writeLetter({ params, body: { letter: 'agency_letter' } });
      expect(new TextDecoder().decode(letter.bytes.slice(0, 5))).toBe('%PDF-');
    });
  },
);
