import { courseOf, routedKindOf } from '@openbeian/model/filing';
import { formatServiceNumber, parseSubjectNumber } from './filing-number.ts';
import { certificateKey, domainKey } from './normal-form.ts';
import { provinceLetter } from './province.ts';
import { refusal } from './refusal.ts';
import type { RegisteredSubject, Registry } from './registry.ts';
import { partsOf, type RefusalReason, type Submission } from './words.ts';

export type Verdict =
  | {
      readonly outcome: 'approved';
      readonly subjectNumber: string;
      readonly serviceNumber: string;
      readonly alsoServiceNumbers?: readonly string[];
    }
  | { readonly outcome: 'rejected'; readonly reasons: readonly RefusalReason[] };

/**
 * Decides a submission against the register: all reasons against it, or the numbers it gets.
 * `year` is the year in Asia/Shanghai in which the number is given.
 */
export function decideVerdict(submission: Submission, registry: Registry, year: number): Verdict {
  const kind = routedKindOf(submission.kind);
  const { act } = courseOf(kind).operation ?? { act: 'add' };
  const reasons = [
    // Whoever is barred may still end what is on record.
    ...(act === 'cancel' ? [] : listBlacklistHits(submission, registry)),
    ...(act === 'add' ? [] : listRecordConflicts(submission, registry)),
    ...(kind === 'access' ? listAccessConflicts(submission, registry) : []),
    ...(kind === 'first' ? listFirstConflicts(submission, registry) : []),
    ...(kind.startsWith('add_site') ? listAddSiteConflicts(submission, registry) : []),
  ];
  if (reasons.length > 0) return { outcome: 'rejected', reasons };
  if (act !== 'add') {
    const subjectNumber = submission.subject.number ?? '';
    const numbers = partsOf(submission).map(({ service }) => service.number ?? subjectNumber);
    return approved(subjectNumber, numbers);
  }
  if (kind === 'access') {
    const service = registry.services.get(submission.service.number ?? '');
    if (!service) throw new Error('an access filing without conflicts has a service on record');
    return { outcome: 'approved', subjectNumber: service.subjectNumber, serviceNumber: service.number };
  }
  const letter = provinceLetter(submission.provinceCode);
  if (letter === undefined) throw new Error('the intake lets only known provinces through');
  const subjectNumber = findRecordedSubject(submission, registry)?.number ?? registry.nextSubjectNumber(letter, year);
  const first = registry.subjects.get(subjectNumber)?.lastCounter ?? 0;
  const numbers = partsOf(submission).map(({ service }, index) =>
    formatServiceNumber(subjectNumber, first + index + 1, service.kind),
  );
  return approved(subjectNumber, numbers);
}

/** Numbers of services in the order of `partsOf`. */
function approved(subjectNumber: string, [serviceNumber = subjectNumber, ...also]: readonly string[]): Verdict {
  return {
    outcome: 'approved',
    subjectNumber,
    serviceNumber,
    ...(also.length > 0 && { alsoServiceNumbers: also }),
  };
}

function listBlacklistHits({ subject, service }: Submission, registry: Registry): RefusalReason[] {
  const hits: RefusalReason[] = [];
  if (registry.isDomainBarred(service.domainName)) hits.push(refusal('1064', 'service.domainName'));
  if (registry.isCertificateBarred(subject.certificateNumber)) hits.push(refusal('1065', 'subject.certificateNumber'));
  return hits;
}

function listFirstConflicts(submission: Submission, registry: Registry): RefusalReason[] {
  const conflicts: RefusalReason[] = [];
  if (registry.findSubjectByCertificate(submission.subject.certificateNumber)) {
    conflicts.push(refusal('1003', 'subject.certificateNumber'));
  }
  return [...conflicts, ...listServiceConflicts(submission, registry, null)];
}

function listAddSiteConflicts(submission: Submission, registry: Registry): RefusalReason[] {
  const recorded = findRecordedSubject(submission, registry);
  if (!recorded) return [refusal('1016', 'subject.number'), ...listServiceConflicts(submission, registry, null)];
  const conflicts: RefusalReason[] = [];
  if (certificateKey(recorded.certificateNumber) !== certificateKey(submission.subject.certificateNumber)) {
    conflicts.push(refusal('1008', 'subject.certificateNumber'));
  }
  if (parseSubjectNumber(recorded.number)?.letter !== provinceLetter(submission.provinceCode)) {
    conflicts.push(refusal('1045', 'provinceCode'));
  }
  return [...conflicts, ...listServiceConflicts(submission, registry, recorded.number)];
}

