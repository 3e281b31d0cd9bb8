import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFault } from '@openbeian/model/fault';
import { subjectKinds } from '@openbeian/model/filing';
import {
  appliesTo,
  type ProvinceFile,
  provinceFactsSchema,
  provinceFileSchema,
  provinceRulesFor,
} from '@openbeian/model/province';
import { z } from 'zod';
import { casesBeside } from './cases.ts';
import { parseSource } from './document.ts';
import type { LintProblem } from './lint.ts';
import { readTable } from './read-table.ts';

/** What provinces ask for besides, and the cases of each file. */
export const provincesDirectory = fileURLToPath(new URL('./provinces/', import.meta.url));

/**
 * Reads what provinces ask for (default: what comes with OpenBeian).
 * @throws Fault `input.invalid` naming file, line and what was expected.
 */
export function loadProvinceRules(directory: string = provincesDirectory): readonly ProvinceFile[] {
  return ruleFilesIn(directory).map((file) => readTable(file, provinceFileSchema));
}

const ruleFilesIn = (directory: string): string[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('.cases.yaml'))
    .sort()
    .map((name) => join(directory, name));

/** The shape of `*.cases.yaml` in `provinces`. */
export const provinceCasesSchema = z.strictObject({
  cases: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        subject: z.enum(subjectKinds),
        facts: provinceFactsSchema.default({}),
        /** The ids of all rules that apply, in the order of files and rows. */
        applies: z.array(z.string()),
      }),
    )
    .min(1),
});

/**
 * Everything wrong with the province files of a directory: what the schema refuses, names that are no province's code, ids
 * that are there twice, sources that `labels` does not hold, superseded rules that there are not, cases that fail, rules
 * without a case in which they apply.
 */
export function lintProvinces(directory: string, labels: ReadonlySet<string>): LintProblem[] {
  const problems: LintProblem[] = [];
  const read: { readonly file: string; readonly table: ProvinceFile }[] = [];
  for (const file of ruleFilesIn(directory)) {
    refusing(problems, () => read.push({ file, table: readTable(file, provinceFileSchema) }));
  }
  const files = read.map(({ table }) => table);
  const ids = files.flatMap(({ rules }) => rules.map(({ id }) => id));
  for (const { file, table } of read) {
    const { document } = { document: undefined, ...parseSource(readFileSync(file, 'utf8')) };
    const say = (path: string, zh: string, en: string) =>
      problems.push({ place: `${file}:${document?.lineOf(path) ?? 1}: ${path}`, zh, en });
    if (basename(file, '.yaml') !== (table.province ?? 'base')) {
      say(
        'province',
        '文件名应为省份代码（全国通用的为 base）',
        'expected the file to be named by its province, or base',
      );
    }
    const tested = new Set<string>();
    refusing(problems, () => {
      for (const { line, name, expected, actual } of runProvinceCases(file, table, files)) {
        for (const id of expected) tested.add(id);
        if (expected.join() === actual.join()) continue;
        const place = `${casesBeside(file)}:${line}: ${name}`;
        const [zh, en] = [
          `应为 ${expected.join('、')}，实为 ${actual.join('、')}`,
          `expected ${expected.join(', ')}; it is ${actual.join(', ')}`,
        ];
        problems.push({ place, zh, en });
      }
    });
    table.rules.forEach(({ id, source, supersedes }, index) => {
      const at = `rules[${index}]`;
      if (!labels.has(source))
        say(`${at}.source`, `来源 ${source} 没有说明`, `expected a source that is explained; ${source} is not`);
      if (ids.filter((one) => one === id).length > 1)
        say(`${at}.id`, `${id} 重复`, `expected an id of its own; ${id} is there twice`);
      if (!tested.has(id))
        say(at, '没有测试用例', 'expected a case in the file of cases beside this one in which it applies');
      for (const other of supersedes.filter((one) => !ids.includes(one))) {
        say(`${at}.supersedes`, `没有规则 ${other}`, `expected a rule that there is; ${other} is not`);
      }
    });
  }
  return problems;
}

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

/** Runs the cases beside a file, in its province, with the rules of every file. */
function runProvinceCases(file: string, table: ProvinceFile, files: readonly ProvinceFile[]) {
  const beside = casesBeside(file);
  if (beside === null) return [];
  const parsed = parseSource(readFileSync(beside, 'utf8'));
  return readTable(beside, provinceCasesSchema).cases.map(({ name, subject, facts, applies }, index) => ({
    line: 'document' in parsed ? parsed.document.lineOf(`cases[${index}]`) : 1,
    name,
    expected: applies,
    // A province that has no rules of its own for what holds everywhere.
    actual: provinceRulesFor(files, table.province ?? '', subject)
      .filter((rule) => appliesTo(rule, facts))
      .map(({ id }) => id),
  }));
}
