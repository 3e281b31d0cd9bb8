import { describe, expect, test } from 'vitest';
import { sampleContext, sampleToMap } from '../../../../tests/support/sample-hand-over.ts';
import { ipv4Number, ipv4Text } from './ipv4-number.ts';
import type { MapContext, SubmissionToMap } from './to-map.ts';
import { toUpload } from './to-upload.ts';

const adding = sampleToMap({ act: 'add', of: ['subject', 'service', 'access'] });
const person = adding.subject.principal;

const lost = (submission: SubmissionToMap, context: MapContext = sampleContext) =>
  toUpload(submission, context).notCarried.map(({ field, kind, blocks }) => [field, kind, blocks]);

describe('what goes where', () => {
  test.each([
    [{ act: 'add', of: ['subject', 'service', 'access'] }, 'XZBA'],
    [{ act: 'add', of: ['service', 'access'] }, 'XZWZ'],
    [{ act: 'add', of: ['access'] }, 'XZJR'],
    [{ act: 'change', of: ['service', 'access'] }, 'BGBA'],
    [{ act: 'change', of: ['subject', 'service'] }, 'BGBA'],
    [{ act: 'cancel', of: ['access'] }, 'ZXBA'],
  ] as const)('%j: %s', (operation, element) => {
    const { upload, notCarried } = toUpload(sampleToMap(operation), sampleContext);
    expect(Object.keys(upload?.ICP ?? {})).toEqual([element, 'Qqdwid']);
    expect(notCarried).toEqual([]);
  });

  test('the division of an address follows from its lowest, and addresses are numbers', () => {
    const { upload } = toUpload(adding, sampleContext);
    const [record] = upload && 'XZBA' in upload.ICP ? upload.ICP.XZBA.Baxx : [];
    expect(record?.Zt_xx.Txdz).toMatchObject({ Shengid: 440_000, Shiid: 440_100, Xianid: 440_106 });
    expect(record?.Wz_xx[0]?.Jr_xx[0]?.Ip_xx).toEqual([{ IspIpid: 41, Qsip: 3_405_803_777, Zzip: 3_405_803_780 }]);
    expect(record?.Fj.map(({ Fjxx }) => Fjxx.Fjssdx)).toEqual([
      { Ssdxlx: 1, Ssdxbs: 1 },
      { Ssdxlx: 2, Ssdxbs: 11 },
    ]);
  });

  test.each([
    [['subject', 'service', 'access'], 0, 500],
    [['service', 'access'], 1, 501],
    [['access'], 2, 503],
  ] as const)('cancelling %j names the highest of them', (of, Zxlb, Jlid) => {
    const { upload } = toUpload(sampleToMap({ act: 'cancel', of }), sampleContext);
    expect(upload?.ICP).toMatchObject({ ZXBA: { Zx_xx: [{ Zxlb, Jlid, Zxly: 1 }] } });
  });

  test('what the authority has no number of here yet is named by its filing number', () => {
    const context = { ...sampleContext, ids: { subject: null, service: null, domain: null, access: null } };
    const added = toUpload(sampleToMap({ act: 'add', of: ['service', 'access'] }, true), context);
    expect(added.upload?.ICP).toMatchObject({ XZWZ: { Xzxx: [{ Zt_xx: { Ztbah: '粤ICP备2026000001号' } }] } });
    const accessed = toUpload(sampleToMap({ act: 'add', of: ['access'] }, true), context);
    expect(accessed.upload?.ICP).toMatchObject({ XZJR: { Xzxx: [{ Wz_xx: { Wzbah: '粤ICP备2026000001号-1' } }] } });
    expect([...added.notCarried, ...accessed.notCarried]).toEqual([]);
  });

  test('a change takes the first eleven kinds of certificates of an organiser; what is beyond them is named', () => {
    const beyond = (operation: SubmissionToMap['operation']) => {
      const submission = sampleToMap(operation, true);
      return lost({ ...submission, subject: { ...submission.subject, certificateId: 21 } });
    };
    const named = ['subject.certificateType', 'certificate_not_in_change', true];
    expect(beyond({ act: 'change', of: ['service', 'access'] })).toContainEqual(named);
    expect(beyond({ act: 'change', of: ['subject', 'service'] })).toContainEqual(named);
    expect(beyond({ act: 'add', of: ['subject', 'service', 'access'] })).not.toContainEqual(named);
    expect(beyond({ act: 'cancel', of: ['access'] })).not.toContainEqual(named);
  });

  test('a change of the subject states its services again, as they were downloaded', () => {
    const change = sampleToMap({ act: 'change', of: ['subject'] });
    expect(lost(change)).toEqual([['service.number', 'recorded_service_missing', true]]);
    const recorded = [
      {
        Wzid: 501,
        Wzmc: '示例门户',
        Baxh: '粤ICP备2026000001号-1',
        Ym_xx: [{ Ymid: 502, Ym: 'example1.cn' }],
        Jr_xx: [{ Jrid: 503, Ip_xx: [{ Ipid: 504, Qsip: 1, Zzip: 2 }] }],
      },
    ];
    const { upload, notCarried } = toUpload(change, { ...sampleContext, recorded });
    expect(notCarried).toEqual([]);
    expect(upload?.ICP).toMatchObject({
      BGBA: {
        Bgxx: [
          { Wz_xx: [{ Wzid: 501, Ym_xx: [{ IspYmid: 502, Ymid: 502 }], Jr_xx: [{ Ip_xx: [{ IspIpid: 504 }] }] }] },
        ],
      },
    });
  });
});

