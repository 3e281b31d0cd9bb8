import type {
  AuthorityKind,
  AuthorityOperation,
  CancellationScope,
  ServiceKind,
  SubjectKind,
} from '@openbeian/model/filing';

/** What a provider hands in, whatever wire it came by. Shapes agree with the server's authority port. */
export interface Submission {
  readonly id: string;
  readonly filingId: string;
  readonly kind: AuthorityKind;
  /** What is asked for; a provider that does not say it is understood by `kind`. */
  readonly operation?: AuthorityOperation | undefined;
  /** Six-digit division code of the deciding province. */
  readonly provinceCode: string;
  readonly provider: string;
  readonly subject: {
    readonly kind: SubjectKind;
    readonly number: string | null;
    readonly name: string;
    readonly certificateType: string;
    readonly certificateNumber: string;
    readonly certificateAddress: string;
    readonly contactAddress: string;
    readonly nature?: number | undefined;
    readonly certificateId?: number | undefined;
    readonly validity?: Validity | undefined;
    readonly region?: string | undefined;
    readonly superior?: string | undefined;
    readonly legalRepresentative?: Identity | null | undefined;
    readonly residenceProof?: string | undefined;
    readonly remark?: string | undefined;
    readonly submittedBy?: number | undefined;
    readonly principal: Person;
  };
  readonly service: {
    readonly kind: ServiceKind;
    readonly number: string | null;
    readonly name: string;
    readonly domainName: string;
    readonly homeUrl: string;
    readonly content: string;
    readonly contents?: readonly number[] | undefined;
    readonly languages: readonly string[];
    readonly preApproval: string;
    readonly preApprovals?:
      | readonly { readonly id: number; readonly number: string; readonly remark: string }[]
      | undefined;
    readonly remark: string;
    readonly app?:
      | {
          readonly platforms: readonly {
            readonly platform: string;
            readonly packageName: string;
            readonly publicKey: string;
            readonly fingerprint: string;
            readonly domains: readonly string[];
            readonly addresses: readonly string[];
          }[];
          readonly sdks: readonly { readonly name: string; readonly use: string; readonly provider: string }[];
        }
      | undefined;
    readonly principal: Person;
  };
  readonly access: {
    readonly resourceId: string;
    readonly ipAddresses: readonly string[];
    readonly methods?: readonly number[] | undefined;
    readonly places?: readonly string[] | undefined;
    readonly ipRanges?: readonly { readonly first: string; readonly last: string }[] | undefined;
  };
}

/** Of a certificate; `to` null: long-term. */
interface Validity {
  readonly from: string;
  readonly to: string | null;
}

/** Who somebody is by their certificate. */
interface Identity {
  readonly name: string;
  readonly certificateType: string;
  readonly certificateNumber: string;
  readonly validity?: Validity | undefined;
}

/** A principal (负责人). Fictional in this simulator, yet never logged. */
export interface Person extends Identity {
  readonly mobile: string;
  readonly emergencyMobile: string;
  readonly email: string;
  readonly officePhone?: string | undefined;
  readonly messenger?: { readonly id: number; readonly account: string } | null | undefined;
  readonly remark?: string | undefined;
}

/** Why the authority refuses: result code (Jgdm, docs/sources.md `ISP-V3`), field of the form, words for people. */
export interface RefusalReason {
  readonly code: string;
  readonly field: string | null;
  readonly text: string;
}

interface MessageHead {
  readonly messageId: string;
  readonly submissionId: string;
  readonly sentAt: string;
}

/** What the authority tells the provider after the receipt. */
export type Message =
  | (MessageHead & { readonly kind: 'sms_requested'; readonly dueAt: string })
  | (MessageHead & { readonly kind: 'sms_confirmed' })
  | (MessageHead & { readonly kind: 'sms_failed'; readonly cause: 'timed_out' | 'too_many_attempts' })
  | (MessageHead & { readonly kind: 'approved'; readonly subjectNumber: string; readonly serviceNumber: string })
  | (MessageHead & { readonly kind: 'rejected'; readonly reasons: readonly RefusalReason[] })
  | (Cancellation & { readonly kind: 'cancelled'; readonly messageId: string; readonly sentAt: string });

/** What is cancelled in the register; `number` is a subject's or a service's, `provider` whose access ends. */
export interface Cancellation {
  readonly scope: CancellationScope;
  readonly number: string;
  readonly provider: string | null;
}

export interface Receipt {
  readonly submissionId: string;
  readonly receipt: string;
  readonly receivedAt: string;
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
