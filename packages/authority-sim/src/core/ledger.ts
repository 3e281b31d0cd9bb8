import { ipv4Number } from '@openbeian/model/authority-v3';
import { courseOf } from '@openbeian/model/filing';
import { parseServiceNumber } from './filing-number.ts';
import {
  type Cancellation,
  type Line,
  type OwnService,
  partsOf,
  type SeedRecords,
  type ServicePart,
  type Submission,
} from './words.ts';

interface Kept {
  /** The authority's number. */
  readonly id: number;
  /** Each provider's own number, by its unit. */
  readonly owns: Map<number, number>;
}

export interface LedgerSubject extends Kept {
  readonly number: string;
  readonly reportedAt: string;
  changedAt: string;
  /** Six digits. */
  province: string;
  /** Null: entered from elsewhere, with its name and certificate alone. */
  detail: Submission['subject'] | null;
  msn: string | null;
}

export interface LedgerService extends Kept {
  readonly number: string;
  readonly subjectNumber: string;
  readonly domain: Kept;
  readonly reportedAt: string;
  changedAt: string;
  detail: Submission['service'] | null;
  own: Pick<OwnService, 'msn' | 'scans'> | null;
}

export interface LedgerAccess {
  readonly id: number;
  readonly serviceNumber: string;
  readonly provider: string;
  /** Over which line it came; null: another wire, or from elsewhere. */
  readonly line: Line | null;
  readonly own: number | null;
  methods: readonly number[];
  /** Rows of the table of places; empty where only the plain wire's words are known. */
  places: readonly number[];
  /** Divisions, in the plain wire's words. */
  divisions: readonly string[];
  ranges: readonly {
    readonly id: number;
    readonly own: number | null;
    readonly first: number;
    readonly last: number;
  }[];
}

/** Numbers begin here, so that nobody takes them for a provider's own. */
const firstId = 500_001;

/**
 * What the authority knows of each record besides the register: its own numbers, the providers', and what was reported. It changes by
 * facts of the journal alone, in their order, so that the same journal gives the same numbers.
 */
export class Ledger {
  readonly subjects = new Map<string, LedgerSubject>();
  readonly services = new Map<string, LedgerService>();
  readonly accesses = new Map<number, LedgerAccess>();
  /** Which records once had a number, by that number. */
  readonly ended = new Map<number, 'subject' | 'service' | 'access'>();
  readonly #subjectById = new Map<number, string>();
  readonly #serviceById = new Map<number, string>();
  readonly #servicesOf = new Map<string, Set<string>>();
  readonly #accessesOf = new Map<string, Set<number>>();
  /** Subjects whose people have this mobile. */
  readonly #subjectsByMobile = new Map<string, Set<string>>();
  #nextId = firstId;