describe('what interface V3.0 does not carry is named, and nothing is dropped in silence', () => {
  test.each([
    ['an app', { service: { ...adding.service, kind: 'app' } }, ['service.kind', 'not_a_website', true]],
    [
      'a mini-program',
      { service: { ...adding.service, kind: 'mini_program' } },
      ['service.kind', 'not_a_website', true],
    ],
    [
      'no IPv4 address',
      { access: { ...adding.access, ipRanges: [{ first: '2001:db8::1', last: '2001:db8::1' }] } },
      ['service.access.ipRanges', 'no_ipv4', true],
    ],
    [
      'IPv6 beside IPv4',
      {
        access: {
          ...adding.access,
          ipRanges: [...(adding.access.ipRanges ?? []), { first: '2001:db8::1', last: '2001:db8::2' }],
        },
      },
      ['service.access.ipRanges', 'ipv6_left_out', false],
    ],
    [
      'a range from behind',
      { access: { ...adding.access, ipRanges: [{ first: '203.0.113.4', last: '203.0.113.1' }] } },
      ['service.access.ipRanges', 'ip_range_reversed', true],
    ],
    [
      'a content of later tables',
      { service: { ...adding.service, contents: [8, 176] } },
      ['service.content', 'beyond_table', true],
    ],
    [
      'a language without a row',
      { service: { ...adding.service, languages: ['xx'] } },
      ['service.languages', 'beyond_table', true],
    ],
    [
      'a place without a row',
      { access: { ...adding.access, places: ['110000'] } },
      ['service.access.places', 'beyond_table', true],
    ],
    [
      'no access method',
      { access: { ...adding.access, methods: [] } },
      ['service.access.methods', 'nothing_chosen', true],
    ],
    ['no division', { subject: { ...adding.subject, region: '' } }, ['subject.region', 'nothing_chosen', true]],
    [
      'no certificate',
      { subject: { ...adding.subject, certificateId: undefined } },
      ['subject.certificateType', 'nothing_chosen', true],
    ],
    [
      'validity',
      { subject: { ...adding.subject, validity: { from: '2020-01-01', to: null } } },
      ['subject.certificateValidTo', 'validity_left_out', false],
    ],
    [
      'a legal representative',
      { subject: { ...adding.subject, legalRepresentative: {} } },
      ['subject.legalRepresentative.name', 'legal_representative_left_out', false],
    ],
    [
      'a proof of residence',
      { subject: { ...adding.subject, residenceProof: 'A1' } },
      ['subject.residenceProof', 'residence_proof_left_out', false],
    ],
    [
      'an emergency telephone',
      { subject: { ...adding.subject, principal: { ...person, emergencyMobile: '13800000000' } } },
      ['subject.principal.emergencyMobile', 'emergency_phone_left_out', false],
    ],
    [
      'WeChat',
      { subject: { ...adding.subject, principal: { ...person, messenger: { id: 2, account: 'x' } } } },
      ['subject.principal.messenger', 'messenger_left_out', false],
    ],
    [
      'a later certificate of a person',
      { service: { ...adding.service, principal: { ...person, certificateType: 'taiwan_residence' } } },
      ['service.principal.certificateType', 'certificate_kind_left_out', false],
    ],
    [
      'validity of a person',
      { service: { ...adding.service, principal: { ...person, validity: {} } } },
      ['service.principal.certificateValidTo', 'validity_left_out', false],
    ],
    [
      'a remark on a person',
      { service: { ...adding.service, principal: { ...person, remark: 'x' } } },
      ['service.principal.remark', 'person_remark_left_out', false],
    ],
    [
      'a pre-approval without its scan',
      { service: { ...adding.service, preApprovals: [{ id: 5, number: '1', remark: '' }] } },
      ['service.preApproval', 'approval_scan_missing', true],
    ],
    [
      'a remark on a pre-approval',
      { service: { ...adding.service, preApprovals: [{ id: 3, number: '1', remark: 'x' }] } },
      ['service.preApproval', 'approval_remark_left_out', false],
    ],
  ] as const)('%s', (_what, change, expected) => {
    const submission = { ...adding, ...change } as SubmissionToMap;
    expect(lost(submission)).toEqual([expected]);
    expect(toUpload(submission, sampleContext).upload === null).toBe(expected[2]);
  });

  test.each([
    [
      'a change of what was never downloaded',
      { act: 'change', of: ['service'] },
      { ids: { subject: null, service: null, domain: null, access: null } },
      ['record_id_missing', 'record_id_missing'],
    ],
    [
      'the cancellation of a subject without its password',
      { act: 'cancel', of: ['subject'] },
      { filingPasswordHash: null },
      ['filing_password_missing'],
    ],
    [
      'a cancellation without a reason',
      { act: 'cancel', of: ['access'] },
      { cancellation: null },
      ['cancellation_reason_missing'],
    ],
    [
      'an access without the password',
      { act: 'add', of: ['access'] },
      { filingPasswordHash: null },
      ['filing_password_missing'],
    ],
  ] as const)('%s', (_what, operation, change, kinds) => {
    const submission = sampleToMap(operation, true);
    const { upload, notCarried } = toUpload(submission, { ...sampleContext, attachments: [], ...change });
    expect(notCarried.map(({ kind }) => kind)).toEqual(kinds);
    expect(upload).toBeNull();
  });
});

test.each([
  ['203.0.113.1', 3_405_803_777],
  ['255.255.255.255', 4_294_967_295],
  ['0.0.0.1', 1],
])('%s is %i', (text, number) => {
  expect(ipv4Number(text)).toBe(number);
  expect(ipv4Text(number)).toBe(text);
});

test.each(['0.0.0.0', '256.1.1.1', '1.2.3', '1.2.3.4.5', '::1', '', '1.2.3.x'])(
  '%j is no address of the interface',
  (text) => {
    expect(ipv4Number(text)).toBeNull();
  },
);
