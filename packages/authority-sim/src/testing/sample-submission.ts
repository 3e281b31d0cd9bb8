import { fictionalCompany, fictionalPerson } from '@openbeian/model/fictional';
import type { Person, Submission } from '../core/words.ts';

/** A well-formed first filing of the company of a seed, for tests; principals are people `seed` and `seed + 1`. */
export function sampleSubmission(seed: number, changes: Partial<Submission> = {}): Submission {
  const company = fictionalCompany(seed);
  return {
    id: `sub-${seed}`,
    filingId: `fil-${seed}`,
    kind: 'first',
    provinceCode: '440000',
    provider: 'xinghe',
    subject: {
      kind: 'enterprise',
      number: null,
      name: company.name,
      certificateType: 'business_licence',
      certificateNumber: company.creditCode,
      certificateAddress: company.address,
      contactAddress: company.address,
      principal: samplePerson(seed),
    },
    service: {
      kind: 'website',
      number: null,
      name: `示例网站${seed}`,
      domainName: `example${seed}.cn`,
      homeUrl: `https://www.example${seed}.cn/`,
      content: 'portal',
      languages: ['zh-Hans'],
      preApproval: 'none',
      remark: '',
      principal: samplePerson(seed + 1),
    },
    access: { resourceId: `ins-${seed}`, ipAddresses: ['203.0.113.7'] },
    ...changes,
  };
}

export function samplePerson(seed: number): Person {
  const person = fictionalPerson(seed);
  return {
    name: person.name,
    certificateType: 'resident_id',
    certificateNumber: person.residentId,
    mobile: person.mobile,
    emergencyMobile: person.emergencyMobile,
    email: person.email,
  };
}
