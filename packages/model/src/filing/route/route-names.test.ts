import { describe, expect, test } from 'vitest';
import { type RouteCase, type RouteRules, routeCaseSchema, routeFiling } from '../index.ts';

const rules: RouteRules = { placeOf: () => 'mainland', anyNumberSource: () => null };
const base: RouteCase = {
  domain: 'example.cn',
  purpose: 'web',
  hosting: { provider: 'tencent', product: 'cvm', region: 'ap-guangzhou', hostname: 'custom' },
  subject: { filed: true, here: false },
  record: { exists: true, here: false, sameAccount: false },
  intent: 'open',
};
const subjects = { unknown: { filed: false, here: false } };
const records = { none: { exists: false, here: false, sameAccount: false } };
const brief = (facts: RouteCase) => {
  const { need, filing, accessible } = routeFiling(facts, rules);
  return `${need} ${filing} ${accessible}`;
};

describe('names that are not simply one’s own', () => {
  const unfiled = { ...base, subject: subjects.unknown, record: records.none };
  const codes = (domain: string) => routeFiling({ ...unfiled, domain }, rules).reasons.map((r) => r.code);

  test.each(['erp.corp.local', 'nas.lan', 'intranet.corp', 'a.test', 'erp', 'localhost', 'db.internal', 'x.home.arpa'])(
    '%s cannot be registered, so it cannot be filed',
    (domain) => {
      expect(routeCaseSchema.safeParse({ ...unfiled, domain }).success).toBe(true);
      expect(brief({ ...unfiled, domain })).toBe('not_required none now');
      expect(codes(domain)).toEqual(['route.internal_name']);
    },
  );

  test.each([
    ['me.github.io', 'github.io'],
    ['shop.myshopify.com', 'myshopify.com'],
    ['www.app.vercel.app', 'vercel.app'],
    ['site.pages.dev', 'pages.dev'],
  ])('%s belongs to a platform', (domain, platform) => {
    expect(brief({ ...unfiled, domain })).toBe('not_required none now');
    const [reason] = routeFiling({ ...unfiled, domain }, rules).reasons;
    expect(reason?.code).toBe('route.platform_name');
    expect(reason?.message.zh).toContain(platform);
    // The platform has registered its own domain and files it.
    expect(codes(platform)[0]).toBe('route.never_filed');
    expect(brief({ ...base, domain, intent: 'cancel_site' })).toBe('not_required none now');
    expect(routeFiling({ ...base, domain, intent: 'cancel_site' }, rules).reasons).toHaveLength(1);
  });

  test.each([
    ['example.io', ['route.never_filed', 'route.suffix_not_listed']],
    ['example.com.hk', ['route.never_filed', 'route.suffix_not_listed']],
    ['example.foobar', ['route.never_filed', 'route.suffix_unknown']],
    ['example.com.cn', ['route.never_filed']],
    ['例子.中國', ['route.never_filed']],
    ['www.example.top', ['route.never_filed', 'route.follows_registrable_name']],
  ])('%s: %j', (domain, expected) => {
    expect(brief({ ...unfiled, domain })).toBe('required first after_number');
    expect(codes(domain)).toEqual(expected);
  });

  test('a suffix that no list names is a warning, one that any of them names is none', () => {
    for (const suffix of ['bond', 'cyou', 'school', 'uno', '世界', '健康'])
      expect([suffix, codes(`example.${suffix}`)]).toEqual([suffix, ['route.never_filed']]);
    for (const suffix of ['org', 'ai', 'me', 'hk', 'jp'])
      expect([suffix, codes(`example.${suffix}`)]).toEqual([suffix, ['route.never_filed', 'route.suffix_not_listed']]);
  });

  test.each([
    ['wss://chat.example.cn/socket', 'chat.example.cn'],
    ['https://user:pw@example.cn:8443/a?b#c', 'example.cn:8443'],
    ['//example.cn/', 'example.cn'],
    ['example.cn/path', 'example.cn'],
    ['https://例子.中国', '例子.中国'],
  ])('%s is a URL: the answer says which domain to give', (domain, name) => {
    const read = routeCaseSchema.safeParse({ ...unfiled, domain });
    expect(read.error?.issues.map((issue) => issue.code === 'custom' && issue.params)).toEqual([
      expect.objectContaining({ zh: `这是网址，请只填其中的域名：${name}` }),
    ]);
    expect(routeCaseSchema.safeParse({ ...unfiled, domain: name }).success).toBe(true);
  });

  test.each(['https://', 'https://com.cn/', 'mailto:a@example.cn', '/path', 'https://192.0.2.1/'])(
    '%s holds no domain',
    (domain) => {
      const read = routeCaseSchema.safeParse({ ...unfiled, domain });
      expect(read.error?.issues).toMatchObject([{ params: { zh: '应为可注册的域名，例如 example.cn' } }]);
    },
  );
});
