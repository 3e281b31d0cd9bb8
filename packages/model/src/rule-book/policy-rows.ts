import { parsePeriod } from '@openbeian/model/calendar';
import {
  amountsText,
  billingNames,
  type PolicyFile,
  type PolicyVersion,
  periodText,
  realNameNames,
  scopeNames,
} from '@openbeian/model/eligibility';
import type { QuotaUse } from '@openbeian/model/quota';
import type { BookText, RuleGroup, RuleRow, RuleTest } from './rule-book.ts';
import * as words from './words.ts';

type Condition = PolicyVersion['conditions'][number];
type ConditionOf<R extends Condition['rule']> = Extract<Condition, { rule: R }>;

/** Which test cases fail when a rule is changed; see `ruleBookOf`. */
export type TestsOf = (holder: Holder) => readonly RuleTest[];
/** What a test case can be about: a condition, the quota of a use, how a use is decided. */
export type Holder =
  | { readonly condition: Condition['rule']; readonly uses: readonly QuotaUse[] }
  | { readonly quotaOf: readonly QuotaUse[] }
  | { readonly mode: QuotaUse };

/** What each part of a version says, in the order in which it is listed; null: shown beside the rows. */
const parts: Readonly<
  Record<keyof PolicyVersion, ((version: PolicyVersion, testsOf: TestsOf) => readonly RuleRow[]) | null>
> = {
  file: wayRows,
  issue: issueRows,
  anyNumberSuffices: anyNumberRows,
  conditions: (version, testsOf) => version.conditions.map((condition) => conditionRow(condition, version, testsOf)),
  quotas: quotaRows,
  codes: codeRows,
  evidence: aboutRows,
  regionless: null,
  notes: null,
  validFrom: null,
  validTo: null,
  source: null,
};

/** A version of a product's rules, one row for each thing it asks. */
export function policyRows(version: PolicyVersion, testsOf: TestsOf): RuleRow[] {
  return Object.values(parts).flatMap((part) => part?.(version, testsOf) ?? []);
}

function row(
  group: RuleGroup,
  key: string,
  [label, value]: readonly [BookText, BookText],
  { sources, tests = [] }: { readonly sources: readonly string[]; readonly tests?: readonly RuleTest[] },
): RuleRow {
  return { key, group, label, value, sources, tests };
}

function wayRows({ file, source }: PolicyVersion, testsOf: TestsOf): RuleRow[] {
  const tests = testsOf({ mode: 'file' });
  const rows = [row('ways', 'file', [{ zh: '能否备案', en: 'Filing' }, fileText(file)], { sources: source, tests })];
  if (file.mode !== 'fileable') return rows;
  const ways = words.listed(
    file.ways.map((way) => words.wayNames[way]),
    { zh: '，或', en: ', or ' },
  );
  const until: BookText =
    file.picksUntilCodes === true
      ? { zh: '；生成过授权码后只能使用授权码', en: '; once codes were issued, by code only' }
      : { zh: '', en: '' };
  const label = { zh: '备案方式', en: 'Way in' };
  return [...rows, row('ways', 'file.ways', [label, words.joined(ways, until)], { sources: source })];
}

function issueRows({ issue, source }: PolicyVersion, testsOf: TestsOf): RuleRow[] {
  const label = { zh: '能否生成授权码', en: 'Issuing codes' };
  return [row('ways', 'issue', [label, issueText(issue)], { sources: source, tests: testsOf({ mode: 'issue' }) })];
}

function anyNumberRows({ anyNumberSuffices }: PolicyVersion): RuleRow[] {
  if (anyNumberSuffices === undefined) return [];
  const label: BookText = { zh: '自定义域名', en: 'Custom domains' };
  const value: BookText = {
    zh: '有任一有效备案号即可，不限接入商',
    en: 'any valid number will do, filed through whichever provider',
  };
  return [row('ways', 'anyNumberSuffices', [label, value], { sources: [anyNumberSuffices.source] })];
}

