import type { PlainSubmission } from '@openbeian/authority-wire/plain';
import type { CancellationScope, ServiceKind, SubjectKind } from '@openbeian/model/filing';

/** What a provider hands in, and what it is told; the plain wire carries these words as they are. */
export type {
  PlainMessage as Message,
  PlainPerson as Person,
  PlainReason as RefusalReason,
  PlainReceipt as Receipt,
} from '@openbeian/authority-wire/plain';

/** A submission in the plain wire's words, and what only interface V3.0 has besides. */
export type Submission = PlainSubmission & {
  /** Null or absent: it came over the plain wire. */
  readonly origin?: InterfaceOrigin;
  /** Further services of the same filing; the plain wire has one each. */
  readonly also?: readonly ServicePart[];
};

/** A service with its access, as a filing has them. */
export type ServicePart = Pick<PlainSubmission, 'service' | 'access'> & { readonly own?: OwnService };

/** A line: a provider's unit with one province's system. Sequences, files and acknowledgements are by line. */
export interface Line {
  /** The provider's number with the authority (`ispId`). */
  readonly unit: number;
  /** Six digits. */
  readonly province: string;
}

/** Which record of which upload a submission is, and the numbers by which the provider knows its parts. */
export interface InterfaceOrigin {
  readonly line: Line;
  readonly sequence: number;
  /** The code by which its results name the operation (`Czlx`). */
  readonly operation: number;
  /** What its results are known by (`Bs`). */
  readonly mark: string;
  readonly ownSubject: number | null;
  readonly msn: string | null;
  readonly service: OwnService;
  readonly attachments: readonly OwnAttachment[];
  /** `ICPmm`, as it was sent. */
  readonly filingPasswordHash: string | null;
  /** Of a cancellation: what ends by the authority's number, and the row of its reason. */
  readonly ends: { readonly id: number; readonly reason: number } | null;
}

export interface OwnService {
  readonly id: number | null;
  readonly domain: number | null;
  /** How many domain names were given; a service has one. */
  readonly domains: number;
  readonly msn: string | null;
  readonly scans: readonly { readonly id: number; readonly files: readonly string[] }[];
  readonly accesses: readonly OwnAccess[];
}

export interface OwnAccess {
  readonly own: number | null;
  /** The authority's number, where it is on record already. */
  readonly id: number | null;
  readonly methods: readonly number[];
  /** Rows of the table of places. */
  readonly places: readonly number[];
  readonly ranges: readonly { readonly own: number | null; readonly first: number; readonly last: number }[];
}

/** A file that came along; its content is looked at and not kept. */
export interface OwnAttachment {
  readonly format: number;
  readonly purpose: number;
  /** 1 the subject, 2 a service. */
  readonly about: number;
  readonly owner: string;
  readonly isPicture: boolean;
}

/** All services of a submission. */
export const partsOf = ({ service, access, origin, also = [] }: Submission): readonly ServicePart[] => [
  { service, access, ...(origin && { own: origin.service }) },
  ...also,
];

/** What is cancelled in the register; `number` is a subject's or a service's, `provider` whose access ends. */
export interface Cancellation {
  readonly scope: CancellationScope;
  readonly number: string;
  readonly provider: string | null;
}

/** One SMS to one mobile; where two principals share a mobile, either's certificate answers. */
export interface SmsChallenge {
  readonly mobile: string;
  readonly code: string;
  /** Last six characters of the certificate numbers that count, upper case. */
  readonly lastSix: readonly string[];
}

/** Records that do not come from the simulator's own decisions: filed with other providers, taken names, blacklists. */
export interface SeedRecords {
  readonly subjects: readonly {
    /** e.g. 京ICP备2021000001号 */
    readonly number: string;
    readonly kind: SubjectKind;
    readonly name: string;
    readonly certificateType: string;
    readonly certificateNumber: string;
    readonly services: readonly {
      /** e.g. 京ICP备2021000001号-1 */
      readonly number: string;
      readonly kind: ServiceKind;
      readonly name: string;
      readonly domainName: string;
      /** Provider ids that serve it. */
      readonly accesses: readonly string[];
    }[];
  }[];
  /** Site names that other subjects hold. */
  readonly takenSiteNames: readonly string[];
  readonly blacklist: {
    readonly certificateNumbers: readonly string[];
    readonly domainNames: readonly string[];
    readonly siteNames: readonly string[];
  };
}
