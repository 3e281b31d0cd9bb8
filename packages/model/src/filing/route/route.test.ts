import { describe, expect, test } from 'vitest';
import { filingKinds, type RouteCase, routeCaseSchema, routeFiling, routeIntents, routeReasonCodes } from '../index.ts';

const places: Record<string, 'mainland' | 'outside'> = { 'ap-guangzhou': 'mainland', 'ap-hongkong': 'outside' };
const placeOf = (_provider: string, region: string) => places[region] ?? null;

/** The contract's example: an unfiled record's owner opens a site with us that is filed elsewhere. */
const base: RouteCase = {
  domain: 'example.cn',
  purpose: 'web',
  hosting: { provider: 'tencent', product: 'cvm', region: 'ap-guangzhou', hostname: 'custom' },
  subject: { filed: true, here: false },
  record: { exists: true, here: false, sameAccount: false },
  intent: 'open',
};
const subjects = {
  unknown: { filed: false, here: false },
  elsewhere: { filed: true, here: false },
  here: { filed: true, here: true },
};
const records = {
  none: { exists: false, here: false, sameAccount: false },
  elsewhere: { exists: true, here: false, sameAccount: false },
  'here, same account': { exists: true, here: true, sameAccount: true },
  'here, other account': { exists: true, here: true, sameAccount: false },
};
const brief = (facts: RouteCase) => {
  const { need, filing, accessible } = routeFiling(facts, placeOf);
  return `${need} ${filing} ${accessible}`;
};

describe('opening a site, by what is on record', () => {
  test.each([
    ['unknown', 'none', 'required first after_number'],
    ['elsewhere', 'none', 'required add_site_elsewhere after_number'],
    ['here', 'none', 'required add_site_here after_number'],
    ['unknown', 'elsewhere', 'required first after_number'],
    ['elsewhere', 'elsewhere', 'required access after_review'],
    ['here', 'elsewhere', 'required access after_review'],
    ['here', 'here, same account', 'not_required none now'],
    ['elsewhere', 'here, same account', 'not_required none now'],
    ['here', 'here, other account', 'required move_account now'],
    ['elsewhere', 'here, other account', 'required move_account now'],
  ] as const)('subject %s, record %s: %s', (subject, record, expected) => {
    const facts = { ...base, subject: subjects[subject], record: records[record] };
    expect(brief(facts)).toBe(expected);
    const planned = expected.startsWith('not_required') ? expected : expected.replace('required', 'advisable');
    expect(brief({ ...facts, purpose: 'planned' })).toBe(planned);
    expect(brief({ ...facts, purpose: 'none' })).toBe('not_required none now');
    expect(brief({ ...facts, hosting: { ...facts.hosting, region: 'ap-hongkong' } })).toBe('not_required none now');
    expect(brief({ ...facts, hosting: { ...facts.hosting, hostname: 'provider_default' } })).toBe(
      'not_required none now',
    );
    expect(brief({ ...facts, asked: 'tencent' })).toBe(expected);
    const [need, filing, accessible] = expected.split(' ');
    expect(brief({ ...facts, asked: 'alibaba' })).toBe(
      filing === 'none' ? expected : `${need} elsewhere ${accessible}`,
    );
    // The product within a provider decides nothing.
    expect(brief({ ...facts, hosting: { ...facts.hosting, product: 'scf' } })).toBe(expected);
  });
});

describe('an existing record is changed, moved or ended', () => {
  const filings = {
    change_subject: 'change_filing',
    change_site: 'change_site',
    cancel_subject: 'cancel_subject',
    cancel_site: 'cancel_site',
    cancel_access: 'cancel_access',
    move_account: 'move_account',
  } as const;

  test.each(Object.entries(filings))('%s is %s', (intent, filing) => {
    const facts = {
      ...base,
      subject: subjects.here,
      record: records['here, same account'],
      intent: intent as 'change_site',
    };
    expect(brief(facts)).toBe(`required ${filing} now`);
    expect(routeFiling(facts, placeOf).reasons.map((r) => r.code)).toEqual([`route.${filing}`]);
    // Neither the purpose nor the place of the server matters any more.
    expect(brief({ ...facts, purpose: 'none', hosting: { ...facts.hosting, region: 'ap-hongkong' } })).toBe(
      `required ${filing} now`,
    );
    expect(brief({ ...facts, asked: 'alibaba' })).toBe('required elsewhere now');
    expect(brief({ ...facts, subject: subjects.unknown, record: records.none })).toBe('not_required none now');
  });

  test('a record that we do not access is changed where it is accessed, and the answer says so', () => {
    const route = routeFiling({ ...base, intent: 'change_site' }, placeOf);
    expect(route.filing).toBe('change_site');
    expect(route.reasons.map((r) => r.code)).toContain('route.not_accessed_here');
  });
});

