import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decideHost,
  explainGateDecision,
  type GateContext,
  gateReasons,
  indexGateRecords,
  parseGateRecords,
} from '../index.ts';

const at = '2026-11-21';
const { records } = parseGateRecords({
  provider: 'tencent',
  records: [
    { name: 'example.cn', number: '粤ICP备2026000123号-1', accesses: ['tencent'] },
    { name: 'both.cn', number: '粤ICP备2026000124号-1', accesses: ['alibaba', 'tencent'] },
    { name: 'moved.cn', number: '京ICP备11018762号-1', accesses: ['alibaba'] },
    { name: 'shell.cn', number: '京ICP备11018763号-1', accesses: [] },
    { name: 'pending.cn', number: '沪ICP备2024000001号-1', accesses: ['alibaba'], graceUntil: '2026-12-01' },
    { name: 'gone.cn', number: '浙ICP备2021000002号-1', accesses: ['tencent'], state: 'cancelled' },
    {
      name: 'stopped.cn',
      number: '浙ICP备2021000003号-1',
      accesses: ['tencent'],
      state: 'suspended',
      graceUntil: '2026-12-01',
    },
    { name: 'black.cn', number: '浙ICP备2021000004号-1', accesses: ['tencent'], state: 'blacklisted' },
    { name: 'XN--FSQU00A.XN--FIQS8S', number: '粤ICP备2026000125号-1', accesses: ['tencent'] },
    { name: '例子.公司.cn', number: '粤ICP备2026000126号-1', accesses: ['tencent'] },
  ],
});
const known = indexGateRecords(records);
const context: GateContext = {
  provider: 'tencent',
  defaultNames: new Set(['apigw.example-cloud.cn']),
  outsideMainland: false,
  blockPage: '/blocked',
};
const reasonOf = (host: string, day = at) => decideHost(host, known, context, day).reason;

describe('records', () => {
  test.each([
    ['example.cn', 'filed_here', 'example.cn'],
    ['WWW.Shop.EXAMPLE.cn:8443', 'filed_here', 'example.cn'],
    ['example.cn.', 'filed_here', 'example.cn'],
    ['both.cn', 'filed_here', 'both.cn'],
    ['moved.cn', 'access_missing', 'moved.cn'],
    ['shell.cn', 'access_missing', 'shell.cn'],
    ['pending.cn', 'grace', 'pending.cn'],
    ['a.pending.cn', 'grace', 'pending.cn'],
    ['gone.cn', 'cancelled', 'gone.cn'],
    ['stopped.cn', 'suspended', 'stopped.cn'],
    ['black.cn', 'blacklisted', 'black.cn'],
    ['商店.例子.中国', 'filed_here', '例子.中国'],
    ['xn--fsqu00a.xn--fiqs8s', 'filed_here', '例子.中国'],
    ['例子。中国', 'filed_here', '例子.中国'],
    ['www.例子.公司.cn', 'filed_here', '例子.公司.cn'],
    ['公司.cn', 'unfiled', null],
    ['other.cn', 'unfiled', 'other.cn'],
    ['notexample.cn', 'unfiled', 'notexample.cn'],
    ['example.cn.evil.com', 'unfiled', 'evil.com'],
    ['localhost', 'unfiled', null],
  ])('%s: %s', (host, reason, filingDomain) => {
    expect(decideHost(host, known, context, at)).toMatchObject({ host, reason, filingDomain });
  });

  test('in front of a CDN any number will do, but what was ordered or cancelled stays closed', () => {
    const cdn = { ...context, anyNumberSuffices: true };
    const at2 = (host: string) => decideHost(host, known, cdn, '2026-12-02');
    expect(at2('moved.cn')).toMatchObject({ outcome: 'allow', reason: 'filed_elsewhere', redirect: null });
    for (const host of ['shell.cn', 'www.moved.cn', 'pending.cn']) expect(at2(host).reason).toBe('filed_elsewhere');
    const others = ['example.cn', 'gone.cn', 'stopped.cn', 'black.cn', 'other.cn', '192.0.2.1', 'a b'];
    expect(others.map((host) => at2(host).reason)).toEqual(others.map((host) => reasonOf(host, '2026-12-02')));
  });

  test('grace ends after its last day', () => {
    expect(reasonOf('pending.cn', '2026-12-01')).toBe('grace');
    expect(reasonOf('pending.cn', '2026-12-02')).toBe('access_missing');
  });
});

