import { describe, expect, test } from 'vitest';
import { loadPolicies } from './load.ts';
import { codesOf, deciderOf } from './testing/inventories.ts';

const decide = deciderOf(loadPolicies());

/** Terms in force: product, what the source asks for, the last end that is too early and the first that is enough. */
const boughtTerms = [
  ['tencent/cvm', '90 days', '2026-09-28', '2026-09-29'],
  ['tencent/lighthouse', '3 months', '2026-09-30', '2026-10-01'],
  ['alibaba/ecs', '3 months', '2026-09-30', '2026-10-01'],
  ['alibaba/swas', '3 months', '2026-09-30', '2026-10-01'],
  ['alibaba/virtual_host', '3 months', '2026-09-30', '2026-10-01'],
  ['alibaba/elastic_web_hosting', '6 months', '2026-12-31', '2027-01-01'],
  ['alibaba/nat_gateway', '1 month', '2026-07-31', '2026-08-01'],
  ['alibaba/nat64', '1 month', '2026-07-31', '2026-08-01'],
  ['alibaba/ens', '3 months', '2026-09-30', '2026-10-01'],
  ['huawei/ecs', '3 months', '2026-09-30', '2026-10-01'],
  ['huawei/flexus_l', '3 months', '2026-09-30', '2026-10-01'],
  ['huawei/portal', '3 months', '2026-09-30', '2026-10-01'],
  ['huawei/nat_gateway', '3 months', '2026-09-30', '2026-10-01'],
  ['huawei/dedicated_cloud', '12 months', '2027-06-30', '2027-07-01'],
  ['jd/vm', 'more than 3 months', '2026-10-01', '2026-10-02'],
  ['jd/site_builder', '12 months', '2027-06-30', '2027-07-01'],
  ['volcengine/ecs', 'more than 3 months', '2026-10-01', '2026-10-02'],
  ['xingyun/server', '90 days', '2026-09-28', '2026-09-29'],
  ['xingyun/light_server', '90 days', '2026-09-28', '2026-09-29'],
] as const;

describe('bought terms are exact to the day', () => {
  test.each(boughtTerms)('%s asks for %s', (id, _term, tooEarly, enough) => {
    const [provider, product] = id.split('/');
    const bought = (expiresAt: string) =>
      codesOf(decide({ provider, product, boughtAt: '2026-07-01', expiresAt }, { at: '2026-07-02' }).file);
    expect(bought(tooEarly)).toEqual(['resource.purchased_term_too_short']);
    expect(bought(enough)).toEqual([]);
  });
});

/** Clocks: product, day, expiry, the last good day. */
const clocks = [
  ['tencent/cvm', '2026-12-31', '2026-12-01'],
  ['tencent/lighthouse', '2027-02-28', '2027-01-31'],
  ['volcengine/ecs', '2026-12-31', '2026-12-29'],
  ['alibaba/ecs', '2026-12-31', '2026-12-31'],
  ['huawei/ecs', '2026-12-31', '2026-12-31'],
  ['baidu/bcc', '2026-12-31', '2026-12-31'],
  ['xingyun/server', '2026-12-31', '2026-12-01'],
] as const;

describe('goodUntil is the last day that passes', () => {
  test.each(clocks)('%s until %s is good until %s', (id, expiresAt, goodUntil) => {
    const [provider, product] = id.split('/');
    const resource = { provider, product, boughtAt: '2026-01-01', expiresAt };
    expect(decide(resource).goodUntil).toBe(goodUntil);
    expect(decide(resource, { at: goodUntil }).file.outcome).toBe('eligible');
    const after = new Date(`${goodUntil}T00:00:00Z`);
    after.setUTCDate(after.getUTCDate() + 1);
    expect(decide(resource, { at: after.toISOString().slice(0, 10) }).file.outcome).toBe('ineligible');
  });
});

