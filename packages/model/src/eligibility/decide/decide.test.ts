import { expect, test } from 'vitest';
import { amountsText } from '../explain/wording.ts';
import { check, parseInventory, parsePolicyFile, policySet } from '../index.ts';
import { testPolicy } from '../testing/test-policy.ts';

const policies = policySet([parsePolicyFile(testPolicy)]);
const server = {
  id: 'ins-1',
  provider: 'testcloud',
  product: 'server',
  account: 'acct-a',
  region: 'tc-1',
  billing: 'prepaid',
  boughtAt: '2026-06-01',
  expiresAt: '2026-12-31',
  publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
  bandwidthMbps: 5,
};

function decideOne(change: object, options: { at?: string; realName?: string; viewer?: string } = {}) {
  const { at = '2026-11-21', realName = 'enterprise', viewer } = options;
  const inventory = parseInventory({
    accounts: [{ id: 'acct-a', realName }],
    resources: [{ ...server, ...change }],
    ...(viewer === undefined ? {} : { viewer }),
  });
  const [decision] = check(inventory, policies, at).results;
  if (!decision) throw new Error('one resource, one decision');
  return decision;
}

const codesOf = (use: { reasons: readonly { code: string }[] }) => use.reasons.map(({ code }) => code);

test('a good server passes and says until when', () => {
  expect(decideOne({ used: { codes: 2, sites: 1 } })).toEqual({
    resource: 'ins-1',
    provider: 'testcloud',
    product: 'server',
    policy: { id: 'testcloud/server', validFrom: null, source: ['test-rules'] },
    file: { outcome: 'eligible', reasons: [], quota: { scope: 'instance', limit: 5, used: 1, remaining: 4 } },
    issue: { outcome: 'eligible', reasons: [], quota: { scope: 'instance', limit: 5, used: 2, remaining: 3 } },
    goodUntil: '2026-12-01',
  });
});

test('the last good day is exact: it passes on goodUntil and fails on the day after', () => {
  expect(decideOne({}, { at: '2026-12-01' }).file.outcome).toBe('eligible');
  const after = decideOne({}, { at: '2026-12-02' });
  expect(codesOf(after.file)).toEqual(['resource.remaining_term_too_short']);
  expect(after.file.reasons[0]?.remedy).toMatchObject({ action: 'renew', before: '2027-01-01' });
});

test('ninety days bought are enough, eighty-nine are not, and the remedy names the day', () => {
  expect(decideOne({ boughtAt: '2026-10-02' }).file.outcome).toBe('eligible');
  const short = decideOne({ boughtAt: '2026-10-03' });
  expect(codesOf(short.file)).toEqual(['resource.purchased_term_too_short']);
  expect(short.file.reasons[0]?.remedy.before).toBe('2027-01-01');
});

test('on the day of expiry it has not expired; the day after it has, and every clock says so', () => {
  expect(codesOf(decideOne({}, { at: '2026-12-31' }).file)).toEqual(['resource.remaining_term_too_short']);
  expect(codesOf(decideOne({}, { at: '2027-01-01' }).file)).toEqual([
    'resource.remaining_term_too_short',
    'resource.expired',
  ]);
});

test('pay-as-you-go is refused for its billing only; its terms are not evaluated, nor missed', () => {
  const decision = decideOne({ billing: 'pay_as_you_go', boughtAt: undefined, expiresAt: undefined });
  expect(codesOf(decision.file)).toEqual(['resource.billing_not_prepaid']);
  expect(decision.file.reasons[0]?.remedy).toMatchObject({ action: 'convert_to_prepaid', before: '2027-02-19' });
  expect(decision.goodUntil).toBeNull();
});

test('outside the mainland nothing is required, whatever else is wrong', () => {
  const decision = decideOne({ region: 'tc-hk', billing: 'pay_as_you_go', publicIps: [] }, { realName: 'individual' });
  for (const use of [decision.file, decision.issue]) {
    expect(use.outcome).toBe('not_required');
    expect(codesOf(use)).toEqual(['resource.region_not_mainland']);
  }
  expect(decision.goodUntil).toBeNull();
});

test('a missing fact makes it indeterminate and is named; a known refusal wins and both are listed', () => {
  const missing = decideOne({ expiresAt: undefined });
  expect(missing.file.outcome).toBe('indeterminate');
  expect(missing.file.reasons).toHaveLength(1);
  expect(missing.file.reasons[0]).toMatchObject({ code: 'resource.fact_missing', key: 'expiresAt' });
  expect(missing.file.reasons[0]?.message.en).toContain('expiresAt');
  const refused = decideOne({ expiresAt: undefined }, { realName: 'individual' });
  expect(refused.issue.outcome).toBe('ineligible');
  expect(codesOf(refused.issue)).toEqual(['resource.fact_missing', 'code.issuer_not_enterprise']);
});

