import type { CancellationScope, FilingKind } from './kinds.ts';
import type { FilingAction } from './lifecycle/actions.ts';
import type { FilingState } from './lifecycle/states.ts';
import type { CalledPerson, CallOutcome } from './review.ts';
import type { SmsPerson, SmsState } from './sms.ts';

type Nothing = Readonly<Record<string, never>>;

/** What the history of a filing can hold, and what is kept with each; never personal data. */
export interface FilingEventDetails {
  readonly FilingStarted: { readonly kind: FilingKind; readonly domainName: string };
  readonly CodeBound: { readonly codeId: string };
  readonly ResourceBound: { readonly resourceId: string };
  readonly CodeReleased: { readonly codeId: string };
  readonly QuotaReturned: { readonly resourceId: string | null };
  readonly CodeUsed: { readonly codeId: string };
  readonly FilingSubmitted: Nothing;
  readonly CancellationSubmitted: Nothing;
  readonly FilingWithdrawn: Nothing;
  readonly FilingReturned: {
    readonly reasons: readonly { readonly field: string | null; readonly reasonId: string }[];
  };
  readonly FilingPassed: Nothing;
  readonly FilingPassedFirst: Nothing;
  readonly FilingAsked: {
    readonly reasons: readonly { readonly field: string | null; readonly reasonId: string }[];
    readonly dueAt: string;
  };
  readonly FilingAnswered: { readonly changed: readonly string[] };
  readonly AskExpired: Nothing;
  /** Nobody's number: whom, and what came of it. */
  readonly CustomerCalled: {
    readonly person: CalledPerson;
    readonly outcome: CallOutcome;
    readonly againAt: string | null;
  };
  readonly FilingHeld: Nothing;
  readonly FilingRecalled: Nothing;
  /** Without a receipt when a message of the authority was faster than our own record of the hand-over. */
  readonly FilingForwarded: { readonly receipt?: string };
  readonly SmsRequested: { readonly dueAt: string };
  /** What the authority said of some of those who confirm it, while others may be missing. */
  readonly SmsReported: {
    readonly people: readonly SmsPerson[];
    readonly state: SmsState;
    readonly code: string | null;
  };
  readonly SmsConfirmed: Nothing;
  readonly SmsFailed: { readonly cause: 'timed_out' | 'too_many_attempts' };
  readonly FilingApproved: { readonly subjectNumber: string; readonly serviceNumber: string };
  readonly FilingRejected: { readonly codes: readonly string[] };
  readonly FilingAbandoned: Nothing;
  readonly FilingLapsed: Nothing;
  readonly FilingVoided: Nothing;
  /** A lapse was undone: the state that it is in again. */
  readonly FilingReopened: { readonly state: FilingState };
  readonly FilingOverdue: { readonly state: FilingState };
  readonly NameProven: { readonly method: 'dns_txt' | 'registrar' };
  /** Another account proved the name later, so that this filing no longer holds it. */
  readonly NameProofReplaced: Nothing;
  readonly FilingContested: { readonly about: 'domain_name' | 'certificate' };
  readonly FilingSetAside: Nothing;
  readonly VerificationStarted: { readonly role: string; readonly way: string };
  readonly VerificationPassed: { readonly role: string; readonly way: string; readonly reason: null | string };
  readonly VerificationFailed: { readonly role: string; readonly way: string; readonly reason: null | string };
  readonly RecordCancelled: {
    readonly scope: CancellationScope;
    readonly number: string;
    readonly quotaReturned: boolean;
  };
}
export type FilingEventType = keyof FilingEventDetails;

/** The event that taking an action leaves in the history; the audit has the same fact. */
export const eventOfAction = {
  submit: 'FilingSubmitted',
  submit_unreviewed: 'CancellationSubmitted',
  withdraw: 'FilingWithdrawn',
  return: 'FilingReturned',
  pass: 'FilingPassed',
  pass_first: 'FilingPassedFirst',
  ask: 'FilingAsked',
  answer: 'FilingAnswered',
  expire_ask: 'AskExpired',
  hold: 'FilingHeld',
  recall: 'FilingRecalled',
  forward: 'FilingForwarded',
  forward_without_sms: 'FilingForwarded',
  confirm_sms: 'SmsConfirmed',
  fail_sms: 'SmsFailed',
  approve: 'FilingApproved',
  reject: 'FilingRejected',
  abandon: 'FilingAbandoned',
  lapse: 'FilingLapsed',
  void: 'FilingVoided',
} as const satisfies Record<FilingAction, FilingEventType>;

