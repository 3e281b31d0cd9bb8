import type { SubjectKind } from '../../filing/kinds.ts';
import type { Text } from '../engine/definition.ts';

/** Certificates of people and units. Ids of the authority's own table are mapped by its adapter. Source: TC-MATERIALS. */
export const certificateTypes = {
  resident_id: { zh: '居民身份证', en: 'Resident identity card' },
  hk_macau_permit: { zh: '港澳居民来往内地通行证', en: 'Mainland travel permit for Hong Kong and Macau residents' },
  taiwan_permit: { zh: '台湾居民来往大陆通行证', en: 'Mainland travel permit for Taiwan residents' },
  passport: { zh: '护照', en: 'Passport' },
  business_licence: { zh: '营业执照', en: 'Business licence' },
  credit_code_certificate: { zh: '统一社会信用代码证书', en: 'Unified social credit code certificate' },
  institution_legal_person: { zh: '事业单位法人证书', en: 'Institution legal person certificate' },
  society_legal_person: { zh: '社会团体法人登记证书', en: 'Society legal person certificate' },
} as const satisfies Record<string, Text>;
export type CertificateType = keyof typeof certificateTypes;

export const personCertificates = ['resident_id', 'hk_macau_permit', 'taiwan_permit', 'passport'] as const;

/** Which certificates an organiser of each nature may file with. */
export const subjectCertificates: Record<SubjectKind, readonly CertificateType[]> = {
  individual: personCertificates,
  enterprise: ['business_licence'],
  institution: ['institution_legal_person', 'credit_code_certificate'],
  government: ['credit_code_certificate'],
  society: ['society_legal_person', 'credit_code_certificate'],
};

export const isPersonCertificate = (type: unknown): boolean =>
  (personCertificates as readonly unknown[]).includes(type);

/** Certificates as the options of a field. */
export const certificateOptions = (types: readonly CertificateType[]) =>
  types.map((value) => ({ value, label: certificateTypes[value] }));
