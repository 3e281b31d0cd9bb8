import { addDays, type Day } from '@openbeian/model/calendar';
import type { InventoryContext } from '../decide/context.ts';
import { evaluate, findBound } from '../decide/evaluate.ts';
import type { Resource } from '../inventory.ts';
import { latestStart } from '../policy/term.ts';
import { type Bilingual, type Outcome, type ReasonCode, reasonCodes } from '../reason.ts';
import { codeValidity } from './clock.ts';

/** Why something changes on a day: the remaining term is too short from then on, the resource has expired, or the rules change. */
export type TimelineCause = 'remaining_term' | 'expiry' | 'rules';

/** What is so from `on` (the first such day), with nothing renewed, and was not the day before. */
export interface TimelineChange {
  readonly on: Day;
  /** Everything that happens on that day, in the order remaining_term, expiry, rules. */
  readonly causes: readonly TimelineCause[];
  readonly file: Outcome;
  readonly issue: Outcome;
  /** Are codes that were issued on it valid from then on? Null where the product issues none. */
  readonly codes: 'valid' | 'suspended' | null;
  /** Reasons that are against a use from then on, and those that are no longer, in the order of the contract. */
  readonly added: readonly ReasonCode[];
  readonly cleared: readonly ReasonCode[];
  readonly message: Bilingual;
}

export interface Timeline {
  /** The last day on which a renewal keeps everything that holds now; null where no date limits it or nothing holds. */
  readonly renewBy: Day | null;
  readonly changes: readonly TimelineChange[];
}

/**
 * What will change for a resource after `at`, and when, if nothing is renewed or altered: each day on which a clock of
 * its rules runs out, or other rules come into force, is decided like any other day and compared with the day before.
 */
export function timeline(resource: Resource, context: InventoryContext, at: Day): Timeline {
  const causesOn = turningDays(resource, context, at);
  const days = [...causesOn.keys()].sort();
  const changes: TimelineChange[] = [];
  const today = stateOn(resource, context, at);
  let before = today;
  let renewBy: Day | null = null;
  for (const on of days) {
    const after = stateOn(resource, context, on);
    const added = codesOnlyIn(after, before);
    const cleared = codesOnlyIn(before, after);
    const same = after.file === before.file && after.issue === before.issue && after.codes === before.codes;
    if (!same || added.length > 0 || cleared.length > 0) {
      const causes = causesInOrder.filter((cause) => causesOn.get(on)?.has(cause));
      const clock = causes.some((cause) => cause !== 'rules');
      if (renewBy === null && clock && loses(today, before, after)) renewBy = addDays(on, -1);
      const { file, issue, codes } = after;
      changes.push({ on, causes, file, issue, codes, added, cleared, message: messageOf(on, causes, before, after) });
    }
    before = after;
  }
  return { renewBy, changes };
}

const causesInOrder = ['remaining_term', 'expiry', 'rules'] as const satisfies readonly TimelineCause[];

/** The first days of something new after `at`: of the resource's own clocks, and of its product's versions. */
function turningDays(resource: Resource, context: InventoryContext, at: Day): Map<Day, Set<TimelineCause>> {
  const causesOn = new Map<Day, Set<TimelineCause>>();
  const turn = (on: Day | null, cause: TimelineCause) => {
    if (on === null || on <= at || on > lastDay) return;
    const causes = causesOn.get(on) ?? new Set();
    causesOn.set(on, causes.add(cause));
  };
  const lookAt = (it: Resource) => {
    const versions = context.policies.get(it.provider)?.products.get(it.product) ?? [];
    for (const policy of versions) {
      const { validFrom, validTo, terms } = policy.version;
      turn(validFrom, 'rules');
      turn(validTo === null ? null : dayAfter(validTo), 'rules');
      if (it.expiresAt === undefined || it.billing === 'pay_as_you_go') continue;
      turn(dayAfter(it.expiresAt), 'expiry');
      if (terms.remaining !== null) turn(dayAfter(latestStart(it.expiresAt, terms.remaining)), 'remaining_term');
    }
  };
  lookAt(resource);
  // The dates of a load balancer are those of the resource behind it.
  for (const policy of context.policies.get(resource.provider)?.products.get(resource.product) ?? []) {
    const bound = findBound(resource, context, policy);
    if (bound !== undefined) lookAt(bound);
  }
  return causesOn;
}