export const filingEventTexts: Readonly<Record<FilingEventType, { readonly zh: string; readonly en: string }>> = {
  FilingStarted: { zh: '发起备案，已验证备案类型', en: 'Filing created' },
  CodeBound: { zh: '已绑定备案授权码', en: 'Filing code bound' },
  ResourceBound: { zh: '已选择云资源', en: 'Resource chosen' },
  CodeReleased: { zh: '授权码已释放，可再次使用', en: 'Code released, usable again' },
  QuotaReturned: { zh: '资源名额已返还', en: 'Quota of the resource returned' },
  CodeUsed: { zh: '授权码已使用，不可再用', en: 'Code consumed' },
  FilingSubmitted: { zh: '提交初审', en: 'Submitted for review' },
  CancellationSubmitted: {
    zh: '已提交注销，无需初审，等待提交管局',
    en: 'Cancellation submitted; no review by the provider, awaiting submission to the authority',
  },
  FilingWithdrawn: { zh: '撤回修改', en: 'Withdrawn to edit' },
  FilingReturned: { zh: '初审驳回', en: 'Rejected by the reviewer' },
  FilingPassed: { zh: '初审通过，等待提交管局', en: 'Approved by the reviewer; awaiting submission to the authority' },
  FilingPassedFirst: { zh: '初审通过，等待第二人复核', en: 'Passed by the first reviewer; a second one looks at it' },
  FilingAsked: {
    zh: '审核员请您补充或更正所列内容',
    en: 'The reviewer asks you to complete or correct what is listed',
  },
  FilingAnswered: { zh: '客户已补充，审核继续', en: 'Answered by the customer; the review goes on' },
  AskExpired: { zh: '未按时补充，订单已退回', en: 'Not answered in time; returned to the customer' },
  CustomerCalled: { zh: '审核员电话核实', en: 'The reviewer called' },
  FilingHeld: { zh: '提交管局前复核未通过，已退回', en: 'Returned: resource no longer eligible before submission' },
  FilingRecalled: { zh: '运营人员撤回', en: 'Recalled by an operator' },
  FilingForwarded: { zh: '已提交管局', en: 'Received by the authority' },
  SmsRequested: {
    zh: '核验短信已发送，请在 24 小时内完成核验',
    en: 'Verification SMS sent; confirm within 24 hours',
  },
  SmsReported: { zh: '短信核验有进展', en: 'News of the SMS verification' },
  SmsConfirmed: { zh: '短信核验完成，等待管局审核', en: 'SMS verified; awaiting the authority’s review' },
  SmsFailed: { zh: '短信核验未完成，订单已退回', en: 'SMS verification failed; filing returned' },
  FilingApproved: { zh: '管局审核通过', en: 'Approved by the authority' },
  FilingRejected: { zh: '管局驳回', en: 'Rejected by the authority' },
  FilingAbandoned: { zh: '放弃备案', en: 'Discarded' },
  FilingLapsed: { zh: '客户超期未处理，订单已关闭', en: 'Closed: not acted on in time' },
  FilingVoided: {
    zh: '备案已注销或取消接入，本次申请无需办理，订单已关闭',
    en: 'Closed: the record was cancelled, so nothing is left to change',
  },
  FilingReopened: { zh: '运营人员恢复了已关闭的订单', en: 'Reopened by an operator' },
  NameProven: { zh: '已验证域名所有权', en: 'Domain ownership proven' },
  NameProofReplaced: {
    zh: '其他账号已验证该域名所有权，本订单的验证失效',
    en: 'Another account has proven the domain since, so the proof of this filing no longer counts',
  },
  FilingContested: { zh: '已提交申诉，等待运营人员处理', en: 'Contested; an operator decides' },
  FilingSetAside: {
    zh: '其他账号的申诉已被采纳，订单退回，内容均保留',
    en: 'Another account’s contest was upheld; the filing came back with all its contents',
  },
  VerificationStarted: { zh: '开始身份核验', en: 'Verification of identity started' },
  VerificationPassed: { zh: '身份核验通过', en: 'Identity verified' },
  VerificationFailed: { zh: '身份核验未通过', en: 'Verification of identity failed' },
  RecordCancelled: {
    zh: '备案已注销或取消接入，域名不再放行',
    en: 'Record cancelled; the domain is no longer served',
  },
  FilingOverdue: { zh: '超过办理时限，已提醒运营人员', en: 'Overdue; operators notified' },
};
