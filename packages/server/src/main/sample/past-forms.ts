import {
  type FictionalCompany,
  type FictionalPerson,
  fictionalCompany,
  fictionalPerson,
} from '@openbeian/model/fictional';

/** Who filed in the sample deployment's past. */
export const pastCompany = fictionalCompany(0);
export const pastIndividual = fictionalPerson(4);
/** Filed elsewhere already, see `records-elsewhere.ts`. */
export const waitingCompany = fictionalCompany(1);

const legalRepresentative = fictionalPerson(20);
const siteKeeper = fictionalPerson(21);

type Values = Readonly<Record<string, unknown>>;

/** 深圳市南山区, where those of the sample are. */
const shenzhen = '440305';
const validityValues = (at: string): Values => ({
  [`${at}.certificateValidFrom`]: '2016-03-01',
  [`${at}.certificateValidTo`]: 'long_term',
});

export function individualValues(person: FictionalPerson, siteName: string, domainName: string): Values {
  return {
    'subject.name': person.name,
    ...validityValues('subject'),
    'subject.region': shenzhen,
    'subject.certificateAddress': person.address,
    'subject.contactAddress': person.address,
    // The identity number is of no province at all.
    'subject.residenceProof': 'residence_permit',
    'subject.principal.mobile': person.mobile,
    'subject.principal.emergencyMobile': person.emergencyMobile,
    'subject.principal.email': person.email,
    ...siteValues(siteName, domainName, 'blog'),
    // Guangdong asks individuals what their site is about.
    'service.remark': '个人技术笔记，用于展示本人的文章。',
  };
}

export function companyValues(company: FictionalCompany, siteName: string, domainName: string): Values {
  return {
    'subject.name': company.name,
    ...validityValues('subject'),
    'subject.region': shenzhen,
    'subject.certificateAddress': company.address,
    'subject.contactAddress': company.address,
    'subject.legalRepresentative.isPrincipal': 'yes',
    ...principalValues('subject.principal', legalRepresentative),
    ...principalValues('service.principal', siteKeeper),
    ...siteValues(siteName, domainName, 'portal'),
  };
}

function siteValues(siteName: string, domainName: string, content: 'blog' | 'portal'): Values {
  return {
    'service.name': siteName,
    'service.homeUrl': `https://www.${domainName}/`,
    'service.content': [content],
    'service.languages': ['zh_hans'],
    'service.preApproval': [{ type: 'none' }],
    'service.access.methods': ['cloud'],
    'service.access.places': ['440000'],
  };
}

function principalValues(at: string, person: FictionalPerson): Values {
  return {
    [`${at}.name`]: person.name,
    [`${at}.certificateType`]: 'resident_id',
    [`${at}.certificateNumber`]: person.residentId,
    ...validityValues(at),
    [`${at}.mobile`]: person.mobile,
    [`${at}.emergencyMobile`]: person.emergencyMobile,
    [`${at}.email`]: person.email,
  };
}
