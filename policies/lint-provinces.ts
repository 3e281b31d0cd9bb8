import { basename } from 'node:path';
import { isFault } from '@openbeian/model/fault';
import type { ProvinceRule } from '@openbeian/model/province';
import { accountProblems } from './collected-rows.ts';
import type { LintProblem } from './lint.ts';
import { canFail, contradictionsIn, isSupersededForAll, provincesWithout } from './lint-province-rules.ts';
import { policyFilesOf } from './load.ts';
import { runProvinceCases } from './province-cases.ts';
import { placeOf, provincesDirectory, type ReadProvinceFile, readProvinceFile, repeatedRules } from './provinces.ts';
import { textOf } from './read-table.ts';

/** A file that people review has no more lines than this; a longer one is split. */
const maxLines = 400;

/**
 * Everything wrong with the province files of some directories: what the schema refuses, names that are no province's code,
 * files that are too long, ids that are in force twice, sources that `labels` does not hold, superseded rules that do not
 * exist, rules in force that contradict each other, cases that fail, rules without a case in which they apply and one in
 * which they do not, provinces without rules in a set that has `base.yaml`, and, with the bundled rules, collected rows that
 * no rule carries.
 */
export function lintProvinces(directories: readonly string[], labels: ReadonlySet<string>): LintProblem[] {
  const problems: LintProblem[] = [];
  const read: ReadProvinceFile[] = [];
  for (const directory of directories) {
    refusing(problems, () => {
      for (const file of policyFilesOf(directory)) refusing(problems, () => read.push(readProvinceFile(file)));
    });
  }
  const ids = new Set(read.flatMap(({ table }) => table.rules.map(({ id }) => id)));
  for (const one of read) {
    problems.push(...nameProblems(one), ...ruleProblems(one, labels, ids));
    problems.push(...contradictionProblems(one, read));
    refusing(problems, () => problems.push(...caseProblems(one, read)));
  }
  for (const code of provincesWithout(read.map(({ table }) => table))) {
    problems.push({ place: directories.join(', '), zh: `缺少 ${code} 的规则`, en: `expected rules of ${code}` });
  }
  if (directories.includes(provincesDirectory)) {
    refusing(problems, () => problems.push(...accountProblems(read)));
  }
  for (const { file, index, id } of repeatedRules(read)) {
    problems.push({
      place: placeOf(file, `rules[${index}].id`),
      zh: `${id} 重复，且生效日期重叠`,
      en: `expected an id of its own, or other days in force; ${id} is there twice`,
    });
  }
  return problems;
}

function nameProblems({ file, table }: ReadProvinceFile): LintProblem[] {
  const problems: LintProblem[] = [];
  if (basename(file).replace(/(\.[a-z]+)?\.ya?ml$/, '') !== (table.province ?? 'base')) {
    const zh = '文件名应为省份代码（全国通用的为 base）';
    problems.push({
      place: placeOf(file, 'province'),
      zh,
      en: 'expected the file to be named by its province, or base',
    });
  }
  const lines = textOf(file).split('\n').length;
  if (lines > maxLines) {
    problems.push({
      place: `${file}:${maxLines}`,
      zh: `文件超过 ${maxLines} 行，请拆分为 <省份代码>.<部分>.yaml`,
      en: `expected at most ${maxLines} lines; split it into <code>.<part>.yaml`,
    });
  }
  return problems;
}

function ruleProblems(
  { file, table }: ReadProvinceFile,
  labels: ReadonlySet<string>,
  ids: ReadonlySet<string>,
): LintProblem[] {
  return table.rules.flatMap(({ source, supersedes }, index) => {
    const unknown = supersedes.filter((one) => !ids.has(one));
    return [
      ...source
        .filter((label) => !labels.has(label))
        .map((label) => ({
          place: placeOf(file, `rules[${index}].source`),
          zh: `来源 ${label} 没有说明`,
          en: `expected a source that is explained; ${label} is not`,
        })),
      ...unknown.map((other) => ({
        place: placeOf(file, `rules[${index}].supersedes`),
        zh: `没有规则 ${other}`,
        en: `expected a rule that exists; ${other} does not`,
      })),
    ];
  });
}

function caseProblems(one: ReadProvinceFile, read: readonly ReadProvinceFile[]): LintProblem[] {
  const runs = runProvinceCases(
    one,
    read.map(({ table }) => table),
  );
  const tested = new Set<ProvinceRule>(runs.flatMap(({ applied }) => applied));
  const failed = runs.flatMap(({ result: { file, line, name, differences } }) =>
    differences.map(({ expected, actual }) => ({
      place: `${file}:${line}: ${name}`,
      zh: `应为 ${listed(expected, '、')}，实为 ${listed(actual, '、')}`,
      en: `expected ${listed(expected, ', ')}; it is ${listed(actual, ', ')}`,
    })),
  );
  const shownNot = new Set(runs.flatMap(({ notApplied }) => notApplied));
  const files = read.map(({ table }) => table);
  const open = one.table.rules.flatMap((rule, index) => {
    if (rule.effect === 'human') return [];
    const lacking: Omit<LintProblem, 'place'>[] = [];
    if (!tested.has(rule) && !isSupersededForAll(rule, files, one.table.province)) {
      const en = 'expected a case in the file of cases beside this one in which it applies';
      lacking.push({ zh: '没有测试用例', en });
    }
    if (canFail(rule) && !shownNot.has(rule.id)) {
      const en = 'expected a case in the file of cases beside this one in which it does not apply';
      lacking.push({ zh: '没有不适用的测试用例', en });
    }
    return lacking.map((problem) => ({ place: placeOf(one.file, `rules[${index}]`), ...problem }));
  });
  return [...failed, ...open];
}

function contradictionProblems({ file, table }: ReadProvinceFile, read: readonly ReadProvinceFile[]): LintProblem[] {
  const files = read.map((other) => other.table);
  return contradictionsIn(files, table.province).flatMap(({ one, other }) => {
    const index = table.rules.indexOf(one);
    // A province of several files finds each contradiction once: with the file that has the first of both.
    if (index < 0) return [];
    return [
      {
        place: placeOf(file, `rules[${index}].if`),
        zh: `与 ${other.id} 矛盾，须以 supersedes 写明以哪条为准`,
        en: `expected supersedes to say which holds: it contradicts ${other.id}`,
      },
    ];
  });
}

const listed = (ids: unknown, comma: string): string => (Array.isArray(ids) ? ids.join(comma) : String(ids)) || '[]';

function refusing(problems: LintProblem[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!isFault(error, 'input.invalid')) throw error;
    for (const { path, expected, expectedZh } of error.extras.places ?? []) {
      problems.push({ place: path, zh: expectedZh ?? expected, en: expected });
    }
  }
}
