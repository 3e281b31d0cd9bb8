import { isFault } from '@openbeian/model/fault';
import type { LintProblem } from './lint.ts';
import { loadCodeTables } from './load-code-tables.ts';
import { loadDivisions } from './load-divisions.ts';

/**
 * Everything wrong with the tables of the filing form, code tables and divisions: what their schemas refuse, rows that do
 * not fit each other, sources that `labels` does not hold, places of servers that are no province.
 */
export function lintFormTables(labels: ReadonlySet<string>): LintProblem[] {
  return [
    ...found(() => {
      const unknown = Object.entries(loadCodeTables()).flatMap(([name, { source }]) =>
        source.filter((label) => !labels.has(label)).map((label) => ({ name, label })),
      );
      return unknown.map(({ name, label }) => ({
        place: `code-tables/${name}.yaml: source`,
        zh: `来源 ${label} 没有说明`,
        en: `expected a source that is explained; ${label} is not`,
      }));
    }),
    ...found(() => {
      loadDivisions();
      return [];
    }),
  ];
}

function found(work: () => LintProblem[]): LintProblem[] {
  try {
    return work();
  } catch (error) {
    if (!isFault(error, 'input.invalid')) throw error;
    return (error.extras.places ?? []).map(({ path, expected, expectedZh }) => ({
      place: path,
      zh: expectedZh ?? expected,
      en: expected,
    }));
  }
}