describe('alibaba/ecs moved from the remaining to the bought term on 2020-10-16', () => {
  const ecs = { provider: 'alibaba', product: 'ecs' };
  test('before, three months must be left', () => {
    const old = { ...ecs, boughtAt: '2019-03-01', expiresAt: '2020-03-01' };
    const passes = decide(old, { at: '2019-12-01' });
    expect(passes.policy).toMatchObject({ validFrom: null, source: ['alibaba-code-faq-2019'] });
    expect(passes.file.outcome).toBe('eligible');
    expect(passes.goodUntil).toBe('2019-12-01');
    expect(codesOf(decide(old, { at: '2019-12-02' }).file)).toEqual(['resource.remaining_term_too_short']);
  });
  test('from then on, three months must have been bought, and time left no longer counts', () => {
    const short = { ...ecs, boughtAt: '2020-09-01', expiresAt: '2020-11-01' };
    const long = { ...ecs, boughtAt: '2020-01-01', expiresAt: '2020-11-01' };
    expect(codesOf(decide(long, { at: '2020-10-15' }).file)).toEqual(['resource.remaining_term_too_short']);
    expect(codesOf(decide(long, { at: '2020-10-16' }).file)).toEqual([]);
    const refused = decide(short, { at: '2020-10-16' });
    expect(codesOf(refused.file)).toEqual(['resource.purchased_term_too_short']);
    expect(refused.file.reasons[0]?.remedy.before).toBe('2020-12-01');
    expect(refused.policy?.validFrom).toBe('2020-10-16');
  });
});

test('alibaba/ens asked for one month until 2019-03-07 and for three since', () => {
  const ens = { provider: 'alibaba', product: 'ens', boughtAt: '2019-02-15', expiresAt: '2019-03-20' };
  expect(decide(ens, { at: '2019-03-07' }).file.outcome).toBe('eligible');
  expect(codesOf(decide(ens, { at: '2019-03-08' }).file)).toEqual(['resource.purchased_term_too_short']);
});

describe('products that carry filings but issue no codes', () => {
  test.each(['tencent/lighthouse', 'huawei/portal', 'huawei/nat_gateway', 'xingyun/light_server'])('%s', (id) => {
    const [provider, product] = id.split('/');
    const { file, issue } = decide({ provider, product, boughtAt: '2026-08-21' });
    expect(file.outcome).toBe('eligible');
    expect(issue).toMatchObject({ outcome: 'not_applicable', quota: null });
    expect(issue.reasons).toMatchObject([
      { code: 'code.product_cannot_issue', remedy: { action: 'file_directly', before: null } },
    ]);
  });
  test.each(['alibaba/wangpu', 'qingcloud/instance'])('%s needs none', (id) => {
    const [provider, product] = id.split('/');
    const { file, issue } = decide({ provider, product });
    expect(file.outcome).toBe('eligible');
    expect(codesOf(issue)).toEqual(['code.not_needed']);
    expect(issue.outcome).toBe('not_applicable');
  });
});

test.each(['alibaba/oss', 'alibaba/cdn', 'alibaba/waf', 'tencent/cos', 'tencent/cdn', 'huawei/eip'])(
  'no filing can stand on %s',
  (id) => {
    const [provider, product] = id.split('/');
    const { file, issue, goodUntil } = decide({ provider, product });
    expect(file.outcome).toBe('not_applicable');
    expect(codesOf(file)).toEqual(['resource.product_not_fileable']);
    expect(issue.outcome).toBe('not_applicable');
    expect(codesOf(issue)).toEqual(['resource.product_not_fileable', 'code.product_cannot_issue']);
    expect(issue.reasons[1]?.remedy.action).toBe('use_code_from_other_account');
    expect(goodUntil).toBeNull();
  },
);

