import { isFault } from '@openbeian/model/fault';
import { fictionalCompany } from '@openbeian/model/fictional';
import { describe, expect, test } from 'vitest';
import type { AuthoritySubmission } from '../../ports/authority.ts';
import {
  confirmAll,
  firstFiling,
  principal,
  runToVerdict,
  type StartAuthority,
  takeMessages,
  textsOf,
} from './harness.ts';

const elsewhere = fictionalCompany(40);
const records = {
  subjects: [
    {
      number: '京ICP备2021000001号',
      kind: 'enterprise',
      name: elsewhere.name,
      certificateType: 'business_licence',
      certificateNumber: elsewhere.creditCode,
      services: [
        {
          number: '京ICP备2021000001号-3',
          name: '远山门户',
          domainName: 'yuanshan.cn',
          accesses: ['alibaba'],
        },
      ],
    },
    {
      number: '粤ICP备2026000124号',
      kind: 'enterprise',
      name: '示例占号有限公司',
      certificateType: 'business_licence',
      certificateNumber: fictionalCompany(41).creditCode,
    },
  ],
  takenSiteNames: ['长风商城'],
  blacklist: {
    certificateNumbers: [fictionalCompany(42).creditCode],
    domainNames: ['barred.cn'],
    siteNames: ['失信网站'],
  },
};

const filedSubject = {
  number: '京ICP备2021000001号',
  name: elsewhere.name,
  certificateNumber: elsewhere.creditCode,
};
const access = (service: Partial<AuthoritySubmission['service']> = {}, subject: object = {}) =>
  firstFiling(1, {
    kind: 'access',
    provinceCode: '110000',
    subject: { ...filedSubject, ...subject },
    service: { number: '京ICP备2021000001号-3', name: '远山门户', domainName: 'yuanshan.cn', homeUrl: '', ...service },
  });
const addSite = (service: Partial<AuthoritySubmission['service']> = {}, subject: object = {}) =>
  firstFiling(1, {
    kind: 'add_site_elsewhere',
    provinceCode: '110000',
    subject: { ...filedSubject, ...subject },
    service,
  });

