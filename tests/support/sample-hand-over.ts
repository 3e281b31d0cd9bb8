import type { MapContext, SubmissionToMap } from '@openbeian/model/authority-v3';
import { fictionalCompany, fictionalPerson } from '@openbeian/model/fictional';

const person = (seed: number): SubmissionToMap['subject']['principal'] => {
  const { name, residentId, mobile, email } = fictionalPerson(seed);
  return {
    name,
    certificateType: 'resident_id',
    certificateNumber: residentId,
    mobile,
    emergencyMobile: '',
    email,
    officePhone: '020-12345678',
    messenger: { id: 1, account: '1234567' },
    remark: '',
  };
};

/** A hand-over of a fictional company that interface V3.0 carries whole. */
export function sampleToMap(
  operation: SubmissionToMap['operation'],
  isOnRecord = operation.act !== 'add',
): SubmissionToMap {
  const company = fictionalCompany(1);
  return {
    operation,
    provinceCode: '440000',
    subject: {
      number: isOnRecord ? '粤ICP备2026000001号' : null,
      name: company.name,
      certificateNumber: company.creditCode,
      certificateAddress: company.address,
      contactAddress: company.address,
      nature: 4,
      certificateId: 1,
      region: '440106',
      superior: company.name,
      legalRepresentative: null,
      residenceProof: '',
      remark: '',
      submittedBy: 1,
      principal: person(1),
    },
    service: {
      kind: 'website',
      number: isOnRecord ? '粤ICP备2026000001号-1' : null,
      name: '示例门户',
      domainName: 'example1.cn',
      homeUrl: 'www.example1.cn',
      contents: [8],
      languages: ['zh_hans', 'en'],
      preApprovals: [],
      remark: '',
      principal: person(2),
    },
    access: {
      methods: [3],
      places: ['440000'],
      ipRanges: [{ first: '203.0.113.1', last: '203.0.113.4' }],
    },
  };
}

const file = Buffer.from('a picture').toString('base64');

export const sampleContext: MapContext = {
  unit: 9001,
  own: { subject: 1, service: 11, domain: 21, access: 31, ipRange: (index) => 41 + index },
  ids: { subject: 500, service: 501, domain: 502, access: 503 },
  rows: {
    languages: new Map([
      ['zh_hans', 1],
      ['en', 12],
    ]),
    places: new Map([['440000', 5]]),
    certificates: new Map([['resident_id', 2]]),
  },
  attachments: [
    { format: 1, purpose: 1, content: file, about: 'subject' },
    { format: 1, purpose: 4, content: file, about: 'service' },
  ],
  approvalScans: new Map([[3, [file]]]),
  filingPasswordHash: 'e10adc3949ba59abbe56e057f20f883e',
  cancellation: { reason: 1, remark: '不再经营' },
  recorded: [],
};
