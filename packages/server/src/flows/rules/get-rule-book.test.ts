import { loadPolicies } from '@openbeian/policies';
import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation('getRuleBook', { may: 'public', sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('every product that this deployment decides about, with its conditions, sources and tests', async () => {
    const book = await get().people.visitor.client.getRuleBook({});
    const decided = [...loadPolicies().values()].flatMap(({ provider, products }) =>
      [...products.keys()].map((product) => `${provider}/${product}`),
    );
    const products = book.providers.flatMap((provider) => provider.products);
    expect(products.map(({ id }) => id)).toEqual(decided);
    const cvm = products.find(({ id }) => id === 'tencent/cvm');
    expect(cvm?.versions[0]?.rows.find(({ key }) => key === 'conditions.boughtTerm')).toMatchObject({
      value: { zh: '不少于 90 天', en: 'at least 90 days' },
      sources: ['tencent-code-faq', 'tencent-filing-resources'],
      tests: [{ name: 'eighty-nine are not', place: expect.stringMatching(/^providers\/tencent\.cases\.yaml:\d+$/) }],
    });
    expect(book.provinces.map(({ code }) => code)).toContain('440000');
    expect(book.sources.map(({ label }) => label)).toContain('tencent-code-faq');
  });
});
