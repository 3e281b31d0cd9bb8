import { join } from 'node:path';
import { z } from 'zod';
import type { LintProblem } from './lint.ts';
import { placeOf, type ReadProvinceFile } from './provinces.ts';
import { readTable } from './read-table.ts';

/** The ids of what was collected from the providers' pages, and what of it no rule carries. */
const rowsFile = join(import.meta.dirname, 'collected-rows.yaml');

const ids = z.array(z.string().min(1));
const rowsSchema = z.strictObject({
  sets: z.array(
    z.strictObject({
      name: z.string().min(1),
      /** A row that says one thing by its id; one that says several, by `id.part`. */
      statements: ids.min(1),
    }),
  ),
  notCarried: z.array(
    z.strictObject({ rows: ids.min(1), why: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }) }),
  ),
});

/** What was collected from one source: how many rows, and what they say. */
export interface CollectedSet {
  readonly name: string;
  readonly rows: number;
  readonly statements: readonly string[];
}

/** @throws Fault `input.invalid` naming file, line and what was expected */
export function loadCollectedRows() {
  const { sets, notCarried } = readTable(rowsFile, rowsSchema);
  return {
    sets: sets.map(
      ({ name, statements }): CollectedSet => ({
        name,
        rows: new Set(statements.map((statement) => statement.split('.')[0])).size,
        statements,
      }),
    ),
    notCarried,
  };
}

/**
 * Collected statements that no rule carries and no reason leaves out, and ids that name none. `from` of a rule names
 * statements; `*` is any part of an id without a dot.
 */
export function accountProblems(read: readonly ReadProvinceFile[]): LintProblem[] {
  const { sets, notCarried } = loadCollectedRows();
  const open = new Set(sets.flatMap(({ statements }) => statements));
  const all = [...open];
  const problems: LintProblem[] = [];
  const take = (pattern: string, place: () => string) => {
    const known = matchesOf(pattern, all);
    for (const id of known) open.delete(id);
    if (known.length > 0) return;
    problems.push({ place: place(), zh: `没有收集到 ${pattern}`, en: `expected a collected row; ${pattern} is none` });
  };
  for (const { file, table } of read) {
    table.rules.forEach(({ from }, index) => {
      for (const pattern of from) take(pattern, () => placeOf(file, `rules[${index}].from`));
    });
  }
  for (const { rows } of notCarried) for (const id of rows) take(id, () => rowsFile);
  for (const id of open) {
    problems.push({
      place: rowsFile,
      zh: `${id} 没有对应的规则，也没有说明原因`,
      en: `expected a rule with from: [${id}], or a reason why there is none`,
    });
  }
  return problems;
}

function matchesOf(pattern: string, all: readonly string[]): readonly string[] {
  if (!pattern.includes('*')) return all.includes(pattern) ? [pattern] : [];
  const form = new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll('.', '\\.'))
      .join('[^.]+')}$`,
  );
  return all.filter((id) => form.test(id));
}