describe('reasons and steps', () => {
  const codes = (facts: RouteCase) => routeFiling(facts, placeOf).reasons.map((r) => r.code);
  const actions = (facts: RouteCase) => routeFiling(facts, placeOf).steps.map((s) => s.action);

  test('every exemption is listed, not only the first', () => {
    const hosting = { ...base.hosting, region: 'ap-hongkong', hostname: 'provider_default' as const };
    expect(codes({ ...base, purpose: 'none', hosting })).toEqual([
      'route.no_site',
      'route.outside_mainland',
      'route.provider_hostname',
    ]);
  });

  test('a name without a site is told that its real-name registration stays due', () => {
    const [reason] = routeFiling({ ...base, purpose: 'none' }, placeOf).reasons;
    expect(reason?.message.zh).toContain('实名');
  });

  test('an unlisted region is taken as mainland, and the answer says so', () => {
    const facts = { ...base, hosting: { ...base.hosting, region: 'moon-1' } };
    expect(brief(facts)).toBe('required access after_review');
    expect(codes(facts)).toContain('route.region_unknown');
  });

  test('a sub-domain is filed as its registrable name', () => {
    const { reasons } = routeFiling({ ...base, domain: 'Shop.例子.中国' }, placeOf);
    expect(reasons.at(-1)?.code).toBe('route.follows_registrable_name');
    expect(reasons.at(-1)?.message.en).toContain('例子.中国');
  });

  test('another organiser’s record ends before ours begins', () => {
    expect(actions({ ...base, subject: subjects.unknown })[0]).toBe('end_foreign_record');
    expect(actions({ ...base, subject: subjects.unknown, record: records.none })).not.toContain('end_foreign_record');
  });

  test('a site is kept closed until its number is there, but an access filing opens it after the review', () => {
    expect(actions({ ...base, subject: subjects.unknown, record: records.none })).toContain('keep_closed');
    expect(actions(base)).toContain('open_after_review');
    expect(actions(base)).not.toContain('keep_closed');
  });
});

test('over all cases: the parts agree, every text is whole, every kind and reason occurs', () => {
  const filings = new Set<string>();
  const codes = new Set<string>();
  for (const purpose of ['web', 'none', 'planned'] as const)
    for (const region of ['ap-guangzhou', 'ap-hongkong', 'moon-1'])
      for (const hostname of ['custom', 'provider_default'] as const)
        for (const subject of Object.values(subjects))
          for (const record of Object.values(records))
            for (const intent of routeIntents)
              for (const asked of [undefined, 'tencent', 'alibaba'])
                for (const domain of ['example.cn', 'www.example.cn']) {
                  const hosting = { ...base.hosting, region, hostname };
                  const facts = { domain, purpose, hosting, subject, record, intent, ...(asked ? { asked } : {}) };
                  const parsed = routeCaseSchema.parse(facts);
                  const route = routeFiling(parsed, placeOf);
                  filings.add(route.filing);
                  expect(route.need === 'not_required').toBe(route.filing === 'none');
                  if (route.filing === 'none' || intent !== 'open') expect(route.accessible).toBe('now');
                  if (route.filing === 'access') expect(route.accessible).toBe('after_review');
                  expect(route.reasons.length).toBeGreaterThan(0);
                  expect(route.steps.length > 0).toBe(route.filing !== 'none');
                  for (const { code, message, source } of route.reasons) {
                    codes.add(code);
                    expect(`${message.zh}${message.en}${source}`).not.toMatch(/undefined|null/);
                    expect(message.zh).toMatch(/[\u4e00-\u9fff]/);
                    expect(message.en).toMatch(/[a-z]/);
                  }
                }
  expect([...filings].sort()).toEqual([...filingKinds, 'elsewhere', 'none'].sort());
  expect([...codes].sort()).toEqual([...routeReasonCodes].sort());
});

describe('a bad case is refused with its place', () => {
  const paths = (document: unknown) =>
    routeCaseSchema
      .safeParse(document)
      .error?.issues.map((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.join() : issue.path.join('.')));
  test.each([
    [{ ...base, domain: '192.0.2.1' }, ['domain']],
    [{ ...base, domain: 'com.cn' }, ['domain']],
    [{ ...base, domain: 'https://example.cn' }, ['domain']],
    [{ ...base, purpose: 'mail' }, ['purpose']],
    [{ ...base, hosting: { ...base.hosting, hostname: undefined } }, ['hosting.hostname']],
    [{ ...base, subject: { filed: 'yes', here: false } }, ['subject.filed']],
    [{ ...base, subject: { filed: false, here: true } }, ['subject.here']],
    [{ ...base, record: { exists: false, here: true, sameAccount: false } }, ['record.here']],
    [{ ...base, intents: 'open' }, ['intents']],
    [{ ...base, asked: '' }, ['asked']],
    [[], ['']],
    [null, ['']],
  ])('%j', (document, expected) => {
    expect(paths(document)).toEqual(expected);
  });
});
