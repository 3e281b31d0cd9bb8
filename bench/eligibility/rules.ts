import { parsePeriod } from '@openbeian/model/calendar';
import { findPolicy, type PolicySet, type PolicyVersion } from '@openbeian/model/eligibility';
import { at } from './data-set.ts';
import type { Facts } from './facts.ts';

/** One comparison of a fact; a reason holds when every comparison of one of its alternatives does. */
export interface Test {
  readonly fact: keyof Facts;
  readonly op: '==' | '!=' | '<' | 'in' | 'notIn';
  readonly value: string | number | boolean | readonly string[];
}
/** `outcome`: what the reason alone would give. */
export interface Rule {
  readonly use: 'file' | 'issue';
  readonly outcome: 'not_required' | 'not_applicable' | 'ineligible' | 'indeterminate';
  readonly all: readonly Test[];
}

type Condition = PolicyVersion['conditions'][number];

const uses = ['file', 'issue'] as const;
const is = (fact: keyof Facts, value: Test['value']): Test => ({ fact, op: '==', value });
const isNot = (fact: keyof Facts, value: Test['value']): Test => ({ fact, op: '!=', value });
const below = (fact: keyof Facts, value: number): Test => ({ fact, op: '<', value });
const oneOf = (fact: keyof Facts, value: readonly string[]): Test => ({ fact, op: 'in', value });
const noneOf = (fact: keyof Facts, value: readonly string[]): Test => ({ fact, op: 'notIn', value });

/** The rules of the bench's day for the general engines, by product: the same policies, in comparisons of facts. */
export function rulesOf(policies: PolicySet): Map<string, Rule[]> {
  const rules = new Map<string, Rule[]>();
  for (const { provider, products } of policies.values()) {
    for (const product of products.keys()) {
      const policy = findPolicy(policies, provider, product, at);
      if (policy !== null)
        rules.set(
          policy.id,
          uses.flatMap((use) => rulesFor(use, policy)),
        );
    }
  }
  rules.set(
    'unknown',
    uses.flatMap((use) => [outside(use), { use, outcome: 'indeterminate', all: [isNot('place', 'outside')] }]),
  );
  return rules;
}

const outside = (use: Rule['use']): Rule => ({ use, outcome: 'not_required', all: [is('place', 'outside')] });

type Policy = NonNullable<ReturnType<typeof findPolicy>>;

function rulesFor(use: Rule['use'], { version }: Policy): Rule[] {
  const rules: Rule[] = [outside(use)];
  const bad = (...all: Test[]) => rules.push({ use, outcome: 'ineligible', all });
  const open = (...all: Test[]) => rules.push({ use, outcome: 'indeterminate', all });
  const { file } = version;
  if (file.mode === 'not_fileable') rules.push({ use, outcome: 'not_applicable', all: [] });
  if (file.mode === 'closed') bad();
  if (use === 'issue' && (version.issue.mode === 'cannot' || version.issue.mode === 'not_needed')) {
    rules.push({ use, outcome: 'not_applicable', all: [] });
  }
  if (version[use].mode === 'unstated') {
    open();
    return rules;
  }
  open(is('place', 'unknown'));
  if (version.regionless !== true) open(is('place', 'absent'));
  bad(is('state', 'released'));
  for (const condition of version.conditions) {
    if (condition.for === undefined || condition.for.includes(use)) conditionRules(condition, bad, open);
  }
  if (use === 'file' && file.mode === 'through_bound') {
    open(is('bound', 'missing'));
    for (const outcome of ['not_required', 'not_applicable', 'ineligible', 'indeterminate'] as const) {
      rules.push({ use, outcome, all: [is('behind', outcome)] });
    }
    return rules;
  }
  const quota = version.quotaOf[use];
  if (quota === null) return rules;
  const account = quota.scope === 'account' || quota.scope === 'package';
  if (account) open(is('account', false));
  bad(below(use === 'file' ? 'fileRoom' : 'issueRoom', 1), ...(account ? [is('account', true)] : []));
  return rules;
}

