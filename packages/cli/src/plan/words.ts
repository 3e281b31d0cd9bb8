import type { Assignment, ChangeKind, Plan, PlannedChange } from '@openbeian/model/plan';
import type { BothTexts, Words } from '../io/words.ts';

const changeWords: Readonly<Record<ChangeKind, BothTexts>> = {
  renew: { zh: '续费', en: 'renew' },
  convert: { zh: '转包年包月', en: 'convert to prepaid' },
  ip: { zh: '购买公网 IP', en: 'buy a public IP' },
  bandwidth: { zh: '购买公网带宽', en: 'buy public bandwidth' },
  package: { zh: '购买资源包', en: 'buy the package' },
  new: { zh: '新购', en: 'buy' },
};

/** People read the first few; the document has all. */
function namesOf(names: readonly string[], comma: string): string {
  const most = 5;
  return names.length <= most ? names.join(comma) : `${names.slice(0, most).join(comma)}… (${names.length})`;
}

export const planWords = {
  oneStandardInput: {
    zh: '清单与域名不能同时来自标准输入',
    en: 'inventory and domains: only one of them can be standard input',
  },
  suffixNotListed: (name: string, suffix: string, asOf: string) => ({
    zh: `注意：${name} 的后缀 .${suffix} 不在可备案的域名后缀清单中（取自公开资料，截至 ${asOf}），可能无法备案，请先核实`,
    en: `note: ${name}: .${suffix} is not on the list of suffixes that may be filed (from published lists, as of ${asOf}); it may not be possible, check first`,
  }),
  unknownProduct: (product: string) => ({
    zh: `--buy：规则中没有产品 ${product}`,
    en: `--buy: expected a product of the policies, not ${product}`,
  }),
  unknownAccount: (account: string) => ({
    zh: `--accounts：清单中没有账号 ${account}`,
    en: `--accounts: expected an account of the inventory, not ${account}`,
  }),
  badWeight: (given: string, kinds: string, largest: number) => ({
    zh: `--weight ${given}：应为 ${kinds}=数值（0 至 ${largest}，最多两位小数）或 =never（不允许）`,
    en: `--weight ${given}: expected ${kinds}=NUMBER (0 to ${largest}, at most two decimals) or =never`,
  }),
  summary: ({ at, names, placed, cost }: Plan) => ({
    zh: `判断日期 ${at}：${names} 个域名，可安排 ${placed} 个；代价 ${cost}`,
    en: `Planned for ${at}: ${placed} of ${names} domains placed; cost ${cost}`,
  }),
  optimal: { zh: '（已证明最优）', en: ' (proven optimal)' },
  leastCost: {
    zh: '（代价已证明最低；调整的项数未必最少）',
    en: ' (proven to cost the least; another plan of the same cost may need fewer changes)',
  },
  bounded: (bound: number) => ({ zh: `（下界 ${bound}）`, en: ` (no plan costs less than ${bound})` }),
  changes: { zh: '需要的调整', en: 'Changes needed' },
  change: ({ change, resource, provider, product, account, until, weight, serves }: PlannedChange) => ({
    zh: `${changeWords[change].zh} ${resource}（${provider}/${product}${account === null ? '' : `，账号 ${account}`}）${until === null ? '' : `，到期日不早于 ${until}`}，权重 ${weight}${serves.length === 0 ? '' : `；用于 ${namesOf(serves, '、')}`}`,
    en: `${changeWords[change].en}: ${resource} (${provider}/${product}${account === null ? '' : `, account ${account}`})${until === null ? '' : `, not to expire before ${until}`}, weight ${weight}${serves.length === 0 ? '' : `; for ${namesOf(serves, ', ')}`}`,
  }),
  codes: { zh: '需要生成的授权码', en: 'Codes to issue' },
  count: (count: number) => ({ zh: `${count} 个`, en: `${count}` }),
  after: (names: readonly string[]) => ({
    zh: `应在直接备案之后生成：${names.join('、')}`,
    en: `after the direct filing of ${names.join(', ')}`,
  }),
  round: (round: number) => ({
    zh: `第 ${round} 轮（同一主体同时只能有一个备案订单）`,
    en: `Round ${round} (an organiser has one open filing at a time)`,
  }),
  assigned: ({ way, resource, owner, startBy }: Assignment) => ({
    zh: `${way === 'direct' ? '直接备案' : `使用授权码${owner === null ? '' : `（${owner} 生成）`}`} ${resource}${startBy === null ? '' : `，最迟 ${startBy} 提交，否则还需续费`}`,
    en: `${way === 'direct' ? 'directly on' : `by code${owner === null ? '' : ` of ${owner}`} from`} ${resource}${startBy === null ? '' : `, to be submitted by ${startBy} unless renewed`}`,
  }),
  unplaced: (count: number) => ({ zh: `${count} 个域名无法安排`, en: `${count} domains cannot be placed` }),
} satisfies Words;
