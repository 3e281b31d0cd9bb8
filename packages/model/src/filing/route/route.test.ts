import { describe, expect, test } from 'vitest';
import { type RouteCase, type RouteRules, routeCaseSchema, routeFiling } from '../index.ts';

const places: Record<string, 'mainland' | 'outside'> = { 'ap-guangzhou': 'mainland', 'ap-hongkong': 'outside' };
const rules: RouteRules = {
  placeOf: (_provider, region) => places[region] ?? null,
  anyNumberSource: (_provider, product) => (product === 'cdn' ? 'alibaba-docs-2019' : null),
};

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
  const { need, filing, accessible } = routeFiling(facts, rules);
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
    // The product within a provider decides nothing, unless it only delivers.
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
    expect(routeFiling(facts, rules).reasons.map((r) => r.code)).toEqual([`route.${filing}`]);
    // Neither the purpose nor the place of the server matters any more.
    expect(brief({ ...facts, purpose: 'none', hosting: { ...facts.hosting, region: 'ap-hongkong' } })).toBe(
      `required ${filing} now`,
    );
    expect(brief({ ...facts, asked: 'alibaba' })).toBe('required elsewhere now');
    expect(brief({ ...facts, subject: subjects.unknown, record: records.none })).toBe('not_required none now');
  });

  test.each(['change_site', 'cancel_site'] as const)(
    '%s: a record that we do not access is changed where it is',
    (intent) => {
      const route = routeFiling({ ...base, intent }, rules);
      expect(route.filing).toBe('elsewhere');
      expect(route.reasons.map((r) => r.code)).toEqual(['route.not_accessed_here', `route.${intent}`]);
      expect(route.steps.map((step) => step.action)).toEqual(['apply_at_access_provider']);
    },
  );

  test.each(['change_subject', 'cancel_subject'] as const)(
    '%s of an organiser that is filed only elsewhere',
    (intent) => {
      expect(brief({ ...base, record: records.none, intent })).toBe('required elsewhere now');
      expect(brief({ ...base, subject: subjects.here, record: records.none, intent })).toBe(
        `required ${filings[intent]} now`,
      );
    },
  );

  test.each(['cancel_access', 'move_account'] as const)(
    '%s: there is nothing to end or to move where no access is',
    (intent) => {
      const route = routeFiling({ ...base, intent }, rules);
      expect(route).toMatchObject({ need: 'not_required', filing: 'none' });
      expect(route.reasons.map((r) => r.code)).toEqual(['route.no_access_here']);
    },
  );

  test.each(['change_subject', 'change_site', 'cancel_subject', 'cancel_site', 'cancel_access'] as const)(
    '%s in another account: the record is moved to this one, or the other account does it',
    (intent) => {
      const facts = { ...base, subject: subjects.here, record: records['here, other account'], intent };
      expect(brief(facts)).toBe('required move_account now');
      const { reasons, steps } = routeFiling(facts, rules);
      expect(reasons.map((r) => r.code)).toEqual(['route.in_other_account']);
      expect(steps.at(-1)?.action).toBe('sign_in_there');
    },
  );

  test('another organiser’s record is cancelled by it or by the authority; nothing else of it can be changed', () => {
    for (const subject of Object.values(subjects)) {
      const facts = { ...base, subject, record: { ...records.elsewhere, ofOtherSubject: true } };
      expect(brief({ ...facts, intent: 'cancel_site' })).toBe('required elsewhere now');
      for (const intent of ['change_site', 'cancel_access', 'move_account'] as const) {
        expect(brief({ ...facts, intent })).toBe('not_required none now');
      }
    }
  });

  test('a suffix without approval is warned of before its record is cancelled', () => {
    const own = { ...base, subject: subjects.here, record: records['here, same account'] };
    const codes = (domain: string) =>
      routeFiling({ ...own, domain, intent: 'cancel_site' }, rules).reasons.map((r) => r.code);
    expect(codes('example.org')).toEqual(['route.cancel_site', 'route.unapproved_suffix_final']);
    expect(codes('example.cn')).toEqual(['route.cancel_site']);
  });
});

