import { fictionalCompany, fictionalPerson } from '@openbeian/model/fictional';
import type { OperationId } from './operations/index.ts';

/** What a request can be made of. What earlier answers name, such as a filing's id, is filled in by whoever sends it. */
export interface Example {
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Nobody of these exists; the check characters of their numbers are right. */
const company = fictionalCompany(9001);
const [legal, keeper] = [fictionalPerson(9001), fictionalPerson(9002)];
const exampleDomain = 'partner-example.cn';
/** Of the account of the sample's sandbox key. */
const resourceId = 'xy-yunfan';

const opening = {
  domainName: exampleDomain,
  subjectKind: 'enterprise',
  provinceCode: '440000',
  certificateType: 'business_licence',
  certificateNumber: company.creditCode,
};

const person = (at: string, { name, residentId, mobile, emergencyMobile, email }: typeof legal) => ({
  [`${at}.name`]: name,
  [`${at}.certificateType`]: 'resident_id',
  [`${at}.certificateNumber`]: residentId,
  [`${at}.certificateValidFrom`]: '2016-03-01',
  [`${at}.certificateValidTo`]: 'long_term',
  [`${at}.mobile`]: mobile,
  [`${at}.emergencyMobile`]: emergencyMobile,
  [`${at}.email`]: email,
});

const values = {
  'subject.name': company.name,
  'subject.certificateValidFrom': '2016-03-01',
  'subject.certificateValidTo': 'long_term',
  'subject.region': '440305',
  'subject.certificateAddress': company.address,
  'subject.contactAddress': company.address,
  'subject.legalRepresentative.isPrincipal': 'yes',
  ...person('subject.principal', legal),
  ...person('service.principal', keeper),
  'service.name': '云帆合作站',
  'service.homeUrl': `https://www.${exampleDomain}/`,
  'service.content': ['portal'],
  'service.languages': ['zh_hans'],
  'service.preApproval': [{ type: 'none' }],
  'service.access.methods': ['cloud'],
  'service.access.places': ['440000'],
};

/** The version that the last answer named. */
const version = 1;

/**
 * Requests that work one after another on a sample deployment with its sandbox key: from a code to a filing that is under review
 * (tests/api/api-examples.test.ts sends them). They stand in the OpenAPI document.
 */
export const examples: Partial<Record<OperationId, Example>> = {
  listResources: { query: { limit: 20 } },
  checkPartnerResources: { body: { resourceIds: [resourceId] } },
  issuePartnerCodes: { body: { resourceId, count: 1, note: 'example' } },
  queryPartnerResource: { body: { resourceId } },
  listCodes: { query: { side: 'issued', limit: 20 } },
  findFilingRoute: { body: opening },
  startFiling: { body: opening },
  saveFilingForm: { body: { version, values } },
  bindFiling: { body: { version, with: { resourceId } } },
  checkFiling: { body: {} },
  beginUpload: { body: { key: 'subject_certificate', part: 'whole', bytes: 20_000 } },
  appendUpload: { query: { atByte: 0 } },
  completeUpload: { body: {} },
  submitFiling: { body: { version } },
  withdrawFiling: { body: { version } },
  listFilings: { query: { group: 'open', limit: 20 } },
  listRecords: { query: { search: exampleDomain, limit: 20 } },
};