function fileText(file: PolicyVersion['file']): BookText {
  switch (file.mode) {
    case 'fileable':
      return { zh: '可以备案', en: 'can be filed on' };
    case 'through_bound':
      return {
        zh: `通过绑定的资源备案：${file.products.join('、')}`,
        en: `through the resource bound to it: ${file.products.join(', ')}`,
      };
    case 'not_fileable':
      return { zh: '该产品不能用于备案', en: 'the product carries no filing' };
    case 'closed':
      return { zh: '已停止受理', en: 'closed to new filings' };
    case 'unstated':
      return { ...words.notStated };
  }
}

function issueText(issue: PolicyVersion['issue']): BookText {
  switch (issue.mode) {
    case 'codes': {
      const entries = words.listed(
        issue.applyAt.map((entry) => words.entryNames[entry]),
        { zh: '或', en: ' or ' },
      );
      return { zh: `可以，在${entries.zh}申请`, en: `yes, at ${entries.en}` };
    }
    case 'cannot':
      return { zh: '不能生成', en: 'no' };
    case 'not_needed':
      return { zh: '不需要授权码', en: 'no code is needed' };
    case 'unstated':
      return { ...words.notStated };
  }
}

/** As `statedVersion` of the policies names it, so that a row and a line of `policy diff` are about the same. */
const conditionKey = ({ rule, for: uses }: Condition): string =>
  `conditions.${uses === undefined ? rule : `${rule}(${uses.join('+')})`}`;

function conditionRow(condition: Condition, version: PolicyVersion, testsOf: TestsOf): RuleRow {
  const named = words.conditionLabels[condition.rule];
  const only = condition.for === undefined ? null : words.listed(condition.for.map((use) => words.useNames[use]));
  const label = only === null ? named : { zh: `${named.zh}（仅${only.zh}）`, en: `${named.en} (${only.en} only)` };
  return row('conditions', conditionKey(condition), [label, conditionText(condition)], {
    sources: condition.source === undefined ? version.source : [condition.source],
    tests: testsOf({ condition: condition.rule, uses: condition.for ?? ['file', 'issue'] }),
  });
}

function conditionText(condition: Condition): BookText {
  // The table has a function for each rule; the union of both sides cannot be followed by the type checker.
  const textOf = conditionTexts[condition.rule] as (condition: Condition) => BookText;
  const text = textOf(condition);
  const whereKnown = 'whereKnown' in condition && condition.whereKnown === true;
  return whereKnown
    ? words.joined(text, { zh: '；资源信息中没有时不作要求', en: '; not asked where the inventory does not say' })
    : text;
}

const termText = ({ atLeast, moreThan }: { atLeast?: string | undefined; moreThan?: string | undefined }): BookText => {
  const { zh, en } = periodText(parsePeriod(moreThan ?? atLeast ?? 'P0D'));
  return moreThan === undefined
    ? { zh: `不少于 ${zh}`, en: `at least ${en}` }
    : { zh: `超过 ${zh}`, en: `more than ${en}` };
};

