import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { type PolicyVersion, policySet } from '@openbeian/model/eligibility';
import { isFault } from '@openbeian/model/fault';
import { casesBeside, runCases } from './cases.ts';
import { parseSource } from './document.ts';
import { loadPolicies, policyFilesOf, readPolicyFile } from './load.ts';

/** Something wrong with a policy file, with its place, in both languages. */
export interface LintProblem {
  /** `file:line: path`. */
  readonly place: string;
  readonly zh: string;
  readonly en: string;
}

/** Labels that a Markdown file like docs/sources.md explains: the quoted words of its third-level headings. */
export function labelsExplainedIn(file: string): Set<string> {
  const headings = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('### '));
  return new Set(headings.flatMap((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, label]) => label ?? '')));
}

/**
 * Everything wrong with the policy files of a directory: what the schema refuses, labels that `labels` does not hold,
 * versions after a gap or with nothing new, conditions and quotas that nothing asks, products without a test case.
 * @throws Fault `input.invalid` for a directory that cannot be read or holds no policy file.
 */
export function lintPolicies(directory: string, labels: ReadonlySet<string>): LintProblem[] {
  const problems: LintProblem[] = [];
  const refused = (work: () => void) => {
    try {
      work();
    } catch (error) {
      if (!isFault(error, 'input.invalid')) throw error;
      for (const { path, expected, expectedZh } of error.extras.places ?? []) {
        problems.push({ place: path, zh: expectedZh ?? expected, en: expected });
      }
    }
  };
  const files = policyFilesOf(directory);
  for (const file of files) refused(() => problems.push(...lintFile(file, labels)));
  if (problems.length === 0) refused(() => loadPolicies([directory]));
  return problems;
}

function lintFile(file: string, labels: ReadonlySet<string>): LintProblem[] {
  const policy = readPolicyFile(file);
  const parsed = parseSource(readFileSync(file, 'utf8'));
  if ('problem' in parsed) return [];
  const problems: LintProblem[] = [];
  const say = (path: string, zh: string, en: string) =>
    problems.push({ place: `${file}:${parsed.document.lineOf(path)}: ${path}`, zh, en });

  for (const { path, label } of labelsIn(policy, '')) {
    if (!labels.has(label)) say(path, `来源 ${label} 没有说明`, `expected a source that is explained; ${label} is not`);
  }
  policy.products.forEach(({ versions }, index) => {
    versions.forEach((version, position) => {
      const path = `products[${index}].versions[${position}].validFrom`;
      const previous = versions[position - 1];
      for (const { key, zh, en } of neverAsked(version)) {
        say(`products[${index}].versions[${position}].${key}`, zh, en);
      }
      if (previous !== undefined && isDeepStrictEqual(rulesOf(previous), rulesOf(version))) {
        say(path, '与前一版本的规则相同，没有必要另立版本', 'expected other rules than those of the version before');
      }
      if (previous?.validTo == null || version.validFrom === null) return;
      const next = new Date(Date.parse(`${previous.validTo}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
      if (version.validFrom !== next) {
        say(
          path,
          `前一版本止于 ${previous.validTo}，此后有空档`,
          `expected ${next}: the version before ends on ${previous.validTo}`,
        );
      }
    });
  });
  const beside = casesBeside(file);
  const tested = new Set(beside === null ? [] : runCases(beside, loadOne(file)).map(({ product }) => product));
  policy.products.forEach(({ product }, index) => {
    if (tested.has(`${policy.provider}/${product}`)) return;
    say(`products[${index}].product`, '没有测试用例', 'expected a test case in the file of cases beside this one');
  });
  return problems;
}

/** What a version asks and decides, without its dates and where they are from. */
function rulesOf({ conditions, file, issue, quotas, codes, regionless, anyNumberSuffices, evidence }: PolicyVersion) {
  return { conditions, file, issue, quotas, codes, regionless, anyNumberSuffices, evidence };
}

/** Conditions and quotas of a use that is decided without them: whoever wrote them thinks that they hold. */
function neverAsked(version: PolicyVersion): { readonly key: string; readonly zh: string; readonly en: string }[] {
  const asks = {
    file: version.file.mode !== 'not_fileable' && version.file.mode !== 'unstated',
    issue: version.file.mode !== 'not_fileable' && version.issue.mode === 'codes',
  };
  const zh = '不会用到：该用途不问条件和名额';
  const en = 'expected to be left out: the use that it is for is decided without it';
  const idle = (uses: readonly ('file' | 'issue')[]) => !uses.some((use) => asks[use]);
  return [
    ...version.conditions.flatMap((it, index) =>
      idle(it.for ?? ['file', 'issue']) ? [{ key: `conditions[${index}]`, zh, en }] : [],
    ),
    ...version.quotas.flatMap((it, index) => (idle(it.of) ? [{ key: `quotas[${index}]`, zh, en }] : [])),
  ];
}

const loadOne = (file: string) => policySet([readPolicyFile(file)]);

/** Every `source` of a policy with its place. */
function labelsIn(value: unknown, path: string): { path: string; label: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const place = Array.isArray(value) ? `${path}[${key}]` : `${path}${path === '' ? '' : '.'}${key}`;
    if (key !== 'source' && key !== 'ownerSource') return labelsIn(inner, place);
    return (Array.isArray(inner) ? inner : [inner]).map((label, index) => ({
      path: Array.isArray(inner) ? `${place}[${index}]` : place,
      label: String(label),
    }));
  });
}
