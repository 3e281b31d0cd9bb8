import type { PolicyFile, PolicyVersion } from '@openbeian/model/eligibility';
import type { QuotaUse } from '@openbeian/model/quota';
import type { BookText, RuleGroup } from './rule-book.ts';

/** Names of what policies state by a closed list; a new value does not compile without its name. */

type Condition = PolicyVersion['conditions'][number];
type ConditionOf<R extends Condition['rule']> = Extract<Condition, { rule: R }>;
type Ways = Extract<PolicyVersion['file'], { mode: 'fileable' }>['ways'][number];
type Codes = NonNullable<PolicyVersion['codes']>;
type Accounts = NonNullable<PolicyFile['accounts']>;

export const groupNames: Readonly<Record<RuleGroup, BookText>> = {
  ways: { zh: '备案方式', en: 'Ways to file' },
  conditions: { zh: '对资源的要求', en: 'What the resource must meet' },
  quotas: { zh: '名额', en: 'Quota' },
  codes: { zh: '授权码', en: 'Codes' },
  accounts: { zh: '账号', en: 'Accounts' },
  province: { zh: '省级要求', en: 'Rule of the province' },
  about: { zh: '依据', en: 'Evidence' },
};

/** Provinces change their rules without notice; nobody may read their absence here as leave. */
export const provincesPrevail: BookText = {
  zh: '各省要求会调整且不另行通知，规则按来源日期收录；以当地管局的现行要求为准。',
  en: 'Provinces change their rules without notice; these are as of the day of their source, and what the authority asks today prevails.',
};

/** Rules that only people can hold a filing to. */
export const checkListText = {
  title: { zh: '审核清单', en: 'Reviewer’s check list' },
  lead: {
    zh: '以下各项由接入商审核人员核对，系统不会自动检查。',
    en: 'The provider’s reviewer looks at these; the pre-check does not decide them.',
  },
} as const satisfies Record<string, BookText>;

export const conditionLabels: Readonly<Record<Condition['rule'], BookText>> = {
  billing: { zh: '计费方式', en: 'Billing' },
  boughtTerm: { zh: '购买时长（含续费）', en: 'Purchased term, with renewals' },
  remainingTerm: { zh: '剩余时长', en: 'Remaining term' },
  firstTerm: { zh: '首单时长', en: 'Term of the first order' },
  notExpired: { zh: '有效期', en: 'Expiry' },
  publicIp: { zh: '公网 IP', en: 'Public IP' },
  publicBandwidth: { zh: '公网带宽', en: 'Public bandwidth' },
  ownIp: { zh: 'IP 类型', en: 'Kind of IP' },
  environment: { zh: '环境的备案服务状态', en: 'Filing service of the environment' },
  running: { zh: '运行状态', en: 'State' },
  orderAmount: { zh: '单笔订单金额', en: 'Amount of one order' },
  package: { zh: '资源包', en: 'Resource package' },
  notTrial: { zh: '试用', en: 'Trial' },
  issuer: { zh: '账号实名类型', en: 'Real name of the account' },
};

export const useNames: Readonly<Record<QuotaUse, BookText>> = {
  file: { zh: '备案', en: 'filing' },
  issue: { zh: '生成授权码', en: 'issuing codes' },
};

export const refusedStateNames: Readonly<Record<ConditionOf<'running'>['refused'][number], BookText>> = {
  running: { zh: '运行中', en: 'running' },
  stopped: { zh: '已停止', en: 'stopped' },
  released: { zh: '已释放', en: 'released' },
};

export const filingServiceNames: Readonly<Record<ConditionOf<'environment'>['allowed'][number], BookText>> = {
  fileable: { zh: '可备案', en: 'ready' },
  initialising: { zh: '初始化中', en: 'initialising' },
  blocked: { zh: '不可备案', en: 'not available' },
  missing: { zh: '未创建', en: 'missing' },
};

export const wayNames: Readonly<Record<Ways, BookText>> = {
  pick: { zh: '在表单中选择该资源', en: 'choose the resource in the form' },
  code: { zh: '使用授权码', en: 'use a code' },
  host_login: { zh: '使用主机的用户名和密码', en: 'use the host’s user name and password' },
  own_entry: { zh: '从产品自身的备案入口', en: 'use the product’s own filing page' },
};

export const entryNames = {
  filing_platform: { zh: '备案平台', en: 'the filing platform' },
  host_console: { zh: '主机控制台', en: 'the host’s console' },
} as const satisfies Record<string, BookText>;

export const evidenceNames: Readonly<Record<PolicyVersion['evidence'], BookText>> = {
  stated: { zh: '来源有明确说明', en: 'stated by the source' },
  partial: { zh: '来源只说明了一部分', en: 'stated in part' },
  weak: { zh: '来源未说明条件，系统不据此判断', en: 'conditions not stated; nothing is decided by it' },
};

export const grantNames: Readonly<Record<NonNullable<Codes['grant']>, BookText>> = {
  bearer: { zh: '持码即可使用', en: 'whoever has the code may use it' },
  named: { zh: '只有被授权账号可以使用', en: 'only the account it is granted to' },
  named_with_sms: {
    zh: '只有被授权账号可以使用，须短信确认',
    en: 'only the account it is granted to, confirmed by SMS',
  },
  named_or_allow_list: {
    zh: '被授权账号，或白名单中的账号',
    en: 'the account it is granted to, or accounts on an allow list',
  },
};

export const formatNames: Readonly<Record<NonNullable<Codes['format']>, BookText>> = {
  check20: { zh: '20 位，含校验位', en: '20 characters with a check character' },
  uuid: { zh: 'UUID', en: 'UUID' },
  alphanumeric20: { zh: '20 位字母和数字', en: '20 letters and digits' },
};

export const transferNames: Readonly<Record<NonNullable<Accounts['transfer']>, BookText>> = {
  self_service: { zh: '客户自助', en: 'self-service' },
  by_request: { zh: '提交申请', en: 'on request' },
  none: { zh: '不支持', en: 'not possible' },
};

export const yes: BookText = { zh: '是', en: 'yes' };
export const no: BookText = { zh: '否', en: 'no' };
/** Where no source says. */
export const notStated: BookText = { zh: '来源未说明', en: 'no source says' };

/** A list as people write it. */
export function listed(texts: readonly BookText[], between: BookText = { zh: '、', en: ', ' }): BookText {
  return { zh: texts.map(({ zh }) => zh).join(between.zh), en: texts.map(({ en }) => en).join(between.en) };
}

/** Two texts, one after the other. */
export const joined = (first: BookText, then: BookText): BookText => ({
  zh: first.zh + then.zh,
  en: first.en + then.en,
});
