import { basename } from 'node:path';
import { isFault } from '@openbeian/model/fault';
import type { ProvinceRule } from '@openbeian/model/province';
import type { LintProblem } from './lint.ts';
import { policyFilesOf } from './load.ts';
import { runProvinceCases } from './province-cases.ts';
import { placeOf, type ReadProvinceFile, readProvinceFile, repeatedRules } from './provinces.ts';

/**
 * Everything wrong with the province files of some directories: what the schema refuses, names that are no province's code,
 * ids that are in force twice, sources that `labels` does not hold, superseded rules that do not exist, cases that fail,
 * rules without a case in which they apply.
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
    refusing(problems, () => problems.push(...caseProblems(one, read)));
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
  if (basename(file).replace(/\.ya?ml$/, '') === (table.province ?? 'base')) return [];
  const zh = '文件名应为省份代码（全国通用的为 base）';
  return [{ place: placeOf(file, 'province'), zh, en: 'expected the file to be named by its province, or base' }];
}

function ruleProblems(
  { file, table }: ReadProvinceFile,
  labels: ReadonlySet<string>,
  ids: ReadonlySet<string>,
): LintProblem[] {
  return table.rules.flatMap(({ source, supersedes }, index) => {
    const unknown = supersedes.filter((one) => !ids.has(one));
    return [
      ...(labels.has(source)
        ? []
        : [
            {
              place: placeOf(file, `rules[${index}].source`),
              zh: `来源 ${source} 没有说明`,
              en: `expected a source that is explained; ${source} is not`,
            },
          ]),
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
  const untested = one.table.rules.flatMap((rule, index) =>
    tested.has(rule)
      ? []
      : [
          {
            place: placeOf(one.file, `rules[${index}]`),
            zh: '没有测试用例',
            en: 'expected a case in the file of cases beside this one in which it applies',
          },
        ],
  );
  return [...failed, ...untested];
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