describe('orders, packages, environments', () => {
  test('the marketplace asks for a first order of twelve months and CNY 99', () => {
    const site = { provider: 'alibaba', product: 'marketplace_site', firstTerm: 'P12M', orderAmountCny: 99 };
    const good = decide(site);
    expect(good.issue).toMatchObject({
      outcome: 'eligible',
      quota: { scope: 'order', limit: 1, used: 0, remaining: 1 },
    });
    expect(decide({ ...site, firstTerm: 'P1Y' }).issue.outcome).toBe('eligible');
    expect(codesOf(decide({ ...site, firstTerm: 'P11M' }).issue)).toEqual(['resource.first_term_too_short']);
    expect(codesOf(decide({ ...site, orderAmountCny: 98.99 }).issue)).toEqual(['resource.order_amount_too_low']);
    const unknown = decide({ ...site, firstTerm: undefined });
    expect(unknown.issue.reasons).toMatchObject([{ code: 'resource.fact_missing', key: 'firstTerm' }]);
    expect(unknown.issue.outcome).toBe('indeterminate');
    expect(codesOf(decide({ ...site, used: { codes: 1 } }).issue)).toEqual(['code.limit_reached']);
  });

  test('the IoT package asks for six months and one order of CNY 90, and no source states its quota', () => {
    const iot = {
      provider: 'alibaba',
      product: 'iot_package',
      billing: 'package',
      boughtAt: '2026-11-01',
      expiresAt: '2027-05-01',
      orderAmountCny: 90,
    };
    expect(decide(iot).issue).toEqual({ outcome: 'eligible', reasons: [], quota: null });
    expect(decide({ ...iot, used: { codes: 99 } }).issue.outcome).toBe('eligible');
    expect(codesOf(decide({ ...iot, expiresAt: '2027-04-30' }).issue)).toEqual(['resource.purchased_term_too_short']);
    expect(codesOf(decide({ ...iot, orderAmountCny: 89.99 }).issue)).toEqual(['resource.order_amount_too_low']);
    expect(codesOf(decide({ ...iot, billing: 'pay_as_you_go' }).issue)).toEqual(['resource.billing_not_prepaid']);
  });

  test('Serverless needs its package; two sites per account, whatever the number of functions', () => {
    const scf = {
      provider: 'tencent',
      product: 'scf',
      billing: 'package',
      boughtAt: undefined,
      expiresAt: undefined,
      publicIps: undefined,
      package: { invocations: 50_000_000, gbSeconds: 400_000 },
    };
    const good = decide(scf, { realName: 'individual' });
    expect(good.file).toEqual({
      outcome: 'eligible',
      reasons: [],
      quota: { scope: 'account', limit: 2, used: 0, remaining: 2 },
    });
    expect(good.goodUntil).toBeNull();
    expect(codesOf(decide({ ...scf, package: undefined }).file)).toEqual(['resource.package_missing']);
    const small = { invocations: 49_999_999, gbSeconds: 400_000 };
    expect(codesOf(decide({ ...scf, package: small }).file)).toEqual(['resource.package_too_small']);
    const half = decide({ ...scf, package: { invocations: 50_000_000 } });
    expect(half.file.reasons).toMatchObject([{ code: 'resource.fact_missing', key: 'package.gbSeconds' }]);
    const second = { ...scf, id: 'fn-2', account: 'acct-a', region: 'cn-mainland', used: { sites: 1 } };
    const full = decide({ ...scf, used: { sites: 1 } }, { others: [second] });
    expect(full.file.quota).toEqual({ scope: 'account', limit: 2, used: 2, remaining: 0 });
    expect(codesOf(full.file)).toEqual(['resource.quota_exhausted']);
    const stranger = { ...second, account: 'acct-b' };
    expect(decide({ ...scf, used: { sites: 1 } }, { others: [stranger] }).file.outcome).toBe('eligible');
  });

  test('a container environment has one filing IP with two sites, shared by its services', () => {
    const run = {
      provider: 'tencent',
      product: 'cloudbase_run',
      billing: 'package',
      boughtAt: undefined,
      expiresAt: undefined,
      environment: { id: 'env-1', filingService: 'fileable' },
      used: { sites: 1 },
    };
    const neighbour = { ...run, id: 'svc-2', account: 'acct-a', region: 'cn-mainland' };
    expect(decide(run).file.quota).toEqual({ scope: 'ip', limit: 2, used: 1, remaining: 1 });
    expect(codesOf(decide(run, { others: [neighbour] }).file)).toEqual(['resource.quota_exhausted']);
    const elsewhere = { ...neighbour, environment: { id: 'env-2', filingService: 'fileable' } };
    expect(decide(run, { others: [elsewhere] }).file.outcome).toBe('eligible');
    const states = [
      ['initialising', 'wait'],
      ['blocked', 'contact_support'],
      ['missing', 'contact_support'],
    ] as const;
    for (const [filingService, action] of states) {
      const { file } = decide({ ...run, environment: { id: 'env-1', filingService } });
      expect(file.reasons).toMatchObject([{ code: 'resource.not_initialised', remedy: { action } }]);
    }
    const unknown = decide({ ...run, environment: undefined }).file;
    expect(unknown.reasons).toMatchObject([{ code: 'resource.fact_missing', key: 'environment' }]);
  });
});

