import type { CancellationScope, ServiceKind, SubjectKind } from '@openbeian/model/filing';

/** What a provider hands in, and what it is told; the plain wire carries these words as they are. */
export type {
  PlainMessage as Message,
  PlainPerson as Person,
  PlainReason as RefusalReason,
  PlainReceipt as Receipt,
  PlainSubmission as Submission,
} from '@openbeian/authority-wire/plain';

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
