import { expect, test } from 'vitest';
import { reach } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const msPerDay = 86_400_000;

describeOperation(
  'askNameProof',
  {
    may: ['customer'],
    scope: 'filings:write',
    sample: async (world, owner) => ({ params: { filingId: (await reach(world, owner, 'draft')).filingId }, body: {} }),
    leaves: ['NameProofAsked'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('a record of the account’s and domain’s own: the same until it expires, then another', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId, domainName } = await reach(world, owner, 'draft');
      const ask = () => owner.client.askNameProof({ params: { filingId }, body: {} });
      const first = await ask();
      expect(first).toMatchObject({ domainName, provenAt: null, method: null });
      expect(first.record?.host).toBe(`_openbeian.${domainName}`);
      expect(first.record?.value).toMatch(/^openbeian-proof=[\w-]{27}$/);
      expect(await ask()).toEqual(first);
      const other = await world.customer();
      const rival = await world.draft(other.accountId, undefined, domainName);
      const theirs = await other.client.askNameProof({ params: { filingId: rival.filingId }, body: {} });
      expect(theirs.record?.value).not.toBe(first.record?.value);
      world.clock.nowMs += world.deps.nameProof.tokenDays * msPerDay;
      expect((await ask()).record?.value).not.toBe(first.record?.value);
    });

    test('an IDN is asked for in ASCII, as DNS has it', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId } = await world.draft(owner.accountId, undefined, `${world.fresh('海运')}.cn`);
      const { record } = await owner.client.askNameProof({ params: { filingId }, body: {} });
      expect(record?.host).toMatch(/^_openbeian\.xn--[a-z0-9-]+\.cn$/);
      const none = owner.client.askNameProof({ params: { filingId: 'fil_none' }, body: {} });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });
  },
);
