import { fileURLToPath } from 'node:url';
import { type Day, isDay } from '@openbeian/model/calendar';
import { type AccountRules, type CodeMode, codeModeOf, findPolicy } from '@openbeian/model/eligibility';
import { loadPolicies, policyFilesOf, providersDirectory, sampleDirectory } from '@openbeian/policies';
import { type CaseResult, casesBeside, runCases } from '@openbeian/policies/cases';
import { type PolicyDifference, policyDifferences, statedVersion } from '@openbeian/policies/differences';
import { type LintProblem, labelsExplainedIn, lintPolicies } from '@openbeian/policies/lint';
import { lintFormTables } from '@openbeian/policies/lint-form-tables';
import { lintProvinces } from '@openbeian/policies/lint-provinces';
import { runProvinceCases } from '@openbeian/policies/province-cases';
import { loadProvinceRules, provincesDirectory, readProvinceFile } from '@openbeian/policies/provinces';
import { loadRuleBook } from '@openbeian/policies/rule-book';
import { InputError } from '../io/input.ts';
import { type Lang, refusingFaults } from '../io/read-document.ts';
import { ioWords } from '../io/words.ts';
import { bookWords } from './html/words.ts';
import { bookFiles, writeBook } from './html/write-book.ts';
import { policyWords } from './words.ts';

export interface TestReport {
  readonly passed: number;
  readonly failed: number;
  readonly results: readonly CaseResult[];
}

/** What is tested or linted: directories of policy files and of province rules; without any, the bundled ones. */
export interface RuleDirectories {
  readonly policies: readonly string[];
  readonly provinces: readonly string[];
}

/** With one of both given, only that is looked at: what comes with OpenBeian has its own tests. */
function withBundled({ policies, provinces }: RuleDirectories): RuleDirectories {
  if (policies.length > 0 || provinces.length > 0) return { policies, provinces };
  return { policies: [providersDirectory, sampleDirectory], provinces: [provincesDirectory] };
}

/** Runs the cases beside the files of each directory. @throws InputError for a bad file of rules or cases. */
export function testReport(given: RuleDirectories, lang: Lang): TestReport {
  return refusing(lang, () => {
    const { policies, provinces } = withBundled(given);
    const results = [...policies.flatMap(policyCases), ...provinceCases(provinces)];
    const failed = results.filter(({ differences }) => differences.length > 0).length;
    return { passed: results.length - failed, failed, results };
  });
}

function policyCases(directory: string): CaseResult[] {
  const policies = loadPolicies([directory]);
  return policyFilesOf(directory).flatMap((file) => {
    const cases = casesBeside(file);
    return cases === null ? [] : runCases(cases, policies);
  });
}

function provinceCases(directories: readonly string[]): CaseResult[] {
  if (directories.length === 0) return [];
  // Refuses what a server would refuse, before any case is run.
  const rules = loadProvinceRules(directories);
  return directories
    .flatMap(policyFilesOf)
    .flatMap((file) => runProvinceCases(readProvinceFile(file), rules))
    .map(({ result }) => result);
}

/** Prints what failed, and the sums. */
export function printTests({ passed, failed, results }: TestReport, lang: Lang, out: NodeJS.WritableStream): void {
  for (const { file, line, name, product, differences } of results) {
    if (differences.length === 0) continue;
    out.write(`✗ ${file}:${line}: ${product}: ${name}\n`);
    for (const { key, expected, actual } of differences) {
      const [wanted, found] = [JSON.stringify(expected), JSON.stringify(actual)];
      out.write(`    ${policyWords.difference(key, wanted, found)[lang]}\n`);
    }
  }
  out.write(`${policyWords.sums(passed, failed)[lang]}\n`);
}

export interface LintReport {
  readonly problems: readonly LintProblem[];
}

