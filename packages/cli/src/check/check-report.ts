import type { Day } from '@openbeian/model/calendar';
import {
  assume,
  type Decision,
  decide,
  type FleetSummary,
  type InventoryContext,
  inventoryContext,
  type Outcome,
  outcomes,
  type PolicySet,
  parseAssumption,
  parseInventory,
  type Reason,
  type Resource,
  summarize,
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
  /** Directories of policy files instead of the bundled policies. */
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

/** The report of contract §2; with `--assume` also the steps that were assumed. */
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
  const { at, assume: steps, timeline: withTimeline } = question;
  const { resources, context } = assumedInventory(question);
  const results = resources.map((resource) => decided(resource, context, at, withTimeline));
  return { at, ...(steps.length === 0 ? {} : { assumed: steps }), results };
}

/** The same in numbers: how many resources have which outcomes and reasons. @throws InputError as `checkReport`. */
export function checkSummary(question: CheckQuestion): FleetSummary {
  const { resources, context } = assumedInventory(question);
  return summarize(resources, context, question.at);
}

/** The inventory as it is after the steps of `--assume`, ready for deciding. */
function assumedInventory(question: CheckQuestion): { resources: readonly Resource[]; context: InventoryContext } {
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
  return { resources: inventory.resources, context: inventoryContext(inventory, policies) };
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

/** Prints a summary for people: a line per outcome that occurs, then the reasons with how many resources have them. */
export function printSummary(summary: FleetSummary, lang: Lang, out: NodeJS.WritableStream): void {
  const words = texts[lang];
  out.write(`${words.at(summary.at)}\n${words.resources(summary.resources)}\n`);
  for (const use of ['file', 'issue'] as const) {
    out.write(`\n${words[use].trimEnd()}\n`);
    for (const outcome of outcomes) {
      const count = summary[use].outcomes[outcome];
      if (count > 0) out.write(`  ${words.outcomes[outcome]}  ${count}\n`);
    }
    for (const { code, resources } of summary[use].reasons) out.write(`    - ${code}  ${resources}\n`);
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
  resources(count: number): string;
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
      eligible: '符合条件',
      ineligible: '不符合条件',
      not_required: '无需',
      not_applicable: '不适用',
      indeterminate: '无法判断',
    },
    at: (day) => `判断日期 ${day}`,
    resources: (count) => `资源 ${count} 个`,
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
    resources: (count) => `${count} ${count === 1 ? 'resource' : 'resources'}`,
    assumed: (steps) => `Assuming: ${steps.join(', ')}`,
    renewBy: (day) => `Renew by ${day} to keep everything`,
    goodUntil: (day) => `good until ${day} if not renewed`,
    quota: (used, limit) => `quota ${used}/${limit}`,
  },
};
