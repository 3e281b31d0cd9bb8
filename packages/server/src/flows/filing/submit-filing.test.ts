import { uploadPicture } from '@openbeian/contract/upload';
import { expect, test } from 'vitest';
import { changeUnderWay } from '../../main/testing/filed-company.ts';
import { boundByCode, reach, stepOf, testStep, twoOfOneName } from '../../main/testing/filing-steps.ts';
import { another, findingsIn, licence } from '../../main/testing/materials.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../main/testing/operation-world.ts';

/** The server behind a filing expires. */
async function expire(world: OperationWorld, resourceId: string): Promise<void> {
  const { facts } = await world.flows.getResource({ actor: world.operator }, { resourceId });
  const body = { accounts: [], resources: [{ ...facts, expiresAt: '2026-11-01' }] };
  await world.people.operator.client.putInventory({ body });
}

describeOperation(
  'submitFiling',
  {
    may: ['customer'],
    scope: 'filings:submit',
    sample: async (world, owner) => stepOf(await reach(world, owner, 'bound')),
    leaves: ['FilingSubmitted'],
    foreign: 'object.not_found',
  },
  (get) => {
    testStep(get, 'submitFiling', {
      by: 'owner',
      from: 'bound',
      elsewhere: 'submitted',
      to: 'awaiting_review',
      event: 'FilingSubmitted',
    });

    test('needs a whole form and something bound', async () => {
      const world = get();
      const owner = await world.customer();
      const { filing } = await owner.client.startFiling({
        body: {
          domainName: `${world.fresh('submit')}.cn`,
          subjectKind: 'enterprise',
          provinceCode: '440000',
          certificateType: 'business_licence',
          certificateNumber: world.companyNumber(),
        },
      });
      const bare = { params: { filingId: filing.id }, body: { version: filing.version } };
      expect(await refusal(owner.client.submitFiling(bare))).toEqual(['filing.form_incomplete']);
      const unbound = stepOf(await reach(world, await world.customer(), 'draft'));
      const { accountId } = (await world.flows.getFiling({ actor: world.operator }, unbound.params)).filing;
      const { client } = world.as(world.call(accountId).actor);
      expect(await refusal(client.submitFiling(unbound))).toEqual(['filing.resource_missing']);
    });

    test('evaluates what it holds once more', async () => {
      const world = get();
      const owner = await world.customer();
      const direct = await reach(world, owner, 'bound');
      const { filing } = await owner.client.getFiling({ params: { filingId: direct.filingId } });
      await expire(world, filing.resourceId ?? '');
      expect(await refusal(owner.client.submitFiling(stepOf(direct)))).toEqual([
        'resource.not_eligible',
        'resource.remaining_term_too_short',
        'resource.expired',
      ]);
      const coded = await boundByCode(world, owner);
      await expire(world, coded.resourceId);
      const refused = await refusal(owner.client.submitFiling(stepOf(coded)));
      expect(refused).toEqual(['code.not_usable', expect.stringMatching(/^code\./), expect.stringMatching(/^code\./)]);
    });

    test('not what another account’s filing holds; what that one gives up is free again', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const { draft, rival } = await twoOfOneName(world, owner, other);
      const held = await world.submit(rival);
      expect(await refusal(owner.client.submitFiling(stepOf(draft)))).toEqual(['filing.held_by_other_account']);
      await other.client.withdrawFiling(stepOf(held));
      expect((await owner.client.submitFiling(stepOf(draft))).state).toBe('awaiting_review');
      const again = { ...held, version: held.version + 1 };
      expect(await refusal(other.client.submitFiling(stepOf(again)))).toEqual(['filing.held_by_other_account']);
    });

    test('not a certificate that is filed here under another account, which is told nobody before', async () => {
      const world = get();
      const company = world.companySerial();
      const [owner, other] = [await world.customer(), await world.customer()];
      const draft = await world.bind(await world.draft(other.accountId, company), {
        resourceId: await world.eligible(other),
      });
      await world.approve(
        await world.bind(await world.draft(owner.accountId, company), { resourceId: await world.eligible(owner) }),
      );
      expect(await refusal(other.client.submitFiling(stepOf(draft)))).toEqual(['filing.subject_in_other_account']);
    });

    test('not a domain that another account got on record meanwhile', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const { draft, rival } = await twoOfOneName(world, owner, other);
      await world.approve(rival);
      expect(await refusal(owner.client.submitFiling(stepOf(draft)))).toEqual(['filing.name_in_other_account']);
    });

    test('not with the picture that a reviewer refused, unless it is uploaded once more or replaced', async () => {
      const world = get();
      const owner = await world.customer();
      const bound = await reach(world, owner, 'bound');
      const params = { filingId: bound.filingId };
      const field = 'materials.subject_certificate.whole';
      const upload = (bytes: Uint8Array) =>
        uploadPicture(owner.client, { ...params, key: 'subject_certificate', part: 'whole', bytes });
      const isRefused = async () => {
        const { needed } = await owner.client.listMaterials({ params });
        return needed.find((place) => place.field === field)?.isRefused;
      };
      const returned = async (version: number) => {
        const reasons = [{ field, reasonId: 'other', comment: '请更换' }];
        const back = await world.people.reviewer.client.returnFiling(stepOf({ ...bound, version }, { reasons }));
        world.clock.nowMs += 60_000;
        return back.version;
      };
      const submit = (version: number) => owner.client.submitFiling(stepOf({ ...bound, version }));
      await upload(licence);
      expect(await isRefused()).toBe(false);
      let version = await returned((await world.submit(bound)).version);
      expect(await isRefused()).toBe(true);
      const found = await submit(version).catch(findingsIn);
      expect(found).toMatchObject([{ field, rule: 'answer.picture_unchanged' }]);
      await upload(another);
      expect(await isRefused()).toBe(false);
      version = await returned((await submit(version)).version);
      expect(await refusal(submit(version))).toEqual(['filing.form_incomplete']);
      await upload(another);
      expect((await submit(version)).state).toBe('awaiting_review');
    });

    test('not the change of what was cancelled meanwhile', async () => {
      const world = get();
      const owner = await world.customer();
      const { filing, cancelRecord } = await changeUnderWay(world, owner);
      const { version } = await owner.client.withdrawFiling(stepOf(filing));
      await cancelRecord();
      const again = owner.client.submitFiling(stepOf({ ...filing, version }));
      expect(await refusal(again)).toEqual(['filing.precondition_unmet', 'filing.service_filed']);
    });
  },
);
