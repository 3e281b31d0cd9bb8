import { addDays } from '@openbeian/model/calendar';
import { expect, test } from 'vitest';
import {
  assume,
  codeValidity,
  findPolicy,
  goodUntil,
  inventoryContext,
  lastDayOfCode,
  parseAssumption,
  parseInventory,
  parsePolicyFile,
  policySet,
  timeline,
} from '../index.ts';
import { testPolicy } from '../testing/test-policy.ts';

const policies = policySet([parsePolicyFile(testPolicy)]);
const at = '2026-11-21';
const server = {
  id: 'ins-1',
  provider: 'testcloud',
  product: 'server',
  account: 'acct-a',
  region: 'tc-1',
  billing: 'prepaid',
  boughtAt: '2026-06-01',
  expiresAt: '2026-12-31',
  publicIps: [{ kind: 'instance' }],
};
function inventoryWith(...changes: object[]) {
  return parseInventory({
    accounts: [{ id: 'acct-a', realName: 'enterprise' }],
    resources: changes.map((change) => ({ ...server, ...change })),
  });
}
function timelineOf(change: object) {
  const inventory = inventoryWith(change);
  const [resource] = inventory.resources;
  if (resource === undefined) throw new Error('one resource');
  return timeline(resource, inventoryContext(inventory, policies), at);
}
const placesOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as { extras: { places: { path: string; expected: string }[] } }).extras.places;
  }
  return [];
};

test('the day after goodUntil stops codes and filing, the day after the expiry says so, renewing in time keeps all', () => {
  const { renewBy, changes } = timelineOf({});
  expect(renewBy).toBe('2026-12-01');
  expect(changes).toMatchObject([
    {
      on: '2026-12-02',
      causes: ['remaining_term'],
      file: 'ineligible',
      issue: 'ineligible',
      codes: 'suspended',
      added: ['resource.remaining_term_too_short'],
      cleared: [],
    },
    { on: '2027-01-01', causes: ['expiry'], added: ['resource.expired'], codes: 'suspended' },
  ]);
  expect(changes[0]?.message.en).toContain('codes stop working');
  expect(changes[0]?.message.zh).toContain('授权码暂停使用');
  const policy = findPolicy(policies, 'testcloud', 'server', at);
  const [resource] = inventoryWith({}).resources;
  expect(policy && resource && goodUntil(resource, policy)).toBe(renewBy);
});

test('where no clock runs, or nothing is left to lose, there is nothing to renew by', () => {
  expect(timelineOf({ billing: 'pay_as_you_go', expiresAt: undefined })).toEqual({ renewBy: null, changes: [] });
  expect(timelineOf({ region: 'tc-hk' })).toEqual({ renewBy: null, changes: [] });
  expect(timelineOf({ expiresAt: '2026-11-01' })).toEqual({ renewBy: null, changes: [] });
  expect(timelineOf({ expiresAt: '9999-12-31' })).toEqual({ renewBy: null, changes: [] });
  expect(timelineOf({ publicIps: [] }).renewBy).toBeNull();
});

test('other rules coming into force are a change of their own, and not one that renewing avoids', () => {
  const [product] = testPolicy.products;
  const [version] = product?.versions ?? [];
  const dated = policySet([
    parsePolicyFile({
      ...testPolicy,
      products: [
        {
          ...product,
          versions: [
            { ...version, validTo: '2026-11-30' },
            {
              ...version,
              validFrom: '2026-12-01',
              file: { mode: 'closed' },
              issue: { mode: 'cannot' },
              codes: undefined,
            },
          ],
        },
      ],
    }),
  ]);
  const inventory = inventoryWith({});
  const [resource] = inventory.resources;
  const told = resource && timeline(resource, inventoryContext(inventory, dated), at);
  expect(told?.renewBy).toBeNull();
  expect(told?.changes[0]).toMatchObject({ on: '2026-12-01', causes: ['rules'], file: 'ineligible', codes: null });
});