  subjectOf(id: number): LedgerSubject | undefined {
    return this.subjects.get(this.#subjectById.get(id) ?? '');
  }

  serviceOf(id: number): LedgerService | undefined {
    return this.services.get(this.#serviceById.get(id) ?? '');
  }

  listServices(subjectNumber: string): readonly LedgerService[] {
    return [...(this.#servicesOf.get(subjectNumber) ?? [])].flatMap((number) => this.services.get(number) ?? []);
  }

  listAccesses(serviceNumber: string): readonly LedgerAccess[] {
    return [...(this.#accessesOf.get(serviceNumber) ?? [])].flatMap((id) => this.accesses.get(id) ?? []);
  }

  /** Subjects of which somebody in charge has this mobile. */
  listByMobile(mobile: string): readonly string[] {
    return [...(this.#subjectsByMobile.get(mobile) ?? [])];
  }

  /** Writes an approved submission under its numbers: those of its services in the order of `partsOf`. */
  record(submission: Submission, subjectNumber: string, serviceNumbers: readonly string[], at: string): void {
    const operation = courseOf(submission.kind).operation;
    if (operation?.act === 'cancel') return;
    const unit = submission.origin?.line.unit ?? null;
    const stated = operation?.of.includes('subject') === true;
    const subject = this.#subject(subjectNumber, submission.provinceCode, at);
    if (stated || subject.detail === null) {
      subject.detail = submission.subject;
      subject.msn = submission.origin?.msn ?? null;
      subject.changedAt = at;
      this.#noteMobile(submission.subject.principal.mobile, subjectNumber);
    }
    const ownSubject = submission.origin?.ownSubject ?? null;
    if (unit !== null && ownSubject !== null) subject.owns.set(unit, ownSubject);
    partsOf(submission).forEach((part, index) => {
      const number = serviceNumbers[index];
      if (number !== undefined && part.service.name !== '') this.#recordPart(submission, part, number, at);
    });
  }

  #recordPart(submission: Submission, part: ServicePart, number: string, at: string): void {
    const { kind, origin, provider } = submission;
    const operation = courseOf(kind).operation;
    const isKnown = this.services.has(number);
    const service = this.#service(number, at);
    if (!isKnown || service.detail === null || operation?.of.includes('service') === true) {
      service.detail = part.service;
      service.own = part.own ?? null;
      service.changedAt = at;
      this.#noteMobile(part.service.principal.mobile, service.subjectNumber);
    }
    const unit = origin?.line.unit ?? null;
    if (unit !== null && part.own?.id != null) service.owns.set(unit, part.own.id);
    if (unit !== null && part.own?.domain != null) service.domain.owns.set(unit, part.own.domain);
    if (operation?.act === 'change' && part.own === undefined) {
      const held = this.listAccesses(number).find((access) => access.provider === provider);
      if (held !== undefined) Object.assign(held, this.#reach(part));
      return;
    }
    if (part.own === undefined) {
      this.#addAccess({ serviceNumber: number, provider, line: null, own: null, ...this.#reach(part) });
      return;
    }
    for (const { own, id, methods, places, ranges } of part.own.accesses) {
      const known = id === null ? undefined : this.accesses.get(id);
      const reach = { methods, places, divisions: [], ranges: ranges.map((range) => ({ ...range, id: this.#id() })) };
      if (known !== undefined) Object.assign(known, reach);
      else this.#addAccess({ serviceNumber: number, provider, line: origin?.line ?? null, own, ...reach });
    }
  }

  /** What the plain wire says of an access; IPv6 has no number in interface V3.0. */
  #reach({ access }: ServicePart): Pick<LedgerAccess, 'methods' | 'places' | 'divisions' | 'ranges'> {
    const said = access.ipRanges ?? access.ipAddresses.map((address) => ({ first: address, last: address }));
    const ranges = said.flatMap(({ first, last }) => {
      const [from, to] = [ipv4Number(first), ipv4Number(last)];
      return from === null || to === null ? [] : [{ id: this.#id(), own: null, first: from, last: to }];
    });
    return { methods: access.methods ?? [], places: [], divisions: access.places ?? [], ranges };
  }

  /** Enters records from elsewhere. */
  seed(records: SeedRecords, provinceOf: (number: string) => string, at: string): void {
    for (const { number, services } of records.subjects) {
      this.#subject(number, provinceOf(number), at);
      for (const service of services) {
        this.#service(service.number, at);
        for (const provider of service.accesses) {
          const reach = { methods: [], places: [], divisions: [], ranges: [] };
          this.#addAccess({ serviceNumber: service.number, provider, line: null, own: null, ...reach });
        }
      }
    }
  }

  /** Ends what is cancelled, with everything below it. */
  cancel({ scope, number, provider }: Cancellation): void {
    if (scope === 'access') {
      for (const access of this.listAccesses(number)) if (access.provider === provider) this.endAccess(access.id);
      return;
    }
    const services = scope === 'service' ? [number] : [...(this.#servicesOf.get(number) ?? [])];
    for (const one of services) this.#endService(one);
    const subject = scope === 'subject' ? this.subjects.get(number) : undefined;
    if (subject === undefined) return;
    this.subjects.delete(number);
    this.#subjectById.delete(subject.id);
    this.ended.set(subject.id, 'subject');
    for (const numbers of this.#subjectsByMobile.values()) numbers.delete(number);
  }

  /** A scenario gives a service another number; what the authority counts it by stays. */
  renumber(number: string, to: string, at: string): void {
    const service = this.services.get(number);
    if (service === undefined) return;
    const subjectNumber = parseServiceNumber(to)?.subjectNumber ?? service.subjectNumber;
    const former = this.subjects.get(service.subjectNumber);
    const known = this.subjects.has(subjectNumber);
    const subject = this.#subject(subjectNumber, former?.province ?? '', at);
    if (!known && former !== undefined) {
      subject.detail = former.detail;
      subject.msn = former.msn;
    }
    const accesses = this.listAccesses(number);
    this.services.delete(number);
    this.#servicesOf.get(service.subjectNumber)?.delete(number);
    this.#accessesOf.delete(number);
    this.services.set(to, { ...service, number: to, subjectNumber, changedAt: at });
    this.#serviceById.set(service.id, to);
    this.#servicesOf.set(subjectNumber, (this.#servicesOf.get(subjectNumber) ?? new Set()).add(to));
    this.#accessesOf.set(to, new Set(accesses.map(({ id }) => id)));
    for (const access of accesses) this.accesses.set(access.id, { ...access, serviceNumber: to });
  }

  /** A scenario alters an organiser. */
  alterHolder(
    number: string,
    {
      name,
      certificateNumber,
    }: { readonly name?: string | undefined; readonly certificateNumber?: string | undefined },
    at: string,
  ): void {
    const subject = this.subjects.get(number);
    if (subject === undefined) return;
    subject.changedAt = at;
    if (subject.detail === null) return;
    subject.detail = {
      ...subject.detail,
      ...(name !== undefined && { name }),
      ...(certificateNumber !== undefined && { certificateNumber }),
    };
  }

  /** A scenario alters a service. */
  alterSite(
    number: string,
    { name, domainName }: { readonly name?: string | undefined; readonly domainName?: string | undefined },
    at: string,
  ): void {
    const service = this.services.get(number);
    if (service === undefined) return;
    service.changedAt = at;
    if (service.detail === null) return;
    service.detail = {
      ...service.detail,
      ...(name !== undefined && { name }),
      ...(domainName !== undefined && { domainName }),
    };
  }

  /** A scenario has a provider serve what it did not report. */
  addAccess(number: string, provider: string, line: Line): void {
    this.#addAccess({
      serviceNumber: number,
      provider,
      line,
      own: null,
      methods: [],
      places: [],
      divisions: [],
      ranges: [],
    });
  }

  endAccess(id: number): void {
    const access = this.accesses.get(id);
    if (access === undefined) return;
    this.accesses.delete(id);
    this.#accessesOf.get(access.serviceNumber)?.delete(id);
    this.ended.set(id, 'access');
  }

  #endService(number: string): void {
    const service = this.services.get(number);
    if (service === undefined) return;
    for (const { id } of this.listAccesses(number)) this.endAccess(id);
    this.services.delete(number);
    this.#serviceById.delete(service.id);
    this.#servicesOf.get(service.subjectNumber)?.delete(number);
    this.ended.set(service.id, 'service');
  }

  #subject(number: string, province: string, at: string): LedgerSubject {
    const known = this.subjects.get(number);
    if (known !== undefined) return known;
    const kept = { id: this.#id(), owns: new Map<number, number>() };
    const subject = { ...kept, number, province, reportedAt: at, changedAt: at, detail: null, msn: null };
    this.subjects.set(number, subject);
    this.#subjectById.set(subject.id, number);
    return subject;
  }

  #service(number: string, at: string): LedgerService {
    const known = this.services.get(number);
    if (known !== undefined) return known;
    const subjectNumber = number.replace(/-\d+[AX]?$/, '');
    const service: LedgerService = {
      id: this.#id(),
      owns: new Map(),
      number,
      subjectNumber,
      domain: { id: this.#id(), owns: new Map() },
      reportedAt: at,
      changedAt: at,
      detail: null,
      own: null,
    };
    this.services.set(number, service);
    this.#serviceById.set(service.id, number);
    const siblings = this.#servicesOf.get(subjectNumber) ?? new Set();
    this.#servicesOf.set(subjectNumber, siblings.add(number));
    return service;
  }

  #addAccess(access: Omit<LedgerAccess, 'id'>): void {
    const id = this.#id();
    this.accesses.set(id, { ...access, id });
    const siblings = this.#accessesOf.get(access.serviceNumber) ?? new Set();
    this.#accessesOf.set(access.serviceNumber, siblings.add(id));
  }

  #noteMobile(mobile: string, subjectNumber: string): void {
    for (const one of mobile.split(';')) {
      const numbers = this.#subjectsByMobile.get(one) ?? new Set();
      this.#subjectsByMobile.set(one, numbers.add(subjectNumber));
    }
  }

  #id(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    return id;
  }
}