/** Everything wrong with the files of each directory. @throws InputError when a directory or `sources` cannot be read. */
export function lintReport(given: RuleDirectories, lang: Lang, sources: string | undefined): LintReport {
  const file = sources ?? fileURLToPath(new URL('../../../../docs/sources.md', import.meta.url));
  let labels: Set<string>;
  try {
    labels = labelsExplainedIn(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(ioWords.cannotRead('--sources', reason)[lang]);
  }
  const { policies, provinces } = withBundled(given);
  return refusing(lang, () => ({
    problems: [
      ...policies.flatMap((directory) => lintPolicies(directory, labels)),
      ...lintProvinces(provinces, labels),
      // An operator's own directories have no tables of the form.
      ...(given.policies.length + given.provinces.length === 0 ? lintFormTables(labels) : []),
    ],
  }));
}

/** A line per problem. */
export function printLint({ problems }: LintReport, lang: Lang, out: NodeJS.WritableStream): void {
  for (const problem of problems) out.write(`${problem.place}: ${problem[lang]}\n`);
  if (problems.length === 0) out.write(`${policyWords.noProblems[lang]}\n`);
}

export interface ShowReport {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly at: Day;
  readonly codeMode: CodeMode;
  readonly version: ReturnType<typeof statedVersion>;
  /** First days of all versions, in order of time; null: as long as the source has been known. */
  readonly versions: readonly (Day | null)[];
  readonly accounts: AccountRules | null;
}

/** The rules of a product on a day. @throws InputError when the product, or its rule of that day, is not known. */
export function showReport(id: string, at: Day, lang: Lang, directories?: readonly string[]): ShowReport {
  const policies = refusing(lang, () => loadPolicies(directories));
  const [provider = '', product = '', ...rest] = id.split('/');
  const versions = rest.length === 0 ? policies.get(provider)?.products.get(product) : undefined;
  if (versions === undefined) {
    const known = [...policies.values()].flatMap((it) => [...it.products.keys()].map((key) => `${it.provider}/${key}`));
    const near = known.filter((it) => it.startsWith(`${provider}/`));
    const list = (near.length > 0 ? near : known).join(' ');
    throw new InputError(policyWords.unknownProduct(id, list)[lang]);
  }
  const policy = findPolicy(policies, provider, product, at);
  if (policy === null) {
    throw new InputError(policyWords.unknownOn(id, at)[lang]);
  }
  return {
    id,
    name: policy.name,
    at,
    codeMode: codeModeOf(policy.version),
    version: statedVersion(policy.version),
    versions: versions.map(({ version }) => version.validFrom),
    accounts: policies.get(provider)?.accounts ?? null,
  };
}

/** Prints the rules as `key: value` lines, one for each value. */
export function printShow(report: ShowReport, lang: Lang, out: NodeJS.WritableStream): void {
  out.write(`${report.id}  ${report.name[lang]}  ${report.at}\n`);
  out.write(`codeMode: ${report.codeMode}\n`);
  for (const [key, value] of Object.entries(report.version)) {
    if (value !== undefined && key !== 'conditions' && key !== 'quotas') out.write(`${key}: ${text(value)}\n`);
  }
  for (const key of ['conditions', 'quotas'] as const) {
    for (const [rule, inner] of Object.entries(report.version[key])) out.write(`${key}.${rule}: ${text(inner)}\n`);
  }
  if (report.accounts !== null) out.write(`accounts: ${text(report.accounts)}\n`);
  if (report.versions.length > 1) out.write(`versions: ${report.versions.map((day) => day ?? '–').join(', ')}\n`);
}

export interface DiffReport {
  readonly before: string;
  readonly after: string;
  readonly differences: readonly PolicyDifference[];
}

/** Two days of the same rules, or two directories on one day. @throws InputError when one is a day and the other not. */
export function diffReport(
  [before, after]: readonly [string, string],
  at: Day,
  lang: Lang,
  directories?: readonly string[],
): DiffReport {
  if (isDay(before) !== isDay(after)) {
    throw new InputError(policyWords.twoOfAKind[lang]);
  }
  return refusing(lang, () => {
    const on = (side: string) =>
      isDay(side) ? { policies: loadPolicies(directories), at: side } : { policies: loadPolicies([side]), at };
    return { before, after, differences: policyDifferences(on(before), on(after)) };
  });
}

/** A line per difference: what was, what is. */
export function printDiff({ differences }: DiffReport, lang: Lang, out: NodeJS.WritableStream): void {
  for (const { product, path, before, after } of differences) {
    out.write(`${product}  ${path === '' ? '*' : path}: ${text(before)} → ${text(after)}\n`);
  }
  if (differences.length === 0) out.write(`${policyWords.noDifferences[lang]}\n`);
}

export interface BookReport {
  readonly out: string;
  readonly at: Day;
  readonly compare: Day | null;
  /** Written below `out`, in their order. */
  readonly files: readonly string[];
}

export interface BookRequest {
  readonly out: string;
  readonly at: Day;
  readonly compare: Day | null;
  readonly policies?: readonly string[] | undefined;
  readonly provinces?: readonly string[] | undefined;
}

/** Writes the rules as pages for people. @throws InputError for bad rules, or where a page cannot be written */
export function bookReport({ out, at, compare, policies, provinces }: BookRequest, lang: Lang): BookReport {
  const files = bookFiles(
    refusing(lang, () => loadRuleBook({ policies, provinces })),
    at,
    compare,
  );
  writeBook(files, out, lang);
  return { out, at, compare, files: [...files.keys()] };
}

export function printBook({ out, files }: BookReport, lang: Lang, stream: NodeJS.WritableStream): void {
  stream.write(`${bookWords.written(files.length, out)[lang]}\n`);
}

function text(value: unknown): string {
  return value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
}

function refusing<T>(lang: Lang, work: () => T): T {
  return refusingFaults(lang, (path) => path, work);
}
