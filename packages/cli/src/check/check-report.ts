import type { Day } from '@openbeian/model/calendar';
import {
  assume,
  type Decision,
  decide,
  type FleetSummary,
  type InventoryContext,
  inventoryContext,
  outcomes,
  type PolicyFile,
  type PolicySet,
  parseAssumption,
  parseInventory,
  policySet,
  type Reason,
  type Resource,
  summarize,
  type Timeline,
  timeline,
  type UseDecision,
} from '@openbeian/model/eligibility';
import { loadPolicyFiles } from '@openbeian/policies';
import { type Lang, readDocument, refuseDayBeyond, refusingFaults } from '../io/read-document.ts';
import { checkWords } from './words.ts';

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
  /** False: addresses of the documentation ranges are refused. */
  readonly exampleAddresses: boolean;
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
  const { file, at, lang, assume: steps, exampleAddresses } = question;
  const policies = policiesFor(question);
  const given = readDocument(file, lang, (document) => parseInventory(document, { exampleAddresses }));
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
function policiesFor(question: Pick<CheckQuestion, 'at' | 'lang' | 'policies'>): PolicySet {
  return policySet(policyFilesFor(question));
}

/** `policiesFor` before the files are made a set. */
export function policyFilesFor({
  at,
  lang,
  policies,
}: Pick<CheckQuestion, 'at' | 'lang' | 'policies'>): readonly PolicyFile[] {
  refuseDayBeyond(at, lang);
  return refusingFaults(
    lang,
    (path) => path,
    () => loadPolicyFiles(policies),
  );
}

/** Prints the report for people: a block per resource, a line per outcome, each reason with its remedy. */
export function printReport(report: CheckDocument, lang: Lang, out: NodeJS.WritableStream): void {
  out.write(`${checkWords.at(report.at)[lang]}\n`);
  if (report.assumed) out.write(`${checkWords.assumed(report.assumed)[lang]}\n`);
  for (const result of report.results) {
    out.write(`\n${result.resource}  ${result.provider}/${result.product}`);
    out.write(result.goodUntil === null ? '\n' : `  ${checkWords.goodUntil(result.goodUntil)[lang]}\n`);
    writeUse(checkWords.file[lang], result.file, lang, out);
    writeUse(checkWords.issue[lang], result.issue, lang, out);
    if (result.timeline) writeTimeline(result.timeline, lang, out);
  }
}

/** Prints a summary for people: a line per outcome that occurs, then the reasons with how many resources have them. */
export function printSummary(summary: FleetSummary, lang: Lang, out: NodeJS.WritableStream): void {
  out.write(`${checkWords.at(summary.at)[lang]}\n${checkWords.resources(summary.resources)[lang]}\n`);
  for (const use of ['file', 'issue'] as const) {
    out.write(`\n${checkWords[use][lang].trimEnd()}\n`);
    for (const outcome of outcomes) {
      const count = summary[use].outcomes[outcome];
      if (count > 0) out.write(`  ${checkWords.outcomes[outcome][lang]}  ${count}\n`);
    }
    for (const { code, resources } of summary[use].reasons) out.write(`    - ${code}  ${resources}\n`);
  }
}

function writeTimeline({ renewBy, changes }: Timeline, lang: Lang, out: NodeJS.WritableStream): void {
  for (const { message } of changes) out.write(`  · ${message[lang]}\n`);
  if (renewBy !== null) out.write(`  · ${checkWords.renewBy(renewBy)[lang]}\n`);
}

function writeUse(
  label: string,
  { outcome, reasons, quota }: UseDecision,
  lang: Lang,
  out: NodeJS.WritableStream,
): void {
  const counted = quota === null ? '' : `  ${checkWords.quota(quota.used, quota.limit)[lang]}`;
  out.write(`  ${label}  ${checkWords.outcomes[outcome][lang]}${counted}\n`);
  for (const reason of reasons) out.write(reasonLines(reason, lang));
}

function reasonLines({ code, message, remedy, source }: Reason, lang: Lang): string {
  return `    - ${message[lang]}  [${code}; ${source}]\n      → ${remedy[lang]}\n`;
}
