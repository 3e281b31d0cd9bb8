import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const query = { nature: 'individual', provinceCode: '320000' };

describeOperation(
  'listPreparations',
  { may: ['customer', 'reviewer', 'operator', 'auditor'], sample: () => ({ query }), leaves: 'nothing' },
  (get) => {
    test('certificates, rules by topic, steps and limits of that nature, province and kind', async () => {
      const { client } = await get().customer();
      const answer = await client.listPreparations({ query });
      expect(answer.certificates.map(({ value }) => value)).toContain('resident_id');
      const rules = answer.groups.flatMap(({ items }) => items);
      expect(rules.map(({ rule }) => rule)).toEqual(
        expect.arrayContaining(['jiangsu.notice_and_pledge', 'jiangsu.proof_of_residence', 'material.pledge']),
      );
      expect(rules.find(({ rule }) => rule === 'jiangsu.proof_of_residence')?.when).toEqual([
        { zh: '负责人的身份证非本省签发', en: 'the person’s identity number is of another province' },
      ]);
      expect(rules.find(({ rule }) => rule === 'material.pledge')?.when).toEqual([]);
      expect(answer.groups.map(({ topic }) => topic)).toContain('phone');
      expect(answer.steps.map(({ zh }) => zh)).toContain('取得备案号之前，请勿开通网站访问。');
      expect(answer.limits).toContainEqual(
        expect.objectContaining({ state: 'awaiting_sms', amount: 24, unit: 'hours' }),
      );
      const access = await client.listPreparations({ query: { ...query, kind: 'access' } });
      expect(access.steps).not.toEqual(answer.steps);
      expect([answer.course.site.en, access.course.site.en]).toEqual([
        'closed until the number is issued',
        'may open after the provider’s review',
      ]);
      const end = await client.listPreparations({ query: { ...query, kind: 'cancel_access' } });
      expect(end.course).toMatchObject({ materials: [], sms: [], site: { en: 'stays open' } });
      expect(answer.course.materials.map(({ key }) => key)).toContain('residence_proof');
    });

    test('refuses a nature and a province that there are not', async () => {
      const { client } = await get().customer();
      for (const wrong of [{ nature: 'pirate' }, { provinceCode: '990000' }])
        expect(await refusal(client.listPreparations({ query: { ...query, ...wrong } }))).toEqual(['input.invalid']);
    });
  },
);
