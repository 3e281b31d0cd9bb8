/** What follows from the `msg_code` of an answer. */
export type MsgFollow =
  /** It worked; with `download_more` the same is called again at once, with `nothing` there is nothing to read. */
  | { readonly act: 'go_on' | 'download_more' | 'nothing' }
  /** The next number is asked for (`isp_querypreviousupload`) and what is missing is sent first. */
  | { readonly act: 'resynchronise' }
  /** The same again later; `opening_hours`: when the authority takes uploads again, at the earliest after that time. */
  | { readonly act: 'retry'; readonly when: 'later' | 'opening_hours'; readonly afterMinutes: number }
  /** Nothing more is sent to this province until an operator has looked: the same again fails again. */
  | { readonly act: 'stop'; readonly because: 'credentials' | 'package' | 'admission' }
  /** The filing password was wrong too often: the customer gives another one, later. */
  | { readonly act: 'return_to_customer'; readonly field: string };

export interface MsgCode {
  readonly code: number;
  readonly zh: string;
  readonly en: string;
  readonly follow: MsgFollow;
}

const goOn = { act: 'go_on' } as const;
const retry = (afterMinutes: number) => ({ act: 'retry', when: 'later', afterMinutes }) as const;
const stop = (because: 'credentials' | 'package' | 'admission') => ({ act: 'stop', because }) as const;

/** Every `msg_code` of interface V3.0 (docs/sources.md `ISP-V3`), in our own words. */
const rows: readonly (readonly [code: number, zh: string, en: string, follow: MsgFollow])[] = [
  [0, '已受理', 'Accepted', goOn],
  [1, '已全部下载', 'Everything has been downloaded', goOn],
  [2, '暂无可下载的数据', 'There is nothing to download', { act: 'nothing' }],
  [3, '还有数据待下载', 'There is more to download', { act: 'download_more' }],
  [4, '接口用户名有误，请检查配置', 'The user name is wrong; check the configuration', stop('credentials')],
  [5, '接口口令有误，请检查配置', 'The password is wrong; check the configuration', stop('credentials')],
  [6, '管局解密失败，请检查密钥和向量', 'The authority could not decrypt it; check key and IV', stop('credentials')],
  [7, '管局校验哈希值未通过', 'The authority found another hash', stop('package')],
  [8, '管局解压失败', 'The authority could not open the ZIP', stop('package')],
  [9, '加密算法编号有误', 'The number of the encryption algorithm is wrong', stop('package')],
  [10, '哈希算法编号有误', 'The number of the hash algorithm is wrong', stop('package')],
  [11, '压缩格式编号有误', 'The number of the compression format is wrong', stop('package')],
  [12, '认证未通过，管局拒绝服务', 'The authority refused the caller', stop('credentials')],
  [
    13,
    '不是本省的接入服务商，请检查配置',
    'Not a provider of this province; check the configuration',
    stop('admission'),
  ],
  [14, '此前有上报未送达，须先补报', 'An earlier upload is missing and has to be sent first', { act: 'resynchronise' }],
  [15, '管局待处理的文件过多，请稍后再报', 'The authority has too many files waiting; send later', retry(30)],
  [16, '随机字符串少于 20 个字符', 'The random text has less than 20 characters', stop('package')],
  [17, '每次须上报且只能上报一个文件', 'Each upload has exactly one file', stop('package')],
  [18, '上报文件超过 50 MB', 'The uploaded file is larger than 50 MB', stop('package')],
  [
    19,
    '报备权限未开放，请联系所在省通信管理局',
    'The function is not opened to you; ask your province’s authority',
    stop('admission'),
  ],
  [
    20,
    '不在管局规定的报备时段内',
    'Outside the hours in which the authority takes uploads',
    { act: 'retry', when: 'opening_hours', afterMinutes: 30 },
  ],
  [21, '下载确认未指明文件名', 'The acknowledgement named no file', stop('package')],
  [
    22,
    '备案密码校验次数过多，请稍后核对后重填',
    'The filing password was tried too often; check it and enter it again later',
    { act: 'return_to_customer', field: 'filingPassword' },
  ],
  [901, '管局系统维护中，暂不受理上报', 'Maintenance: no uploads are taken', retry(60)],
  [902, '管局系统维护中，暂不能下载', 'Maintenance: no downloads are given', retry(60)],
  [999, '管局系统发生其他错误', 'Another error of the authority', retry(15)],
];

export const msgCodes: ReadonlyMap<number, MsgCode> = new Map(
  rows.map(([code, zh, en, follow]) => [code, { code, zh, en, follow }] as const),
);

/**
 * What a `msg_code` means. One that the interface does not have keeps its number and stops the queue: whatever it means, the
 * same again is not known to help.
 */
export function msgCodeOf(code: number): MsgCode & { readonly isKnown: boolean } {
  const known = msgCodes.get(code);
  if (known !== undefined) return { ...known, isKnown: true };
  return {
    code,
    zh: `管局返回未知的状态代码 ${code}`,
    en: `The authority answered the unknown code ${code}`,
    follow: stop('package'),
    isKnown: false,
  };
}
