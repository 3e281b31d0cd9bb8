import { expect, test } from 'vitest';
import { factChanges } from './fact-changes.ts';
import { resourceSchema } from './inventory.ts';

const facts = (more: object = {}) =>
  resourceSchema.parse({ id: 'ins-1', provider: 'tencent', product: 'cvm', account: 'acct-a', ...more });

test('facts in another order, or left out where the default says the same, do not differ', () => {
  const spelled = facts({ state: 'running', trial: false, used: { sites: 0, codes: 0 }, region: undefined });
  expect(factChanges(facts(), spelled)).toEqual([]);
});

test('what was added, went and changed is named with both values, nested facts by themselves, a list as one', () => {
  const was = facts({ region: 'ap-guangzhou', package: { invocations: 1, gbSeconds: 2 }, expiresAt: '2026-12-31' });
  const is = facts({
    package: { invocations: 1, gbSeconds: 3 },
    expiresAt: '2027-12-31',
    publicIps: [{ address: '203.0.113.7', kind: 'elastic' }],
    used: { codes: 1 },
  });
  expect(factChanges(was, is)).toEqual([
    { field: 'region', before: 'ap-guangzhou', after: null },
    { field: 'expiresAt', before: '2026-12-31', after: '2027-12-31' },
    { field: 'package.gbSeconds', before: 2, after: 3 },
    { field: 'publicIps', before: null, after: [{ address: '203.0.113.7', kind: 'elastic' }] },
    { field: 'used.codes', before: 0, after: 1 },
  ]);
});
