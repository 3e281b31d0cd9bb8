/** Why something of a filing cannot go over interface V3.0. `blocks`: without it the whole cannot be sent; otherwise it is left out. */
export interface LossText {
  readonly blocks: boolean;
  readonly zh: string;
  readonly en: string;
}

const needed = (zh: string, en: string) => ({ blocks: true, zh, en }) as const;
const leftOut = (zh: string, en: string) => ({ blocks: false, zh, en }) as const;

export const lossTexts = {
  not_a_website: needed(
    '接口 V3.0 只能报送网站，不能报送 APP 和小程序，请手工报送',
    'interface V3.0 carries websites only, no apps or mini-programs; enter it by hand',
  ),
  ipv6_left_out: leftOut(
    '接口 V3.0 只能报送 IPv4 地址，IPv6 地址不会报送',
    'interface V3.0 carries IPv4 only; the IPv6 addresses are not sent',
  ),
  no_ipv4: needed('接口 V3.0 要求至少一个 IPv4 地址', 'interface V3.0 wants an IPv4 address'),
  ip_range_reversed: needed('起始 IP 大于终止 IP', 'the first address of a range is after the last'),
  beyond_table: needed('接口 V3.0 的代码表中没有该选项', 'the tables of interface V3.0 do not have this choice'),
  nothing_chosen: needed('接口 V3.0 要求填写此项', 'interface V3.0 wants this'),
  certificate_kind_left_out: leftOut(
    '接口 V3.0 的代码表中没有该证件类型，证件类型不会报送',
    'the tables of interface V3.0 do not have this kind of certificate; its kind is not sent',
  ),
  certificate_not_in_change: needed(
    '接口 V3.0 的变更报送不含该主体证件类型，请手工报送',
    'a change over interface V3.0 has no such kind of certificate of the organiser; enter it by hand',
  ),
  validity_left_out: leftOut('接口 V3.0 没有证件有效期', 'interface V3.0 has no validity of certificates'),
  emergency_phone_left_out: leftOut('接口 V3.0 没有应急联系电话', 'interface V3.0 has no emergency telephone'),
  messenger_left_out: leftOut('接口 V3.0 只有 QQ 和 MSN', 'interface V3.0 has QQ and MSN only'),
  legal_representative_left_out: leftOut('接口 V3.0 没有法定代表人', 'interface V3.0 has no legal representative'),
  residence_proof_left_out: leftOut('接口 V3.0 没有居住证明', 'interface V3.0 has no proof of residence'),
  person_remark_left_out: leftOut('接口 V3.0 没有负责人备注', 'interface V3.0 has no remark on a principal'),
  approval_remark_left_out: leftOut('接口 V3.0 没有前置审批备注', 'interface V3.0 has no remark on a pre-approval'),
  approval_scan_missing: needed('缺少前置审批文件的扫描件', 'the scan of the pre-approval is missing'),
  record_id_missing: needed(
    '尚未从管局取得该记录的编号，请先下载备案数据',
    'the authority’s id of this record is not known yet; download its data first',
  ),
  recorded_service_missing: needed(
    '接口 V3.0 的变更须一并报送网站信息，请先下载备案数据',
    'a change over interface V3.0 states the services too; download their data first',
  ),
  filing_password_missing: needed('缺少备案密码', 'the filing password is missing'),
  cancellation_reason_missing: needed('缺少注销理由', 'the reason of the cancellation is missing'),
} as const satisfies Record<string, LossText>;

export type LossKind = keyof typeof lossTexts;

/** What a customer or the provider does about a result of the authority. */
export const remedyTexts = {
  customer: {
    zh: '请按管局意见修改后重新提交；如有疑问请联系客服。',
    en: 'Change what the authority names and submit again; ask support if in doubt.',
  },
  provider: {
    zh: '由接入商核对后重新报送，客户无需操作。',
    en: 'The provider checks it and sends it again; the customer has nothing to do.',
  },
} as const;