/** Rules are not asked about later days: a remedy may name a day centuries on, and the calendar ends with the year 9999. */
const lastDay = '2999-12-31';

/** The calendar ends with the year 9999. */
function dayAfter(day: Day): Day | null {
  return day === '9999-12-31' ? null : addDays(day, 1);
}

interface State {
  readonly file: Outcome;
  readonly issue: Outcome;
  readonly codes: 'valid' | 'suspended' | null;
  /** By use, code and missing fact: other rules may miss another fact, or refuse the other use for the same reason. */
  readonly reasons: ReadonlyMap<string, ReasonCode>;
}

/** The codes of reasons that one state has and the other has not, each once, in the order of the contract. */
function codesOnlyIn(one: State, other: State): ReasonCode[] {
  const codes = new Set([...one.reasons].flatMap(([name, code]) => (other.reasons.has(name) ? [] : [code])));
  return reasonCodes.filter((code) => codes.has(code));
}

function stateOn(resource: Resource, context: InventoryContext, on: Day): State {
  const { policy, file, issue } = evaluate(resource, context, on);
  const issues = policy !== null && policy.version.issue.mode === 'codes';
  const codes = !issues ? null : codeValidity(resource, policy, on).valid ? 'valid' : 'suspended';
  const reasons = new Map<string, ReasonCode>();
  for (const [use, { findings }] of [['file', file] as const, ['issue', issue] as const]) {
    for (const { code, detail } of findings) {
      reasons.set(`${use} ${code} ${code === 'resource.fact_missing' ? detail.key : ''}`, code);
    }
  }
  return { file: file.outcome, issue: issue.outcome, codes, reasons };
}

/** Does something end that holds today and still held the day before? */
function loses(today: State, before: State, after: State): boolean {
  const held = (holds: (state: State) => boolean) => holds(today) && holds(before) && !holds(after);
  return (
    held(({ file }) => file === 'eligible') ||
    held(({ issue }) => issue === 'eligible') ||
    held(({ codes }) => codes === 'valid')
  );
}

const causeTexts: Readonly<Record<TimelineCause, Bilingual>> = {
  remaining_term: { zh: '剩余有效期低于要求', en: 'the remaining term is too short' },
  expiry: { zh: '资源已到期', en: 'the resource has expired' },
  rules: { zh: '规则变更', en: 'the rules change' },
};

function messageOf(on: Day, causes: readonly TimelineCause[], before: State, after: State): Bilingual {
  const why = causes.map((cause) => causeTexts[cause]);
  const zh: string[] = [];
  const en: string[] = [];
  for (const [use, nameZh, nameEn] of [
    ['file', '备案', 'filing with it'],
    ['issue', '生成授权码', 'creating codes'],
  ] as const) {
    if ((before[use] === 'eligible') === (after[use] === 'eligible')) continue;
    zh.push(after[use] === 'eligible' ? `可以${nameZh}` : `不再能${nameZh}`);
    en.push(after[use] === 'eligible' ? `${nameEn} becomes possible` : `${nameEn} is no longer possible`);
  }
  if (before.codes === 'valid' && after.codes === 'suspended') {
    zh.push('已生成的授权码暂停使用，续费后恢复');
    en.push('its codes stop working until it is renewed');
  } else if (before.codes === 'suspended' && after.codes === 'valid') {
    zh.push('已生成的授权码可用');
    en.push('its codes can be used');
  }
  if (zh.length === 0) {
    zh.push('结论不变，原因有增减');
    en.push('the results stay the same, the reasons change');
  }
  return {
    zh: `${on} 起${why.map((it) => it.zh).join('、')}：${zh.join('；')}。`,
    en: `From ${on} ${why.map((it) => it.en).join(', and ')}: ${en.join('; ')}.`,
  };
}
