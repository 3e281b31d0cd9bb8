import type { Day } from '@openbeian/model/calendar';
import {
  assume,
  type Decision,
  decide,
  type InventoryContext,
  inventoryContext,
  type Outcome,
  type PolicySet,
  parseAssumption,
  parseInventory,
  type Reason,
  type Resource,
  type Timeline,
  timeline,
  type UseDecision,
} from '@openbeian/model/eligibility';
import { loadPolicies } from '@openbeian/policies';
import { InputError } from '../io/input.ts';
import { type Lang, readDocument, refusingFaults } from '../io/read-document.ts';

/** What `openbeian check` is asked. */
export interface CheckQuestion {
  readonly file: string;
  readonly at: Day;
  readonly lang: Lang;
  /** Directories of policy files instead of those that come along. */
  readonly policies: readonly string[] | undefined;
  /** Also what will change when. */
  readonly timeline: boolean;
  /** What-if steps, `renew:ID:TERM` or `convert:ID[:TERM]`, in their order. */
  readonly assume: readonly string[];
}

/** A row of the report; with `--timeline` also what will change when. */
interface CheckResult extends Decision {
  readonly timeline?: Timeline;
}

/** The report of contract §2; with `--assume` the steps that were taken as done come along. */
export interface CheckDocument {
  readonly at: Day;
  readonly assumed?: readonly string[];
  readonly results: readonly CheckResult[];
}

/**
 * Decides every resource of an inventory file.
 * @throws InputError for a bad inventory, policy file or assumption, and for a day beyond the calendar of the rules.
 */
export function checkReport(question: CheckQuestion): CheckDocument {
  const { file, at, lang, assume: steps } = question;
  const policies = policiesFor(question);
  const given = readDocument(file, lang, parseInventory);
  const inventory = refusingFaults(
    lang,
    (place) => `--${place}`,
    () => {
      const assumptions = steps.map((text, position) => parseAssumption(text, `assume[${position}]`));
      return assume(given, assumptions, policies, at);
    },
  );
  const context = inventoryContext(inventory, policies);
  const results = inventory.resources.map((resource) => decided(resource, context, at, question.timeline));
  return { at, ...(steps.length === 0 ? {} : { assumed: steps }), results };
}

/** One row, with its timeline if asked for. */
function decided(resource: Resource, context: InventoryContext, at: Day, withTimeline: boolean): CheckResult {
  const decision = decide(resource, context, at);
  return withTimeline ? { ...decision, timeline: timeline(resource, context, at) } : decision;
}

/** Reads the rules and refuses days on which they cannot be asked. */
export function policiesFor({ at, lang, policies }: Pick<CheckQuestion, 'at' | 'lang' | 'policies'>): PolicySet {
  if (at < '1970-01-01' || at > '2999-12-31') {
    throw new InputError(
      lang === 'zh'
        ? '--at：应在 1970-01-01 至 2999-12-31 之间'
        : '--at: expected a day between 1970-01-01 and 2999-12-31',
    );
  }
  return refusingFaults(
    lang,
    (path) => path,
    () => loadPolicies(policies),
  );
}

/** Prints the report for people: a block per resource, a line per outcome, each reason with its remedy. */
export function printReport(report: CheckDocument, lang: Lang, out: NodeJS.WritableStream): void {
  const words = texts[lang];
  out.write(`${words.at(report.at)}\n`);
  if (report.assumed) out.write(`${words.assumed(report.assumed)}\n`);
  for (const result of report.results) {
    out.write(`\n${result.resource}  ${result.provider}/${result.product}`);
    out.write(result.goodUntil === null ? '\n' : `  ${words.goodUntil(result.goodUntil)}\n`);
    writeUse(words.file, result.file, lang, out);
    writeUse(words.issue, result.issue, lang, out);
    if (result.timeline) writeTimeline(result.timeline, lang, out);
  }
}

function writeTimeline({ renewBy, changes }: Timeline, lang: Lang, out: NodeJS.WritableStream): void {
  for (const { message } of changes) out.write(`  · ${message[lang]}\n`);
  if (renewBy !== null) out.write(`  · ${texts[lang].renewBy(renewBy)}\n`);
}

function writeUse(
  label: string,
  { outcome, reasons, quota }: UseDecision,
  lang: Lang,
  out: NodeJS.WritableStream,
): void {
  const words = texts[lang];
  const counted = quota === null ? '' : `  ${words.quota(quota.used, quota.limit)}`;
  out.write(`  ${label}  ${words.outcomes[outcome]}${counted}\n`);
  for (const reason of reasons) out.write(reasonLines(reason, lang));
}

function reasonLines({ code, message, remedy, source }: Reason, lang: Lang): string {
  return `    - ${message[lang]}  [${code}; ${source}]\n      → ${remedy[lang]}\n`;
}

interface ReportTexts {
  readonly file: string;
  readonly issue: string;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  at(day: Day): string;
  assumed(steps: readonly string[]): string;
  goodUntil(day: Day): string;
  renewBy(day: Day): string;
  quota(used: number, limit: number): string;
}

const texts: Readonly<Record<Lang, ReportTexts>> = {
  zh: {
    file: '备案  ',
    issue: '授权码',
    outcomes: {
      eligible: '可以',
      ineligible: '不可以',
      not_required: '无需',
      not_applicable: '不适用',
      indeterminate: '无法判断',
    },
    at: (day) => `判断日期 ${day}`,
    assumed: (steps) => `假设已完成：${steps.join('，')}`,
    goodUntil: (day) => `不续费时有效至 ${day}`,
    renewBy: (day) => `在 ${day} 及之前续费，现有资格全部保留`,
    quota: (used, limit) => `名额 ${used}/${limit}`,
  },
  en: {
    file: 'file ',
    issue: 'issue',
    outcomes: {
      eligible: 'eligible',
      ineligible: 'ineligible',
      not_required: 'not required',
      not_applicable: 'not applicable',
      indeterminate: 'cannot be decided',
    },
    at: (day) => `Decided for ${day}`,
    assumed: (steps) => `Taken as done: ${steps.join(', ')}`,
    renewBy: (day) => `Renewed on ${day} or before, all of it is kept`,
    goodUntil: (day) => `good until ${day} if not renewed`,
    quota: (used, limit) => `quota ${used}/${limit}`,
  },
};