describe('reasons and steps', () => {
  const codes = (facts: RouteCase) => routeFiling(facts, rules).reasons.map((r) => r.code);
  const actions = (facts: RouteCase) => routeFiling(facts, rules).steps.map((s) => s.action);

  test('every exemption is listed, not only the first', () => {
    const hosting = { ...base.hosting, region: 'ap-hongkong', hostname: 'provider_default' as const };
    expect(codes({ ...base, purpose: 'none', hosting })).toEqual([
      'route.no_site',
      'route.outside_mainland',
      'route.provider_hostname',
    ]);
  });

  test('a name without a site is told that its real-name registration stays due', () => {
    const [reason] = routeFiling({ ...base, purpose: 'none' }, rules).reasons;
    expect(reason?.message.zh).toContain('实名');
  });

  test('an unlisted region is taken as mainland, and the answer says so', () => {
    const facts = { ...base, hosting: { ...base.hosting, region: 'moon-1' } };
    expect(brief(facts)).toBe('required access after_review');
    expect(codes(facts)).toEqual(['route.filed_elsewhere', 'route.record_taken_as_own', 'route.region_unknown']);
  });

  test('a sub-domain is filed as its registrable name', () => {
    const { reasons } = routeFiling({ ...base, domain: 'Shop.例子.中国' }, rules);
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

  test('of an app the steps speak of the app, not of a site', () => {
    const app = { ...base, subject: subjects.unknown, record: records.none, purpose: 'app_backend' as const };
    const steps = routeFiling(app, rules).steps;
    expect(steps.map(({ action }) => action)).toEqual(actions({ ...app, purpose: 'web' }));
    expect(steps.map(({ zh }) => zh).join()).not.toContain('网站');
    expect(steps.find(({ action }) => action === 'show_number')?.en).toContain('prominent place of the app');
  });
});

describe('a CDN or firewall in front of the site', () => {
  const delivery = { ...base, hosting: { ...base.hosting, provider: 'alibaba', product: 'cdn' } };
  const codes = (facts: RouteCase) => routeFiling(facts, rules).reasons.map((r) => r.code);

  test('any number will do, wherever it was filed; the policy that says so is the source', () => {
    expect(brief(delivery)).toBe('not_required none now');
    const [reason] = routeFiling(delivery, rules).reasons;
    expect(reason).toMatchObject({ code: 'route.delivery_any_number', source: 'alibaba-docs-2019' });
    expect(reason?.message.zh).toContain('源站');
  });

  test('the fact of the case counts more than the product', () => {
    expect(brief({ ...delivery, hosting: { ...delivery.hosting, role: 'server' } })).toBe(
      'required access after_review',
    );
    expect(brief({ ...base, hosting: { ...base.hosting, role: 'delivery' } })).toBe('not_required none now');
  });

  test.each([
    ['unknown', 'required first after_number'],
    ['elsewhere', 'required add_site_elsewhere after_number'],
    ['here', 'required add_site_here after_number'],
  ] as const)('without a number, subject %s: %s, with whichever provider', (subject, expected) => {
    const facts = { ...delivery, subject: subjects[subject], record: records.none };
    expect(brief(facts)).toBe(expected);
    expect(brief({ ...facts, asked: 'tencent' })).toBe(expected);
    expect(codes(facts)[0]).toBe('route.delivery_needs_number');
  });

  test('the former owner’s number is none of yours', () => {
    const facts = { ...delivery, record: { ...records.elsewhere, ofOtherSubject: true } };
    expect(brief(facts)).toBe('required add_site_elsewhere after_number');
  });

  test('outside the mainland it needs nothing', () => {
    expect(brief({ ...delivery, record: records.none, hosting: { ...delivery.hosting, region: 'ap-hongkong' } })).toBe(
      'not_required none now',
    );
  });
});

describe('whose record it is, and who the organiser is now', () => {
  const former = { ...base, record: { ...records.elsewhere, ofOtherSubject: true } };

  test.each([
    ['here', 'add_site_here'],
    ['elsewhere', 'add_site_elsewhere'],
    ['unknown', 'first'],
  ] as const)(
    'a bought domain with its former owner’s record, subject %s: that ends first, then %s',
    (subject, filing) => {
      const route = routeFiling({ ...former, subject: subjects[subject] }, rules);
      expect(route).toMatchObject({ need: 'required', filing, accessible: 'after_number' });
      expect(route.steps[0]?.action).toBe('end_foreign_record');
      expect(route.reasons.map((r) => r.code)).not.toContain('route.filed_elsewhere');
    },
  );

  test('without that fact the record is taken as one’s own, and the answer says so', () => {
    const codes = (facts: RouteCase) => routeFiling(facts, rules).reasons.map((r) => r.code);
    expect(codes(base)).toEqual(['route.filed_elsewhere', 'route.record_taken_as_own']);
    expect(codes({ ...base, record: { ...records.elsewhere, ofOtherSubject: false } })).toEqual([
      'route.filed_elsewhere',
    ]);
  });

  test('a record that is here makes its organiser known here, whatever the case says', () => {
    const facts = { ...base, record: records['here, same account'] };
    expect(brief(facts)).toBe('not_required none now');
    expect(routeFiling(facts, rules).reasons.map((r) => r.code)).toEqual(['route.filed_here', 'route.subject_is_here']);
  });

  test.each(['certificate', 'nature'] as const)(
    'another %s is changed first, where the organiser is filed',
    (changed) => {
      const steps = (facts: RouteCase) => routeFiling(facts, rules).steps.map((step) => step.action);
      const here = { ...base, subject: { ...subjects.here, changed }, record: records.none };
      expect(brief(here)).toBe('required change_filing after_number');
      expect(routeFiling(here, rules).reasons[0]?.code).toBe(`route.${changed}_changed`);
      expect(steps(here).at(-1)).toBe('then_open');
      const elsewhere = { ...base, subject: { ...subjects.elsewhere, changed } };
      expect(brief(elsewhere)).toBe('required elsewhere after_review');
      expect(steps(elsewhere)).toEqual(['apply_at_access_provider', 'then_open']);
      // The site may stay open while what it is filed as is changed.
      expect(brief({ ...here, record: records['here, same account'] })).toBe('required change_filing now');
      expect(brief({ ...here, record: records['here, other account'] })).toBe('required move_account now');
      expect(brief({ ...here, intent: 'change_subject' })).toBe('required change_filing now');
      expect(brief({ ...here, hosting: { ...here.hosting, region: 'ap-hongkong' } })).toBe('not_required none now');
    },
  );
});

describe('what people ask that makes no difference, and what has a filing of its own', () => {
  const unfiled = { ...base, subject: subjects.unknown, record: records.none };
  const codes = (facts: RouteCase) => routeFiling(facts, rules).reasons.map((r) => r.code);
  const hosted = (hosting: Partial<RouteCase['hosting']>) => ({ ...unfiled, hosting: { ...base.hosting, ...hosting } });

  test.each([
    [hosted({ port: 8443 }), 'route.any_port'],
    [{ ...unfiled, domain: 'example.cn:8080' }, 'route.any_port'],
    [hosted({ protocol: 'https' }), 'route.any_protocol'],
    [hosted({ protocol: 'websocket' }), 'route.any_protocol'],
    [hosted({ addresses: 'ipv6' }), 'route.ipv6'],
    [{ ...unfiled, purpose: 'app_backend' as const }, 'route.app_backend'],
    [{ ...unfiled, purpose: 'mini_program_backend' as const }, 'route.mini_program_backend'],
    [{ ...unfiled, purpose: 'mail_only' as const }, 'route.mail_needs_filing'],
  ])('%#: %s', (facts, code) => {
    expect(brief(facts)).toBe('required first after_number');
    expect(codes(facts)).toEqual(['route.never_filed', code]);
    // Outside the mainland, nothing of it matters.
    expect(brief({ ...facts, hosting: { ...facts.hosting, region: 'ap-hongkong' } })).toBe('not_required none now');
  });

  test('the usual ports, plain HTTP and two stacks are not worth a word', () => {
    for (const port of [80, 443]) expect(codes(hosted({ port }))).toEqual(['route.never_filed']);
    expect(codes(hosted({ protocol: 'http', addresses: 'both' }))).toEqual(['route.never_filed']);
  });

  test('mail at the provider’s own service needs no filing', () => {
    const facts = { ...hosted({ hostname: 'provider_default' }), purpose: 'mail_only' as const };
    expect(brief(facts)).toBe('not_required none now');
    expect(codes(facts)).toEqual(['route.mail_at_provider']);
  });
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
    [{ ...base, record: { exists: true, here: false, sameAccount: true } }, ['record.sameAccount']],
    [{ ...base, record: { exists: false, here: false, sameAccount: true } }, ['record.sameAccount']],
    [{ ...base, record: { ...records.none, ofOtherSubject: true } }, ['record.ofOtherSubject']],
    [
      { ...base, subject: subjects.unknown, record: { ...records.elsewhere, ofOtherSubject: false } },
      ['subject.filed'],
    ],
    [{ ...base, subject: subjects.unknown, record: records['here, same account'] }, ['subject.filed']],
    [{ ...base, subject: { ...subjects.unknown, changed: 'nature' }, record: records.none }, ['subject.changed']],
    [{ ...base, subject: { ...subjects.here, changed: 'name' } }, ['subject.changed']],
    [{ ...base, domain: 'erp.corp.local' }, ['record.exists']],
    [{ ...base, domain: 'example.cn:8443', hosting: { ...base.hosting, port: 443 } }, ['hosting.port']],
    [{ ...base, hosting: { ...base.hosting, port: 0 } }, ['hosting.port']],
    [{ ...base, hosting: { ...base.hosting, role: 'cdn' } }, ['hosting.role']],
    [
      { ...base, hosting: { ...base.hosting, protocol: 'ftp', addresses: 'ipv5' } },
      ['hosting.protocol', 'hosting.addresses'],
    ],
    [{ ...base, intents: 'open' }, ['intents']],
    [{ ...base, asked: '' }, ['asked']],
    [[], ['']],
    [null, ['']],
  ])('%j', (document, expected) => {
    expect(paths(document)).toEqual(expected);
  });
});
