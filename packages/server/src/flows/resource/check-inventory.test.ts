import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const resource = {
  id: 'ins-checked',
  provider: 'xingyun',
  product: 'server',
  region: 'cn-north-1',
  billing: 'prepaid',
  boughtAt: '2026-06-01',
  expiresAt: '2028-12-31',
  publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
};
const inventory = { accounts: [], resources: [resource] };

describeOperation(
  'checkInventory',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    sample: () => ({ body: inventory }),
    leaves: 'nothing',
  },
  (get) => {
    test('judges for today or the day that is given, and stores nothing', async () => {
      const { client } = await get().customer();
      const check = (at?: string) => client.checkInventory({ query: { at }, body: inventory });
      const today = await check();
      expect([today.at, today.results.map(({ resource: id, file }) => [id, file.outcome])]).toEqual([
        '2026-11-21',
        [['ins-checked', 'eligible']],
      ]);
      const later = await check('2028-12-15');
      expect([later.at, later.results[0]?.file.reasons.map(({ code }) => code)]).toEqual([
        '2028-12-15',
        ['resource.remaining_term_too_short'],
      ]);
    });

    test('names wrong places and impossible days', async () => {
      const { client } = await get().customer();
      const ask = (body: Record<string, unknown>, at?: string) => client.checkInventory({ query: { at }, body });
      expect(await refusal(ask({ ...inventory, colour: 'red' }))).toEqual(['input.invalid']);
      expect(await refusal(ask(inventory, '2026-02-30'))).toEqual(['input.invalid']);
    });
  },
);
