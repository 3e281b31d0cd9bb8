import { isIP } from 'node:net';
import { filingKindTable, routedKindOf } from '@openbeian/model/filing';
import { creditCodeProblem, isEmail, isFixedLine, isMobile, residentIdProblem } from '@openbeian/model/forms';
import { certificateKey, domainKey, isFileableDomain } from './normal-form.ts';
import { provinceLetter } from './province.ts';
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
  if (routedKindOf(submission.kind) !== 'access')
    faults.push(...listPersonFaults(subject.principal, 'subject.principal', today));
  if (filingKindTable[submission.kind].about === 'subject') return faults;
  const hasDomain = service.domainName !== '' || service.kind === 'website';
  if (hasDomain && !isFileableDomain(service.domainName)) faults.push(refusal('1004', 'service.domainName'));
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
  // Interface V3.0 has several numbers or addresses in one text.
  if (!person.mobile.split(';').every(isMobile)) faults.push(refusal('1011', `${path}.mobile`));
  const { emergencyMobile } = person;
  // A fixed line will do in an emergency; some provinces ask for none at all.
  if (emergencyMobile !== '' && !isMobile(emergencyMobile) && !isFixedLine(emergencyMobile)) {
    faults.push(refusal('1011', `${path}.emergencyMobile`));
  }
  if (!person.email.split(';').every(isEmail)) faults.push(refusal('1009', `${path}.email`));
  return faults;
}

function isSubjectCertificate({ subject }: Submission, today: string): boolean {
  if (subject.kind === 'individual') {
    return isPersonCertificate(subject.certificateType, subject.certificateNumber, today);
  }
  const text = certificateKey(subject.certificateNumber);
  // Eighteen characters can only be a unified code; older papers have other lengths and no common checksum.
  return text.length === 18 && isPlausible(text) ? creditCodeProblem(text) === null : isPlausiblePaper(text);
}

function isPersonCertificate(type: string, number: string, today: string): boolean {
  const text = certificateKey(number);
  const isResident = type === 'resident_id' || /^\d{17}[\dX]$/u.test(text);
  return isResident ? residentIdProblem(text, today) === null : isPlausible(text);
}

/** Passports and permits: no checksum is known, so only length and characters are evaluated. */
function isPlausible(text: string): boolean {
  return /^[0-9A-Z()\-/]{5,30}$/u.test(text);
}

/** Units bear papers whose numbers have words in them, such as 32001部队 or 川司鉴许证字〔2020〕1号. */
function isPlausiblePaper(text: string): boolean {
  return /^[\p{Script=Han}0-9A-Z()〔〕[\]\-/.·]{3,60}$/u.test(text);
}

function isBelow(url: string, domainName: string): boolean {
  const host = /^(?:https?:\/\/)?([^/?#\s]+)/iu.exec(url.trim())?.[1] ?? '';
  return domainKey(host) !== null && domainKey(host) === domainKey(domainName);
}
