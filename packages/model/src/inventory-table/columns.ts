import type { Bilingual } from '@openbeian/model/eligibility';

/** How a cell is read. */
export type CellKind = 'text' | 'word' | 'number' | 'day' | 'yes_no' | 'addresses';

/** A column of an inventory as a table: a fact of a resource, or the real name of its account. */
export interface TableColumn {
  /** The fact's key in an inventory, nested ones behind a point. */
  readonly key: string;
  readonly name: Bilingual;
  /** What it is, for whoever fills it in. */
  readonly about: Bilingual;
  readonly kind: CellKind;
  /** A table without it is no inventory. */
  readonly isRequired?: boolean;
  readonly example: string;
  /** Of `word`: the inventory's words, each with what tables have instead. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** What headers of tables and of clouds' exports call it, besides its key and names. */
  readonly headers: readonly string[];
}

const column = (key: string, kind: CellKind, rest: Omit<TableColumn, 'key' | 'kind'>): TableColumn => ({
  key,
  kind,
  ...rest,
});

/** All columns, in the order of the template. */
export const tableColumns: readonly TableColumn[] = [
  column('id', 'text', {
    name: { zh: '资源编号', en: 'Resource ID' },
    about: {
      zh: '云资源的唯一编号，与云厂商控制台一致。再次导入时按编号更新。',
      en: 'The resource’s own ID, as the cloud shows it. Importing it again updates it.',
    },
    isRequired: true,
    example: 'ins-example-1',
    headers: ['实例id', '实例编号', '资源id', '服务器id', '主机id', 'instanceid', 'instance', 'resource', 'uuid'],
  }),
  column('provider', 'text', {
    name: { zh: '云厂商', en: 'Provider' },
    about: {
      zh: '规则中的厂商编号，如 tencent、alibaba、huawei、volcengine。',
      en: 'The provider’s ID in the rules, such as tencent, alibaba, huawei, volcengine.',
    },
    isRequired: true,
    example: 'tencent',
    headers: ['厂商', '服务商', '接入商', '云平台', 'cloud', 'vendor'],
  }),
  column('product', 'text', {
    name: { zh: '产品', en: 'Product' },
    about: {
      zh: '规则中该厂商的产品编号，如 cvm、ecs、lighthouse。',
      en: 'The product’s ID in the provider’s rules, such as cvm, ecs, lighthouse.',
    },
    isRequired: true,
    example: 'cvm',
    headers: ['产品类型', '产品名称', '资源类型', 'productcode', 'type', 'service'],
  }),
  column('account', 'text', {
    name: { zh: '账号', en: 'Account' },
    about: {
      zh: '购买该资源的账号编号。导入后不能更换。',
      en: 'The ID of the account that bought it. It cannot change later.',
    },
    isRequired: true,
    example: 'acct-example',
    headers: ['所属账号', '账号id', '客户编号', '购买账号', 'accountid', 'owner', 'ownerid', 'uin', 'customer'],
  }),
  column('realName', 'word', {
    name: { zh: '实名类型', en: 'Real name' },
    about: {
      zh: '账号的实名类型：未实名、个人、企业、事业单位、政府机关、社会团体。同一账号各行应一致，留空则不改变。',
      en: 'The account’s verification: none, individual, enterprise, institution, government, society. The same in all rows of an account; empty leaves it as it is.',
    },
    example: '企业',
    words: {
      none: ['未实名', '无'],
      individual: ['个人'],
      enterprise: ['企业', '公司'],
      institution: ['事业单位'],
      government: ['政府', '政府机关', '国家机关'],
      society: ['社会团体', '社会组织'],
    },
    headers: ['认证类型', '账号类型', '实名认证', 'realnametype', 'accounttype'],
  }),
  column('region', 'text', {
    name: { zh: '地域', en: 'Region' },
    about: {
      zh: '云厂商的地域编号，如 ap-guangzhou；也可写 cn-mainland、hk、overseas。',
      en: 'The provider’s region ID, such as ap-guangzhou; or cn-mainland, hk, overseas.',
    },
    example: 'ap-guangzhou',
    headers: ['区域', '地区', 'regionid', 'location'],
  }),
  column('billing', 'word', {
    name: { zh: '计费方式', en: 'Billing' },
    about: {
      zh: '包年包月、按量计费、资源包或合同。',
      en: 'prepaid, pay_as_you_go, package or contract.',
    },
    example: '包年包月',
    words: {
      prepaid: ['包年包月', '预付费', '包月', '包年', '年付', '月付', 'prepaid'],
      pay_as_you_go: ['按量计费', '按量付费', '后付费', '按需', 'postpaid', 'payasyougo', 'postpaidbyhour'],
      package: ['资源包', '套餐包'],
      contract: ['合同', '线下合同'],
    },
    headers: [
      '计费',
      '付费方式',
      '付费类型',
      '计费模式',
      '计费类型',
      'chargetype',
      'instancechargetype',
      'billingmode',
    ],
  }),
  column('boughtAt', 'day', {
    name: { zh: '购买日期', en: 'Purchased on' },
    about: {
      zh: '当前包年包月的起始日：购买日，或由按量转包年包月之日。如 2026-06-01。',
      en: 'The start of the present prepaid term: the day of purchase, or of conversion from pay-as-you-go, such as 2026-06-01.',
    },
    example: '2026-06-01',
    headers: ['购买时间', '创建时间', '开通时间', '开始时间', 'createdtime', 'creationtime', 'created', 'starttime'],
  }),
  column('expiresAt', 'day', {
    name: { zh: '到期日', en: 'Expires on' },
    about: { zh: '可用的最后一天；按量计费留空。', en: 'The last day of its term; empty for pay-as-you-go.' },
    example: '2027-05-31',
    headers: [
      '到期',
      '到期时间',
      '到期日期',
      '过期时间',
      '结束时间',
      'expiredtime',
      'expiretime',
      'expiry',
      'expires',
      'endtime',
    ],
  }),
  column('firstTerm', 'text', {
    name: { zh: '首单时长', en: 'First order term' },
    about: {
      zh: '首次购买的时长，如 P3M（3 个月）、P1Y（1 年）。',
      en: 'The term of the first order, such as P3M or P1Y.',
    },
    example: 'P1Y',
    headers: ['首单期限'],
  }),
  column('orderAmountCny', 'number', {
    name: { zh: '首单金额（元）', en: 'First order amount (CNY)' },
    about: { zh: '首次购买的金额，至多两位小数。', en: 'The price of the first order, with at most two decimals.' },
    example: '1200',
    headers: ['首单金额', '订单金额', 'orderamount'],
  }),
  column('package.invocations', 'number', {
    name: { zh: '资源包：调用次数', en: 'Package: invocations' },
    about: { zh: '无服务器产品所购资源包的调用次数。', en: 'Invocations of a bought package, of serverless products.' },
    example: '',
    headers: ['调用次数', 'invocations'],
  }),
  column('package.gbSeconds', 'number', {
    name: { zh: '资源包：GB·秒', en: 'Package: GB-seconds' },
    about: { zh: '无服务器产品所购资源包的资源用量。', en: 'GB-seconds of a bought package, of serverless products.' },
    example: '',
    headers: ['gbseconds', 'gb秒'],
  }),
  column('environment.id', 'text', {
    name: { zh: '环境编号', en: 'Environment ID' },
    about: { zh: '云托管产品所在环境的编号。', en: 'The environment of container hosting.' },
    example: '',
    headers: ['环境id', 'environmentid', 'envid'],
  }),
  column('environment.filingService', 'word', {
    name: { zh: '环境的备案服务', en: 'Environment’s filing service' },
    about: {
      zh: '该环境的备案服务：可备案、初始化中、已封禁、未开通。',
      en: 'The environment’s filing service: fileable, initialising, blocked or missing.',
    },
    example: '',
    words: { fileable: ['可备案'], initialising: ['初始化中'], blocked: ['已封禁', '封禁'], missing: ['未开通'] },
    headers: ['备案服务', 'filingservice'],
  }),
  column('boundTo', 'text', {
    name: { zh: '后端资源', en: 'Bound to' },
    about: { zh: '负载均衡后面承载备案的资源编号。', en: 'For a load balancer: the ID of the resource behind it.' },
    example: '',
    headers: ['绑定资源', '后端服务器', 'backend'],
  }),
  column('state', 'word', {
    name: { zh: '运行状态', en: 'Status' },
    about: { zh: '运行中、已停止或已释放；留空为运行中。', en: 'running, stopped or released; empty is running.' },
    example: '运行中',
    words: {
      running: ['运行中', '正常', '运行', 'active'],
      stopped: ['已停止', '已关机', '关机', '停止', 'shutdown', 'shutoff'],
      released: ['已释放', '已销毁', '已退还', 'terminated', 'deleted'],
    },
    headers: ['状态', '实例状态', 'status', 'instancestate'],
  }),
  column('trial', 'yes_no', {
    name: { zh: '试用', en: 'Trial' },
    about: { zh: '是否为试用资源：是或否；留空为否。', en: 'Whether it is a trial: yes or no; empty is no.' },
    example: '否',
    headers: ['是否试用', 'istrial'],
  }),
  column('publicIps', 'addresses', {
    name: { zh: '公网 IP', en: 'Public IPs' },
    about: {
      zh: '多个以分号或空格分隔；弹性 IP 写作 elastic:203.0.113.7，负载均衡 IP 写作 load_balancer:…，其余为实例 IP。没有公网 IP 写“无”。',
      en: 'Several are separated by semicolons or spaces. elastic:203.0.113.7 is an elastic address, load_balancer:… that of a load balancer, all others the instance’s own. Write none where there is none.',
    },
    example: '203.0.113.7',
    headers: [
      '公网ip地址',
      '外网ip',
      'ip',
      'ip地址',
      '弹性ip',
      'publicip',
      'publicipaddress',
      'publicipaddresses',
      'eip',
    ],
  }),
  column('bandwidthMbps', 'number', {
    name: { zh: '公网带宽（Mbps）', en: 'Public bandwidth (Mbps)' },
    about: { zh: '公网出带宽，没有为 0。', en: 'Outbound public bandwidth; 0 for none.' },
    example: '5',
    headers: ['带宽', '公网带宽', '带宽峰值', 'bandwidth', 'internetmaxbandwidthout'],
  }),
  column('used.codes', 'number', {
    name: { zh: '已生成授权码数', en: 'Codes issued elsewhere' },
    about: {
      zh: '在本系统之外已生成的授权码数；留空为 0。',
      en: 'Codes issued outside of this system so far; empty is 0.',
    },
    example: '',
    headers: ['已用授权码', '授权码数', 'usedcodes'],
  }),
  column('used.sites', 'number', {
    name: { zh: '已备案网站数', en: 'Sites filed elsewhere' },
    about: {
      zh: '在本系统之外已直接备案的网站数；留空为 0。',
      en: 'Sites filed directly outside of this system; empty is 0.',
    },
    example: '',
    headers: ['已备案网站', '网站数', 'usedsites'],
  }),
];