/** Conflicts of a new service with those on record; `ownNumber` is its subject's number, null for a new subject. */
function listServiceConflicts(submission: Submission, registry: Registry, ownNumber: string | null): RefusalReason[] {
  return partsOf(submission).flatMap(({ service }) => listConflictsOf(service, registry, ownNumber));
}

function listConflictsOf(
  service: Submission['service'],
  registry: Registry,
  ownNumber: string | null,
): RefusalReason[] {
  const conflicts: RefusalReason[] = [];
  const inTheWay = registry
    .listServicesByDomain(service.domainName)
    // A subject may file a website and an APP on one name, but not two websites.
    .some((filed) => filed.subjectNumber !== ownNumber || filed.kind === service.kind);
  if (inTheWay) conflicts.push(refusal('1005', 'service.domainName'));
  if (registry.isSiteNameTaken(service.name, ownNumber) || registry.isSiteNameBarred(service.name)) {
    conflicts.push(refusal('1020', 'service.name'));
  }
  return conflicts;
}

/** Against changing or ending what is on record: it must be there, and the new data nobody else's. */
function listRecordConflicts({ kind, subject, service }: Submission, registry: Registry): RefusalReason[] {
  const recorded = registry.subjects.get(subject.number ?? '');
  if (!recorded) return [refusal('1016', 'subject.number')];
  const filed = service.number === null ? null : registry.services.get(service.number);
  if (filed === undefined || (filed !== null && filed.subjectNumber !== recorded.number)) {
    return [refusal('1016', 'service.number')];
  }
  const operation = courseOf(kind).operation;
  if (operation?.act === 'cancel') return [];
  const conflicts: RefusalReason[] = [];
  const changesSubject = operation?.of.includes('subject') === true;
  const holder = registry.findSubjectByCertificate(subject.certificateNumber);
  if (changesSubject && holder !== undefined && holder.number !== recorded.number) {
    conflicts.push(refusal('1003', 'subject.certificateNumber'));
  }
  const isOther = certificateKey(recorded.certificateNumber) !== certificateKey(subject.certificateNumber);
  if (!changesSubject && isOther) conflicts.push(refusal('1008', 'subject.certificateNumber'));
  if (filed === null) return conflicts;
  if (domainKey(filed.domainName) !== domainKey(service.domainName)) {
    conflicts.push(refusal('1016', 'service.domainName'));
  }
  if (registry.isSiteNameTaken(service.name, recorded.number) || registry.isSiteNameBarred(service.name)) {
    conflicts.push(refusal('1020', 'service.name'));
  }
  return conflicts;
}

function listAccessConflicts({ subject, service, provider }: Submission, registry: Registry): RefusalReason[] {
  const filed = registry.services.get(service.number ?? '');
  if (!filed) return [refusal('1016', 'service.number')];
  const conflicts: RefusalReason[] = [];
  if (domainKey(filed.domainName) !== domainKey(service.domainName)) {
    conflicts.push(refusal('1016', 'service.domainName'));
  }
  if (subject.number !== null && subject.number !== filed.subjectNumber) {
    conflicts.push(refusal('1016', 'subject.number'));
  }
  const holder = registry.subjects.get(filed.subjectNumber);
  if (certificateKey(holder?.certificateNumber ?? '') !== certificateKey(subject.certificateNumber)) {
    conflicts.push(refusal('1008', 'subject.certificateNumber'));
  }
  if (filed.accesses.includes(provider)) conflicts.push(refusal('1029', 'service.number'));
  return conflicts;
}

/** The subject that a site is added to: by its number, or by its certificate where the number was left out. */
function findRecordedSubject({ kind, subject }: Submission, registry: Registry): RegisteredSubject | undefined {
  if (kind === 'first') return undefined;
  return subject.number === null
    ? registry.findSubjectByCertificate(subject.certificateNumber)
    : registry.subjects.get(subject.number);
}