const conditionTexts: { readonly [R in Condition['rule']]: (condition: ConditionOf<R>) => BookText } = {
  billing: ({ allowed }) =>
    words.listed(
      allowed.map((it) => billingNames[it]),
      { zh: '或', en: ' or ' },
    ),
  boughtTerm: termText,
  remainingTerm: termText,
  firstTerm: termText,
  notExpired: () => ({ zh: '未到期', en: 'not expired' }),
  publicIp: ({ comesWith }) =>
    comesWith === 'bandwidth'
      ? { zh: '须有，随公网带宽分配', en: 'needed; it comes with public bandwidth' }
      : { zh: '须有', en: 'needed' },
  publicBandwidth: () => ({ zh: '大于 0 Mbps', en: 'more than 0 Mbps' }),
  ownIp: () => ({ zh: '不能只有负载均衡的 IP', en: 'not the IP of a load balancer alone' }),
  environment: ({ allowed }) =>
    words.listed(
      allowed.map((it) => words.filingServiceNames[it]),
      { zh: '或', en: ' or ' },
    ),
  running: ({ refused }) => {
    const { zh, en } = words.listed(
      refused.map((it) => words.refusedStateNames[it]),
      { zh: '或', en: ' or ' },
    );
    return { zh: `不能是${zh}`, en: `not ${en}` };
  },
  orderAmount: ({ atLeastCny }) => ({ zh: `不低于 ${atLeastCny} 元`, en: `CNY ${atLeastCny} or more` }),
  package: ({ invocations, gbSeconds }) =>
    words.joined(
      { zh: '须已购买', en: 'one must be bought' },
      amountsText({ invocations: invocations ?? null, gbSeconds: gbSeconds ?? null }),
    ),
  notTrial: () => ({ zh: '不能是试用产品', en: 'no trial product' }),
  issuer: ({ realName }) =>
    words.listed(
      realName.map((it) => realNameNames[it]),
      { zh: '、', en: ' or ' },
    ),
};

function quotaRows({ quotas, source }: PolicyVersion, testsOf: TestsOf): RuleRow[] {
  return quotas.map(({ of, scope, limit, returnedOnCancel, source: own }) => {
    const uses = words.listed(
      of.map((use) => words.useNames[use]),
      { zh: '与', en: ' and ' },
    );
    const shared: BookText = of.length > 1 ? { zh: '，合并计算', en: ', counted together' } : { zh: '', en: '' };
    const returned = returnedTexts[String(returnedOnCancel) as keyof typeof returnedTexts];
    return row(
      'quotas',
      `quotas.${of.join('+')}(${scope})`,
      [
        { zh: `名额（${uses.zh}）`, en: `Quota for ${uses.en}` },
        words.joined(
          {
            zh: `每${perScope(scope)} ${limit} 个${shared.zh}`,
            en: `${limit} per ${scopeNames[scope].en}${shared.en}`,
          },
          returned,
        ),
      ],
      { sources: own === undefined ? source : [own], tests: testsOf({ quotaOf: of }) },
    );
  });
}

/** 每实例, 每个 IP. */
const perScope = (scope: keyof typeof scopeNames): string =>
  scope === 'instance' ? `个${scopeNames[scope].zh}` : scopeNames[scope].zh;

const returnedTexts = {
  true: { zh: '；注销备案后返还', en: '; returned when the filing is cancelled' },
  false: { zh: '；注销备案后不返还', en: '; not returned when the filing is cancelled' },
  null: { zh: '；注销备案后是否返还，来源未说明', en: '; whether a cancellation returns it, no source says' },
} as const satisfies Record<string, BookText>;

function codeRows({ codes }: PolicyVersion): RuleRow[] {
  if (codes === undefined) return [];
  const stated = (value: boolean | null): BookText => (value === null ? words.notStated : value ? words.yes : words.no);
  const given: readonly (readonly [string, BookText, BookText])[] = [
    ['term', { zh: '名称', en: 'Name' }, codes.term],
    ['format', { zh: '格式', en: 'Form' }, codes.format === null ? words.notStated : words.formatNames[codes.format]],
    [
      'ownLifetime',
      { zh: '自身有效期', en: 'Life of its own' },
      codes.ownLifetime === null
        ? { zh: '无，随资源失效', en: 'none, it ends with the resource' }
        : periodText(parsePeriod(codes.ownLifetime)),
    ],
    ['revivesOnRenewal', { zh: '续费后恢复', en: 'Works again after renewal' }, stated(codes.revivesOnRenewal)],
    [
      'reusableAfterAbandon',
      { zh: '放弃订单后可再用', en: 'Usable again after a filing is abandoned' },
      stated(codes.reusableAfterAbandon),
    ],
    [
      'reusableAfterSuccess',
      { zh: '备案成功后可再用', en: 'Usable again after success' },
      stated(codes.reusableAfterSuccess),
    ],
    [
      'returnedOnRevoke',
      { zh: '删除后返还名额', en: 'Quota returned when the code is deleted' },
      stated(codes.returnedOnRevoke),
    ],
    ['repointable', { zh: '可更换云资源', en: 'May move to another resource' }, stated(codes.repointable)],
    [
      'grant',
      { zh: '谁可使用', en: 'Who may use it' },
      codes.grant === null ? words.notStated : words.grantNames[codes.grant],
    ],
    [
      'batchMaximum',
      { zh: '每次最多生成', en: 'Most per request' },
      codes.batchMaximum === null
        ? words.notStated
        : { zh: `${codes.batchMaximum} 个`, en: String(codes.batchMaximum) },
    ],
    ['mayBeSold', { zh: '可转卖', en: 'May be sold' }, stated(codes.mayBeSold)],
  ];
  return given.map(([key, label, value]) => row('codes', `codes.${key}`, [label, value], { sources: [codes.source] }));
}

