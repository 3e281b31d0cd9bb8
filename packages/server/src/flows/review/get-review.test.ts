import { expect, test } from 'vitest';
import { changeUnderWay, filedCompany } from '../../main/testing/filed-company.ts';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';

const reviewOf = ({ people }: OperationWorld, filingId: string) =>
  people.reviewer.client.getReview({ params: { filingId } });

/** Of a company of its own, under that domain. */
async function submitted(world: OperationWorld, owner: Customer, domainName: string, company = world.companySerial()) {
  const draft = await world.draft(owner.accountId, company, domainName);
  return world.submit(await world.bind(draft, { resourceId: await world.eligible(owner) }));
}

describeOperation(
  'getReview',
  {
    may: ['reviewer', 'operator', 'auditor'],
    sample: async (world, owner) => ({ params: { filingId: (await reach(world, owner, 'submitted')).filingId } }),
    leaves: 'nothing',
  },
  (get) => {
    test('what changed since the submission before, personal values masked; nothing on the first one', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      const { client } = world.people.reviewer;
      expect(await reviewOf(world, filing.filingId)).toMatchObject({ since: null, changes: [], ticks: [] });
      const reasons = [{ field: null, reasonId: 'other', comment: '请核对' }];
      const returned = await client.returnFiling(stepOf(filing, { reasons }));
      const { values } = await owner.client.getFilingForm({ params: { filingId: filing.filingId } });
      const changed = {
        'service.name': '珠江示例科技官网',
        'subject.principal.mobile': '13900139009',
        'service.remark': values['service.remark'] ?? '',
      };
      const saved = await owner.client.saveFilingForm({
        params: { filingId: filing.filingId },
        body: { version: returned.version, values: changed },
      });
      await owner.client.submitFiling(stepOf({ ...filing, version: saved.filing.version }));
      const { since, changes } = await reviewOf(world, filing.filingId);
      expect(since?.from).toBe('submission');
      expect(changes.map(({ field, certain }) => [field, certain])).toEqual([
        ['subject.principal.mobile', true],
        ['service.name', true],
      ]);
      const before = new Map(changes.map((change) => [change.field, change.before]));
      expect(before.get('service.name')).toBe(values['service.name']);
      expect(before.get('subject.principal.mobile')).toMatch(/^1\d\d\*{4}\d{4}$/);
    });

    test('of a change, what differs from what is on record', async () => {
      const world = get();
      const owner = await world.customer();
      const { filing } = await changeUnderWay(world, owner);
      const { since, changes } = await reviewOf(world, filing.filingId);
      expect(since?.from).toBe('record');
      expect(changes.length).toBeGreaterThan(0);
    });

    test('the organiser’s other filings and records', async () => {
      const world = get();
      const owner = await world.customer();
      const filed = await filedCompany(world, owner);
      const next = await submitted(world, owner, 'next-site-of-it.cn', filed.company);
      const { others } = await reviewOf(world, next.filingId);
      expect(others.filings.map(({ id }) => id)).toEqual([filed.filingId]);
      expect(others.records.map(({ number }) => number)).toEqual([filed.serviceNumber]);
    });

    test('names that are taken for this one’s: the same label, look-alikes, one letter more, less or other', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const asked = await submitted(world, owner, 'zhujiang-mall.cn');
      const near = [
        'zhujiang-mall.com',
        'zhujiangmall.net',
        'zhuj1ang-mal1.cn',
        'zhujiang-malls.cn',
        'zhuiiang-mall.cn',
      ];
      for (const name of near) await submitted(world, other, name);
      await submitted(world, other, 'changjiang-shop.cn');
      const { similar } = await reviewOf(world, asked.filingId);
      const found = similar.filter(({ likeness }) => likeness === 'similar_domain').map(({ domainName }) => domainName);
      expect(found.toSorted()).toEqual(near.toSorted());
      const one = similar.find(({ domainName }) => domainName === 'zhujiangmall.net');
      expect(one).toMatchObject({ accountId: other.accountId, number: null, state: 'awaiting_review' });
    });

    test('is refused of no filing', async () => {
      const world = get();
      expect(await refusal(reviewOf(world, 'fil_none'))).toEqual(['object.not_found']);
    });
  },
);