describe('what needs no record', () => {
  test.each([
    ['apigw.example-cloud.cn', 'exempt_provider_name'],
    ['svc-1.AP.apigw.example-cloud.cn', 'exempt_provider_name'],
    ['xapigw.example-cloud.cn', 'unfiled'],
    ['example-cloud.cn', 'unfiled'],
    ['192.0.2.1', 'exempt_ip_literal'],
    ['0x7f.1', 'exempt_ip_literal'],
    ['[2001:db8::1]:443', 'exempt_ip_literal'],
    ['', 'malformed_host'],
    ['exa mple.cn', 'malformed_host'],
    ['256.1.1.1', 'malformed_host'],
  ])('%s: %s', (host, reason) => {
    expect(reasonOf(host)).toBe(reason);
  });

  test('order: malformed, address, region, provider name, record', () => {
    const outside = { ...context, outsideMainland: true };
    const reason = (host: string) => decideHost(host, known, outside, at).reason;
    expect(reason('a b')).toBe('malformed_host');
    expect(reason('192.0.2.1')).toBe('exempt_ip_literal');
    expect(reason('apigw.example-cloud.cn')).toBe('exempt_region');
    expect(reason('gone.cn')).toBe('exempt_region');
  });

  test('without usable records only what needs a record is indeterminate', () => {
    for (const why of ['no_snapshot', 'snapshot_too_old'] as const) {
      const of = (host: string) => decideHost(host, why, context, at);
      expect(of('example.cn')).toMatchObject({ outcome: 'indeterminate', reason: why, filingDomain: 'example.cn' });
      expect(of('192.0.2.1').reason).toBe('exempt_ip_literal');
      expect(of('apigw.example-cloud.cn').reason).toBe('exempt_provider_name');
      expect(of('a b').reason).toBe('malformed_host');
    }
  });
});

describe('the answer', () => {
  test('outcome follows from the reason, and only who is let through is not sent elsewhere', () => {
    for (const host of ['example.cn', 'gone.cn', 'a b', '192.0.2.1', 'pending.cn', 'moved.cn']) {
      const decision = decideHost(host, known, context, at);
      expect(decision.outcome).toBe(gateReasons[decision.reason]);
      expect(decision.redirect === null).toBe(decision.outcome === 'allow');
    }
  });

  test('a host cannot choose where the redirect goes', () => {
    const of = (host: string, blockPage = '/blocked') =>
      decideHost(host, known, { ...context, blockPage }, at).redirect;
    expect(of('商店.other.cn')).toBe('/blocked?host=%E5%95%86%E5%BA%97.other.cn&reason=unfiled');
    expect(of('other.cn', 'https://console.example/blocked?lang=zh')).toBe(
      'https://console.example/blocked?lang=zh&host=other.cn&reason=unfiled',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (host) => {
        const redirect = of(host);
        if (redirect === null) return;
        const url = new URL(redirect, 'https://console.example');
        expect(url.origin + url.pathname).toBe('https://console.example/blocked');
        expect([...url.searchParams.keys()].every((key) => key === 'host' || key === 'reason')).toBe(true);
        expect(redirect).not.toMatch(/[\r\n]/);
      }),
    );
  });

  test('every sub-domain of a name is decided as the name', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9]{1,10}(\.[a-z0-9]{1,10}){0,3}$/),
        fc.constantFrom(...known.keys()),
        (below, name) => {
          expect(reasonOf(`${below}.${name}`)).toBe(reasonOf(name));
        },
      ),
    );
  });

  test('every reason is explained in both languages', () => {
    for (const reason of Object.keys(gateReasons) as (keyof typeof gateReasons)[]) {
      const { message, next } = explainGateDecision({ reason, host: 'example.cn' });
      for (const text of [message, ...(next ? [next] : [])]) {
        expect(text.zh).toMatch(/[\u4e00-\u9fff]/);
        expect(text.en).toMatch(/[a-z]/);
      }
      if (gateReasons[reason] !== 'allow') expect(next).not.toBeNull();
    }
  });
});

