import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'listNatures',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    scope: 'filings:read',
    sample: () => ({}),
    leaves: 'nothing',
  },
  (get) => {
    test('all 18, each under one of the five words and with its certificates', async () => {
      const { client } = await get().customer();
      const { natures } = await client.listNatures({});
      expect(natures).toHaveLength(18);
      expect(natures.find(({ value }) => value === 'law_practice')).toEqual({
        value: 'law_practice',
        label: { zh: '律师执业机构', en: 'Law practice' },
        subjectKind: 'society',
        certificates: [
          { value: 'organisation_code', label: { zh: '组织机构代码证', en: 'Organisation code certificate' } },
          { value: 'law_firm_licence', label: { zh: '律师事务所执业许可证', en: 'Law firm practice licence' } },
        ],
      });
    });
  },
);
