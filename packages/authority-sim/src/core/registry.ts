import { courseOf, type ServiceKind, type SubjectKind } from '@openbeian/model/filing';
import { formatSubjectNumber, parseServiceNumber, parseSubjectNumber } from './filing-number.ts';
import { certificateKey, domainKey, isFileableDomain, nameKey } from './normal-form.ts';
import type { Cancellation, SeedRecords, Submission } from './words.ts';

export interface RegisteredSubject {
  readonly number: string;
  readonly kind: SubjectKind;
  readonly name: string;
  readonly certificateType: string;
  readonly certificateNumber: string;
  readonly recordedAt: string;
  /** The last service counter given out; never goes back. */
  lastCounter: number;
}

export interface RegisteredService {
  readonly number: string;
  readonly subjectNumber: string;
  readonly kind: ServiceKind;
  readonly name: string;
  readonly domainName: string;
  readonly recordedAt: string;
  /** Provider ids. */
  readonly accesses: string[];
}

/** Every province's first number of a year, so that samples look like a register in use: …000123号. */
const firstSerial = 123;

/** What an approved cancellation ends. */
export function cancellationOf({ kind, provider, subject, service }: Submission): Cancellation {
  const of = courseOf(kind).operation?.of ?? [];
  if (of.includes('subject')) return { scope: 'subject', number: subject.number ?? '', provider: null };
  const number = service.number ?? '';
  return of.includes('service') ? { scope: 'service', number, provider: null } : { scope: 'access', number, provider };
}

/**
 * The authority's register (备案库): who is filed under which number, and which names are taken or barred.
 * It changes through `record…` and `seed` alone, from facts of the journal; it decides nothing.
 */
export class Registry {
  readonly subjects = new Map<string, RegisteredSubject>();
  readonly services = new Map<string, RegisteredService>();
  readonly #subjectByCertificate = new Map<string, string>();
  readonly #servicesByDomain = new Map<string, string[]>();
  readonly #subjectsBySiteName = new Map<string, Set<string>>();
  readonly #takenSiteNames = new Set<string>();
  readonly #barredCertificates = new Set<string>();
  readonly #barredDomains = new Set<string>();
  readonly #barredSiteNames = new Set<string>();
  readonly #lastSerial = new Map<string, number>();
  /** Subject numbers that were once in force. */
  readonly #cancelled = new Set<string>();