describe('quotas', () => {
  test('tencent/cvm keeps two ledgers', () => {
    const { file, issue } = decide({ used: { codes: 5, sites: 2 } });
    expect(file).toMatchObject({ outcome: 'eligible', quota: { used: 2, remaining: 3 } });
    expect(issue).toMatchObject({ outcome: 'ineligible', quota: { used: 5, remaining: 0 } });
    expect(codesOf(issue)).toEqual(['code.limit_reached']);
  });
  test('at Alibaba a direct filing and a code draw on one ledger; each use says it in its own words', () => {
    const { file, issue } = decide({ provider: 'alibaba', product: 'ecs', used: { codes: 2, sites: 3 } });
    const quota = { scope: 'instance', limit: 5, used: 5, remaining: 0 };
    expect(file).toMatchObject({ outcome: 'ineligible', quota });
    expect(issue).toMatchObject({ outcome: 'ineligible', quota });
    expect(codesOf(file)).toEqual(['resource.quota_exhausted']);
    expect(codesOf(issue)).toEqual(['code.limit_reached']);
  });
  test('elastic web hosting counts by account, over its resources and both uses', () => {
    const host = { provider: 'alibaba', product: 'elastic_web_hosting', used: { codes: 2 } };
    const other = { ...host, id: 'ace-2', account: 'acct-a', region: 'cn-mainland', used: { sites: 3 } };
    expect(decide(host, { others: [other] }).issue.quota).toEqual({
      scope: 'account',
      limit: 5,
      used: 5,
      remaining: 0,
    });
  });
  test('QingCloud counts ten sites for each address', () => {
    const ips = [{ address: '203.0.113.7' }, { address: '203.0.113.8' }];
    const one = decide({ provider: 'qingcloud', product: 'instance', publicIps: ips.slice(1), used: { sites: 10 } });
    expect(codesOf(one.file)).toEqual(['resource.quota_exhausted']);
    const two = decide({ provider: 'qingcloud', product: 'instance', publicIps: ips, used: { sites: 10 } });
    expect(two.file.quota).toEqual({ scope: 'ip', limit: 20, used: 10, remaining: 10 });
  });
});

