import type { AuthorityOperation } from '../filing/course.ts';
import type { ServiceKind } from '../filing/kinds.ts';
import type { LossKind } from './words.ts';

interface PersonToMap {
  readonly name: string;
  /** The word of a row of the certificates. */
  readonly certificateType: string;
  readonly certificateNumber: string;
  readonly mobile: string;
  readonly emergencyMobile: string;
  readonly email: string;
  readonly validity?: unknown;
  readonly officePhone?: string | undefined;
  readonly messenger?: { readonly id: number; readonly account: string } | null | undefined;
  readonly remark?: string | undefined;
}

/** What is read of a hand-over (`AuthoritySubmission` of the server's port). */
export interface SubmissionToMap {
  readonly operation: AuthorityOperation;
  readonly provinceCode: string;
  readonly subject: {
    readonly number: string | null;
    readonly name: string;
    readonly certificateNumber: string;
    readonly certificateAddress: string;
    readonly contactAddress: string;
    readonly nature?: number | undefined;
    readonly certificateId?: number | undefined;
    readonly validity?: unknown;
    readonly region?: string | undefined;
    readonly superior?: string | undefined;
    readonly legalRepresentative?: object | null | undefined;
    readonly residenceProof?: string | undefined;
    readonly remark?: string | undefined;
    readonly submittedBy?: number | undefined;
    readonly principal: PersonToMap;
  };
  readonly service: {
    readonly kind: ServiceKind;
    readonly number: string | null;
    readonly name: string;
    readonly domainName: string;
    readonly homeUrl: string;
    readonly contents?: readonly number[] | undefined;
    /** Words of the rows of the languages. */
    readonly languages: readonly string[];
    readonly preApprovals?:
      | readonly { readonly id: number; readonly number: string; readonly remark: string }[]
      | undefined;
    readonly remark: string;
    readonly principal: PersonToMap;
  };
  readonly access: {
    readonly methods?: readonly number[] | undefined;
    /** Division codes of provinces. */
    readonly places?: readonly string[] | undefined;
    readonly ipRanges?: readonly { readonly first: string; readonly last: string }[] | undefined;
  };
}

/** The provider's own numbers of what is sent, kept by whoever sends it: the authority answers by them. */
export interface OwnIds {
  readonly subject: number;
  readonly service: number;
  readonly domain: number;
  readonly access: number;
  /** Of the nth range of addresses. */
  readonly ipRange: (index: number) => number;
}

/** The authority's numbers of what is on record, out of what was downloaded; null where they are not known. */
export interface AuthorityIds {
  readonly subject: number | null;
  readonly service: number | null;
  readonly domain: number | null;
  readonly access: number | null;
}

/** A file that goes along, in base64. `purpose` and `format` are rows of the authority's tables. */
export interface AttachmentToMap {
  readonly format: number;
  readonly purpose: number;
  readonly content: string;
  readonly about: 'subject' | 'service';
}

/** Rows of the authority's tables by our words. */
export interface TableRows {
  readonly languages: ReadonlyMap<string, number>;
  /** Server places by division. */
  readonly places: ReadonlyMap<string, number>;
  /** Of people, by the word of the kind. */
  readonly certificates: ReadonlyMap<string, number>;
}

export interface MapContext {
  /** The provider's number with the authority (`Qqdwid`). */
  readonly unit: number;
  readonly own: OwnIds;
  readonly ids: AuthorityIds;
  readonly rows: TableRows;
  readonly attachments: readonly AttachmentToMap[];
  /** Scans of the pre-approvals in base64, by row. */
  readonly approvalScans: ReadonlyMap<number, readonly string[]>;
  /** `ICPmm`; null where the customer gave no filing password. */
  readonly filingPasswordHash: string | null;
  /** Row of the reasons of cancellation, and a remark; null where nothing is cancelled. */
  readonly cancellation: { readonly reason: number; readonly remark: string } | null;
  /** The services of the subject as they were downloaded; a change of the subject states them again. */
  readonly recorded: readonly RecordedService[];
}

/** A service as a download brings it (`Wz_xx` of `BASJ`), as far as a change states it again. */
export interface RecordedService {
  readonly Wzid?: number | undefined;
  readonly Wzmc?: string | undefined;
  readonly Nrlx?:
    | {
        readonly Nrlx_xx?:
          | readonly {
              readonly Nrlx_id?: number | undefined;
              readonly Qzsph?: string | undefined;
              readonly Spwj?: readonly string[] | undefined;
            }[]
          | undefined;
      }
    | undefined;
  readonly Fwnr?: { readonly Fwnr_id?: readonly number[] | undefined } | undefined;
  readonly Yylb?: { readonly Yylb_id?: readonly number[] | undefined } | undefined;
  readonly Ym_xx?:
    | readonly {
        readonly IspYmid?: number | undefined;
        readonly Ymid?: number | undefined;
        readonly Ym?: string | undefined;
      }[]
    | undefined;
  readonly Jr_xx?:
    | readonly {
        readonly Jrid?: number | undefined;
        readonly Wzfb?: { readonly Fbdd?: readonly number[] | undefined } | undefined;
        readonly Wzjrfs?: { readonly Jrfs?: readonly number[] | undefined } | undefined;
        readonly Ip_xx?:
          | readonly {
              readonly IspIpid?: number | undefined;
              readonly Ipid?: number | undefined;
              readonly Qsip?: number | undefined;
              readonly Zzip?: number | undefined;
            }[]
          | undefined;
      }[]
    | undefined;
  readonly Wz_Fzr?:
    | {
        readonly Fzr_xm?: string | undefined;
        readonly Fzr_dhhm?: string | undefined;
        readonly Fzr_sjhm?: string | undefined;
        readonly Fzr_dzyj?: string | undefined;
        readonly Msn?: string | undefined;
        readonly Qq?: string | undefined;
        readonly Fzr_zjlx?: number | undefined;
        readonly Fzr_zjhm?: string | undefined;
      }
    | undefined;
  readonly Syurl?: string | undefined;
  readonly Wz_Bz?: string | undefined;
  readonly Baxh?: string | undefined;
}

/** Something of a filing that interface V3.0 does not carry, or wants and does not get. */
export interface NotCarried {
  /** Path of the form's field. */
  readonly field: string;
  readonly kind: LossKind;
  readonly blocks: boolean;
  readonly zh: string;
  readonly en: string;
}
