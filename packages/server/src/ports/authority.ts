import type { FaultPlace } from '@openbeian/model/fault';
import type {
  AuthorityKind,
  AuthorityOperation,
  CancellationScope,
  MaterialKey,
  ServiceKind,
  SmsPerson,
  SmsState,
  SubjectKind,
} from '@openbeian/model/filing';
import type { AuthorityLedgerRows } from './authority-ledger-rows.ts';

/**
 * The filing authority (管局), asynchronous by nature: a submission is answered with a receipt only, and what
 * became of it arrives later as messages, possibly twice, late or out of order. Every adapter keeps to this,
 * whatever its wire (interface V3.0 answers in downloads; see docs/ARCHITECTURE.md).
 */
export interface Authority {
  /**
   * Hands one filing over. Idempotent per `submission.id`: the same id again gives the same receipt.
   * @param enclosed what some wires carry besides; asked for only where it is sent
   * @throws Fault `authority.unreachable` (try again later), `authority.occupied` (an earlier hand-over about the same comes first),
   *   `authority.refused` (the whole submission is malformed) or `authority.not_sendable` (this wire cannot carry it; nothing was sent)
   */
  submit(submission: AuthoritySubmission, enclosed?: AuthorityEnclosures): Promise<AuthorityReceipt>;
  /**
   * What of a hand-over this wire does not carry, so that it is known before it is sent. Not there where it carries everything.
   * @param ledger what is known of the lines, in the asker’s transaction
   */
  listLosses?(
    submission: AuthoritySubmission,
    enclosed: AuthorityEnclosures,
    ledger: AuthorityLedgerRows,
  ): Promise<readonly AuthorityLoss[]>;
  /**
   * The receipt of what was handed over, as the lines have it, without asking anybody; null: they have none. Not there where only
   * handing over again gives it.
   */
  findReceipt?(submissionId: string, ledger: AuthorityLedgerRows): Promise<AuthorityReceipt | null>;
  /** Characters of a text that would not arrive as they were written, each once. Not there where all do. */
  findUncarried?(text: string): readonly string[];
  /**
   * The oldest unacknowledged messages, at most `limit`; the same ones come again until acknowledged. Those that cannot be
   * read are among them, so that they can be kept and acknowledged. Those without a readable id come again for ever; `limit`
   * counts the others, so that they do not fill the window.
   */
  fetchMessages(limit: number): Promise<readonly (AuthorityMessage | UnreadableMessage)[]>;
  /** Reads what an `UnreadableMessage` was kept as; a newer release may be able to. Null: still not. */
  readMessage(raw: string): AuthorityMessage | null;
  /** Confirms a message. Acknowledging twice is no error. */
  acknowledge(messageId: string): Promise<void>;
  /** Is this name or certificate filed anywhere? (interface V3.0: `isp_querybeianstatus`). Null: there is nobody to ask. */
  findStatus(question: AuthorityStatusQuestion): Promise<AuthorityStatus | null>;
}

/** What goes along with a hand-over over some wires. */
export interface AuthorityEnclosures {
  /** Why a record is cancelled, in the customer’s words; empty where nothing was said. */
  readonly cancellationReason: string;
  /** The customer’s password with the authority (备案密码); null where none was given. */
  readonly filingPassword: string | null;
  /** The copies that were made for the authority, JPEG. */
  loadPictures(): Promise<readonly AuthorityPicture[]>;
}

export interface AuthorityPicture {
  readonly key: MaterialKey;
  readonly bytes: Uint8Array;
}

/** Something of a hand-over that a wire does not carry, or wants and does not get. */
export interface AuthorityLoss {
  /** Path of the form’s field. */
  readonly field: string;
  readonly kind: string;
  /** Nothing can be sent without it; otherwise it is left out. */
  readonly blocks: boolean;
  readonly zh: string;
  readonly en: string;
}

export interface AuthoritySubmission {
  /** Our id of this hand-over; a filing handed over again after a return gets a new one. */
  readonly id: string;
  readonly filingId: string;
  readonly kind: AuthorityKind;
  /** What the authority is to do, in words that every wire's adapter maps to its own. */
  readonly operation: AuthorityOperation;
  /** Six-digit division code of the province whose authority decides, e.g. `440000`. */
  readonly provinceCode: string;
  readonly provider: string;
  readonly subject: {
    readonly kind: SubjectKind;
    /** Known when the subject is filed already (access, add site). */
    readonly number: string | null;
    readonly name: string;
    readonly certificateType: string;
    readonly certificateNumber: string;
    readonly certificateAddress: string;
    readonly contactAddress: string;
    /** Number of the nature in the authority's table. */
    readonly nature?: number;
    /** Number of the certificate there. */
    readonly certificateId?: number;
    readonly validity?: AuthorityValidity;
    /** The lowest division, six digits. */
    readonly region?: string;
    /** The organiser's own name where it has none. */
    readonly superior?: string;
    /** Null: the principal is. */
    readonly legalRepresentative?: Pick<AuthorityPrincipal, 'name' | 'certificateType' | 'certificateNumber'> | null;
    readonly residenceProof?: string;
    readonly remark?: string;
    /** 0 by the organiser, 1 on its behalf. */
    readonly submittedBy?: number;
    readonly principal: AuthorityPrincipal;
  };
  readonly service: {
    readonly kind: ServiceKind;
    /** Known of a service that is on record. A filing about the organiser alone has an empty service, but for the principal. */
    readonly number: string | null;
    readonly name: string;
    readonly domainName: string;
    /** Empty for an app. */
    readonly homeUrl: string;
    /** The first of `contents`. */
    readonly content: string;
    /** Numbers in the table of this kind of service. */
    readonly contents?: readonly number[];
    readonly languages: readonly string[];
    /** The first of `preApprovals`. */
    readonly preApproval: string;
    /** None where no pre-approval applies. */
    readonly preApprovals?: readonly { readonly id: number; readonly number: string; readonly remark: string }[];
    readonly remark: string;
    /** Of an app. */
    readonly app?: AuthorityApp;
    readonly principal: AuthorityPrincipal;
  };
  readonly access: {
    readonly resourceId: string;
    readonly ipAddresses: readonly string[];
    readonly methods?: readonly number[];
    /** Division codes of provinces. */
    readonly places?: readonly string[];
    readonly ipRanges?: readonly { readonly first: string; readonly last: string }[];
  };
}

