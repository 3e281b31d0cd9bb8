import type { CodeValidity, Reason } from '@openbeian/model/eligibility';

/** Why a code cannot be used (contract §8) or is suspended, and how to fix it. */
export interface CodeReason {
  readonly code: string;
  readonly message: Reason['message'];
  readonly remedy: Reason['remedy'] | null;
  readonly source: string;
}

type Key = 'mistyped' | 'unknown' | 'not_grantee' | 'bound' | 'used' | 'revoked';

const reason = (
  code: `code.${Key}` | `resource.${'code_required' | 'codes_issued'}`,
  zh: string,
  en: string,
  remedy: { action: Reason['remedy']['action']; zh: string; en: string },
): CodeReason => ({ code, message: { zh, en }, remedy: { ...remedy, before: null }, source: 'openbeian' });

/** Why a code cannot be used, as far as the code's own facts say it (contract §8). */
export const codeReasons: Record<Key, CodeReason> = {
  mistyped: reason(
    'code.mistyped',
    '授权码输入有误（校验位不符）。',
    'The code is mistyped: its check character does not fit.',
    {
      action: 'use_code_from_other_account',
      zh: '请对照原文逐字核对后重新输入，最好直接复制粘贴。',
      en: 'Compare it character by character and enter it again; copying is safest.',
    },
  ),
  unknown: reason('code.unknown', '没有可供该账号使用的这个授权码。', 'There is no such code for this account.', {
    action: 'use_code_from_other_account',
    zh: '请向提供方确认授权码，并确认已授权给您的账号。',
    en: 'Ask the issuer for the code, and whether it was granted to your account.',
  }),
  not_grantee: reason('code.not_grantee', '该授权码没有授权给这个账号。', 'The code is not granted to that account.', {
    action: 'use_code_from_other_account',
    zh: '未使用前可重新授权给需要的账号。',
    en: 'While it is unused, grant it to the account that needs it.',
  }),
  bound: reason('code.bound', '该授权码已绑定一个进行中的备案订单。', 'The code is bound to an open filing.', {
    action: 'wait',
    zh: '完成或放弃那一单后，未使用的授权码可再次使用。',
    en: 'Finish or discard that filing; then the unused code can be used again.',
  }),
  used: reason(
    'code.used',
    '该授权码已成功用于备案，不能再次使用。',
    'The code has led to a filing number and cannot be used again.',
    {
      action: 'use_code_from_other_account',
      zh: '请换用一个未使用的授权码。',
      en: 'Use another, unused code.',
    },
  ),
  revoked: reason('code.revoked', '该授权码已被提供方撤销。', 'The issuer has revoked the code.', {
    action: 'use_code_from_other_account',
    zh: '请向提供方索取新的授权码。',
    en: 'Ask the issuer for a new one.',
  }),
};

/** Why a resource that may be filed on cannot be picked in the form (policy `file.ways`, `file.picksUntilCodes`). */
export const pickReasons = {
  code_required: reason(
    'resource.code_required',
    '该产品只能凭授权码备案，不能直接选择资源。',
    'This product files by code only; it cannot be picked in the form.',
    {
      action: 'use_code_from_other_account',
      zh: '请在该资源上生成授权码，再用授权码备案。',
      en: 'Issue a code on this resource and file with the code.',
    },
  ),
  codes_issued: reason(
    'resource.codes_issued',
    '该资源已生成过授权码，不能再直接选择。',
    'Codes were issued on this resource, so it can no longer be picked in the form.',
    {
      action: 'use_code_from_other_account',
      zh: '请用该资源的授权码备案，或选择未生成过授权码的资源。',
      en: 'File with a code of this resource, or pick a resource that has issued none.',
    },
  ),
} as const;

/** Which of the resource's reasons causes each reason of a suspended code. */
const causeOf: Readonly<Record<string, string>> = {
  'code.resource_expired': 'resource.expired',
  'code.remaining_term_too_short': 'resource.remaining_term_too_short',
};

/** Why a code is suspended, each reason with the remedy computed for its resource. */
export function suspensionReasonsOf(validity: CodeValidity): CodeReason[] {
  return validity.reasons.map(({ code, message }) => {
    // The code's own life is over: the resource is not the cause, and nothing fixes it.
    if (code === 'code.lifetime_over' || code === 'code.not_revived')
      return { code, message, remedy: null, source: 'openbeian' };
    const wanted = causeOf[code];
    const named = Object.values(causeOf);
    const cause = validity.causes.find((one) =>
      wanted === undefined ? !named.includes(one.code) : one.code === wanted,
    );
    return { code, message, remedy: cause?.remedy ?? null, source: cause?.source ?? 'openbeian' };
  });
}
