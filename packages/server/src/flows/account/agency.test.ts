import { expect, test } from 'vitest';
import { uploadNeeded } from '../../main/sample/materials.ts';
import { filedCompany } from '../../main/testing/filed-company.ts';
import { stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';

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
      expect(await rulesOf(agency, strange.filingId)).toContain('account.agency_proof');
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
