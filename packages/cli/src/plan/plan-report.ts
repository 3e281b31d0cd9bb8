import type { Day } from '@openbeian/model/calendar';
import { parseInventory } from '@openbeian/model/eligibility';
import { Fault, isFault } from '@openbeian/model/fault';
import {
  type Assignment,
  type ChangeKind,
  type ChangeWeights,
  changeKinds,
  defaultWeights,
  largestWeight,
  type Plan,
  type PlannedChange,
  parseDomainList,
  planFilings,
} from '@openbeian/model/plan';
import { loadPolicies } from '@openbeian/policies';
import { InputError } from '../io/input.ts';
import { type Lang, readDocument, readText, refusingFaults } from '../io/read-document.ts';

export interface PlanOptions {
  readonly domains: string;
  readonly at: Day;
  readonly lang: Lang;
  readonly accounts?: readonly string[] | undefined;
  readonly weights?: readonly string[] | undefined;
  readonly buy?: readonly string[] | undefined;
  readonly policies?: readonly string[] | undefined;
}

/**
 * Plans the filings of the names in one file on the inventory in another.
 * @throws InputError for bad files, an account, weight or product that makes no sense, and a day beyond the calendar.
 */
export function planReport(file: string, options: PlanOptions): Plan {
  const { at, lang, accounts, buy: buyable } = options;
  const say = (zh: string, en: string) => new InputError(lang === 'zh' ? zh : en);
  if (at < '1970-01-01' || at > '2999-12-31') {
    throw say('--at：应在 1970-01-01 至 2999-12-31 之间', '--at: expected a day between 1970-01-01 and 2999-12-31');
  }
  if (file === '-' && options.domains === '-') {
    throw say('清单与域名不能同时来自标准输入', 'inventory and names: only one of them can be standard input');
  }
  const weights = readWeights(options.weights ?? [], say);
  const policies = refusingFaults(
    lang,
    (path) => path,
    () => loadPolicies(options.policies),
  );
  for (const product of buyable ?? []) {
    const [provider = '', id = ''] = product.split('/');
    if (policies.get(provider)?.products.has(id) !== true) {
      throw say(`--buy：规则中没有产品 ${product}`, `--buy: expected a product of the policies, not ${product}`);
    }
  }
  const inventory = readDocument(file, lang, parseInventory);
  const known = new Set([...inventory.accounts.map(({ id }) => id), ...inventory.resources.map((it) => it.account)]);
  for (const account of accounts ?? []) {
    if (!known.has(account)) {
      throw say(
        `--accounts：清单中没有账号 ${account}`,
        `--accounts: expected an account of the inventory, not ${account}`,
      );
    }
  }
  const names = readNames(options.domains, lang);
  return refusingFaults(
    lang,
    (path) => path,
    () => planFilings({ inventory, policies, at, names, weights, accounts, buyable }),
  );
}