test('renewing adds to the expiry, converting buys what the rules ask for from the day of the decision', () => {
  const given = inventoryWith({}, { id: 'ins-2', billing: 'pay_as_you_go', boughtAt: undefined, expiresAt: undefined });
  const steps = ['renew:ins-1:P3M', 'convert:testcloud/server/ins-2', 'renew:ins-2:P1M'].map((it) =>
    parseAssumption(it, 'it'),
  );
  const [first, second] = assume(given, steps, policies, at).resources;
  expect(first).toMatchObject({ boughtAt: '2026-06-01', expiresAt: '2027-03-31' });
  // 90 days from 2026-11-21 are 2027-02-19; then a month more.
  expect(second).toMatchObject({ billing: 'prepaid', boughtAt: at, expiresAt: '2027-03-19' });
  expect(given.resources[1]?.billing).toBe('pay_as_you_go');
  const twice = ['renew:ins-1:P3M', 'renew:testcloud/server/ins-1:P3M'].map((it) => parseAssumption(it, 'it'));
  // Two renewals of one resource add up, however it is named.
  expect(assume(given, twice, policies, at).resources[0]?.expiresAt).toBe('2027-06-30');
  const [, bought] = assume(given, [parseAssumption('convert:ins-2:P1Y', 'it')], policies, at).resources;
  expect(bought?.expiresAt).toBe('2027-11-21');
});

test.each([
  ['renew:ins-1', 'renew:ID:TERM'],
  ['renew:ins-1:3 months', 'renew:ID:TERM'],
  ['renew::P3M', 'renew:ID:TERM'],
  ['extend:ins-1:P3M', 'renew:ID:TERM'],
  ['renew:ins-9:P3M', 'id of a resource'],
  ['renew:twin:P3M', 'several resources'],
  ['renew:ins-2:P3M', 'convert:ins-2 first'],
  ['renew:ins-3:P3M', 'expiresAt'],
  ['renew:ins-1:P0D', 'at least a day'],
  ['renew:late:P999Y9999M', 'year 10000'],
  ['renew:gone:P3M', 'released'],
  ['convert:ins-1', 'pay-as-you-go'],
])('the assumption %s is refused', (text, expected) => {
  const other = { ...testPolicy.products[0], product: 'other' };
  const both = policySet([parsePolicyFile({ ...testPolicy, products: [...testPolicy.products, other] })]);
  const inventory = inventoryWith(
    {},
    { id: 'ins-2', billing: 'pay_as_you_go' },
    { id: 'ins-3', expiresAt: undefined },
    { id: 'gone', state: 'released' },
    { id: 'late', expiresAt: '9000-01-01' },
    { id: 'twin' },
    { id: 'twin', product: 'other' },
  );
  const places = placesOf(() => assume(inventory, [parseAssumption(text, 'assume[0]')], both, at));
  expect(places).toHaveLength(1);
  expect(places[0]?.path).toBe('assume[0]');
  expect(places[0]?.expected).toContain(expected);
});

test('a code with a life of its own ends with it, however long its server runs', () => {
  const [product] = testPolicy.products;
  const [version] = product?.versions ?? [];
  const codes = { ...version?.codes, ownLifetime: 'P1Y' };
  const [policy] = [
    ...(policySet([parsePolicyFile({ ...testPolicy, products: [{ ...product, versions: [{ ...version, codes }] }] })])
      .get('testcloud')
      ?.products.get('server') ?? []),
  ];
  const [resource] = inventoryWith({ expiresAt: '2029-12-31' }).resources;
  if (policy === undefined || resource === undefined) throw new Error('both are there');
  const lastDay = lastDayOfCode(policy, '2026-02-28') ?? '';
  expect(lastDay).toBe('2027-02-28');
  const own = { issuedOn: '2026-02-28', stoppedForGood: false };
  expect(codeValidity(resource, policy, lastDay, own).valid).toBe(true);
  const after = codeValidity(resource, policy, addDays(lastDay, 1), own);
  expect(after).toMatchObject({ valid: false, reasons: [{ code: 'code.lifetime_over' }], causes: [] });
  expect(codeValidity(resource, policy, addDays(lastDay, 1)).valid).toBe(true);
});
