import { provinces } from '@openbeian/model/province';
import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const query = { nature: 'individual', provinceCode: '320000' };

describeOperation(
  'listPreparations',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    scope: 'filings:read',
    sample: () => ({ query }),
    leaves: 'nothing',
  },
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
      const app = await client.listPreparations({ query: { ...query, serviceKind: 'app' } });
      expect(app.steps.map(({ zh }) => zh)).toContain('取得备案号之前，请勿上架或提供下载。');
      expect(app.steps.map(({ zh }) => zh).join()).not.toContain('网站');
      const iconOf = ({ course }: typeof answer) => course.materials.find(({ key }) => key === 'app_icon');
      expect([iconOf(answer), iconOf(app)?.when.en]).toEqual([undefined, 'always']);
      const access = await client.listPreparations({ query: { ...query, kind: 'access' } });
      expect(access.steps).not.toEqual(answer.steps);
      expect(answer.course.site?.en).toMatch(/^Closed until the number is issued/);
      expect(access.course.site?.en).toMatch(/^May open after the provider’s review/);
      const end = await client.listPreparations({ query: { ...query, kind: 'cancel_access' } });
      expect(end.course).toMatchObject({ materials: [], sms: [], site: { en: expect.stringMatching(/^Stays open/) } });
      expect(answer.course.materials.map(({ key }) => key)).toContain('residence_proof');
    });

    test('of every province one answer says whether the site may be reached meanwhile, with its source', async () => {
      const { client } = await get().customer();
      const answerOf = async (provinceCode: string, more: object = {}) => {
        const { course } = await client.listPreparations({ query: { ...query, provinceCode, ...more } });
        return [course.site?.zh, course.siteSource, course.siteAsOf];
      };
      for (const { code } of provinces) expect((await answerOf(code))[0], code).toMatch(/须关闭/);
      expect(await answerOf('410000')).toEqual([expect.stringMatching(/不能有解析记录/), 'JD-PROVINCES', '2023-12-31']);
      expect((await answerOf('110000'))[1]).toBe('TC-PROVINCES');
      expect(await answerOf('410000', { serviceKind: 'app' })).toEqual([
        'APP 取得备案号之前不能上架，也不能提供服务',
        'miit-app-filing',
        '2023-09-01',
      ]);
      expect((await answerOf('410000', { kind: 'access' }))[0]).toMatch(/^初审通过后可以开通/);
      expect(await answerOf('410000', { serviceKind: 'mini_program' })).toEqual([undefined, null, null]);
    });

    test('refuses a nature and a province that there are not', async () => {
      const { client } = await get().customer();
      for (const wrong of [{ nature: 'pirate' }, { provinceCode: '990000' }])
        expect(await refusal(client.listPreparations({ query: { ...query, ...wrong } }))).toEqual(['input.invalid']);
    });
  },
);