describe('load balancers', () => {
  const balancer = { product: 'clb', billing: 'pay_as_you_go', boughtAt: undefined, expiresAt: undefined };
  const behind = {
    id: 'ins-9',
    provider: 'tencent',
    product: 'cvm',
    account: 'acct-a',
    region: 'ap-guangzhou',
  };
  const good = { ...behind, billing: 'prepaid', boughtAt: '2026-01-01', expiresAt: '2027-01-01', publicIps: [{}] };
  test('tencent/clb never issues codes and points to the instance', () => {
    const { issue } = decide(balancer);
    expect(issue.outcome).toBe('not_applicable');
    expect(issue.reasons).toMatchObject([
      { code: 'code.product_cannot_issue', remedy: { action: 'use_instance_ip' }, source: 'tencent-code-faq' },
    ]);
  });
  test('it files through the server behind it', () => {
    expect(decide({ ...balancer, boundTo: 'ins-9' }, { others: [good] })).toMatchObject({
      file: { outcome: 'eligible', quota: { limit: 5, used: 0 } },
      goodUntil: '2026-12-02',
    });
    const payAsYouGo = { ...good, billing: 'pay_as_you_go' };
    const refused = decide({ ...balancer, boundTo: 'ins-9' }, { others: [payAsYouGo] });
    expect(codesOf(refused.file)).toEqual(['resource.billing_not_prepaid']);
    const unknown = decide(balancer).file;
    expect(unknown.outcome).toBe('indeterminate');
    expect(unknown.reasons).toMatchObject([{ code: 'resource.fact_missing', key: 'boundTo' }]);
  });
});

test('a rule that no source states, or of a day that nobody knows, is said to be unknown', () => {
  const contract = decide({ provider: 'huawei', product: 'offline_contract', billing: 'contract' });
  expect(contract.policy).toMatchObject({ id: 'huawei/offline_contract' });
  expect(contract.file).toMatchObject({ outcome: 'indeterminate', reasons: [{ code: 'resource.no_policy' }] });
  const container = { provider: 'xingyun', product: 'container', environment: { filingService: 'fileable' } };
  expect(decide(container, { at: '2024-01-01' }).file.outcome).toBe('eligible');
  const before = decide(container, { at: '2023-12-31' });
  expect(before).toMatchObject({ policy: null, goodUntil: null });
  expect(before.file).toMatchObject({ outcome: 'indeterminate', reasons: [{ code: 'resource.no_policy' }] });
  expect(before.file.reasons[0]?.message.en).toContain('2023-12-31');
});

test('a closed product is refused from that day on, and was not before', () => {
  const site = { provider: 'xingyun', product: 'site_builder', expiresAt: '2027-01-01' };
  expect(decide(site, { at: '2024-12-31' }).file.outcome).toBe('eligible');
  const closed = decide(site, { at: '2025-01-01' }).file;
  expect(closed).toMatchObject({ outcome: 'ineligible', reasons: [{ code: 'resource.product_closed' }] });
  expect(closed.reasons[0]?.message.en).toContain('2025-01-01');
});

test('trial, stopped and released', () => {
  const ecs = { provider: 'alibaba', product: 'ecs' };
  expect(codesOf(decide({ ...ecs, trial: true }).issue)).toEqual(['resource.trial']);
  expect(codesOf(decide({ ...ecs, state: 'stopped' }).issue)).toEqual(['resource.not_running']);
  // Tencent: a prepaid trial passes when it meets the terms; nothing is said about stopped servers.
  expect(decide({ trial: true, state: 'stopped' }).file.outcome).toBe('eligible');
  expect(codesOf(decide({ state: 'released' }).file)).toEqual(['resource.not_running']);
});

test('issuing asks for an enterprise, and only for that: other organisations are not an enterprise', () => {
  for (const realName of ['none', 'individual', 'institution', 'government', 'society']) {
    const { file, issue } = decide({}, { realName });
    expect(file.outcome).toBe('eligible');
    expect(codesOf(issue)).toEqual(['code.issuer_not_enterprise']);
  }
  const unknown = decide({}, { realName: null }).issue;
  expect(unknown.reasons).toMatchObject([{ code: 'resource.fact_missing', key: 'realName' }]);
  // At the other providers any account issues.
  expect(decide({ provider: 'alibaba', product: 'ecs' }, { realName: 'individual' }).issue.outcome).toBe('eligible');
});