/** Plain lines hold one name each; anything else is YAML or JSON. */
function readNames(file: string, lang: Lang) {
  const text = readText(file, lang);
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  const plain = lines.every((line) => line === '' || /^[^\s[\]{}"',:-][^\s[\]{}"',:]*$/u.test(line));
  if (!plain || lines.every((line) => line === '')) return readDocument(file, lang, parseDomainList, text);
  const numbered = lines.map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line !== '');
  return refusingFaults(
    lang,
    (path) => path,
    () => {
      try {
        return parseDomainList(numbered.map(({ line }) => line));
      } catch (error) {
        if (!isFault(error, 'input.invalid')) throw error;
        const lineOf = (index: string) => `${file}:${numbered[Number(index)]?.number ?? 1}`;
        const places = (error.extras.places ?? []).map((place) => ({
          ...place,
          path: place.path.replace(/^\[(\d+)\]/, (_, index: string) => lineOf(index)),
          expected: place.expected.replace(/\[(\d+)\]/g, (_, index: string) => lineOf(index)),
          ...(place.expectedZh === undefined
            ? {}
            : { expectedZh: place.expectedZh.replace(/\[(\d+)\]/g, (_, index: string) => lineOf(index)) }),
        }));
        throw new Fault('input.invalid', { places });
      }
    },
  );
}

function readWeights(given: readonly string[], say: (zh: string, en: string) => InputError): ChangeWeights {
  const weights: Record<ChangeKind, number | null> = { ...defaultWeights };
  for (const text of given) {
    const [, name = '', value = ''] = /^([a-z]+)=(never|\d+(?:\.\d{1,2})?)$/.exec(text) ?? [];
    const kind = changeKinds.find((it) => it === name);
    if (kind === undefined || (value !== 'never' && Number(value) > largestWeight)) {
      const kinds = changeKinds.join('|');
      throw say(
        `--weight ${text}：应为 ${kinds}=数值（0 至 ${largestWeight}，最多两位小数）或 =never（不允许）`,
        `--weight ${text}: expected ${kinds}=NUMBER (0 to ${largestWeight}, at most two decimals) or =never`,
      );
    }
    weights[kind] = value === 'never' ? null : Number(value);
  }
  return weights;
}

/** Prints the plan for people: what to change, which codes to issue, the filings by round, what is left over. */
export function printPlan(plan: Plan, lang: Lang, out: NodeJS.WritableStream): void {
  const words = texts[lang];
  const { optimal, gap, lowerBound } = plan;
  const proven = optimal ? words.optimal : gap === 0 ? words.leastCost : words.bounded(lowerBound);
  out.write(`${words.summary(plan)}${proven}\n`);
  if (plan.changes.length > 0) out.write(`\n${words.changes}\n`);
  for (const change of plan.changes) out.write(`  - ${words.change(change)}\n`);
  if (plan.codes.length > 0) out.write(`\n${words.codes}\n`);
  for (const { resource, count, after } of plan.codes) {
    out.write(`  - ${resource}  ${words.count(count)}${after.length === 0 ? '' : `  ${words.after(after)}`}\n`);
  }
  let round = 0;
  for (const each of plan.assignments) {
    if (each.round !== round) out.write(`\n${words.round(each.round)}\n`);
    round = each.round;
    out.write(`  ${each.name}  ${words.assigned(each)}\n`);
  }
  if (plan.unplaced.length > 0) out.write(`\n${words.unplaced(plan.unplaced.length)}\n`);
  for (const { name, code, message, blockers } of plan.unplaced) {
    const against = blockers.map((blocker) => `${blocker.code} ×${blocker.resources}`).join(', ');
    out.write(`  ${name}  ${message[lang]}  [${code}${against === '' ? '' : `; ${against}`}]\n`);
  }
}

interface PlanTexts {
  readonly changes: string;
  readonly codes: string;
  summary(plan: Plan): string;
  readonly optimal: string;
  readonly leastCost: string;
  bounded(lowerBound: number): string;
  change(change: PlannedChange): string;
  count(count: number): string;
  after(names: readonly string[]): string;
  round(round: number): string;
  assigned(assignment: Assignment): string;
  unplaced(count: number): string;
}

const changeWords: Readonly<Record<Lang, Readonly<Record<ChangeKind, string>>>> = {
  zh: {
    renew: '续费',
    convert: '转包年包月',
    ip: '购买公网 IP',
    bandwidth: '购买公网带宽',
    package: '购买资源包',
    new: '新购',
  },
  en: {
    renew: 'renew',
    convert: 'convert to prepaid',
    ip: 'buy a public IP',
    bandwidth: 'buy public bandwidth',
    package: 'buy the package',
    new: 'buy',
  },
};

const texts: Readonly<Record<Lang, PlanTexts>> = {
  zh: {
    changes: '需要的调整',
    codes: '需要生成的授权码',
    summary: ({ at, names, placed, cost }) => `判断日期 ${at}：${names} 个域名，可安排 ${placed} 个；代价 ${cost}`,
    optimal: '（已证明最优）',
    leastCost: '（代价已证明最低；调整的项数未必最少）',
    bounded: (bound) => `（下界 ${bound}）`,
    change: ({ change, resource, provider, product, account, until, weight }) =>
      `${changeWords.zh[change]} ${resource}（${provider}/${product}${account === null ? '' : `，账号 ${account}`}）${until === null ? '' : `，到期日不早于 ${until}`}，权重 ${weight}`,
    count: (count) => `${count} 个`,
    after: (names) => `应在直接备案之后生成：${names.join('、')}`,
    round: (round) => `第 ${round} 轮（同一主体同时只能有一个备案订单）`,
    assigned: ({ way, resource, owner, startBy }) =>
      `${way === 'direct' ? '直接备案' : `使用授权码${owner === null ? '' : `（${owner} 生成）`}`} ${resource}${startBy === null ? '' : `，最迟 ${startBy} 提交，否则还需续费`}`,
    unplaced: (count) => `${count} 个域名无法安排`,
  },
  en: {
    changes: 'Changes needed',
    codes: 'Codes to issue',
    summary: ({ at, names, placed, cost }) => `Planned for ${at}: ${placed} of ${names} names placed; cost ${cost}`,
    optimal: ' (proven optimal)',
    leastCost: ' (proven to be the least; as cheap a plan may need fewer changes)',
    bounded: (bound) => ` (no plan costs less than ${bound})`,
    change: ({ change, resource, provider, product, account, until, weight }) =>
      `${changeWords.en[change]}: ${resource} (${provider}/${product}${account === null ? '' : `, account ${account}`})${until === null ? '' : `, not to expire before ${until}`}, weight ${weight}`,
    count: (count) => `${count}`,
    after: (names) => `after the direct filing of ${names.join(', ')}`,
    round: (round) => `Round ${round} (a subject has one open filing at a time)`,
    assigned: ({ way, resource, owner, startBy }) =>
      `${way === 'direct' ? 'directly on' : `by code${owner === null ? '' : ` of ${owner}`} from`} ${resource}${startBy === null ? '' : `, to be submitted by ${startBy} unless renewed`}`,
    unplaced: (count) => `${count} names cannot be placed`,
  },
};
