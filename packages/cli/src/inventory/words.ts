import type { FailureKind } from '@openbeian/cloud-sync';
import type { BothTexts, Words } from '../io/words.ts';

const kinds: Readonly<Record<FailureKind, (names: string) => BothTexts>> = {
  sdk_missing: (names) => ({
    zh: `缺少官方 SDK，请安装：npm install ${names}`,
    en: `the official SDK is not installed; run npm install ${names}`,
  }),
  credentials_missing: (names) => ({
    zh: `没有找到访问凭证，请设置环境变量 ${names}（或该云 SDK 自己的凭证文件）`,
    en: `found no credentials; set ${names}, or use the SDK’s own credential file`,
  }),
  credentials_rejected: (names) => ({
    zh: `访问凭证被拒绝，请核对 ${names}，以及本机时间是否准确`,
    en: `the credentials were refused; check ${names} and this machine’s clock`,
  }),
  forbidden: () => ({
    zh: '该凭证没有此接口的权限，请授予只读（列表）权限',
    en: 'these credentials may not call this operation; grant them read (list) permission',
  }),
  throttled: () => ({
    zh: '多次重试后仍被限流，请稍后再试',
    en: 'still throttled after several attempts; try again later',
  }),
  busy: () => ({
    zh: '云厂商的服务多次出错，请稍后再试',
    en: 'the cloud’s service failed several times; try again later',
  }),
  unreachable: () => ({
    zh: '无法连接，请检查网络、代理和地域的拼写',
    en: 'cannot be reached; check the network, the proxy and the spelling of the region',
  }),
  region_unknown: () => ({
    zh: '云厂商没有该地域，请检查地域的拼写',
    en: 'the cloud has no such region; check its spelling',
  }),
  changing: () => ({
    zh: '读取期间列表一直在变化，请稍后再试',
    en: 'the list kept changing while it was read; try again later',
  }),
  malformed: () => ({
    zh: '返回的内容不是文档所述的形式',
    en: 'the response does not have the documented format',
  }),
  refused: () => ({
    zh: '云厂商拒绝了请求',
    en: 'the cloud refused the request',
  }),
};

/** Texts about reading a cloud's lists. */
export const syncWords = {
  comma: { zh: '、', en: ', ' },
  endpoint: {
    zh: '接口地址应为 https（本机可用 http）',
    en: 'the endpoint must be an https URL (http for this machine only)',
  },
  failed: {
    zh: '未能读全，没有输出清单：',
    en: 'not everything could be read, so no inventory was written:',
  },
  partial: {
    zh: '如需输出其余部分，请加 --partial',
    en: 'add --partial to write the rest anyway',
  },
  unread: {
    zh: '未读取',
    en: 'not read:',
  },
  notOffered: {
    zh: '该地域没有这个产品',
    en: 'the cloud does not offer this product in that region',
  },
  notListed: {
    zh: '云厂商的查询接口中没有，或此处不读；如有，请手工补充',
    en: 'not in the cloud’s lists, or in a list that is not read here; add it by hand if there is any',
  },
  subprojects: {
    zh: '子项目中的资源：只读取以地域命名的项目',
    en: 'resources in sub-projects: only the project named after the region is read',
  },
  kinds,
} satisfies Words;

const missing: Readonly<Record<string, BothTexts>> = {
  used: {
    zh: '返回中没有，未填写即按 0 计；请补充已生成的授权码数和已备案的网站数',
    en: 'not in the response and counted as 0 until you add the codes issued and sites filed',
  },
  trial: {
    zh: '返回中没有，未填写即按非试用计；试用资源请补充 trial: true',
    en: 'not in the response and assumed not to be a trial; add trial: true for trials',
  },
};

/** What a cloud's answers lack. */
export const gapWords = {
  boughtAt: {
    zh: '取自创建时间；如曾由按量计费转为包年包月，请改为转换之日',
    en: 'taken from the creation time; if the resource was converted to prepaid later, enter that day',
  },
  missingRows: ({
    list,
    came,
    total,
  }: {
    readonly list: string;
    readonly came: number;
    readonly total: number | null;
  }) => ({
    zh:
      total === null
        ? `${list}：给出的返回后面还有其他页（NextToken 等不为空），未给出`
        : `${list}：共 ${total} 条，给出的返回中只有 ${came} 条，缺少 ${total - came} 条`,
    en:
      total === null
        ? `${list}: further pages exist (NextToken or the like is not empty) and were not given`
        : `${list}: ${total} exist, ${came} ${came === 1 ? 'is' : 'are'} here, ${total - came} missing`,
  }),
  missingHint: {
    zh: '请给出所有页（可一次给出多个文件）；只要已给出的部分，请加 --partial',
    en: 'give all pages (several files at once are one list), or add --partial to go on with what there is',
  },
  read: (counts: string) => ({ zh: `读取为：${counts}`, en: `read as: ${counts}` }),
  isolated: ({ id, word }: { readonly id: string; readonly word: string }) => ({
    zh: `${id}：已被云厂商隔离或锁定（${word}），按未运行处理`,
    en: `${id}: isolated or locked by the cloud (${word}), so taken as not running`,
  }),
  stray: {
    zh: '未绑定到清单中服务器的弹性 IP，未导入',
    en: 'elastic IPs that are not bound to any server, not imported',
  },
  missing: (key: string) =>
    missing[key] ?? {
      zh: '返回中没有，请补充（判断需要而缺少时，结果为无法判断）',
      en: 'not in the response; add it, or the decisions that need it are undetermined',
    },
  more: (count: number) => ({ zh: `，另有 ${count} 个`, en: ` and ${count} more` }),
} satisfies Words;