/** Verdicts: numbers given, numbers kept, and refusals with the result codes of the interface. */
export function describeVerdicts(using: (options: { records?: unknown }) => ReturnType<StartAuthority>): void {
  describe('numbers', () => {
    test('count up by province and year of Shanghai’s calendar, and skip those in use', async () => {
      const run = await using({ records });
      const given: string[] = [];
      const file = async (seed: number, provinceCode: string) => {
        const verdict = await runToVerdict(run, firstFiling(seed, { provinceCode }));
        given.push(verdict.kind === 'approved' ? verdict.serviceNumber : verdict.kind);
      };
      await file(1, '440000');
      await file(3, '440300');
      await file(5, '510000');
      // 24:00 in Shanghai on 31 December is 16:00 UTC; now is 01:30:30 on 21 November.
      await run.levers.advanceClock('P40DT14H29M10S');
      await file(7, '440000');
      await file(9, '440000');
      expect(given).toEqual([
        '粤ICP备2026000123号-1',
        '粤ICP备2026000125号-1',
        '蜀ICP备2026000123号-1',
        '粤ICP备2026000126号-1',
        '粤ICP备2027000123号-1',
      ]);
    });

    test('of services count up per subject, over websites and APPs together', async () => {
      const run = await using({});
      const first = firstFiling(1);
      await runToVerdict(run, first);
      const subject = { number: '粤ICP备2026000123号', certificateNumber: first.subject.certificateNumber };
      const app = firstFiling(3, {
        kind: 'add_site_here',
        subject,
        service: { kind: 'app', domainName: 'example1.cn', homeUrl: '' },
      });
      const site = firstFiling(5, { kind: 'add_site_here', subject: { ...subject, number: null } });
      const mini = firstFiling(7, {
        kind: 'add_site_here',
        subject,
        service: { kind: 'mini_program', domainName: '', homeUrl: '' },
      });
      const other = firstFiling(9);
      const numbers: unknown[] = [];
      for (const submission of [app, site, mini, other]) {
        const verdict = await runToVerdict(run, submission);
        numbers.push(verdict.kind === 'approved' ? verdict.serviceNumber : verdict);
      }
      expect(numbers).toEqual([
        '粤ICP备2026000123号-2A',
        '粤ICP备2026000123号-3',
        '粤ICP备2026000123号-4X',
        '粤ICP备2026000124号-1',
      ]);
    });

    test('of records elsewhere are kept by an access filing and continued by an added site', async () => {
      const run = await using({ records });
      expect(await runToVerdict(run, access())).toMatchObject({
        kind: 'approved',
        subjectNumber: '京ICP备2021000001号',
        serviceNumber: '京ICP备2021000001号-3',
      });
      expect(await runToVerdict(run, { ...addSite(), id: 'exc_add' })).toMatchObject({
        kind: 'approved',
        serviceNumber: '京ICP备2021000001号-4',
      });
      // The access is on record now, so another one by the same provider is one too many.
      expect(await runToVerdict(run, { ...access(), id: 'exc_twice' })).toMatchObject({
        reasons: [{ code: '1029', field: 'service.number' }],
      });
    });
  });

  describe('a refusal', () => {
    const cases: Refusal[] = [
      ...refusalsOfFirstFilings,
      [
        'a second website on the own name',
        addSite({ domainName: 'yuanshan.cn', homeUrl: '' }),
        [['1005', 'service.domainName']],
      ],
      [
        'access to a service that is not on record',
        access({ number: '京ICP备2021000001号-2' }),
        [['1016', 'service.number']],
      ],
      ['access without any number', access({ number: null }), [['1016', 'service.number']]],
      [
        'access under another name than recorded',
        access({ domainName: 'example1.cn' }),
        [['1016', 'service.domainName']],
      ],
      [
        'access with another certificate than recorded',
        access({}, { certificateNumber: fictionalCompany(1).creditCode }),
        [['1008', 'subject.certificateNumber']],
      ],
      [
        'site for a subject that is not on record',
        addSite({}, { number: '京ICP备2021000002号' }),
        [['1016', 'subject.number']],
      ],
      [
        'site handed to another province’s authority',
        { ...addSite(), provinceCode: '440000' },
        [['1045', 'provinceCode']],
      ],
    ];
    test.each(cases)('%s', (_what, submission, expected) => refuse(using, submission, expected));
    const malformed: Refusal[] = [
      ...malformedFirstFilings,
      [
        'address',
        firstFiling(1, { access: { resourceId: 'ins-1', ipAddresses: ['203.0.113.7', '203.0.113.256'] } }),
        [['1006', 'access.ipAddresses[1]']],
      ],
      ['region', firstFiling(1, { provinceCode: '810000' }), [['1019', 'provinceCode']]],
    ];
    test.each(malformed)('a malformed %s is refused before any SMS goes out', (_what, submission, expected) =>
      refuseAtOnce(using, submission, expected),
    );

    test('can be ordered for a demonstration: once, and for one submission if so wished', async () => {
      const run = await using({});
      const reasons = [{ code: '1034', field: 'service.content', text: '网站内容与主办者性质不符' }];
      await run.levers.rejectNext('exc_3', reasons);
      expect(await runToVerdict(run, firstFiling(1))).toMatchObject({ kind: 'approved' });
      expect(await runToVerdict(run, firstFiling(3))).toMatchObject({ kind: 'rejected', reasons });
      expect(await runToVerdict(run, { ...firstFiling(3), id: 'exc_3b' })).toMatchObject({ kind: 'approved' });
      await run.levers.rejectNext(null, reasons);
      expect(await runToVerdict(run, firstFiling(5))).toMatchObject({ kind: 'rejected', reasons });
      expect(await runToVerdict(run, firstFiling(7))).toMatchObject({ kind: 'approved' });
    });

    test('is decided by what is on record at the verdict: of two claims to one name the earlier confirmed wins', () =>
      decideBetween(using));
  });
}

