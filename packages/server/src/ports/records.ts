import type { RecordState, ServiceKind, SubjectKind } from '@openbeian/model/filing';
import type { FilingRow } from './filings.ts';
import type { PageRequest } from './paging.ts';

export interface SubjectRecordRow {
  readonly id: string;
  readonly number: string;
  readonly accountId: string;
  readonly subjectKind: SubjectKind;
  readonly subjectHash: string;
  /** Clear for units, null for individuals (then only sealed). */
  readonly unitName: string | null;
  readonly sealedName: string;
  readonly provinceCode: string;
  readonly recordedAt: string;
  /** When the authority cancelled it; null while it is in force. */
  readonly cancelledAt: string | null;
}
export interface ServiceRecordRow {
  readonly id: string;
  readonly number: string;
  readonly subjectRecordId: string;
  readonly serviceKind: ServiceKind;
  readonly serviceName: string;
  readonly domainName: string;
  readonly state: RecordState;
  readonly recordedAt: string;
  /** When the authority cancelled it, where that is known here. */
  readonly cancelledAt: string | null;
  /** Providers that access it now, ours among them or not. */
  readonly accesses: readonly string[];
  /** An access filing that passed initial review is served until this day. */
  readonly graceUntil: string | null;
}
/** A service as lists show it, with its subject's number. */
export type ServiceListRow = Omit<ServiceRecordRow, 'graceUntil'> & {
  readonly subjectNumber: string;
  /** The subject is in force and none of its services is (空壳主体). */
  readonly isShellSubject: boolean;
};

/** A service's live tie to a provider and a resource. */
export interface AccessRow {
  readonly id: string;
  readonly provider: string;
  readonly resourceId: string | null;
  readonly filingId: string | null;
}

/** What the records and the account say of an organiser whose filing is checked. */
export interface OrganiserStand {
  /** As the account is verified. */
  readonly realName: string;
  /** May the account file for organisers other than itself? */
  readonly mayFileForOthers: boolean;
  /** Another organiser's record in force is in the account. */
  readonly holdsOtherSubject: boolean;
  /** A filing of the account for another organiser is submitted and has no result yet. */
  readonly filesOtherSubject: boolean;
  /** Is there a picture of the letter by which the organiser lets the account file? */
  readonly hasAgencyLetter: boolean;
  /** Is a record of the organiser in force in the account? */
  readonly isOnRecord: boolean;
  /** Its services that were not cancelled, in no order. */
  readonly services: readonly {
    readonly number: string;
    readonly serviceKind: ServiceKind;
    readonly serviceName: string;
    readonly domainName: string;
  }[];
}

/** Every write here bumps the gate's change version in the same transaction. */
/** What the public asks for; a record that has any of these is found. */
export interface PublicSearch {
  readonly names: readonly string[];
  readonly numbers: readonly string[];
  readonly units: readonly string[];
}

export interface ServiceNarrowing {
  readonly state?: ServiceRecordRow['state'] | undefined;
  readonly serviceKind?: ServiceKind | undefined;
  /** With which numbers of a province begin. */
  readonly letter?: string | undefined;
  /** A part of the number, the domain or the service's name, in any case of letters. */
  readonly search?: string | undefined;
}

