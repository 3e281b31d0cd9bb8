import type { Day } from '@openbeian/model/calendar';
import {
  type CheckReport,
  check,
  type Outcome,
  parseInventory,
  type Reason,
  type UseDecision,
} from '@openbeian/model/eligibility';
import { loadPolicies } from '@openbeian/policies';
import { InputError } from './input.ts';
import { type Lang, readDocument, refusingFaults } from './read-document.ts';

/**
 * Decides every resource of an inventory file.
 * @throws InputError for a bad inventory or policy file, and for a day beyond the calendar of the rules.
 */
export function checkReport(file: string, at: Day, lang: Lang, policyDirectories?: readonly string[]): CheckReport {
  if (at < '1970-01-01' || at > '2999-12-31') {
    throw new InputError(
      lang === 'zh'
        ? '--at：应在 1970-01-01 至 2999-12-31 之间'
        : '--at: expected a day between 1970-01-01 and 2999-12-31',
    );
  }
  const policies = refusingFaults(
    lang,
    (path) => path,
    () => loadPolicies(policyDirectories),
  );
  return check(readDocument(file, lang, parseInventory), policies, at);
}

/** Prints the report for people: a block per resource, a line per outcome, each reason with its remedy. */
export function printReport(report: CheckReport, lang: Lang, out: NodeJS.WritableStream): void {
  const words = texts[lang];
  out.write(`${words.at(report.at)}\n`);
  for (const result of report.results) {
    out.write(`\n${result.resource}  ${result.provider}/${result.product}`);
    out.write(result.goodUntil === null ? '\n' : `  ${words.goodUntil(result.goodUntil)}\n`);
    writeUse(words.file, result.file, lang, out);
    writeUse(words.issue, result.issue, lang, out);
  }
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
  goodUntil(day: Day): string;
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
    goodUntil: (day) => `不续费时有效至 ${day}`,
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
    goodUntil: (day) => `good until ${day} if not renewed`,
    quota: (used, limit) => `quota ${used}/${limit}`,
  },
};