type Refusal = [string, AuthoritySubmission, [string, string][]];
type Using = (options: { records?: unknown }) => ReturnType<StartAuthority>;

const barred = fictionalCompany(42);

/** What a first filing is refused for once it is reviewed. */
const refusalsOfFirstFilings: readonly Refusal[] = [
  [
    'first filing of a subject that is filed',
    firstFiling(1, { subject: filedSubject }),
    [['1003', 'subject.certificateNumber']],
  ],
  [
    'domain name of another subject',
    firstFiling(1, { service: { domainName: 'yuanshan.cn', homeUrl: '' } }),
    [['1005', 'service.domainName']],
  ],
  ['site name that is taken', firstFiling(1, { service: { name: ' 长风 商城' } }), [['1020', 'service.name']]],
  [
    'site name of another subject’s record',
    firstFiling(1, { service: { name: '远山门户' } }),
    [['1020', 'service.name']],
  ],
  ['blacklisted site name', firstFiling(1, { service: { name: '失信网站' } }), [['1020', 'service.name']]],
  [
    'blacklisted domain name',
    firstFiling(1, { service: { domainName: 'barred.cn', homeUrl: '' } }),
    [['1064', 'service.domainName']],
  ],
  [
    'blacklisted subject',
    firstFiling(1, { subject: { certificateNumber: barred.creditCode } }),
    [['1065', 'subject.certificateNumber']],
  ],
  [
    'several things at once',
    firstFiling(1, {
      subject: filedSubject,
      service: { name: '长风商城', domainName: 'yuanshan.cn', homeUrl: '' },
    }),
    [
      ['1003', 'subject.certificateNumber'],
      ['1005', 'service.domainName'],
      ['1020', 'service.name'],
    ],
  ],
];

const ofService = (person: object) => ({ service: { principal: { ...principal(2), ...person } } });
/** What is found in a first filing before anybody is asked. */
const malformedFirstFilings: readonly Refusal[] = [
  ['e-mail', firstFiling(1, ofService({ email: 'nobody at example.cn' })), [['1009', 'service.principal.email']]],
  ['mobile', firstFiling(1, ofService({ mobile: '12800138000' })), [['1011', 'service.principal.mobile']]],
  [
    'identity number',
    firstFiling(1, ofService({ certificateNumber: '110105194912310021' })),
    [['1015', 'service.principal.certificateNumber']],
  ],
  [
    'credit code',
    firstFiling(1, { subject: { certificateNumber: '91350100M000100Y44' } }),
    [['1015', 'subject.certificateNumber']],
  ],
  ['domain name', firstFiling(1, { service: { domainName: 'www.example1.cn' } }), [['1004', 'service.domainName']]],
  ['home page', firstFiling(1, { service: { homeUrl: 'https://example1.com' } }), [['1041', 'service.homeUrl']]],
];

/** What of a filing and of an answer a wire carries. */
export interface WireTraits {
  /** A submission with all that the wire wants. */
  readonly whole: (submission: AuthoritySubmission) => AuthoritySubmission;
  /** Do answers say at which field something is? Otherwise their codes do, as far as they can. */
  readonly saysFields: boolean;
  /** Does it hold what is sent to a description of its own? */
  readonly checksItself: boolean;
}
const everything: WireTraits = { whole: (submission) => submission, saysFields: true, checksItself: false };

async function refuse(
  using: Using,
  submission: AuthoritySubmission,
  expected: [string, string][],
  traits = everything,
) {
  const run = await using({ records });
  const verdict = await runToVerdict(run, traits.whole(submission));
  if (verdict.kind !== 'rejected') throw new Error(`${verdict.kind} instead of a refusal`);
  expectReasons(verdict.reasons, expected, traits);
  for (const { text } of verdict.reasons) expect(text).toMatch(/\p{Script=Han}/u);
  // A refusal leaves no trace in the register.
  const question = { by: 'domain_name', domainName: 'example1.cn' } as const;
  expect(await run.authority.findStatus(question)).toMatchObject({ filed: false });
}