describe('a bad records file names every wrong place', () => {
  const good = { name: 'a.cn', number: 'x', accesses: ['tencent'] };
  const file = (change: object, ...more: object[]) => ({
    provider: 'tencent',
    records: [{ ...good, ...change }, ...more],
  });
  const paths = (document: unknown) => {
    try {
      parseGateRecords(document);
    } catch (error) {
      const { code, extras } = error as {
        code: string;
        extras: { places: { path: string; expected: string; expectedZh: string }[] };
      };
      expect(code).toBe('input.invalid');
      for (const place of extras.places) expect(place.expected && place.expectedZh).toBeTruthy();
      return extras.places.map((place) => place.path);
    }
    return [];
  };
  test.each([
    [file({}), []],
    // A number opens nothing where it is not the reason; where it is, it must be one.
    [{ ...file({ accesses: ['alibaba'] }), anyNumberSuffices: { source: 'test' } }, ['records[0].number']],
    [{ ...file({ accesses: ['alibaba'] }), product: 'cdn' }, ['records[0].number']],
    [{ ...file({ accesses: ['alibaba'], number: '京ICP备11018762号-1' }), product: 'cdn' }, []],
    [
      { ...file({ accesses: ['alibaba'], number: '京公网安备11010502030143号' }), product: 'cdn' },
      ['records[0].number'],
    ],
    [{ ...file({}), anyNumberSuffices: true }, ['anyNumberSuffices']],
    [{ ...file({}), anyNumberSuffices: {} }, ['anyNumberSuffices.source']],
    [file({ name: 'www.a.cn' }), ['records[0].name']],
    [file({ name: 'com.cn' }), ['records[0].name']],
    [file({ name: 'a.cn:80' }), ['records[0].name']],
    [file({ name: '192.0.2.1' }), ['records[0].name']],
    [file({}, { ...good, name: 'A.CN.' }), ['records[1].name']],
    [file({}, { ...good, name: '例.cn' }, { ...good, name: 'xn--fsq.cn' }), ['records[2].name']],
    [file({ state: 'filed' }), ['records[0].state']],
    [file({ graceUntil: '2026-02-30' }), ['records[0].graceUntil']],
    [file({ graceuntil: '2026-02-28' }), ['records[0].graceuntil']],
    [file({ accesses: 'tencent' }), ['records[0].accesses']],
    [file({ number: undefined, accesses: [''] }), ['records[0].number', 'records[0].accesses[0]']],
    [{ ...file({}), provider: undefined }, ['provider']],
    [{ ...file({}), defaultNames: ['cn'] }, ['defaultNames[0]']],
    [{ ...file({}), extra: 1 }, ['extra']],
    [[], ['(root)']],
  ])('%j', (document, expected) => {
    expect(paths(document)).toEqual(expected);
  });
});

test.each([
  ['corp.local', '内部网络'],
  ['nas', '内部网络'],
  ['erp.corp', '内部网络'],
  ['me.github.io', '平台'],
])('the user of %s is not told to file it', (host, said) => {
  const { message, next, canBeFiled } = explainGateDecision({ reason: 'unfiled', host });
  expect([message.zh.includes('没有备案'), next?.zh.includes(said), canBeFiled]).toEqual([true, true, false]);
  expect(next?.en).not.toContain('console');
  expect(explainGateDecision({ reason: 'unfiled', host: 'example.cn' })).toMatchObject({ canBeFiled: true });
  expect(explainGateDecision({ reason: 'suspended', host }).next?.zh).toContain('整改');
});
