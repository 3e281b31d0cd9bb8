import { expect, test } from 'vitest';
import { filedCompany } from '../../main/testing/filed-company.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const items = [{ field: 'service.name', comment: '名称与网站内容不符' }];

describeOperation(
  'demandCorrection',
  {
    may: ['reviewer', 'operator'],
    sample: async (world, owner) => ({
      body: { serviceNumber: (await filedCompany(world, owner)).serviceNumber, demandedBy: 'provider', items },
    }),
    leaves: ['CorrectionDemanded'],
  },
  (get) => {
    test('is there once for each service, at fields of its form, and for a day to come', async () => {
      const world = get();
      const { serviceNumber } = await filedCompany(world, await world.customer());
      const demand = (more: object) =>
        world.people.operator.client.demandCorrection({
          body: { serviceNumber, demandedBy: 'authority', items, ...more },
        });
      expect(await refusal(demand({ serviceNumber: '粤ICP备2026999999号-1' }))).toEqual(['object.not_found']);
      for (const dueOn of ['2026-11-20', '9999-12-31'])
        expect(await refusal(demand({ dueOn }))).toEqual(['input.invalid']);
      expect(await refusal(demand({ items: [{ field: 'service.none', comment: '没有此栏目' }] }))).toEqual([
        'input.invalid',
      ]);
      const made = await demand({ dueOn: '2026-12-05' });
      expect(made).toMatchObject({ serviceNumber, demandedBy: 'authority', dueOn: '2026-12-05' });
      expect(made.findings).toMatchObject([
        { field: 'service.name', from: 'authority', message: { zh: '核查要求：名称与网站内容不符' } },
      ]);
      expect(await refusal(demand({}))).toEqual(['demand.open']);
    });
  },
);