function aboutRows({ evidence, notes, regionless, source }: PolicyVersion): RuleRow[] {
  const rows = [
    row('about', 'evidence', [{ zh: '依据强度', en: 'Evidence' }, words.evidenceNames[evidence]], { sources: source }),
  ];
  if (regionless === true) {
    const value: BookText = { zh: '不分地域，视为境内', en: 'none; it counts as mainland' };
    rows.push(row('about', 'regionless', [{ zh: '地域', en: 'Region' }, value], { sources: source }));
  }
  if (notes !== undefined) rows.push(row('about', 'notes', [{ zh: '说明', en: 'Notes' }, notes], { sources: source }));
  return rows;
}

/** What a provider's rules say of accounts; what no source says is left out. */
export function accountRows(accounts: PolicyFile['accounts']): RuleRow[] {
  if (accounts === undefined) return [];
  const count = (value: number | null): BookText | null =>
    value === null ? null : { zh: `${value} 个`, en: String(value) };
  const stated = (value: boolean | null): BookText | null => (value === null ? null : value ? words.yes : words.no);
  const given: readonly (readonly [string, BookText, BookText | null])[] = [
    ['subjectsPerAccount', { zh: '每个账号的主体', en: 'Organisers per account' }, count(accounts.subjectsPerAccount)],
    ['accountsPerSubject', { zh: '每个主体的账号', en: 'Accounts per organiser' }, count(accounts.accountsPerSubject)],
    ['sitesPerSubject', { zh: '每个主体的网站', en: 'Sites per organiser' }, count(accounts.sitesPerSubject)],
    [
      'servicesPerIndividual',
      { zh: '个人主体的服务', en: 'Services of an individual' },
      count(accounts.servicesPerIndividual),
    ],
    [
      'filerMustBeBuyer',
      { zh: '备案账号须为购买账号', en: 'The filing account must have bought the resource' },
      stated(accounts.filerMustBeBuyer),
    ],
    [
      'realNameMustBeSubject',
      { zh: '账号实名须与主体一致', en: 'The account’s real name must be the organiser’s' },
      stated(accounts.realNameMustBeSubject),
    ],
    [
      'issuerRealName',
      { zh: '可生成授权码的账号', en: 'Accounts that may issue codes' },
      accounts.issuerRealName === null
        ? null
        : words.listed(
            accounts.issuerRealName.map((it) => realNameNames[it]),
            { zh: '、', en: ' or ' },
          ),
    ],
    [
      'transfer',
      { zh: '迁移到其他账号', en: 'Moving to another account' },
      accounts.transfer === null ? null : words.transferNames[accounts.transfer],
    ],
  ];
  return given.flatMap(([key, label, value]) =>
    value === null ? [] : [row('accounts', `accounts.${key}`, [label, value], { sources: [accounts.source] })],
  );
}