/** From when and until when a certificate is valid; `to` null: long-term. */
export interface AuthorityValidity {
  readonly from: string;
  readonly to: string | null;
}

/** Where an app runs, and what it is known by there. */
export interface AuthorityApp {
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

export interface AuthorityPrincipal {
  readonly name: string;
  readonly certificateType: string;
  readonly certificateNumber: string;
  readonly mobile: string;
  readonly emergencyMobile: string;
  readonly email: string;
  readonly validity?: AuthorityValidity;
  readonly officePhone?: string;
  readonly messenger?: { readonly id: number; readonly account: string } | null;
  readonly remark?: string;
}

export interface AuthorityReceipt {
  readonly submissionId: string;
  /** The authority's own reference of what it received. */
  readonly receipt: string;
  readonly receivedAt: string;
}

interface MessageHead {
  /** The same message keeps its id however often it is delivered. */
  readonly messageId: string;
  readonly submissionId: string;
  readonly sentAt: string;
}

/** What becomes of a submission. */
export type SubmissionMessage =
  | (MessageHead & {
      /** The principals have been sent an SMS and have until `dueAt` to confirm it with the authority. */
      readonly kind: 'sms_requested';
      readonly dueAt: string;
    })
  | (MessageHead & {
      /** How far some of those who confirm it are, by one phone; not every authority says so. */
      readonly kind: 'sms_progress';
      readonly people: readonly SmsPerson[];
      readonly state: SmsState;
      /** Of the authority's page (`smsCodeTexts`), where it was told. */
      readonly code: string | null;
      /** How often the SMS was sent again, and a wrong code entered, so far. */
      readonly resends: number;
      readonly wrongCodes: number;
    })
  /** Everybody has. */
  | (MessageHead & { readonly kind: 'sms_confirmed' })
  /** The SMS was not confirmed in time (24 h) or mistyped too often: the filing comes back to the provider. */
  | (MessageHead & { readonly kind: 'sms_failed'; readonly cause: 'timed_out' | 'too_many_attempts' })
  | (MessageHead & {
      readonly kind: 'approved';
      /** e.g. 粤ICP备2026000123号 */
      readonly subjectNumber: string;
      /** e.g. 粤ICP备2026000123号-1; of a filing about the organiser alone its number again. */
      readonly serviceNumber: string;
    })
  | (MessageHead & {
      readonly kind: 'rejected';
      readonly reasons: readonly AuthorityReason[];
    });

/** A record was cancelled (注销主体, 注销网站, 取消接入), on whosever request; it belongs to no submission. */
export interface CancellationMessage {
  readonly kind: 'cancelled';
  readonly messageId: string;
  readonly sentAt: string;
  readonly scope: CancellationScope;
  /** The subject's number for a subject, otherwise the service's. */
  readonly number: string;
  /** Whose access ended; null with the other scopes. */
  readonly provider: string | null;
}

export type AuthorityMessage = SubmissionMessage | CancellationMessage;

/** A message that this release cannot read, of a newer kind, say. */
export interface UnreadableMessage {
  readonly kind: 'unreadable';
  readonly messageId: string;
  /** No id can be read in it: `messageId` is made of its content, and it cannot be acknowledged. */
  readonly withoutId?: true;
  /** As it came; it may hold personal data. */
  readonly raw: string;
  /** What was expected, and where; never what was found. */
  readonly places: readonly FaultPlace[];
}

export interface AuthorityReason {
  /**
   * Result code of the interface (Jgdm), e.g. `1020` site-name conflict; facts in docs/sources.md `ISP-V3`. Null where the
   * authority's own pages showed words alone.
   */
  readonly code: string | null;
  /** Field of the form it is about, e.g. `service.name`; null when it is about the whole. */
  readonly field: string | null;
  readonly text: string;
  /**
   * In English, where it is not the authority that rejects: it approved, under numbers that cannot be recorded, and an operator returns the
   * filing.
   */
  readonly returnedBecause?: string;
}

export type AuthorityStatusQuestion =
  | { readonly by: 'domain_name'; readonly domainName: string }
  | { readonly by: 'certificate'; readonly certificateType: string; readonly certificateNumber: string };

export interface AuthorityStatus {
  readonly filed: boolean;
  readonly subjectNumber: string | null;
  readonly serviceNumber: string | null;
}