type Say = (...all: Test[]) => unknown;
type Of<R extends Condition['rule']> = Extract<Condition, { rule: R }>;

function conditionRules(condition: Condition, bad: Say, open: Say): void {
  // Kept by rule, so each gets the condition of its own rule.
  const say = rulesOfCondition[condition.rule] as (condition: Condition, bad: Say, open: Say) => void;
  say(condition, bad, open);
}

const hasTerm = isNot('billing', 'pay_as_you_go');

const rulesOfCondition: {
  readonly [R in Condition['rule']]: (condition: Of<R>, bad: Say, open: Say) => void;
} = {
  billing({ allowed }, bad, open) {
    open(is('billing', 'unknown'));
    bad(noneOf('billing', [...allowed, 'unknown']));
  },
  boughtTerm({ atLeast, moreThan }, bad, open) {
    open(hasTerm, is('hasBoughtAt', false));
    open(hasTerm, is('hasExpiresAt', false));
    const { months, days } = parsePeriod(atLeast ?? moreThan ?? '');
    const strict = moreThan !== undefined;
    const short =
      months > 0
        ? below(strict ? 'boughtMonthsStrict' : 'boughtMonths', months)
        : below('boughtDays', days + (strict ? 1 : 0));
    bad(hasTerm, is('hasBoughtAt', true), is('hasExpiresAt', true), short);
  },
  remainingTerm({ atLeast, moreThan }, bad, open) {
    open(hasTerm, is('hasExpiresAt', false));
    const { months, days } = parsePeriod(atLeast ?? moreThan ?? '');
    const short = months > 0 ? below('leftMonths', months) : below('leftDays', days + (moreThan === undefined ? 0 : 1));
    bad(hasTerm, is('hasExpiresAt', true), short);
  },
  notExpired({ whereKnown }, bad, open) {
    if (whereKnown !== true) open(hasTerm, is('hasExpiresAt', false));
    bad(hasTerm, is('hasExpiresAt', true), below('leftDays', 0));
  },
  firstTerm({ atLeast }, bad, open) {
    open(is('firstMonths', -1));
    bad(isNot('firstMonths', -1), below('firstMonths', parsePeriod(atLeast ?? '').months));
  },
  orderAmount({ atLeastCny }, bad, open) {
    open(is('orderFen', -1));
    bad(isNot('orderFen', -1), below('orderFen', atLeastCny * 100));
  },
  package({ invocations, gbSeconds }, bad) {
    const any = invocations === undefined && gbSeconds === undefined;
    bad(is('hasPackage', false), ...(any ? [isNot('billing', 'package')] : []));
    if (invocations !== undefined) bad(isNot('invocations', -1), below('invocations', invocations));
    if (gbSeconds !== undefined) bad(isNot('gbSeconds', -1), below('gbSeconds', gbSeconds));
  },
  publicIp({ whereKnown }, bad, open) {
    if (whereKnown !== true) open(is('ips', -1));
    bad(is('ips', 0));
  },
  publicBandwidth({ whereKnown }, bad, open) {
    if (whereKnown !== true) open(is('bandwidth', -1));
    bad(is('bandwidth', 0));
  },
  ownIp(_, bad, open) {
    open(is('ipKind', 'unknown'));
    bad(is('ipKind', 'balancer'));
  },
  environment({ allowed }, bad, open) {
    open(is('environment', 'unknown'));
    bad(noneOf('environment', [...allowed, 'unknown']));
  },
  running: ({ refused }, bad) => void bad(oneOf('state', refused)),
  notTrial: (_, bad) => void bad(is('trial', true)),
  issuer({ realName }, bad, open) {
    open(is('realName', 'unknown'));
    bad(noneOf('realName', [...realName, 'unknown']));
  },
};