test('a region that nobody listed is not guessed', () => {
  const decision = decideOne({ region: 'tc-99' });
  expect(decision.file.outcome).toBe('indeterminate');
  expect(decision.file.reasons[0]).toMatchObject({ code: 'resource.fact_missing', key: 'region' });
});

test('who looks from another account learns that first, in both', () => {
  const decision = decideOne({ billing: 'pay_as_you_go' }, { viewer: 'acct-b' });
  expect(codesOf(decision.file)).toEqual(['resource.not_owner', 'resource.billing_not_prepaid']);
  expect(codesOf(decision.issue)).toEqual(['resource.not_owner', 'resource.billing_not_prepaid']);
});

test('a load balancer’s address backs a filing but no code', () => {
  const balanced = decideOne({ publicIps: [{ address: '203.0.113.7', kind: 'load_balancer' }] });
  expect(balanced.file.outcome).toBe('eligible');
  expect(codesOf(balanced.issue)).toEqual(['resource.load_balancer_ip']);
  expect(balanced.issue.reasons[0]?.remedy.action).toBe('use_instance_ip');
  const both = [
    { address: '203.0.113.7', kind: 'load_balancer' },
    { address: '203.0.113.8', kind: 'instance' },
  ];
  expect(decideOne({ publicIps: both }).issue.outcome).toBe('eligible');
});

test('an unknown provider or product is a result, not an error', () => {
  for (const change of [{ provider: 'nowhere' }, { product: 'nothing' }]) {
    const decision = decideOne(change);
    expect(decision.policy).toBeNull();
    expect(decision.goodUntil).toBeNull();
    for (const use of [decision.file, decision.issue]) {
      expect(use).toMatchObject({ outcome: 'indeterminate', quota: null });
      expect(codesOf(use)).toEqual(['resource.no_policy']);
    }
  }
});

test('an id given twice is named, with the place that has it; a package is of any decimal size', () => {
  const expectedOf = (document: unknown) => {
    try {
      parseInventory(document);
    } catch (error) {
      const { places } = (error as { extras: { places: { expected: string; expectedZh: string }[] } }).extras;
      return places.map(({ expected, expectedZh }) => `${expected} ${expectedZh}`).join();
    }
    return null;
  };
  const id = `${server.provider}/${server.product}/${server.id}`;
  const said = expectedOf({ resources: [server, server] });
  expect(said).toContain(`resources[0] is ${id} already`);
  expect(said).toContain(`${id} 与 resources[0] 重复`);
  for (const size of [0, 0.5, 333_333.3, 1e-7, 5e7, 1e21]) {
    expect(expectedOf({ resources: [{ ...server, package: { invocations: size, gbSeconds: size } }] })).toBeNull();
  }
  for (const size of [-0.1, Number.NaN, Number.POSITIVE_INFINITY, '5']) {
    expect(expectedOf({ resources: [{ ...server, package: { gbSeconds: size } }] })).not.toBeNull();
  }
  const small = amountsText({ invocations: 0.25, gbSeconds: 399_999.5 });
  expect(small).toEqual({ zh: '（0.25 次调用、39.99995 万 GBs 资源用量）', en: ' (0.25 calls, 399,999.5 GBs)' });
  expect(amountsText({ invocations: 50_000_000, gbSeconds: null }).zh).toBe('（5000 万次调用）');
  expect(amountsText({ invocations: 1e-7, gbSeconds: null }).en).toBe(' (0.0000001 calls)');
});

test('a bad inventory names its places: unknown keys, days that do not exist, ids given twice', () => {
  const places = (document: unknown) => {
    try {
      parseInventory(document);
    } catch (error) {
      return (error as { extras: { places: { path: string }[] } }).extras.places.map(({ path }) => path);
    }
    return [];
  };
  expect(places({ resources: [{ ...server, colour: 'red' }] })).toEqual(['resources[0].colour']);
  expect(places({ resources: [{ ...server, boughtAt: '2026-02-30' }] })).toEqual(['resources[0].boughtAt']);
  expect(places({ resources: [{ ...server, expiresAt: '2026-05-31' }] })).toEqual(['resources[0].expiresAt']);
  expect(places({ resources: [server, server] })).toEqual(['resources[1].id']);
  const accounts = [{ id: 'acct-a' }, { id: 'acct-b' }, { id: 'acct-a' }];
  expect(places({ accounts, resources: [] })).toEqual(['accounts[2].id']);
  expect(places({})).toEqual(['resources']);
  expect(places(null)).toEqual(['(root)']);
});
