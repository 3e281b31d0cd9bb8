import { createHash } from 'node:crypto';
import { fictionalPerson } from '@openbeian/model/fictional';
import type { LedgerService, LedgerSubject } from '../core/ledger.ts';
import type { SimState } from '../core/sim-state.ts';
import type { Person, Submission } from '../core/words.ts';

/** Of records from elsewhere name and certificate alone are known; the person in charge is made up, the same every time. */
function somebody(number: string): Person {
  const person = fictionalPerson(createHash('sha256').update(number).digest().readUInt16BE(0));
  return {
    name: person.name,
    certificateType: 'resident_id',
    certificateNumber: person.residentId,
    mobile: person.mobile,
    emergencyMobile: '',
    email: person.email,
  };
}

/** A subject as it is on record. */
export function subjectOnRecord(
  { registry }: SimState,
  { number, province, detail }: LedgerSubject,
): Submission['subject'] {
  if (detail !== null) return { ...detail, number };
  const known = registry.subjects.get(number);
  return {
    kind: known?.kind ?? 'enterprise',
    number,
    name: known?.name ?? number,
    certificateType: known?.certificateType ?? '',
    certificateNumber: known?.certificateNumber ?? '',
    certificateAddress: known?.name ?? number,
    contactAddress: '',
    region: province,
    principal: somebody(number),
  };
}

/** A service as it is on record. */
export function serviceOnRecord({ registry }: SimState, { number, detail }: LedgerService): Submission['service'] {
  if (detail !== null) return { ...detail, number };
  const known = registry.services.get(number);
  return {
    ...emptyService,
    number,
    kind: known?.kind ?? 'website',
    name: known?.name ?? number,
    domainName: known?.domainName ?? '',
    principal: somebody(number),
  };
}

/** Of which nothing is known. */
const noPerson: Person = {
  name: '',
  certificateType: '',
  certificateNumber: '',
  mobile: '',
  emergencyMobile: '',
  email: '',
};

export const nobody: Submission['subject'] = {
  kind: 'enterprise',
  number: null,
  name: '',
  certificateType: '',
  certificateNumber: '',
  certificateAddress: '',
  contactAddress: '',
  principal: noPerson,
};

export const emptyService: Submission['service'] = {
  kind: 'website',
  number: null,
  name: '',
  domainName: '',
  homeUrl: '',
  content: '',
  languages: [],
  preApproval: '',
  remark: '',
  principal: noPerson,
};

export const noAccess: Submission['access'] = { resourceId: '', ipAddresses: [] };