function expectReasons(
  reasons: readonly { readonly code: string | null; readonly field: string | null }[],
  expected: [string, string][],
  { saysFields }: WireTraits,
): void {
  if (saysFields) expect(reasons.map(({ code, field }) => [code, field])).toEqual(expected);
  else expect(reasons.map(({ code }) => code)).toEqual(expected.map(([code]) => code));
}

async function refuseAtOnce(
  using: Using,
  submission: AuthoritySubmission,
  expected: [string, string][],
  traits = everything,
) {
  const run = await using({});
  if (traits.checksItself) {
    const refusal = await run.authority.submit(traits.whole(submission)).then(
      () => null,
      (error: unknown) => error,
    );
    // A wire that is strict about what it sends says it itself, at the field.
    if (isFault(refusal, 'authority.not_sendable')) {
      expect(refusal.extras.places?.map(({ path }) => path)).toEqual(expected.map(([, field]) => field));
      return;
    }
    expect(refusal).toBeNull();
  } else await run.authority.submit(traits.whole(submission));
  const messages = await takeMessages(run);
  expect(messages).toMatchObject([{ kind: 'rejected', submissionId: submission.id }]);
  const [verdict] = messages;
  expectReasons(verdict?.kind === 'rejected' ? verdict.reasons : [], expected, traits);
  expect(await textsOf(run.levers, submission)).toEqual([]);
}

async function decideBetween(using: Using, { whole } = everything) {
  const run = await using({});
  const one = whole(firstFiling(1));
  const two = whole(firstFiling(3, { service: { domainName: 'example1.cn', homeUrl: '' } }));
  await run.authority.submit(one);
  await run.authority.submit(two);
  await confirmAll(run, two);
  await run.levers.advanceClock('PT1S');
  await confirmAll(run, one);
  await run.levers.advanceClock('PT1H');
  const verdicts = (await takeMessages(run)).filter((m) => m.kind === 'approved' || m.kind === 'rejected');
  expect(verdicts.map((m) => [m.submissionId, m.kind])).toEqual([
    [two.id, 'approved'],
    [one.id, 'rejected'],
  ]);
}

/** What every wire keeps to that carries websites, whatever it says of SMS and of fields. */
export function describeFirstFilings(using: Using, traits: WireTraits): void {
  describe('a first filing', () => {
    test.each([...refusalsOfFirstFilings])('is refused: %s', (_what, submission, expected) =>
      refuse(using, submission, expected, traits),
    );
    test.each([...malformedFirstFilings])(
      'with a malformed %s is refused before any SMS goes out',
      (_what, submission, expected) => refuseAtOnce(using, submission, expected, traits),
    );
    test('is decided by what is on record at the verdict: of two claims to one name the earlier confirmed wins', () =>
      decideBetween(using, traits));
    test('gets numbers that count up, and is on file from its verdict on', async () => {
      const run = await using({});
      const one = traits.whole(firstFiling(1));
      const byName = { by: 'domain_name', domainName: one.service.domainName } as const;
      const receipt = await run.authority.submit(one);
      expect(await run.authority.findStatus(byName)).toMatchObject({ filed: false });
      expect(await runToVerdict(run, one)).toMatchObject({ serviceNumber: '粤ICP备2026000123号-1' });
      expect(await run.authority.submit(one)).toEqual(receipt);
      expect(await run.authority.findStatus(byName)).toMatchObject({
        filed: true,
        serviceNumber: '粤ICP备2026000123号-1',
      });
      expect(await runToVerdict(run, traits.whole(firstFiling(3)))).toMatchObject({
        serviceNumber: '粤ICP备2026000124号-1',
      });
    });
  });
}
