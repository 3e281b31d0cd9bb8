import { uploadPicture } from '@openbeian/contract/upload';
import { expect, test } from 'vitest';
import { changeUnderWay, filedCompany } from '../../main/testing/filed-company.ts';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { another, licence } from '../../main/testing/materials.ts';
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

    test('pictures that were replaced, added or removed; the same one uploaded again is none', async () => {
      const world = get();
      const owner = await world.customer();
      const bound = await reach(world, owner, 'bound');
      const { filingId } = bound;
      const upload = (key: 'pledge' | 'subject_certificate' | 'domain_certificate', bytes: Uint8Array) =>
        uploadPicture(owner.client, { filingId, key, part: 'whole', signedOn: '2026-11-20', bytes });
      await upload('subject_certificate', licence);
      await upload('domain_certificate', another);
      const pledge = await upload('pledge', licence);
      const submitted = await world.submit(bound);
      const reasons = [{ field: 'materials.pledge.whole', reasonId: 'other', comment: '请更换' }];
      const asked = await world.people.reviewer.client.askFiling(stepOf(submitted, { reasons }));
      // Only what is asked is open: replaced here, while the filing stays with its reviewer.
      expect(await refusal(upload('subject_certificate', another))).toEqual(['filing.wrong_state']);
      await owner.client.removeMaterial({ params: { materialId: pledge.id } });
      await upload('pledge', another);
      const answered = await owner.client.answerFiling(stepOf({ ...submitted, version: asked.version }));
      expect(answered.state).toBe('awaiting_review');
      const row = (await world.audit()).findLast(
        ({ action, objectId }) => action === 'FilingAnswered' && objectId === filingId,
      );
      expect(row?.detail).toEqual({ changed: ['materials.pledge.whole'] });
      const first = await reviewOf(world, filingId);
      expect(first.changes).toEqual([{ field: 'materials.pledge.whole', before: 1, after: 1, certain: true }]);
      const back = await owner.client.withdrawFiling(stepOf({ ...submitted, version: answered.version }));
      await upload('subject_certificate', licence);
      await upload('pledge', licence);
      const { needed } = await owner.client.listMaterials({ params: { filingId } });
      const domain = needed.find(({ key }) => key === 'domain_certificate')?.materials[0];
      await owner.client.removeMaterial({ params: { materialId: domain?.id ?? '' } });
      await owner.client.submitFiling(stepOf({ ...submitted, version: back.version }));
      expect((await reviewOf(world, filingId)).changes).toEqual([
        { field: 'materials.domain_certificate.whole', before: 1, after: 0, certain: true },
        { field: 'materials.pledge.whole', before: 1, after: 2, certain: true },
      ]);
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
