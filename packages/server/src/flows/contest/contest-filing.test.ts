import { fictionalCompany } from '@openbeian/model/fictional';
import { expect, test } from 'vitest';
import { contestOf, contestOfCertificate, reach, stepOf, twoOfOneName } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const statement = '该域名由我公司注册并一直使用。';

describeOperation(
  'contestFiling',
  {
    may: ['customer'],
    scope: 'filings:write',
    sample: async (world, owner) => {
      const { draft, rival } = await twoOfOneName(world, owner, await world.customer());
      await world.submit(rival);
      return { params: { filingId: draft.filingId }, body: { statement } };
    },
    leaves: ['FilingContested'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('tells the operators and the holder, and nobody whose the other filing is', async () => {
      const world = get();
      const [owner, holder] = [await world.customer(), await world.customer()];
      const { contest, draft, held } = await contestOf(world, owner, holder, statement);
      expect(contest).toMatchObject({ filingId: draft.filingId, about: 'domain_name', statement, decision: null });
      expect(contest.sides).toBeNull();
      expect(await world.events(draft.filingId)).toContain('FilingContested');
      const { notices } = await holder.client.listNotices({});
      const told = { type: 'FilingContested', filingId: held.filingId };
      expect(notices).toMatchObject([told, { type: 'FilingSubmitted' }]);
      expect(JSON.stringify(notices)).not.toContain(owner.accountId);
      const toOperators = await world.people.operator.client.listNotices({});
      expect(toOperators.notices.map(({ filingId }) => filingId)).toContain(draft.filingId);
    });

    test('the same request gives the same contest again', async () => {
      const world = get();
      const [owner, holder] = [await world.customer(), await world.customer()];
      const { draft, rival } = await twoOfOneName(world, owner, holder);
      await world.submit(rival);
      const said = '负责人陈启明，电话 13800138000，域名由我公司注册。';
      const call = { ...world.call(owner.accountId), idempotencyKey: 'told-once' };
      const first = await world.flows.contestFiling(call, { filingId: draft.filingId, statement: said });
      expect(first.statement).toBe(said);
      expect(await world.flows.contestFiling(call, { filingId: draft.filingId, statement: said })).toEqual(first);
    });

    test('a certificate, too; once at a time', async () => {
      const world = get();
      const [owner, holder] = [await world.customer(), await world.customer()];
      const { contest, draft } = await contestOfCertificate(world, owner, holder);
      expect(contest.about).toBe('certificate');
      const again = { params: { filingId: draft.filingId }, body: { statement } };
      expect(await refusal(owner.client.contestFiling(again))).toEqual(['filing.contest_open']);
    });

    test('not what another account has on record: an operator moves or cancels that', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const refused = ({ filingId }: { readonly filingId: string }) =>
        refusal(owner.client.contestFiling({ params: { filingId }, body: { statement } }));
      const { draft, rival } = await twoOfOneName(world, owner, other);
      await world.approve(rival);
      expect(await refused(draft)).toEqual(['filing.name_in_other_account']);
      const company = world.companySerial();
      const sameCompany = await world.draft(owner.accountId, company);
      await world.approve(
        await world.bind(await world.draft(other.accountId, company), { resourceId: await world.eligible(other) }),
      );
      expect(await refused(sameCompany)).toEqual(['filing.subject_in_other_account']);
    });

    test('not what nobody holds, of a form that is not whole, or of a filing that is under way', async () => {
      const world = get();
      const owner = await world.customer();
      const contest = (filingId: string) =>
        refusal(owner.client.contestFiling({ params: { filingId }, body: { statement } }));
      const draft = await reach(world, owner, 'bound');
      expect(await contest(draft.filingId)).toEqual(['filing.not_held']);
      await owner.client.submitFiling(stepOf(draft));
      expect(await contest(draft.filingId)).toEqual(['filing.wrong_state']);
      const { filing } = await owner.client.startFiling({
        body: {
          domainName: `${world.fresh('contest')}.cn`,
          subjectKind: 'enterprise',
          provinceCode: '440000',
          certificateType: 'business_licence',
          certificateNumber: fictionalCompany(world.companySerial()).creditCode,
        },
      });
      expect(await contest(filing.id)).toEqual(['filing.form_incomplete']);
      expect(await contest('fil_none')).toEqual(['object.not_found']);
    });
  },
);
