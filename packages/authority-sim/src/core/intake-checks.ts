import { isIP } from 'node:net';
import { isCreditCode, isResidentNumber } from './identifiers.ts';
import { certificateKey, domainKey } from './normal-form.ts';
import { provinceLetter } from './province-letters.ts';
import { refusal } from './refusal.ts';
import type { Person, RefusalReason, Submission } from './words.ts';

/**
 * What the authority sees in the data alone, before any SMS goes out: form of names, numbers and addresses.
 * All faults, in the order of the form. `today` is a day in Asia/Shanghai.
 */
export function listFormFaults(submission: Submission, today: string): RefusalReason[] {
  const { subject, service, access } = submission;
  const faults: RefusalReason[] = [];
  if (provinceLetter(submission.provinceCode) === undefined) faults.push(refusal('1019', 'provinceCode'));
  if (!isSubjectCertificate(submission, today)) faults.push(refusal('1015', 'subject.certificateNumber'));
  // Access changes nothing about the subject, so its principal is not looked at there (as with the SMS).
  if (submission.kind !== 'access') faults.push(...listPersonFaults(subject.principal, 'subject.principal', today));
  const hasDomain = service.domainName !== '' || service.kind === 'website';
  if (hasDomain && domainKey(service.domainName) === null) faults.push(refusal('1004', 'service.domainName'));
  else if (hasDomain && service.homeUrl !== '' && !isBelow(service.homeUrl, service.domainName)) {
    faults.push(refusal('1041', 'service.homeUrl'));
  }
  faults.push(...listPersonFaults(service.principal, 'service.principal', today));
  access.ipAddresses.forEach((address, i) => {
    if (isIP(address) === 0) faults.push(refusal('1006', `access.ipAddresses[${i}]`));
  });
  return faults;
}

function listPersonFaults(person: Person, path: string, today: string): RefusalReason[] {
  const faults: RefusalReason[] = [];
  if (!isPersonCertificate(person.certificateType, person.certificateNumber, today)) {
    faults.push(refusal('1015', `${path}.certificateNumber`));
  }
  if (!isMobile(person.mobile)) faults.push(refusal('1011', `${path}.mobile`));
  if (person.emergencyMobile !== '' && !isMobile(person.emergencyMobile)) {
    faults.push(refusal('1011', `${path}.emergencyMobile`));
  }
  if (!isEmail(person.email)) faults.push(refusal('1009', `${path}.email`));
  return faults;
}

function isMobile(text: string): boolean {
  return /^1[3-9]\d{9}$/u.test(text);
}

function isEmail(text: string): boolean {
  return text.length >= 6 && text.length <= 128 && /^[^\s@<>"]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/iu.test(text);
}

function isSubjectCertificate({ subject }: Submission, today: string): boolean {
  if (subject.kind === 'individual') {
    return isPersonCertificate(subject.certificateType, subject.certificateNumber, today);
  }
  const text = certificateKey(subject.certificateNumber);
  // Eighteen characters can only be a unified code; older papers have other lengths and no common checksum.
  return text.length === 18 ? isCreditCode(text) : isPlausible(text);
}

const residentTypes = /^(resident|id_card|identity_card)|身份证|居住证/u;
function isPersonCertificate(type: string, number: string, today: string): boolean {
  const text = certificateKey(number);
  const isResident = residentTypes.test(type) || /^\d{17}[\dX]$/u.test(text);
  return isResident ? isResidentNumber(text, today) : isPlausible(text);
}

/** Passports and permits: no checksum is known, so only length and characters are judged. */
function isPlausible(text: string): boolean {
  return /^[0-9A-Z()\-/]{5,30}$/u.test(text);
}

function isBelow(url: string, domainName: string): boolean {
  const host = /^(?:https?:\/\/)?([^/:?#\s]+)/iu.exec(url.trim())?.[1] ?? '';
  const hostKey = domainKey(host);
  const key = domainKey(domainName);
  return hostKey !== null && (hostKey === key || hostKey.endsWith(`.${key}`));
}