  /** The subject filed with this certificate. Numbers alone count: one paper goes by several type names. */
  findSubjectByCertificate(certificateNumber: string): RegisteredSubject | undefined {
    return this.subjects.get(this.#subjectByCertificate.get(certificateKey(certificateNumber)) ?? '');
  }

  /** All services filed for a domain name. */
  listServicesByDomain(domainName: string): RegisteredService[] {
    const key = domainKey(domainName);
    const numbers = key === null ? [] : (this.#servicesByDomain.get(key) ?? []);
    return numbers.map((number) => this.services.get(number)).filter((service) => service !== undefined);
  }

  listServicesOf(subjectNumber: string): RegisteredService[] {
    return [...this.services.values()].filter((service) => service.subjectNumber === subjectNumber);
  }

  /** Is the site name in use by a subject other than this one (null: by anybody)? */
  isSiteNameTaken(name: string, bySubjectOtherThan: string | null): boolean {
    const key = nameKey(name);
    if (this.#takenSiteNames.has(key)) return true;
    return [...(this.#subjectsBySiteName.get(key) ?? [])].some((number) => number !== bySubjectOtherThan);
  }

  isCertificateBarred(certificateNumber: string): boolean {
    return this.#barredCertificates.has(certificateKey(certificateNumber));
  }

  isDomainBarred(domainName: string): boolean {
    const key = domainKey(domainName);
    return key !== null && this.#barredDomains.has(key);
  }

  isSiteNameBarred(name: string): boolean {
    return this.#barredSiteNames.has(nameKey(name));
  }

  /** The number that the next new subject of a province gets in a year; numbers in use are skipped. */
  nextSubjectNumber(letter: string, year: number): string {
    let serial = this.#lastSerial.get(`${letter}${year}`) ?? firstSerial - 1;
    for (;;) {
      serial += 1;
      const number = formatSubjectNumber({ letter, year, serial });
      if (!this.subjects.has(number) && !this.#cancelled.has(number)) return number;
    }
  }

  /** Writes an approved submission under its numbers. */
  recordApproval(submission: Submission, subjectNumber: string, serviceNumber: string, recordedAt: string): void {
    const operation = courseOf(submission.kind).operation;
    if (operation?.act === 'change') return this.#change(submission, operation.of);
    if (operation?.act === 'cancel') return this.cancel(cancellationOf(submission));
    if (!this.subjects.has(subjectNumber)) {
      this.#addSubject({ ...submission.subject, number: subjectNumber, recordedAt });
      const parts = parseSubjectNumber(subjectNumber);
      if (parts) this.#lastSerial.set(`${parts.letter}${parts.year}`, parts.serial);
    }
    if (!this.services.has(serviceNumber)) {
      this.#addService({ ...submission.service, number: serviceNumber, subjectNumber, recordedAt, accesses: [] });
    }
    const accesses = this.services.get(serviceNumber)?.accesses;
    if (accesses?.includes(submission.provider) === false) accesses.push(submission.provider);
  }

  /** Writes what an approved change says over what is on record. */
  #change({ subject, service }: Submission, of: readonly string[]): void {
    const { number } = subject;
    const recorded = number === null ? undefined : this.subjects.get(number);
    if (recorded !== undefined && of.includes('subject')) {
      const { kind, name, certificateType, certificateNumber } = subject;
      this.#subjectByCertificate.delete(certificateKey(recorded.certificateNumber));
      this.#subjectByCertificate.set(certificateKey(certificateNumber), recorded.number);
      this.subjects.set(recorded.number, { ...recorded, kind, name, certificateType, certificateNumber });
    }
    const filed = service.number === null ? undefined : this.services.get(service.number);
    if (filed === undefined || !of.includes('service')) return;
    this.#removeService(filed.number);
    this.#addService({ ...filed, name: service.name });
  }

  /** Does what this would cancel exist? */
  exists({ scope, number, provider }: Cancellation): boolean {
    if (scope === 'subject') return this.subjects.has(number);
    const service = this.services.get(number);
    return service !== undefined && (scope === 'service' || service.accesses.includes(provider ?? ''));
  }

  /** Cancels a record: its names are free again, its numbers are never given out again. */
  cancel({ scope, number, provider }: Cancellation): void {
    if (scope === 'access') {
      const accesses = this.services.get(number)?.accesses;
      accesses?.splice(0, accesses.length, ...accesses.filter((one) => one !== provider));
      return;
    }
    const services = scope === 'service' ? [number] : this.listServicesOf(number).map((service) => service.number);
    for (const one of services) this.#removeService(one);
    const subject = scope === 'subject' ? this.subjects.get(number) : undefined;
    if (subject === undefined) return;
    this.subjects.delete(number);
    this.#cancelled.add(number);
    this.#subjectByCertificate.delete(certificateKey(subject.certificateNumber));
  }

  /** A scenario gives a service another number. */
  renumber(number: string, to: string, at: string): void {
    const service = this.services.get(number);
    const subject = this.subjects.get(service?.subjectNumber ?? '');
    if (service === undefined || subject === undefined) return;
    const subjectNumber = parseServiceNumber(to)?.subjectNumber ?? subject.number;
    this.#removeService(number);
    if (!this.subjects.has(subjectNumber)) this.#addSubject({ ...subject, number: subjectNumber, recordedAt: at });
    this.#addService({ ...service, number: to, subjectNumber });
  }

  /** A scenario alters an organiser. */
  alterHolder(
    number: string,
    change: { readonly name?: string | undefined; readonly certificateNumber?: string | undefined },
  ): void {
    const subject = this.subjects.get(number);
    if (subject === undefined) return;
    const { name = subject.name, certificateNumber = subject.certificateNumber } = change;
    this.#subjectByCertificate.delete(certificateKey(subject.certificateNumber));
    this.#subjectByCertificate.set(certificateKey(certificateNumber), number);
    this.subjects.set(number, { ...subject, name, certificateNumber });
  }

  /** A scenario alters a service. */
  alterSite(
    number: string,
    change: { readonly name?: string | undefined; readonly domainName?: string | undefined },
  ): void {
    const service = this.services.get(number);
    if (service === undefined) return;
    const { name = service.name, domainName = service.domainName } = change;
    this.#removeService(number);
    this.#addService({ ...service, name, domainName });
  }

  addAccess(number: string, provider: string): void {
    const accesses = this.services.get(number)?.accesses;
    if (accesses?.includes(provider) === false) accesses.push(provider);
  }

  #removeService(number: string): void {
    const service = this.services.get(number);
    if (service === undefined) return;
    this.services.delete(number);
    const key = domainKey(service.domainName) ?? service.domainName;
    this.#servicesByDomain.set(
      key,
      (this.#servicesByDomain.get(key) ?? []).filter((one) => one !== number),
    );
    const isHeld = this.listServicesOf(service.subjectNumber).some(
      (one) => nameKey(one.name) === nameKey(service.name),
    );
    if (!isHeld) this.#subjectsBySiteName.get(nameKey(service.name))?.delete(service.subjectNumber);
  }

  /** Enters records from elsewhere. The caller has made sure with `listSeedFaults` that they fit. */
  seed(records: SeedRecords, recordedAt: string): void {
    for (const subject of records.subjects) {
      this.#addSubject({ ...subject, recordedAt });
      for (const service of subject.services) {
        this.#addService({ ...service, subjectNumber: subject.number, recordedAt, accesses: [...service.accesses] });
      }
    }
    for (const name of records.takenSiteNames) this.#takenSiteNames.add(nameKey(name));
    for (const number of records.blacklist.certificateNumbers) this.#barredCertificates.add(certificateKey(number));
    for (const name of records.blacklist.domainNames) this.#barredDomains.add(domainKey(name) ?? name);
    for (const name of records.blacklist.siteNames) this.#barredSiteNames.add(nameKey(name));
  }

  /** Takes a certificate or a domain name off the blacklist. */
  liftBar(lifted: { readonly certificateNumber: string | null; readonly domainName: string | null }): void {
    if (lifted.certificateNumber !== null) this.#barredCertificates.delete(certificateKey(lifted.certificateNumber));
    if (lifted.domainName !== null) this.#barredDomains.delete(domainKey(lifted.domainName) ?? lifted.domainName);
  }

  /** What keeps records from being entered: bad or repeated numbers, certificates, names; each with its place. */
  listSeedFaults(records: SeedRecords): { path: string; expected: string }[] {
    const faults: { path: string; expected: string }[] = [];
    const numbers = new Set<string>();
    const certificates = new Set<string>();
    records.subjects.forEach((subject, i) => {
      const path = `subjects[${i}]`;
      if (!parseSubjectNumber(subject.number)) {
        faults.push({ path: `${path}.number`, expected: 'a subject number such as 京ICP备2021000001号' });
      }
      if (this.subjects.has(subject.number) || numbers.has(subject.number)) {
        faults.push({ path: `${path}.number`, expected: 'a number that is not in the register yet' });
      }
      const certificate = certificateKey(subject.certificateNumber);
      if (this.#subjectByCertificate.has(certificate) || certificates.has(certificate)) {
        faults.push({ path: `${path}.certificateNumber`, expected: 'a certificate that is not in the register yet' });
      }
      numbers.add(subject.number);
      certificates.add(certificate);
      subject.services.forEach((service, j) => {
        const parts = parseServiceNumber(service.number);
        const here = `${path}.services[${j}]`;
        if (parts?.subjectNumber !== subject.number || parts.kind !== service.kind) {
          faults.push({
            path: `${here}.number`,
            expected: 'the subject’s number, "-", a counter and the kind’s letter',
          });
        } else if (numbers.has(service.number)) {
          faults.push({ path: `${here}.number`, expected: 'a number that occurs once' });
        }
        const mayBeNameless = service.kind !== 'website' && service.domainName === '';
        if (!mayBeNameless && !isFileableDomain(service.domainName)) {
          faults.push({ path: `${here}.domainName`, expected: 'a domain name that can be filed, such as example.cn' });
        }
        numbers.add(service.number);
      });
    });
    records.blacklist.domainNames.forEach((name, i) => {
      if (domainKey(name) === null) faults.push({ path: `blacklist.domainNames[${i}]`, expected: 'a domain name' });
    });
    return faults;
  }

  #addSubject(subject: Omit<RegisteredSubject, 'lastCounter'>): void {
    const { number, kind, name, certificateType, certificateNumber, recordedAt } = subject;
    this.subjects.set(number, {
      number,
      kind,
      name,
      certificateType,
      certificateNumber,
      recordedAt,
      lastCounter: 0,
    });
    this.#subjectByCertificate.set(certificateKey(certificateNumber), number);
  }

  #addService(service: RegisteredService): void {
    const { number, subjectNumber, kind, name, domainName, recordedAt, accesses } = service;
    this.services.set(number, { number, subjectNumber, kind, name, domainName, recordedAt, accesses });
    const key = domainKey(domainName) ?? domainName;
    this.#servicesByDomain.set(key, [...(this.#servicesByDomain.get(key) ?? []), number]);
    const holders = this.#subjectsBySiteName.get(nameKey(name)) ?? new Set();
    this.#subjectsBySiteName.set(nameKey(name), holders.add(subjectNumber));
    const subject = this.subjects.get(subjectNumber);
    const counter = parseServiceNumber(number)?.counter ?? 0;
    if (subject) subject.lastCounter = Math.max(subject.lastCounter, counter);
  }
}