export interface RecordRows {
  /** The one in force; a cancelled subject is no longer filed. */
  findSubjectByHash(subjectHash: string): Promise<SubjectRecordRow | null>;
  /** Those in force that any of the hashes is of, the latest first; a few at most. */
  listSubjectsByHash(subjectHashes: readonly string[]): Promise<SubjectRecordRow[]>;
  /** The one in force that the account had recorded last; null: it has none. */
  findSubjectOfAccount(accountId: string): Promise<SubjectRecordRow | null>;
  findSubject(id: string): Promise<SubjectRecordRow | null>;
  /** Of the organiser with that hash, as far as it is the account's; in one statement. Null: there is no such account. */
  findOrganiserStand(filing: Pick<FilingRow, 'id' | 'accountId' | 'subjectHash'>): Promise<OrganiserStand | null>;
  /** Of a kind, or of any. */
  findServiceByDomainName(domainName: string, serviceKind?: ServiceKind): Promise<ServiceRecordRow | null>;
  /** Ordered by the numbers of subject and service. */
  listServices(
    filter: { readonly accountId?: string | undefined } & ServiceNarrowing & PageRequest,
  ): Promise<ServiceListRow[]>;
  /** Of all accounts, ordered by the number of the service alone: what is narrowed by at least one of these. */
  findServices(filter: ServiceNarrowing & PageRequest): Promise<ServiceListRow[]>;
  countServices(filter: { readonly accountId?: string | undefined }): Promise<number>;
  putSubject(row: Omit<SubjectRecordRow, 'cancelledAt'>): Promise<SubjectRecordRow>;
  putService(row: Omit<ServiceRecordRow, 'accesses' | 'graceUntil' | 'cancelledAt'>): Promise<ServiceRecordRow>;
  /** No record changes until the transaction ends, other than by it. */
  hold(): Promise<void>;
  findSubjectByNumber(number: string): Promise<SubjectRecordRow | null>;
  findServiceByNumber(number: string): Promise<ServiceRecordRow | null>;
  listServicesOfSubject(subjectRecordId: string): Promise<ServiceRecordRow[]>;
  /** False when it is cancelled already. */
  cancelSubject(id: string, at: string): Promise<boolean>;
  /** False when it is cancelled already. */
  cancelService(id: string, at: string): Promise<boolean>;
  /** Cuts the live ties of a service, all or one provider's; those that were cut. */
  endAccesses(
    serviceRecordId: string,
    provider: string | null,
    at: string,
  ): Promise<{ readonly provider: string; readonly filingId: string | null }[]>;
  /**
   * The authority has given it another number, which is on record for nothing else; its filings follow.
   * @param sealedName under the new number
   */
  renumberSubject(id: string, number: string, sealedName: string): Promise<void>;
  /** As `renumberSubject`, of a service, which belongs to that subject from now on. */
  renumberService(id: string, number: string, subjectRecordId: string): Promise<void>;
  /** Ends the advance opening of names under this number. */
  endGraceOf(number: string, at: string): Promise<void>;
  /** Gives a subject with all its services to another account; false when it is that account's no more. */
  moveSubject(id: string, from: string, to: string): Promise<boolean>;
  /** What is counted for the subject of one certificate is counted for that of another from now on. */
  moveHolder(fromHash: string, toHash: string): Promise<void>;
  /** Ends one live tie; false when it has ended already. */
  endAccess(id: string, at: string): Promise<boolean>;
  /** Live ties of a service, with what they were made by. */
  listAccesses(serviceRecordId: string): Promise<AccessRow[]>;
  /** Ties a service record to a provider and resource from `at` on; repeating it changes nothing, and gives false. */
  putAccess(row: {
    readonly id: string;
    readonly serviceRecordId: string;
    readonly provider: string;
    /** Null: on none that is known. */
    readonly resourceId: string | null;
    /** Null where no filing made it. */
    readonly filingId: string | null;
    readonly at: string;
  }): Promise<boolean>;
  /** Opens a name for an access filing under way; null ends it. The name need not have a record here yet. */
  putGrace(row: {
    readonly domainName: string;
    readonly number: string;
    readonly filingId: string;
    readonly until: string | null;
    readonly at: string;
  }): Promise<void>;
  /** Public query (contract §6): what has any of these; exact, case-insensitive. */
  searchPublic(
    search: PublicSearch,
    serviceKind: ServiceKind,
    offset: number,
    limit: number,
  ): Promise<{ readonly total: number; readonly rows: (ServiceRecordRow & { readonly subject: SubjectRecordRow })[] }>;
}
